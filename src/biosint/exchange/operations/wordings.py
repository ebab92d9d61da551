"""Texts of courses in more languages, written by their teachers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.audit import api as audit
from biosint.exchange.models import Activity, ActivityWords, CourseWords
from biosint.exchange.operations._locked import locked
from biosint.exchange.queries.wordings import LANGUAGES, plain
from biosint.exchange.rules import may_edit
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


def _known(language: str, *, own: str) -> str:
    if language not in LANGUAGES or language == plain(own):
        raise ValueError(f"No translation into {language!r}.")
    return language


@transaction.atomic
def say_course(
    *,
    course_id: int,
    language: str,
    title: str,
    summary: str,
    outcomes: Sequence[str],
    by: Person,
    at: datetime,
) -> CourseWords:
    """Keep what a course says of itself in one more language.

    Args:
        language: a code of ``LANGUAGES``, not that of the course.
        outcomes: texts in the order of the course's outcomes; empty ones read as they were written.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    words, _fresh = CourseWords.objects.update_or_create(
        course=course,
        language=_known(language, own=course.language),
        defaults={
            "title": title,
            "summary": summary,
            "outcomes": list(outcomes),
            "written_by": by,
            "written_at": at,
        },
    )
    audit.record("exchange.course.translated", course, by=by, at=at, language=language)
    return words


@transaction.atomic
def say_activity(
    *, activity_id: int, language: str, title: str, text: str, by: Person, at: datetime
) -> ActivityWords:
    """Keep title and text of an activity in one more language of ``LANGUAGES``, not that of its course."""
    activity = Activity.objects.get(pk=activity_id)
    course = locked(activity.course_id)
    require(may_edit(by, course))
    words, _fresh = ActivityWords.objects.update_or_create(
        activity=activity,
        language=_known(language, own=course.language),
        defaults={
            "title": title,
            "text": text,
            "of_version": activity.text_version,
            "written_by": by,
            "written_at": at,
        },
    )
    audit.record("exchange.activity.translated", activity, by=by, at=at, language=language)
    return words
