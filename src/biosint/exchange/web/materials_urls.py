"""Addresses of materials, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import materials

BASE = "<slug:slug>/pages/<int:activity_id>/materials"

urlpatterns = [
    path(f"{BASE}/", materials.materials, name="materials"),
    path(f"{BASE}/<int:number>/", materials.content, name="material"),
    path(f"{BASE}/<int:number>/describe/", materials.describe, name="describe_material"),
    path(f"{BASE}/<int:number>/remove/", materials.remove, name="remove_material"),
]
