"""What one person has left behind in the activities of courses, for their own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from biosint.exchange.models import Attendance, Contribution, FormerWords, Product

if TYPE_CHECKING:
    from biosint.people.api import Person


def own_work(person: Person) -> Iterator[dict[str, Any]]:
    """Yield everything, kind by kind, also from activities that were removed."""
    yield from _contributions(person)
    yield from _works(person)
    yield from _attendances(person)


def _contributions(person: Person) -> Iterator[dict[str, Any]]:
    for written in Contribution.objects.filter(author=person).select_related("thread__activity__course"):
        yield {
            "course": written.activity.course.title,
            "discussion": written.activity.title,
            "thread": written.thread.title,
            "written_at": written.written_at,
            "text": written.text,
            "hidden_because": written.hidden_because,
        }
    for words in FormerWords.objects.filter(contribution__author=person).select_related(
        "contribution__thread"
    ):
        yield {
            "thread": words.contribution.thread.title,
            "replaced_at": words.replaced_at,
            "text": words.text,
        }


def _works(person: Person) -> Iterator[dict[str, Any]]:
    own = Q(handed_in_by=person) | Q(application__learner=person)
    works = Product.objects.filter(own, activity__isnull=False).select_related("activity__course", "team")
    for work in works.prefetch_related("files"):
        yield {
            "course": work.activity.course.title if work.activity is not None else "",
            "activity": work.activity.title if work.activity is not None else "",
            "team": work.team.number if work.team is not None else None,
            "version": work.number,
            "handed_in_at": work.handed_in_at,
            "text": work.text,
            "link": work.link,
            "files": [one.name for one in work.files.all()],
            "fingerprint": work.fingerprint,
        }


def _attendances(person: Person) -> Iterator[dict[str, Any]]:
    there = Attendance.objects.filter(application__learner=person).select_related("activity__course")
    for one in there:
        yield {
            "course": one.activity.course.title,
            "live_session": one.activity.title,
            "began_at": one.begins_at,
            "came_at": one.came_at,
            "late": one.is_late,
        }
