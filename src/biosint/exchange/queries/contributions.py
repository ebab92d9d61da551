"""Who did what in a team, week by week, as far as the room sees it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from biosint.exchange.models import MeetingPresence, Team
from biosint.pads import api as pads

if TYPE_CHECKING:
    from biosint.people.api import Person

KINDS = ("messages", "characters", "files", "tasks", "meetings", "products")


@dataclass(frozen=True, slots=True)
class Row:
    """What one person did in one week (``week``: its Monday), a count for each of ``KINDS``."""

    week: date
    person: Person
    counts: tuple[int, ...]


def contributions_of(team: Team) -> list[Row]:
    """Return rows by week, the newest first, with a row for every member: doing nothing is shown, too.

    Days are those of the reader. Seven queries, however large the team.
    """
    people = {member.application.learner_id: member.application.learner for member in team.members.all()}
    counts: dict[date, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))

    def add(kind: str, person: int, at: datetime | date, amount: int = 1) -> None:
        day = timezone.localtime(at).date() if isinstance(at, datetime) else at
        counts[day - timedelta(days=day.weekday())][person][kind] += amount

    for person, at in team.posts.values_list("author_id", "posted_at"):
        add("messages", person, at)
    for one in pads.written_in(team.pads.values_list("pad_id", flat=True)):
        add("characters", one.person, one.day, one.added)
    for person, at in team.files.values_list("added_by_id", "added_at"):
        add("files", person, at)
    for done_by, done_at in team.tasks.filter(done_at__isnull=False).values_list("done_by_id", "done_at"):
        if done_by is not None and done_at is not None:
            add("tasks", done_by, done_at)
    presences = MeetingPresence.objects.filter(meeting__team=team).annotate(day=F("meeting__starts_at"))
    for person, at in presences.values_list("person_id", "day"):
        add("meetings", person, at)
    for person, at in team.products.values_list("handed_in_by_id", "handed_in_at"):
        add("products", person, at)
    return [
        Row(week, people[key], tuple(counts[week][key][kind] for kind in KINDS))
        for week in sorted(counts, reverse=True)
        for key in sorted(people, key=lambda one: (people[one].name, one))
    ]


def totals(rows: list[Row]) -> list[tuple[Person, tuple[int, ...]]]:
    """Return the sums of each person over all weeks, by name."""
    sums: dict[int, list[int]] = {}
    people: dict[int, Person] = {}
    for row in rows:
        people[row.person.pk] = row.person
        known = sums.setdefault(row.person.pk, [0] * len(KINDS))
        sums[row.person.pk] = [one + more for one, more in zip(known, row.counts, strict=True)]
    return [(people[key], tuple(sums[key])) for key in sorted(sums, key=lambda one: (people[one].name, one))]
