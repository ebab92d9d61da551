"""Addresses of consortium."""

from django.urls import URLPattern

app_name = "consortium"
urlpatterns: list[URLPattern] = []
