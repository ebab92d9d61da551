"""Surveys of courses: who may answer stands here, what they answer in surveys, and neither knows the other."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium import api as consortium
from biosint.exchange.models import Application, CourseSurvey, Progress, SurveyTicket
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.rules.surveys import asked_of, end_of, may_answer, may_compare
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import Fault, all_of, require
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person


class NothingAsked(Fault):
    """No questionnaire is chosen for the activity, or somebody answers who does not learn here."""


@transaction.atomic
def take_ticket(*, activity_id: int, by: Person, at: datetime) -> tuple[surveys.AnswerSet, str]:
    """Give a learner the ticket with which they answer once; the same one as long as it is not spent.

    Returns:
        The collection and the code of the ticket.

    Raises:
        Refused: the person has no place in the course, or the survey is closed.
        NothingAsked: there is no questionnaire, or no place as a learner.
    """
    activity = locked_activity(activity_id)
    survey = CourseSurvey.objects.select_related("answers").filter(activity=activity).first()
    require(may_answer(by, activity, survey, at=at))
    application = Application.objects.filter(
        course=activity.course_id, learner=by, state=ApplicationState.ADMITTED
    ).first()
    if application is None:
        raise NothingAsked(_("Only learners of the course answer its survey."))
    survey = survey or _begin(activity, by=by, at=at)
    _follow(survey, activity)
    ticket = SurveyTicket.objects.filter(survey=survey, application=application).first()
    if ticket is None:
        ticket = SurveyTicket.objects.create(
            survey=survey, application=application, seed=secrets.token_hex(16)
        )
        asked = survey.answers.asked.filter(institution=application.institution_id).first()
        place = asked or survey.answers.asked.filter(institution=activity.course.host_id).get()
        surveys.add_tickets(places=[(surveys.code_from(ticket.seed), (place, None))])
        audit.record("exchange.survey.ticket_taken", activity, by=by, at=at)
    return survey.answers, surveys.code_from(ticket.seed)


def _begin(activity: Activity, *, by: Person, at: datetime) -> CourseSurvey:
    survey = CourseSurvey.objects.create(
        activity=activity, answers=_collection(activity, surveys.Entry.TICKETS, by=by, at=at)
    )
    audit.record("exchange.survey.begun", activity, by=by, at=at)
    return survey


def _collection(activity: Activity, entry: surveys.Entry, *, by: Person, at: datetime) -> surveys.AnswerSet:
    asked, course = asked_of(activity), activity.course
    if asked is None:
        raise NothingAsked(_("No questionnaire is chosen for this survey yet."))
    words = {"survey": activity.title, "course": course.title}
    title = (
        _("%(course)s: %(survey)s")
        if entry == surveys.Entry.TICKETS
        else _("%(course)s: %(survey)s (comparison group)")
    )
    places = {one.institution for one in course.participations.select_related("institution")}
    return surveys.ask_in_course(
        instrument=asked.instrument,
        title=title % words,
        owner=course.host,
        institutions=sorted(places | {course.host}, key=lambda one: one.pk),
        entry=entry,
        pairs_within=consortium.consortia_with(course.host).first() if asked.paired else None,
        opens_at=at,
        closes_at=max(end_of(course, activity), at + surveys.GRACE),
        by=by,
        at=at,
    )


def _follow(survey: CourseSurvey, activity: Activity) -> None:
    """Let both collections end when the activity now says, if it was moved since."""
    end = end_of(activity.course, activity)
    for answers in (survey.answers, survey.comparison):
        if answers is not None and answers.closes_at != end:
            surveys.move_end(answer_set_id=answers.pk, closes_at=end)
            answers.closes_at = end


@transaction.atomic
def note_answered(*, activity: Activity, application: Application, at: datetime) -> bool:
    """Note that a learner's ticket is spent, so that the plan shows the step as done; return whether it is."""
    ticket = SurveyTicket.objects.filter(survey__activity=activity, application=application).first()
    if ticket is None:
        # Forgotten after the close; what was done is noted.
        return Progress.objects.filter(
            activity=activity, application=application, done_at__isnull=False
        ).exists()
    if surveys.unspent_of([surveys.code_from(ticket.seed)]):
        return False
    note_progress(activity=activity, applications=[application], at=at)
    return True


@transaction.atomic
def open_comparison(*, activity_id: int, by: Person, at: datetime) -> surveys.AnswerSet:
    """Make the link for people who do not take the course. Pressing twice gives the same link.

    Raises:
        Refused: by somebody who does not teach the course, or after the survey has closed.
        NothingAsked: no questionnaire is chosen.
    """
    activity = locked_activity(activity_id)
    survey = CourseSurvey.objects.select_related("answers", "comparison").filter(activity=activity).first()
    require(all_of([may_compare(by, activity.course), may_answer(by, activity, survey, at=at)]))
    survey = survey or _begin(activity, by=by, at=at)
    if survey.comparison is None:
        survey.comparison = _collection(activity, surveys.Entry.LINK, by=by, at=at)
        survey.save(update_fields=["comparison"])
        audit.record("exchange.survey.compared", activity, by=by, at=at)
    return survey.comparison


@transaction.atomic
def close_survey(*, activity_id: int, by: Person, at: datetime) -> None:
    """End a survey before its time, so that its figures can be read. It does not open again.

    Raises:
        Refused: by somebody who does not teach the course.
        NothingAsked: nobody has been asked yet.
    """
    activity = locked_activity(activity_id)
    require(may_compare(by, activity.course))
    survey = CourseSurvey.objects.select_related("answers", "comparison").filter(activity=activity).first()
    if survey is None:
        raise NothingAsked(_("Nobody has been asked yet."))
    for answers in (survey.answers, survey.comparison):
        if answers is not None and answers.phase_at(at) != surveys.Phase.CLOSED:
            surveys.move_end(answer_set_id=answers.pk, closes_at=at)
    audit.record("exchange.survey.closed", activity, by=by, at=at)


def tend_surveys(*, at: datetime) -> None:
    """The daily care: note who has answered, write spent tickets anew together, forget the seeds of closed surveys.

    Afterwards no trace in the database ties a ticket to an answer (docs/adr/0022).
    """
    for key in CourseSurvey.objects.filter(tickets__isnull=False).distinct().values_list("pk", flat=True):
        _tend(key, at=at)


@transaction.atomic
def _tend(survey_id: int, *, at: datetime) -> None:
    survey = CourseSurvey.objects.select_related("activity", "answers").get(pk=survey_id)
    tickets = {
        surveys.code_from(ticket.seed): ticket
        for ticket in SurveyTicket.objects.filter(survey=survey).select_related("application")
    }
    unspent = surveys.unspent_of(tickets)
    note_progress(
        activity=survey.activity,
        applications=[ticket.application for code, ticket in tickets.items() if code not in unspent],
        at=at,
    )
    surveys.rewrite_spent_tickets(answer_set_id=survey.answers_id)
    # A form that was begun in time is still taken for a while after the end.
    if survey.answers.closes_at is not None and at > survey.answers.closes_at + surveys.GRACE:
        SurveyTicket.objects.filter(survey=survey).delete()
