"""Rubrics: criteria, each with levels that say what work at that level looks like, and the points they give.

Pure: nothing here reads or writes the database. How a rubric is kept is ``models.Rubric``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault

SUPPLIED = Path(__file__).parent / "supplied" / "rubrics.yaml"
MOST_CRITERIA = 12
# The digit keys choose a level, so there are never more levels than digits.
MOST_LEVELS = 6
FINEST_POINTS = Decimal("0.01")


class RubricUnfit(Fault):
    """A rubric that cannot tell works apart: no criteria, a lone level, equal levels, no weight."""


class CriterionLeftOut(Fault):
    """A work was marked without a level for every criterion."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion: its points on the criterion's own scale, and how work at this step looks."""

    points: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at. ``levels`` go from the best to the weakest; ``weight`` is relative to the others.

    ``code`` never changes and names the criterion in what was marked.
    """

    code: str
    title: str
    weight: Decimal
    levels: tuple[Level, ...]

    @property
    def best(self) -> Decimal:
        return max(level.points for level in self.levels)


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a work is marked by.

    Raises:
        RubricUnfit: it could not tell works apart.
    """

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        if not self.criteria:
            raise RubricUnfit(_("A rubric needs at least one criterion."))
        if len({criterion.code for criterion in self.criteria}) < len(self.criteria):
            raise RubricUnfit(_("Two criteria have the same code."))
        for criterion in self.criteria:
            _check(criterion)


def _check(criterion: Criterion) -> None:
    title = {"criterion": criterion.title}
    points = [level.points for level in criterion.levels]
    if len(points) < 2:
        raise RubricUnfit(_("“%(criterion)s” needs at least two levels.") % title)
    if len(points) > MOST_LEVELS:
        raise RubricUnfit(
            _("“%(criterion)s” has too many levels (limit: %(limit)s).") % {**title, "limit": MOST_LEVELS}
        )
    if points != sorted(set(points), reverse=True):
        raise RubricUnfit(
            _("Order the levels of “%(criterion)s” from the best to the weakest, each with fewer points.")
            % title
        )
    if points[-1] < 0:
        raise RubricUnfit(_("A level of “%(criterion)s” has fewer than 0 points.") % title)
    if criterion.weight <= 0:
        raise RubricUnfit(_("Give “%(criterion)s” a weight above 0.") % title)


def points_of(rubric: Rubric, chosen: Mapping[str, int]) -> Decimal:
    """Return the points of a work, 0 to 100 with two decimals, halves upwards.

    Each criterion gives the share of its best level that the chosen level has; the shares count by weight.

    Args:
        rubric: what the work is marked by.
        chosen: code of each criterion -> position of the chosen level, 0 for the best.

    Raises:
        CriterionLeftOut: a criterion has no level, or one that does not exist.

    >>> written = Criterion("a", "Written", Decimal(3), (Level(Decimal(4), "clear"), Level(Decimal(1), "hard")))
    >>> spoken = Criterion("b", "Spoken", Decimal(1), (Level(Decimal(2), "free"), Level(Decimal(0), "read out")))
    >>> points_of(Rubric((written, spoken)), {"a": 1, "b": 0})
    Decimal('43.75')
    """
    total = Decimal(0)
    for criterion in rubric.criteria:
        position = chosen.get(criterion.code, -1)
        if not 0 <= position < len(criterion.levels):
            raise CriterionLeftOut(_("Choose a level for “%(criterion)s”.") % {"criterion": criterion.title})
        total += criterion.weight * criterion.levels[position].points / criterion.best
    weights = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    return (100 * total / weights).quantize(FINEST_POINTS, ROUND_HALF_UP)


def measures_the_same(one: Rubric, other: Rubric) -> bool:
    """Whether two rubrics give every work the same points and differ in words alone."""
    return _measure(one) == _measure(other)


def _measure(rubric: Rubric) -> list[tuple[str, Decimal, list[Decimal]]]:
    return [
        (criterion.code, criterion.weight, [level.points for level in criterion.levels])
        for criterion in rubric.criteria
    ]


def rubric_from(content: Mapping[str, Any]) -> Rubric:
    """Return the rubric that ``content_of`` wrote, or that a file supplies."""
    return Rubric(
        tuple(
            Criterion(
                code=str(criterion["code"]),
                title=str(criterion["title"]),
                weight=Decimal(str(criterion["weight"])),
                levels=tuple(
                    Level(points=Decimal(str(level["points"])), text=str(level["text"]))
                    for level in criterion["levels"]
                ),
            )
            for criterion in content["criteria"]
        )
    )


def content_of(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric as plain values for JSON; numbers as text, so that none is rounded."""
    return {
        "criteria": [
            {
                "code": criterion.code,
                "title": criterion.title,
                "weight": str(criterion.weight),
                "levels": [{"points": str(level.points), "text": level.text} for level in criterion.levels],
            }
            for criterion in rubric.criteria
        ]
    }


@dataclass(frozen=True, slots=True)
class Supplied:
    """A rubric that comes with the platform, to be copied and changed."""

    code: str
    title: str
    use: str
    rubric: Rubric


@lru_cache(maxsize=1)
def supplied() -> tuple[Supplied, ...]:
    """Return the rubrics that come with the platform, in English."""
    told = yaml.safe_load(SUPPLIED.read_text(encoding="utf-8"))
    return tuple(
        Supplied(code=one["code"], title=one["title"], use=one["use"], rubric=rubric_from(one))
        for one in told["rubrics"]
    )
