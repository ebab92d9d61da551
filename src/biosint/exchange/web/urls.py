"""Addresses of exchange."""

from django.urls import path
from django.views.generic import RedirectView

from biosint.exchange.web import (
    award_urls,
    design_urls,
    discussion_urls,
    finding_urls,
    gradebook_urls,
    package_urls,
    quizzes_urls,
    room_urls,
    rubric_urls,
    tools_urls,
    wordings_urls,
)
from biosint.exchange.web.views import activities, learn, moves, public, run, teach, teams

app_name = "exchange"
urlpatterns = [
    *finding_urls.urlpatterns,
    path("mine/", learn.mine, name="mine"),
    path("teaching/", teach.teaching, name="teaching"),
    path("new/", teach.new, name="new"),
    # Where recognition stood before it became an app of its own; proofs of evidence lead here.
    path("recognition/", RedirectView.as_view(pattern_name="recognition:decisions", permanent=True)),
    path(
        "recognition/<uuid:public_id>/",
        RedirectView.as_view(pattern_name="recognition:recognise", permanent=True),
    ),
    path("<slug:slug>/", public.course, name="course"),
    path("<slug:slug>/apply/", public.apply, name="apply"),
    path("<slug:slug>/applied/", public.applied, name="applied"),
    path("<slug:slug>/withdraw/", public.withdraw, name="withdraw"),
    path("<slug:slug>/invitation/", public.answer_invitation, name="answer_invitation"),
    path("<slug:slug>/pages/<int:activity_id>/", activities.activity, name="activity"),
    path("<slug:slug>/pages/<int:activity_id>/done/", activities.done, name="done"),
    path("<slug:slug>/desk/", teach.desk, name="desk"),
    path("<slug:slug>/edit/", teach.edit, name="edit"),
    path("<slug:slug>/invite/", teach.invite, name="invite"),
    path("<slug:slug>/places/", teach.places, name="places"),
    path("<slug:slug>/publish/", teach.move, {"to": "publish"}, name="publish"),
    path("<slug:slug>/start/", teach.move, {"to": "start"}, name="start"),
    path("<slug:slug>/finish/", teach.move, {"to": "finish"}, name="finish"),
    path("<slug:slug>/cancel/", teach.move, {"to": "cancel"}, name="cancel"),
    path("<slug:slug>/applications/", teach.applications, name="applications"),
    path("<slug:slug>/applications/<int:application_id>/<slug:decision>/", teach.decide, name="decide"),
    path("<slug:slug>/teams/", teams.desk, name="teams"),
    path("<slug:slug>/teams/form/", teams.form, name="form_teams"),
    path("<slug:slug>/teams/effect/", teams.effect, name="effect"),
    path("<slug:slug>/teams/lock/", teams.lock, name="lock"),
    path("<slug:slug>/teams/publish/", teams.publish, name="publish_teams"),
    path("<slug:slug>/teams/move/", moves.move, name="move"),
    path("<slug:slug>/teams/undo/", moves.undo, name="undo_teams"),
    path("<slug:slug>/teams/leave/", moves.take_out, name="take_out"),
    path("<slug:slug>/teams/repair/", moves.repair, name="repair"),
    path("<slug:slug>/teams/<int:number>/why/", learn.why, name="why"),
    path("<slug:slug>/teams/<int:number>/posts/", learn.post, name="post"),
    path("<slug:slug>/teams/<int:number>/product/", learn.hand_in, name="hand_in"),
    path("<slug:slug>/marks/", run.marks, name="marks"),
    *package_urls.urlpatterns,
    *design_urls.urlpatterns,
    *quizzes_urls.urlpatterns,
    *room_urls.urlpatterns,
    *rubric_urls.urlpatterns,
    *tools_urls.urlpatterns,
    *wordings_urls.urlpatterns,
    *gradebook_urls.urlpatterns,
    *award_urls.urlpatterns,
    *discussion_urls.urlpatterns,
]
