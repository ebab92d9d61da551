"""Addresses of shared."""

from django.urls import path

from biosint.shared.web import views

app_name = "shared"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("language/", views.set_language, name="set_language"),
    path("colours/", views.set_theme, name="set_theme"),
]
