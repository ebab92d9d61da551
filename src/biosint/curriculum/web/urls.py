"""Addresses of curriculum."""

from django.urls import path

from biosint.curriculum.web import reading, writing

app_name = "curriculum"
urlpatterns = [
    path("", reading.institutions, name="institutions"),
    path("mine/", reading.mine, name="mine"),
    path("at/<slug:slug>/", reading.institution, name="institution"),
    path("at/<slug:slug>/programmes/new/", writing.new_programme, name="new_programme"),
    path("at/<slug:slug>/units/new/", writing.new_unit, name="new_unit"),
    path("units/<int:unit_id>/", reading.unit, name="unit"),
    path("units/<int:unit_id>/change/", writing.change_unit, name="change_unit"),
    path("units/<int:unit_id>/versions/new/", writing.start_version, name="start_version"),
    path("units/<int:unit_id>/versions/<int:number>/", reading.version, name="version"),
    path("units/<int:unit_id>/versions/<int:number>/write/", writing.write, name="write"),
    path("units/<int:unit_id>/versions/<int:number>/submit/", writing.submit, name="submit"),
    path("units/<int:unit_id>/versions/<int:number>/approve/", writing.approve, name="approve"),
    path("units/<int:unit_id>/versions/<int:number>/return/", writing.send_back, name="send_back"),
]
