"""Addresses of institutions."""

from django.urls import path

from biosint.institutions.web import views

app_name = "institutions"
urlpatterns = [
    path("", views.institution_list, name="list"),
    path("new/", views.new, name="new"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/facts/", views.change_facts, name="facts"),
]
