"""Addresses of requirements and of the ways to a place."""

from django.urls import path

from biosint.exchange.web import groups, requirements, waiting

urlpatterns = [
    path("<slug:slug>/requirements/", requirements.requirements, name="requirements"),
    path("<slug:slug>/group/", groups.put_forward, name="put_forward"),
    path("<slug:slug>/accept/", waiting.accept, name="accept_offer"),
    path("<slug:slug>/applications/fill/", waiting.fill, name="fill_places"),
]
