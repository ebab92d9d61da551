"""Threads and contributions as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from biosint.exchange.models import Contribution, Thread
from biosint.exchange.rules.discussion import threads_readable_by

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Team
    from biosint.people.api import Person

CONTRIBUTIONS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Share:
    """What one person has contributed to a discussion; answers in one's own threads do not count."""

    threads: int
    answers: int


def threads_for(person: Person, activity: Activity, *, team: Team | None = None) -> QuerySet[Thread]:
    """Return the threads of a discussion that a person may read; with ``team`` those of one team alone."""
    found = Thread.objects.filter(threads_readable_by(person, activity), activity=activity)
    if team is not None:
        found = found.filter(team=team)
    return found.select_related("begun_by", "team")


def contributions_to(thread: Thread) -> QuerySet[Contribution]:
    """Return what was written in a thread, in order, hidden words among them: their place stays."""
    return thread.contributions.select_related("author", "hidden_by")


def page_of_news(thread: Thread, *, new_since: datetime | None) -> int:
    """Return the number of the page on which a reader goes on: that of the first new contribution."""
    if new_since is None:
        return 1
    read = thread.contributions.filter(written_at__lte=new_since).count()
    last = max(0, thread.contribution_count - 1)
    return min(read, last) // CONTRIBUTIONS_PER_PAGE + 1


def share_of(person: Person, activity: Activity) -> Share:
    """Return what a person has contributed that counts."""
    counted = Contribution.objects.filter(activity=activity, author=person, hidden_at=None).aggregate(
        threads=Count("pk", filter=Q(is_opening=True)),
        answers=Count("pk", filter=Q(is_opening=False) & ~Q(thread__begun_by=person)),
    )
    return Share(**counted)
