"""Everything that is said about teams, gathered once, for every form it is written in."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import metadata
from pathlib import Path

from iahcalc import teams as engine
from iahcalc.calendars import format_slots, local_week
from iahcalc.cli.tables import Table
from iahcalc.teams import Aim, Conflict, Person, Reason, Repair, Result, Team, conflicts, explain

UTC = "UTC"
LEVEL = "language level"
UNSPOKEN = frozenset({"gender"})
"""Used to form teams, not told in a report: it goes from hand to hand."""
MINUTES_A_DAY = 24 * 60
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
METHOD = (
    "Every person is in exactly one team. Rules come first: they are kept as far as the search finds possible, and every "
    "one that is not kept is listed. Wishes come next; {aim}. The score of a team says how near it comes to a bound: 100 % means that "
    "no team of its size from these people could do better, whatever the rules and the other teams are. The bound beside a "
    "wish over all teams is proved: no way of forming the teams has a higher mean. Wishes compete with each other and with the rules, so all "
    "bounds are rarely reached at once. The order of the rows plays no part, and the same table, rules, week "
    "and seed give the same teams on every machine."
)
AIMS_IN_WORDS: Mapping[Aim, str] = {
    "worst": "the worst team is made as good as possible first, then the sum over all teams",
    "sum": "the sum over all teams is made as large as possible first, then the worst team",
}


@dataclass(frozen=True)
class Answer:
    """What was asked about one person or one exchange, and the answer."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the teams come from, so that anybody can form them again."""

    command: str
    files: tuple[tuple[str, str], ...]

    @property
    def versions(self) -> dict[str, str]:
        """The versions of everything that took part."""
        return {
            "BIOSINT": _own_version(),
            "Python": platform.python_version(),
            "NumPy": _version("numpy"),
            "Numba": _version("numba"),
        }


@dataclass(frozen=True, kw_only=True)
class Account:
    """Teams and everything to be said about them.

    Attributes:
        table: as it was read; ``result`` has the people in the order of their keys.
        keys: of the people in the order of the rows.
        zone: in which hours are shown.
        answers: to what was asked about people and exchanges.
        heading: sentences that come first, as about the people who moved.
        ladder: the column “language level” holds A1 to C2, not numbers of its own.
    """

    result: Result
    table: Table
    keys: tuple[str, ...]
    week_of: date
    zone: str
    aim: Aim
    origin: Origin
    answers: tuple[Answer, ...] = ()
    heading: tuple[str, ...] = ()
    repair: Repair | None = None
    ladder: bool = False

    def broken(self, team: int | None) -> tuple[Reason, ...]:
        """The rules that do not hold in a team, ``None``: between teams, apart from what a report does not tell."""
        found = self.result.violations_by_team.get(team, ())
        return tuple(reason for reason in found if reason.parameters.get("attribute") not in UNSPOKEN)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The rules that stand in each other's way."""
        return conflicts(self.result)

    @cached_property
    def told_conflicts(self) -> tuple[Conflict, ...]:
        """The same for a report."""
        return conflicts(self.result, unspoken=UNSPOKEN)

    def told_everywhere(self) -> Iterator[tuple[int | None, Reason]]:
        """Yield the rules that do not hold, with the number of their team, apart from what a report does not tell."""
        for number in (None, *range(1, len(self.result.teams) + 1)):
            for reason in self.broken(number):
                yield (self.number(number) if number else None), reason

    @property
    def untold_in_words(self) -> str:
        """How many broken rules a report does not tell, and where they are told; empty when there are none."""
        if not self.untold:
            return ""
        return (
            f"{self.untold} about {' and '.join(sorted(UNSPOKEN))}, which a report does not tell; "
            "the command prints them."
        )

    def why(self, team: Team) -> str:
        """What speaks for a team, without what a report says beside it: hours, broken rules, who accompanies it."""
        beside = {"people", "common_hours", "facilitated_by"}
        broken = self.broken(team.number)
        reasons = [
            reason.english
            for reason in explain(self.result, team.number, unspoken=UNSPOKEN)
            if reason.code not in beside and reason not in broken
        ]
        return f"{'; '.join(reasons)}." if reasons else ""

    @property
    def untold(self) -> int:
        """How many broken rules are about what a report does not tell."""
        return sum(reason.parameters.get("attribute") in UNSPOKEN for reason in self.result.violations)

    def number(self, team: int) -> int:
        """The lasting number of a team: after a repair there may be gaps where a team was dissolved."""
        return self.repair.numbers[team - 1] if self.repair else team

    def facilitator(self, team: Team) -> str:
        """The name of who accompanies a team; empty where nobody does."""
        found = self.result.assignment.facilitator_of.get(team.number)
        return found.name if found else ""

    @property
    def method(self) -> str:
        """How the teams were formed, in a few sentences."""
        return METHOD.format(aim=AIMS_IN_WORDS[self.aim])

    def hours(self, team: Team) -> str:
        """The common hours of a team in the zone asked for; empty where nobody's hours are known or there are none."""
        return format_slots(common(team) or (), zone=self.zone, week_of=self.week_of)

    def days(self, slots: Sequence[int]) -> list[list[tuple[int, int]]]:
        """Return, for each day of the reader's week, stretches in minutes of that day."""
        days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
        for stretch in local_week(slots, zone=self.zone, week_of=self.week_of):
            start = stretch.start
            while start < stretch.end:
                midnight = (start // MINUTES_A_DAY + 1) * MINUTES_A_DAY
                end = min(stretch.end, midnight)
                day = start // MINUTES_A_DAY
                days[day % 7].append((start - day * MINUTES_A_DAY, end - day * MINUTES_A_DAY))
                start = end
        return [sorted(day) for day in days]

    @cached_property
    def window(self) -> tuple[int, int]:
        """The hours of the day worth drawing, in minutes: nobody is free before the first or after the second."""
        free = frozenset[int]().union(
            *(person.free for person in self.result.problem.people if person.free is not None)
        )
        stretches = [stretch for day in self.days(sorted(free)) for stretch in day]
        if not stretches:
            return 0, MINUTES_A_DAY
        first = min(start for start, _ in stretches) // 60 * 60
        return first, -(-max(end for _, end in stretches) // 60) * 60

    def in_words(self, person: Person, *, without: Collection[str] = ()) -> str:
        """Return what is known of a person, apart from the hours."""
        values = (
            _level(value)
            if self.ladder and name == LEVEL and isinstance(value, float)
            else value_in_words(value)
            for name, value in person.attributes.items()
            if name not in without
        )
        return ", ".join(filter(None, values))

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what is needed to form the same teams again."""
        yield "People", f"{len(self.result.places):,}"
        yield "Teams", f"{len(self.result.teams):,}"
        yield "Seed", str(self.result.seed)
        yield "First lifted", "the worst team" if self.aim == "worst" else "the sum over all teams"
        yield "Week of", self.week_of.isoformat()
        yield "Hours shown in", self.zone
        yield "Command", self.origin.command
        for name, digest in self.origin.files:
            yield f"SHA-256 of {name}", digest
        yield "Versions", ", ".join(f"{name} {version}" for name, version in self.origin.versions.items())


def common(team: Team) -> list[int] | None:
    """Return the quarter-hours all are free whose hours are known; ``None`` where nobody's are."""
    known = [person.free for person in team.people if person.free is not None]
    return sorted(frozenset.intersection(*known)) if known else None


def free_of(people: Sequence[Person]) -> tuple[int, Mapping[int, int]]:
    """Return how many people's hours are known, and how many of them are free in each quarter-hour."""
    known = [person.free for person in people if person.free is not None]
    count: dict[int, int] = {}
    for free in known:
        for slot in free:
            count[slot] = count.get(slot, 0) + 1
    return len(known), count


def value_in_words(value: object) -> str:
    """Write the value of an attribute."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return " / ".join(word if level > 100 else f"{word} {_level(level)}" for word, level in value.items())
    if isinstance(value, tuple):
        return " / ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def digest_of(path: Path) -> tuple[str, str]:
    """Return the name of a file and the SHA-256 of its content."""
    with path.open("rb") as file:
        return path.name, hashlib.file_digest(file, "sha256").hexdigest()


def _level(level: float) -> str:
    ladder = ("A1", "A2", "B1", "B2", "C1", "C2")
    return ladder[int(level) - 1] if level in {1, 2, 3, 4, 5, 6} else f"{level:g}"


def _own_version() -> str:
    """Return the version; of sources that were not installed, what tells them from any others."""
    try:
        return metadata.version("biosint")
    except metadata.PackageNotFoundError:
        digest = hashlib.sha256()
        for path in sorted(Path(engine.__path__[0]).glob("*.py")):
            digest.update(path.read_bytes())
        return f"of source {digest.hexdigest()[:12]}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "unknown"
