"""Addresses of files."""

from django.urls import path

from biosint.files.web import views

app_name = "files"
urlpatterns = [path("<uuid:public_id>/<str:name>", views.download, name="download")]
