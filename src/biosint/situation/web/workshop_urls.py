"""Addresses of workshops, votes, the TOWS matrix and objectives."""

from django.urls import path

from biosint.situation.web import tows, voting, workshops

urlpatterns = [
    path("workshops/", workshops.index, name="workshops"),
    path("workshops/new/", workshops.begin, name="begin_workshop"),
    path("workshops/<uuid:public_id>/", workshops.detail, name="workshop"),
    path("workshops/<uuid:public_id>/propose/", workshops.propose, name="propose"),
    path("workshops/<uuid:public_id>/add/", workshops.add, name="add_statement"),
    path("workshops/<uuid:public_id>/close/", workshops.close, name="close_workshop"),
    path("workshops/<uuid:public_id>/swot.csv", workshops.as_csv, name="swot_csv"),
    path("workshops/<uuid:public_id>/vote/", voting.wall, name="wall"),
    path("workshops/<uuid:public_id>/vote/board/", voting.board, name="board"),
    path("workshops/<uuid:public_id>/vote/open/", voting.open_vote, name="open_vote"),
    path("workshops/<uuid:public_id>/vote/<int:vote_id>/close/", voting.close_vote, name="close_vote"),
    path("workshops/<uuid:public_id>/vote/qr.svg", voting.qr, name="vote_qr"),
    path("workshops/<uuid:public_id>/tows/", tows.matrix, name="tows"),
    path("workshops/<uuid:public_id>/tows/<str:pairing>/", tows.new_option, name="new_option"),
    path("statements/<int:statement_id>/", workshops.statement, name="statement"),
    path("statements/<int:statement_id>/move/", workshops.move, name="move_statement"),
    path("statements/<int:statement_id>/merge/", workshops.merge, name="merge_statement"),
    path("statements/<int:statement_id>/part/", workshops.part, name="part_statement"),
    path("options/<int:option_id>/remove/", tows.remove_option, name="remove_option"),
    path("options/<int:option_id>/objective/", tows.new_objective, name="new_objective"),
    path("objectives/<int:objective_id>/", tows.objective, name="objective"),
    path("objectives/<int:objective_id>/remove/", tows.remove_objective, name="remove_objective"),
    path("join/", voting.code, name="join_code"),
    path("join/<slug:token>/", voting.join, name="join"),
    path("join/<slug:token>/look/", voting.look, name="look"),
]
