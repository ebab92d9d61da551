"""Addresses of people."""

from django.urls import path

from biosint.people.web.views import entry, institution, profile

app_name = "people"
urlpatterns = [
    path("", institution.colleagues, name="colleagues"),
    path("me/", profile.profile, name="profile"),
    path("me/week/", profile.week, name="week"),
    path("me/institutions/", profile.ask_affiliation, name="ask_affiliation"),
    path("me/institutions/<int:affiliation_id>/end/", profile.end_affiliation, name="end_affiliation"),
    path("me/records/", profile.own_data, name="own_data"),
    path("me/records/file/", profile.own_data_file, name="own_data_file"),
    path("me/close/", profile.close, name="close"),
    path("of/<slug:slug>/", institution.of_institution, name="of_institution"),
    path("of/<slug:slug>/requests/<int:affiliation_id>/confirm/", institution.confirm, name="confirm"),
    path("of/<slug:slug>/requests/<int:affiliation_id>/decline/", institution.decline, name="decline"),
    path("of/<slug:slug>/offices/give/", institution.give_office, name="give_office"),
    path("of/<slug:slug>/offices/<int:held_id>/end/", institution.end_office, name="end_office"),
    path("of/<slug:slug>/affiliations/<int:affiliation_id>/end/", institution.end_of, name="end_of"),
    path("link/", entry.new_link, name="new_link"),
    path("link/<str:token>/", entry.follow_link, name="follow_link"),
    path("enter/", entry.enter_demonstration, name="enter_demonstration"),
]
