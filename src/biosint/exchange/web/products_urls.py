"""Addresses of works, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import products

BASE = "<slug:slug>/pages/<int:activity_id>/works"

urlpatterns = [
    path(f"{BASE}/new/", products.new_work, name="new_work"),
    path(f"{BASE}/download/", products.download_works, name="download_works"),
    path(f"{BASE}/<uuid:public_id>/", products.work, name="work"),
]
