"""Addresses of impact."""

from django.urls import path

from biosint.impact.web import views

app_name = "impact"
urlpatterns = [
    path("", views.index, name="list"),
    path("courses/<slug:slug>/", views.write, name="write"),
    path("<uuid:public_id>/", views.comparison, name="comparison"),
    path("<uuid:public_id>/publish/", views.publish, name="publish"),
]
