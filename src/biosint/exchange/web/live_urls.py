"""Addresses of live sessions, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import live

BASE = "<slug:slug>/pages/<int:activity_id>/sessions"

urlpatterns = [
    path(f"{BASE}/calendar.ics", live.ics, name="live_ics"),
    path(f"{BASE}/<int:stamp>/there/", live.say_there, name="say_there"),
    path(f"{BASE}/<int:stamp>/", live.attendance, name="attendance"),
]
