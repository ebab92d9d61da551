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
from biosint.exchange.models import Application, Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._seats import (
    judge_again,
    keep_change,
    places_now,
    plan_for_change,
    seat,
)
from biosint.exchange.operations.requirements import keep_answers
from biosint.exchange.rules import may_apply, may_decide, may_take_out, may_withdraw
from biosint.exchange.rules.requirements import Told, may_be_considered
from biosint.exchange.states import ApplicationState
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

NOTHING_TOLD = Told()

PLACE_IN_FORMED_TEAMS = gettext_lazy(
    "The teams are there already: your teachers will find you a place in one. You will hear from us then."
)


def _home_of(learner: Person, course: Course) -> Institution | None:
    """Return the institution whose places the learner uses: one that takes part goes first."""
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
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])
    _leave_team(application, by=by, at=at)
    place_left.send(Application, event=PlaceChanged(application, by, at))
    audit.record("exchange.application.withdrawn", application, by=by, at=at)
    return application


@transaction.atomic
def take_out(*, application_id: int, by: Person, at: datetime) -> Application:
    """Record that a learner has left the course; what they wrote stays, and the team is told when it is repaired."""
    application = _locked(application_id)
    if application.state == ApplicationState.WITHDRAWN:
        return application
    require(may_take_out(by, application))
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])
    _leave_team(application, by=by, at=at)
    place_left.send(Application, event=PlaceChanged(application, by, at))
    notices.tell(
        application.learner,
        kind="exchange.place",
        title=format_lazy(gettext_lazy("You are no longer in “{course}”"), course=application.course.title),
        text=gettext_lazy("A teacher has recorded that you left. If this is wrong, write to your teachers."),
        url=reverse("exchange:course", args=[application.course.slug]),
        at=at,
    )
    audit.record("exchange.application.taken_out", application, by=by, at=at)
    return application


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
    application.state = to
    application.decided_by = by
    application.decided_at = at
    application.save(update_fields=["state", "decided_by", "decided_at"])
    title, text = NEWS[to]
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
    return application


def _keep_to_places(application: Application) -> None:
    course = application.course
    parts = dict(course.participations.values_list("institution_id", "places"))
    admitted = course.applications.filter(state=ApplicationState.ADMITTED)
    if application.institution_id in parts:
        places = parts[application.institution_id]
        taken = admitted.filter(institution=application.institution_id).count()
        if taken >= places:
            raise CourseFull(
                _(
                    "No place is left for students of %(institution)s (limit: %(places)s). "
                    "Put the learner on the waiting list, or raise the limit under “Places”."
                )
                % {"institution": application.institution, "places": places}
            )
        return
    taken = admitted.exclude(institution__in=list(parts)).count() if parts else admitted.count()
    if taken >= course.outsider_places:
        raise CourseFull(
            _(
                "No place is left for people from other institutions (limit: %(places)s). "
                "Put the learner on the waiting list, or raise the limit under “Places”."
            )
            % {"places": course.outsider_places}
        )
