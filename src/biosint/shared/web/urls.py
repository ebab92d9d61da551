"""Addresses of shared."""

from django.urls import path

from biosint.shared.web import reading, views

app_name = "shared"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("reading-worker.js", reading.worker, name="reading_worker"),
    path("away/", reading.away, name="away"),
    path("language/", views.set_language, name="set_language"),
    path("colours/", views.set_theme, name="set_theme"),
]
