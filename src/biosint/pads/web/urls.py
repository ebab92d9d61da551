"""Addresses of texts written together."""

from django.urls import path

from biosint.pads.web import views

app_name = "pads"
urlpatterns = [
    path("<uuid:public_id>/", views.pad, name="pad"),
    path("<uuid:public_id>/updates/", views.updates, name="updates"),
    path("<uuid:public_id>/preview/", views.preview, name="preview"),
    path("<uuid:public_id>/versions/", views.versions, name="versions"),
    path("<uuid:public_id>/versions/<int:number>/", views.version, name="version"),
    path("<uuid:public_id>/versions/<int:number>/restore/", views.restore, name="restore"),
]
