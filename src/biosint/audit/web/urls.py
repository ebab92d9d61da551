"""Addresses of audit."""

from django.urls import path

from biosint.audit.web import views

app_name = "audit"
urlpatterns = [
    path("", views.line_list, name="list"),
    path("<str:kind>/<str:key>/", views.of_record, name="of_record"),
]
