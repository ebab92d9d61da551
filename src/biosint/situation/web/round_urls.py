"""Addresses of the index and its rounds."""

from django.urls import path

from biosint.situation.web import filling, formulas, index, reviewing, rounds, standing

urlpatterns = [
    path("index/", index.index, name="index"),
    path("index/results.csv", index.results_file, name="results_file"),
    path("index/compare/", standing.compare, name="compare"),
    path("index/formulas/", formulas.every, name="formulas"),
    path("index/formulas/new/", formulas.new, name="new_formula"),
    path("index/formulas/<int:formula_id>/", formulas.detail, name="formula"),
    path("index/formulas/<int:formula_id>/formula.yaml", formulas.source, name="formula_file"),
    path("index/rounds/new/", rounds.new_round, name="new_round"),
    path("index/rounds/<int:round_id>/", rounds.round_page, name="round"),
    path("index/rounds/<int:round_id>/open/", rounds.open_round, name="open_round"),
    path("index/rounds/<int:round_id>/discard/", rounds.discard_round, name="discard_round"),
    path("index/rounds/<int:round_id>/reviewers/", rounds.reassign, name="reassign"),
    path("index/rounds/<int:round_id>/close/", rounds.close_round, name="close_round"),
    path("index/rounds/<int:round_id>/values.csv", rounds.values_file, name="values_file"),
    path("index/rounds/<int:round_id>/order/", standing.order, name="order"),
    path("index/rounds/<int:round_id>/raise/<slug:slug>/", standing.raise_page, name="raise"),
    path("index/rounds/<int:round_id>/benchmark/<slug:slug>/", standing.benchmark, name="benchmark"),
    path("index/rounds/<int:round_id>/benchmark/<slug:slug>/name/", standing.disclose, name="disclose"),
    path(
        "index/rounds/<int:round_id>/benchmark/<slug:slug>/outside/", standing.add_outside, name="add_outside"
    ),
    path(
        "index/rounds/<int:round_id>/benchmark/<slug:slug>/outside/<int:outside_id>/remove/",
        standing.remove_outside,
        name="remove_outside",
    ),
    path(
        "index/rounds/<int:round_id>/accreditation/<slug:slug>/", standing.accreditation, name="accreditation"
    ),
    path("index/rounds/<int:round_id>/hand-in/<slug:slug>/", filling.hand_in, name="hand_in"),
    path("index/rounds/<int:round_id>/answers/<slug:slug>/", reviewing.answers, name="answers"),
    path("index/rounds/<int:round_id>/review/<slug:slug>/done/", reviewing.finish, name="finish_review"),
    path(
        "index/rounds/<int:round_id>/review/<slug:slug>/of/<slug:dimension>/", reviewing.review, name="review"
    ),
    path("index/rounds/<int:round_id>/at/<slug:slug>/", filling.participation, name="participation"),
    path("index/rounds/<int:round_id>/at/<slug:slug>/<slug:dimension>/", filling.fill, name="fill"),
]
