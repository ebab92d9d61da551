"""Addresses of evidence."""

from django.urls import path

from biosint.evidence.web import views

app_name = "evidence"
urlpatterns = [
    path("", views.item_list, name="list"),
    path("new/", views.vouch, name="vouch"),
]
