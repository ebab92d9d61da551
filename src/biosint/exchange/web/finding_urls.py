"""Addresses of looking for a course."""

from django.urls import path

from biosint.exchange.web import finding

urlpatterns = [
    path("", finding.catalogue, name="catalogue"),
    path("calendar.ics", finding.calendar, name="calendar"),
]
