"""Addresses of external tools in courses."""

from django.urls import path

from biosint.exchange.web import tools

urlpatterns = [
    path("<slug:slug>/pages/<int:activity_id>/tool/", tools.setup, name="tool_setup"),
    path("<slug:slug>/pages/<int:activity_id>/tool/<uuid:public_id>/", tools.choose, name="tool_choose"),
]
