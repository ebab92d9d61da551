"""Addresses of the index and its rounds."""

from django.urls import path

from biosint.situation.web import filling, index, reviewing, rounds

urlpatterns = [
    path("index/", index.index, name="index"),
    path("index/results.csv", index.results_file, name="results_file"),
    path("index/rounds/new/", rounds.new_round, name="new_round"),
    path("index/rounds/<int:round_id>/", rounds.round_page, name="round"),
    path("index/rounds/<int:round_id>/open/", rounds.open_round, name="open_round"),
    path("index/rounds/<int:round_id>/discard/", rounds.discard_round, name="discard_round"),
    path("index/rounds/<int:round_id>/reviewers/", rounds.reassign, name="reassign"),
    path("index/rounds/<int:round_id>/close/", rounds.close_round, name="close_round"),
    path("index/rounds/<int:round_id>/values.csv", rounds.values_file, name="values_file"),
    path("index/rounds/<int:round_id>/hand-in/<slug:slug>/", filling.hand_in, name="hand_in"),
    path("index/rounds/<int:round_id>/answers/<slug:slug>/", reviewing.answers, name="answers"),
    path("index/rounds/<int:round_id>/review/<slug:slug>/done/", reviewing.finish, name="finish_review"),
    path(
        "index/rounds/<int:round_id>/review/<slug:slug>/of/<slug:dimension>/", reviewing.review, name="review"
    ),
    path("index/rounds/<int:round_id>/at/<slug:slug>/", filling.participation, name="participation"),
    path("index/rounds/<int:round_id>/at/<slug:slug>/<slug:dimension>/", filling.fill, name="fill"),
]
