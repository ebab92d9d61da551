"""Writing and copying the rubrics of a course."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange import rubrics
from biosint.exchange.models import Course, Rubric
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import may_edit
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class RubricChangedMeanwhile(Fault):
    """A colleague changed this rubric after it was opened."""


class RubricStands(Fault):
    """Works have been marked with this rubric: what it measures can no longer change."""


class TitleTaken(Fault):
    """The course has another rubric of this title."""


@transaction.atomic
def write_rubric(
    *,
    course_id: int,
    title: str,
    rubric: rubrics.Rubric,
    rubric_id: int | None = None,
    seen_version: int = 0,
    by: Person,
    at: datetime,
) -> Rubric:
    """Write a new rubric, or change one whose version the teacher saw.

    Raises:
        RubricChangedMeanwhile: it changed since it was seen.
        RubricStands: works have been marked with it, and more than its words would change.
        TitleTaken: another rubric of the course is called so.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    if course.rubrics.filter(title=title).exclude(pk=rubric_id or 0).exists():
        raise TitleTaken(_("This course has another rubric of this title. Choose a different one."))
    if rubric_id is None:
        written = Rubric(course=course, version=0, created_by=by, created_at=at)
    else:
        written = course.rubrics.get(pk=rubric_id)
        if written.version != seen_version:
            raise RubricChangedMeanwhile(
                _("A colleague has changed this rubric meanwhile. Open it again, then write your change.")
            )
        if written.used_at and not rubrics.measures_the_same(rubrics.rubric_from(written.content), rubric):
            raise RubricStands(
                _(
                    "Works have been marked with this rubric, so its criteria, weights and points stand. "
                    "Change its words only, or write a new rubric as a copy of it."
                )
            )
    written.title = title
    written.content = rubrics.content_of(rubric)
    written.version += 1
    written.save()
    audit.record("exchange.rubric.written", written, by=by, at=at, criteria=len(rubric.criteria))
    return written


@transaction.atomic
def copy_rubric(*, course_id: int, title: str, rubric: rubrics.Rubric, by: Person, at: datetime) -> Rubric:
    """Put a copy of a rubric into a course, under the first free title. Codes stay, so copies can be compared."""
    course = locked(course_id)
    return write_rubric(course_id=course_id, title=_free_title(course, title), rubric=rubric, by=by, at=at)


def _free_title(course: Course, title: str) -> str:
    taken = set(course.rubrics.values_list("title", flat=True))
    free, number = title, 1
    while free in taken:
        number += 1
        free = f"{title[:110]} ({number})"
    return free


def note_used(rubric: Rubric, *, at: datetime) -> None:
    """Say that a work was marked with the rubric; from now on what it measures stands. In the caller's transaction."""
    if rubric.used_at is None:
        Rubric.objects.filter(pk=rubric.pk, used_at=None).update(used_at=at)
        rubric.used_at = at
