"""Addresses of workplan."""

from django.urls import URLPattern

app_name = "workplan"
urlpatterns: list[URLPattern] = []
