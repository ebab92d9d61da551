"""What one person has left behind in the activities of courses, for their own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from biosint.exchange.models import Contribution, FormerWords

if TYPE_CHECKING:
    from biosint.people.api import Person


def own_work(person: Person) -> Iterator[dict[str, Any]]:
    """Yield everything, kind by kind, also from activities that were removed."""
    yield from _contributions(person)


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
