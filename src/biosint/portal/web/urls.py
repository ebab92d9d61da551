"""Addresses of the front door."""

from django.urls import path

from biosint.portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
]
