"""Addresses of files."""

from django.urls import path

from biosint.files.web import arrivals, views

app_name = "files"
urlpatterns = [
    path("arriving/", arrivals.arrivals, name="arrivals"),
    path("arriving/<uuid:public_id>/", arrivals.arrival, name="arrival"),
    path("<uuid:public_id>/<str:name>", views.download, name="download"),
]
