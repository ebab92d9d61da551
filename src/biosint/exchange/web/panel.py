"""The learner's courses on the home page: my team, our hours, what is new, how far I am."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from biosint.exchange.models import Team
from biosint.exchange.queries.learning import Learning, learning_now
from biosint.exchange.timetable import DAYS_A_WEEK, week_count
from biosint.exchange.web.wording import common_hours
from biosint.shared import registries
from biosint.shared.registries import Panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """One course as its learner sees it on the home page. ``week`` 0: not begun."""

    learning: Learning
    team: Team | None
    hours: list[str]
    week: int
    weeks: int


def register() -> None:
    registries.PANELS.append(learning)


def learning(person: Person) -> Iterable[Panel]:
    """Return what a learner sees of the courses that run now; nothing for everybody else."""
    found = [_shown(one) for one in learning_now(person, now=timezone.now())]
    if found:
        yield Panel("exchange/_learning.html", {"learning": found})


def _shown(one: Learning) -> Shown:
    course = one.application.course
    published = course.teams_published_at and hasattr(one.application, "membership")
    team = one.application.membership.team if published else None
    weeks = week_count(course.start_date, course.end_date)
    days = (timezone.localdate() - course.start_date).days
    return Shown(
        one,
        team,
        common_hours(team.common_slots, week_of=course.start_date) if team else [],
        min(days // DAYS_A_WEEK + 1, weeks) if days >= 0 else 0,
        weeks,
    )
