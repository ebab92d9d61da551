"""How many of those asked have answered, while a campaign runs: per institution and group, and per day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.core.cache import cache

from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import samples

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.surveys.models import AnswerSet, AskedGroup, AskedInstitution

# Many may look at the page while it renews itself; the answers are counted once in this many seconds.
COUNTED_FOR = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """One institution or group. ``answers`` is None where too few people would be shown.

    ``share``, ``low`` and ``high`` (95 %) run from 0 to 1; None without answers or without a number asked.
    """

    institution: Institution
    group: AskedGroup | None
    answers: int | None
    asked: int | None
    least: int | None = None
    most: int | None = None
    is_full: bool = False
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def share_percent(self) -> float | None:
        return None if self.share is None else 100 * self.share

    @property
    def low_percent(self) -> float | None:
        return None if self.low is None else 100 * self.low

    @property
    def high_percent(self) -> float | None:
        return None if self.high is None else 100 * self.high

    @property
    def lacking(self) -> int | None:
        """How many answers are missing to the least number wanted; None where none is, or it is hidden."""
        if self.answers is None or self.least is None:
            return None
        return max(self.least - self.answers, 0)


@dataclass(frozen=True, slots=True)
class Days:
    """Answers of one day, or of several that were too few each."""

    first: date
    last: date
    answers: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The state of a campaign. ``total`` is None where it is too small to be shown."""

    rows: list[Rate]
    total: int | None
    asked: int | None
    days: list[Days]
    smallest: int
    hides: bool


def rates_of(answer_set: AnswerSet) -> Rates:
    """Count answers against those asked; the counts are at most some seconds old."""
    key = f"situation-rates-{answer_set.pk}-{answer_set.smallest_group}"
    counted = cache.get(key)
    if counted is None:
        counted = (
            surveys.counts_by_group(answer_set),
            surveys.tickets_by_group(answer_set),
            surveys.counts_by_day(answer_set),
        )
        cache.set(key, counted, COUNTED_FOR)
    answers, tickets, days = counted
    smallest = answer_set.smallest_group
    by_ticket = answer_set.entry == surveys.Entry.TICKETS
    places = list(answer_set.asked.select_related("institution").prefetch_related("groups"))
    of_place = {
        place.pk: sum(count for (found, _group), count in answers.items() if found == place.institution_id)
        for place in places
    }
    hidden = _hidden(list(of_place.values()), smallest)
    rows: list[Rate] = []
    for place, is_hidden in zip(places, hidden, strict=True):
        issued = sum(number for (found, _g), number in tickets.items() if found == place.institution_id)
        rows.append(
            _rate(
                place,
                None,
                answers=None if is_hidden else of_place[place.pk],
                asked=issued if by_ticket else _asked_at(place),
            )
        )
        rows.extend(_groups(place, answers, tickets if by_ticket else None, is_hidden, smallest))
    total = sum(answers.values())
    known = [row.asked for row in rows if row.group is None]
    return Rates(
        rows=rows,
        total=total if total == 0 or total >= smallest else None,
        asked=sum(number or 0 for number in known) if known and None not in known else None,
        days=pooled(days, smallest=smallest),
        smallest=smallest,
        hides=any(row.answers is None for row in rows),
    )


def _asked_at(place: AskedInstitution) -> int | None:
    """How many people an institution asks: what it says itself, else the sum of its groups."""
    of_groups = [group.invited for group in place.groups.all()]
    if of_groups and None not in of_groups:
        return sum(number or 0 for number in of_groups)
    return place.invited


def _groups(
    place: AskedInstitution,
    answers: dict[tuple[int | None, int | None], int],
    tickets: dict[tuple[int, int | None], int] | None,
    all_hidden: bool,  # noqa: FBT001 -- of the row above
    smallest: int,
) -> list[Rate]:
    groups = list(place.groups.all())
    if not groups:
        return []
    counts = [answers.get((place.institution_id, group.pk), 0) for group in groups]
    # Answers from before there were groups: they too could be worked out from the others.
    rest = answers.get((place.institution_id, None), 0)
    hidden = _hidden([*counts, rest] if rest else counts, smallest)
    return [
        _rate(
            place,
            group,
            answers=None if all_hidden or is_hidden else count,
            asked=group.invited if tickets is None else tickets.get((place.institution_id, group.pk), 0),
        )
        for group, count, is_hidden in zip(groups, counts, hidden, strict=False)
    ]


def _hidden(counts: Sequence[int], smallest: int) -> list[bool]:
    if not counts:
        return []
    table = np.array([counts], dtype=np.float64)
    found: list[bool] = hidden_cells(table, smallest=smallest)[0].tolist()
    return found


def _rate(
    place: AskedInstitution, group: AskedGroup | None, *, answers: int | None, asked: int | None
) -> Rate:
    share = None
    if answers is not None and asked and answers <= asked:
        share = samples.proportion(answers, asked)
    return Rate(
        institution=place.institution,
        group=group,
        answers=answers,
        asked=asked,
        least=group.least if group else None,
        most=group.most if group else None,
        is_full=bool(group and group.full_at),
        share=share.share if share else None,
        low=share.low if share else None,
        high=share.high if share else None,
    )


def pooled(days: Sequence[tuple[date, int]], *, smallest: int) -> list[Days]:
    """Put days together until each entry stands for enough people; what is left joins the last.

    >>> from datetime import date
    >>> found = pooled([(date(2026, 3, 1), 9), (date(2026, 3, 2), 2), (date(2026, 3, 4), 1)], smallest=5)
    >>> [(entry.first.day, entry.last.day, entry.answers) for entry in found]
    [(1, 4, 12)]
    """
    found: list[Days] = []
    waiting: Days | None = None
    for day, number in days:
        waiting = Days(waiting.first, day, waiting.answers + number) if waiting else Days(day, day, number)
        if waiting.answers >= smallest:
            found.append(waiting)
            waiting = None
    if waiting and found:
        last = found.pop()
        found.append(Days(last.first, waiting.last, last.answers + waiting.answers))
    return found
