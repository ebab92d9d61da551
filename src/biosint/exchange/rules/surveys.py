"""What a survey of a course asks, who answers it, and who reads what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import teaches
from biosint.exchange.rules.working import may_send, may_take_part
from biosint.exchange.states import SurveyMoment
from biosint.exchange.steps import zone_of_course
from biosint.exchange.timetable import settled
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Course, CourseSurvey
    from biosint.people.api import Person

# Surveys without a closing time of their own take answers for so long after the last day.
AFTER_THE_END = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one survey asks: the code of a supplied instrument, when, and whether people make a pairing code."""

    instrument: str
    moment: SurveyMoment
    paired: bool


def asked_of(activity: Activity) -> Asked | None:
    """Return what the activity asks; None while no teacher has chosen a questionnaire."""
    told = activity.settings
    if told.get("instrument") not in surveys.supplied_instruments():
        return None
    moment = told.get("moment")
    return Asked(
        instrument=str(told["instrument"]),
        moment=SurveyMoment(moment) if moment in SurveyMoment else SurveyMoment.BEFORE,
        paired=bool(told.get("paired", True)),
    )


def end_of(course: Course, activity: Activity) -> datetime:
    """Return when a survey stops to take answers: as its activity closes, or a month after the course."""
    last = datetime.combine(course.end_date + AFTER_THE_END, time(23, 59))
    return activity.closes_at or settled(last, zone_of_course(course)).at


def may_answer(person: Person, activity: Activity, survey: CourseSurvey | None, *, at: datetime) -> Verdict:
    """Learners with a place answer once while the activity is open, and never again after its figures could be seen."""
    if survey is not None and survey.answers.phase_at(at) == surveys.Phase.CLOSED:
        return refused(_("This survey has closed."))
    return all_of([may_take_part(person, activity), may_send(activity, at=at)])


def may_compare(person: Person, course: Course) -> Verdict:
    """Teachers of the course ask a comparison group and read the report."""
    if teaches(person, course):
        return ALLOWED
    return refused(_("Only teachers of this course see the report of its surveys."))
