"""Checks of a course plan: what makes it likely to go well, one by one.

A check is a function that gets what is planned and yields findings. Any module may register its own; the page
shows every check, those that found nothing to mend included. Checks advise: no check keeps a course from opening.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from biosint.exchange.steps import last_week_of, week_of
from biosint.exchange.workload import Load, Piece, load_of

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Course
    from biosint.shared.verdicts import Sentence


class Tone(IntEnum):
    """How much a finding matters; the worst stand first."""

    TROUBLE = 1
    LOOK = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Mend:
    """Where a finding is mended: the name of a page of ``exchange``, and of which activity or team, if of one."""

    page: str
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    tone: Tone
    sentence: Sentence
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class TeamFacts:
    number: int
    members: int
    has_facilitator: bool


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """A picture, film or file of an activity. ``barriers``: codes of ``materials.PdfBarrier``."""

    activity: int
    page: str
    title: str
    kind: str
    is_captioned: bool
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a check may look at. Texts of activities are loaded; nothing else may be asked of the database.

    Attributes:
        weeks: of the course.
        most_in_a_team: what the teachers ask of teams, until they are formed.
    """

    course: Course
    activities: tuple[Activity, ...]
    weeks: int
    teams: tuple[TeamFacts, ...] = ()
    materials: tuple[MaterialFacts, ...] = ()
    most_in_a_team: int = 5

    @property
    def load(self) -> Load:
        return load_of(pieces_of(self.course, self.activities), weeks=self.weeks)

    @property
    def outcomes(self) -> list[Mapping[str, str]]:
        return list(self.course.outcomes)


def pieces_of(course: Course, activities: Iterable[Activity]) -> list[Piece]:
    """Return the hours of activities as ``workload`` shares them out. Hidden ones count: they will be shown."""
    return [
        Piece(Decimal(one.hours), one.phase, week_of(one, course), last_week_of(one, course))
        for one in activities
    ]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to a plan. ``code`` never changes; ``title`` is what it looks at."""

    code: str
    title: Sentence
    look: Callable[[Planned], Iterable[Finding]]


CHECKS: dict[str, Check] = {}


def register(check: Check) -> None:
    """Add a check at the end of the page.

    Raises:
        ValueError: another check has this code.
    """
    if check.code in CHECKS:
        raise ValueError(f"There is a check “{check.code}” already.")
    CHECKS[check.code] = check


@dataclass(frozen=True, slots=True)
class Result:
    """A check with what it found, the worst first."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def tone(self) -> Tone:
        return min((one.tone for one in self.findings), default=Tone.GOOD)


def results_for(planned: Planned) -> list[Result]:
    """Ask every check; those with something to mend stand first, otherwise in the order of their registration."""
    results = [
        Result(check, tuple(sorted(check.look(planned), key=lambda one: one.tone)))
        for check in CHECKS.values()
    ]
    return sorted(results, key=lambda result: result.tone)
