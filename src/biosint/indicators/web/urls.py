"""Addresses of indicators."""

from django.urls import path

from biosint.indicators.web import views

app_name = "indicators"
urlpatterns = [
    path("", views.bank, name="bank"),
    path("load/", views.load, name="load"),
    path("<str:bank_code>/<str:code>/", views.detail, name="detail"),
]
