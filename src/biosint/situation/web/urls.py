"""Addresses of situation."""

from django.urls import path

from biosint.situation.web import (
    campaign_urls,
    filling,
    index,
    report_urls,
    research_urls,
    rounds,
    workshop_urls,
)

app_name = "situation"
urlpatterns = [
    *campaign_urls.urlpatterns,
    *research_urls.urlpatterns,
    *report_urls.urlpatterns,
    *workshop_urls.urlpatterns,
    path("index/", index.index, name="index"),
    path("index/results.csv", index.results_file, name="results_file"),
    path("index/rounds/new/", rounds.new_round, name="new_round"),
    path("index/rounds/<int:round_id>/", rounds.round_page, name="round"),
    path("index/rounds/<int:round_id>/open/", rounds.open_round, name="open_round"),
    path("index/rounds/<int:round_id>/discard/", rounds.discard_round, name="discard_round"),
    path("index/rounds/<int:round_id>/close/", rounds.close_round, name="close_round"),
    path("index/rounds/<int:round_id>/values.csv", rounds.values_file, name="values_file"),
    path("index/rounds/<int:round_id>/at/<slug:slug>/", filling.participation, name="participation"),
    path("index/rounds/<int:round_id>/at/<slug:slug>/<slug:dimension>/", filling.fill, name="fill"),
]
