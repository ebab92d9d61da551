from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from biosint.audit import api as audit
from biosint.exchange.models import Course, Participation, Teaching
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations.finding import index_words
from biosint.exchange.operations.waiting import places_added
from biosint.exchange.queries.places import quotas_of
from biosint.exchange.rules import (
    may_cancel,
    may_create_course,
    may_edit,
    may_publish,
    may_start,
)
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import require
from biosint.shared.words import in_latin

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

# Words that are addresses of their own beside the courses.
TAKEN_WORDS = frozenset({"mine", "teaching", "new", "recognition", "templates", "calendar", "feeds"})


def _free_slug(title: str) -> str:
    # Addresses are written in Latin letters, whatever the script of the title.
    word = slugify(in_latin(title))[:80].strip("-") or "course"
    if word in TAKEN_WORDS:
        word = f"{word}-course"
    taken = set(Course.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    number = 1
    free = word
    while free in taken:
        number += 1
        free = f"{word}-{number}"
    return free


@transaction.atomic
def create_course(*, host: Institution, by: Person, at: datetime, **description: Any) -> Course:
    """Begin a course at one's institution; its maker is its first teacher.

    ``description``: fields of the course's form (title, dates, language …).
    """
    require(may_create_course(by))
    course = Course.objects.create(
        host=host, slug=_free_slug(description["title"]), created_by=by, created_at=at, **description
    )
    Participation.objects.create(course=course, institution=host)
    Teaching.objects.create(
        course=course, person=by, institution=host, invited_by=by, invited_at=at, accepted_at=at
    )
    index_words(course)
    audit.record("exchange.course.created", course, by=by, at=at)
    return course


@transaction.atomic
def edit_course(*, course_id: int, by: Person, at: datetime, **description: Any) -> Course:
    """Change the description of a course. The address stays, so that links keep working."""
    course = locked(course_id)
    require(may_edit(by, course))
    for name, value in description.items():
        setattr(course, name, value)
    course.save(update_fields=list(description))
    index_words(course)
    audit.record("exchange.course.edited", course, by=by, at=at, fields=sorted(description))
    return course


@transaction.atomic
def set_places(
    *,
    course_id: int,
    places: Mapping[Institution, int],
    outsiders: int,
    moves_up: bool | None = None,
    answer_days: int | None = None,
    by: Person,
    at: datetime,
) -> Course:
    """Set the places of each institution and of people from elsewhere; a new institution joins so.

    ``moves_up``: whether places that become free go to the waiting list by themselves. ``answer_days``: days to
    accept an offered place; 0: whoever moves up has it at once. None leaves them; offers that stand keep their date.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    before = {quota.institution_id: quota.places for quota in quotas_of(course)}
    for institution, number in places.items():
        Participation.objects.update_or_create(
            course=course, institution=institution, defaults={"places": number}
        )
    course.outsider_places = outsiders
    course.moves_up = course.moves_up if moves_up is None else moves_up
    course.answer_days = course.answer_days if answer_days is None else answer_days
    course.save(update_fields=["outsider_places", "moves_up", "answer_days"])
    index_words(course)
    audit.record(
        "exchange.course.places_set",
        course,
        by=by,
        at=at,
        places={institution.short_name: number for institution, number in places.items()},
        outsiders=outsiders,
        moves_up=course.moves_up,
        answer_days=course.answer_days,
    )
    places_added(course, before, by=by, at=at)
    return course


@transaction.atomic
def publish(*, course_id: int, by: Person, at: datetime) -> Course:
    """Open the course for applications. Pressing twice is once."""
    course = locked(course_id)
    if course.state != CourseState.OPEN:
        require(may_publish(by, course))
        _move(course, CourseState.OPEN)
        index_words(course)
        audit.record("exchange.course.published", course, by=by, at=at)
    return course


@transaction.atomic
def start(*, course_id: int, by: Person, at: datetime) -> Course:
    """Start the work of the teams. Pressing twice is once."""
    course = locked(course_id)
    if course.state != CourseState.RUNNING:
        require(may_start(by, course))
        _move(course, CourseState.RUNNING)
        audit.record("exchange.course.started", course, by=by, at=at)
    return course


@transaction.atomic
def cancel(*, course_id: int, by: Person, at: datetime) -> Course:
    """Cancel a course that is not finished; nothing in it is lost, but nobody outside sees it any more."""
    course = locked(course_id)
    if course.state != CourseState.CANCELLED:
        require(may_cancel(by, course))
        _move(course, CourseState.CANCELLED)
        audit.record("exchange.course.cancelled", course, by=by, at=at)
    return course


def _move(course: Course, to: CourseState) -> None:
    course.state = to
    course.save(update_fields=["state"])
