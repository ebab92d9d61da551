from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.events import PlaceChanged, place_given, place_left
from biosint.exchange.models import Application, Course, PutForward
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._seats import (
    judge_again,
    keep_change,
    places_now,
    plan_for_change,
    seat,
)
from biosint.exchange.operations.requirements import keep_answers
from biosint.exchange.operations.waiting import place_is_free
from biosint.exchange.queries.places import quota_of, taken_in
from biosint.exchange.rules import may_apply, may_decide, may_take_out, may_withdraw
from biosint.exchange.rules.requirements import Told, may_be_considered
from biosint.exchange.rules.waiting import moves_up_now
from biosint.exchange.states import PLACE_TAKEN, ApplicationState
from biosint.institutions.api import Institution
from biosint.notices import api as notices
from biosint.people import api as people
from biosint.people.api import Office
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class CourseFull(Fault):
    """Every place open to this learner is taken."""


# What a decision means to the learner: headline and text.
NEWS = {
    ApplicationState.ADMITTED: (
        gettext_lazy("You have a place in “{course}”"),
        gettext_lazy("Your teachers will form teams next. You will hear from us when your team is ready."),
    ),
    ApplicationState.WAITING: (
        gettext_lazy("You are on the waiting list of “{course}”"),
        gettext_lazy("All places are taken now. If one becomes free, the teachers may give it to you."),
    ),
    ApplicationState.DECLINED: (
        gettext_lazy("No place in “{course}” this time"),
        gettext_lazy("The teachers could not give you a place. Look at the other courses in the catalogue."),
    ),
}

MOVES_UP = gettext_lazy(
    "All places are taken now. If one becomes free, it goes to whoever waits longest. You will hear from us then."
)

NOTHING_TOLD = Told()

PLACE_IN_FORMED_TEAMS = gettext_lazy(
    "The teams are there already: your teachers will find you a place in one. You will hear from us then."
)


def _home_of(learner: Person, course: Course) -> Institution | None:
    """Return the institution whose places the learner uses: one that put them forward, then one that takes part."""
    vouched = PutForward.objects.filter(course=course, learner=learner).select_related("institution").first()
    if vouched is not None:
        return vouched.institution
    mine = learner.institutions_as(Office.STUDENT) or learner.institution_ids
    if not mine:
        return None
    parts = set(course.participations.filter(institution__in=mine).values_list("institution", flat=True))
    return Institution.objects.filter(pk__in=parts or mine).order_by("pk").first()


@transaction.atomic
def apply(
    *,
    course_id: int,
    by: Person,
    at: datetime,
    motivation: str = "",
    told: Told = NOTHING_TOLD,
    **profile: Any,
) -> Application:
    """Apply for a place. ``profile`` (profession, country, English level, free hours) is kept in the person's profile.

    ``told``: what the requirements of the course ask for. The same form sent twice is one application.

    Raises:
        Refused: the course takes no applications, or a requirement is not met.
    """
    course = locked(course_id)
    earlier = course.applications.filter(learner=by).first()
    if earlier is not None and earlier.state == ApplicationState.SUBMITTED:
        return earlier
    require(may_apply(by, course, on=at.date(), application=earlier))
    asked = list(course.requirements.all())
    require(may_be_considered(asked, course, told))
    application = earlier or Application(course=course, learner=by)
    application.institution = _home_of(by, course)
    application.motivation = motivation
    keep_answers(application, asked, told)
    application.state = ApplicationState.SUBMITTED
    application.submitted_at = at
    application.decided_by = application.decided_at = None
    application.waiting_since = application.offered_until = None
    application.save()
    if profile:
        people.change_profile(by=by, at=at, **profile)
    audit.record("exchange.application.submitted", application, by=by, at=at)
    return application


@transaction.atomic
def withdraw(*, application_id: int, by: Person, at: datetime) -> Application:
    """Take one's application back; the place is free again."""
    application = _locked(application_id)
    require(may_withdraw(by, application))
    had_place = application.state in PLACE_TAKEN
    _leave(application, by=by, at=at)
    audit.record("exchange.application.withdrawn", application, by=by, at=at)
    if had_place:
        place_is_free(application, by=by, at=at)
    return application


@transaction.atomic
def take_out(*, application_id: int, by: Person, at: datetime) -> Application:
    """Record that a learner has left the course; what they wrote stays, and the team is told when it is repaired."""
    application = _locked(application_id)
    if application.state == ApplicationState.WITHDRAWN:
        return application
    require(may_take_out(by, application))
    _leave(application, by=by, at=at)
    notices.tell(
        application.learner,
        kind="exchange.place",
        title=format_lazy(gettext_lazy("You are no longer in “{course}”"), course=application.course.title),
        text=gettext_lazy("A teacher has recorded that you left. If this is wrong, write to your teachers."),
        url=reverse("exchange:course", args=[application.course.slug]),
        at=at,
    )
    audit.record("exchange.application.taken_out", application, by=by, at=at)
    place_is_free(application, by=by, at=at)
    return application


def _leave(application: Application, *, by: Person, at: datetime) -> None:
    application.state, application.offered_until = ApplicationState.WITHDRAWN, None
    application.save(update_fields=["state", "offered_until"])
    _leave_team(application, by=by, at=at)
    place_left.send(Application, event=PlaceChanged(application, by, at))


def _leave_team(application: Application, *, by: Person, at: datetime) -> None:
    """Take the learner out of the team; the desk names who has left until the teams are repaired."""
    number = places_now(application.course, [application.pk])[application.pk]
    if number is None:
        return
    course = application.course
    kept = plan_for_change(course, seen_version=None)
    seat(course, {application.pk: None}, at=at)
    kept.left = [*kept.left, {"application": application.pk, "number": number}]
    keep_change(kept, by=by, at=at)
    judge_again(course)


@transaction.atomic
def admit(*, application_id: int, by: Person, at: datetime) -> Application:
    """Give the applicant a place in the course.

    Raises:
        Refused: ``by`` may not admit this application.
        CourseFull: every place of the applicant's institution, or for outsiders, is taken.
    """
    return _decide(application_id, ApplicationState.ADMITTED, by=by, at=at)


@transaction.atomic
def put_on_waiting_list(*, application_id: int, by: Person, at: datetime) -> Application:
    """Keep the applicant in case a place becomes free."""
    return _decide(application_id, ApplicationState.WAITING, by=by, at=at)


@transaction.atomic
def decline(*, application_id: int, by: Person, at: datetime) -> Application:
    """Say that the applicant gets no place."""
    return _decide(application_id, ApplicationState.DECLINED, by=by, at=at)


def _locked(application_id: int) -> Application:
    # Two teachers may give the last place at once: whoever locks the course first decides.
    course = locked(Application.objects.values_list("course_id", flat=True).get(pk=application_id))
    application = course.applications.select_related("learner", "institution").get(pk=application_id)
    application.course = course
    return application


def _decide(application_id: int, to: ApplicationState, *, by: Person, at: datetime) -> Application:
    application = _locked(application_id)
    if application.state == to:
        return application
    require(may_decide(by, application, to))
    if to is ApplicationState.ADMITTED:
        _keep_to_places(application)
    was_offered = application.state == ApplicationState.OFFERED
    application.state, application.offered_until = to, None
    application.decided_by, application.decided_at = by, at
    if to is ApplicationState.WAITING:
        application.waiting_since = at
    application.save(update_fields=["state", "offered_until", "decided_by", "decided_at", "waiting_since"])
    title, text = NEWS[to]
    if to is ApplicationState.WAITING and moves_up_now(application.course):
        text = MOVES_UP
    if to is ApplicationState.ADMITTED and application.course.teams_published_at is not None:
        text = PLACE_IN_FORMED_TEAMS
    notices.tell(
        application.learner,
        kind="exchange.place",
        title=format_lazy(title, course=application.course.title),
        text=text,
        url=reverse("exchange:course", args=[application.course.slug]),
        at=at,
    )
    audit.record(f"exchange.application.{to.value}", application, by=by, at=at)
    if to is ApplicationState.ADMITTED:
        place_given.send(Application, event=PlaceChanged(application, by, at))
    elif was_offered:
        place_is_free(application, by=by, at=at)
    return application


def _keep_to_places(application: Application) -> None:
    quota = quota_of(application)
    if taken_in(application.course, quota, besides=application) < quota.places:
        return
    if quota.institution_id is None:
        raise CourseFull(
            _(
                "No place is left for people from other institutions (limit: %(places)s). "
                "Put the learner on the waiting list, or raise the limit under “Places”."
            )
            % {"places": quota.places}
        )
    raise CourseFull(
        _(
            "No place is left for students of %(institution)s (limit: %(places)s). "
            "Put the learner on the waiting list, or raise the limit under “Places”."
        )
        % {"institution": application.institution, "places": quota.places}
    )
