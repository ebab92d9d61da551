"""Addresses of requirements and of the ways to a place."""

from django.urls import path

from biosint.exchange.web import requirements

urlpatterns = [
    path("<slug:slug>/requirements/", requirements.requirements, name="requirements"),
]
