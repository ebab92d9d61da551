"""Addresses of consortium."""

from django.urls import path

from biosint.consortium.web.views import joining, pages

app_name = "consortium"
urlpatterns = [
    path("", pages.partners, name="partners"),
    path("join/", joining.join, name="join"),
    path("new/", pages.new, name="new"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("<slug:slug>/", pages.detail, name="detail"),
    path("<slug:slug>/facts/", pages.change_facts, name="facts"),
    path("<slug:slug>/invite/", joining.invite, name="invite"),
    path("<slug:slug>/requests/<int:membership_id>/", joining.request_page, name="request"),
    path("<slug:slug>/requests/<int:membership_id>/approve/", joining.approve, name="approve"),
    path("<slug:slug>/members/<int:membership_id>/end/", pages.end, name="end"),
]
