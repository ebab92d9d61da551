"""Addresses of institutions."""

from django.urls import path

from biosint.institutions.web import terms, views

app_name = "institutions"
urlpatterns = [
    path("", views.institution_list, name="list"),
    path("new/", views.new, name="new"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/facts/", views.change_facts, name="facts"),
    path("<slug:slug>/terms/", terms.terms, name="terms"),
    path("<slug:slug>/terms/<int:term_id>/", terms.terms, name="term"),
    path("<slug:slug>/terms/<int:term_id>/remove/", terms.remove_term, name="remove_term"),
]
