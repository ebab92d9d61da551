"""The supplied plans: whole courses of 4, 6, 8 and 10 weeks, and a training for facilitators, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from biosint.exchange.states import ActivityKind, Phase
from biosint.exchange.steps import Step, When
from biosint.exchange.timetable import DAYS_A_WEEK
from biosint.shared.words import in_language

SUPPLIED = Path(__file__).parent / "supplied" / "plans"
# A step opens in the morning and is due in the evening, on the host's clock: early enough for a neighbour one hour east.
OPENS, DUE = time(8, 0), time(20, 0)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A supplied plan. ``title`` and ``summary`` map a language to words."""

    code: str
    order: int
    weeks: int
    title: Mapping[str, str]
    summary: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def hours(self) -> Decimal:
        return sum((Decimal(str(row["hours"])) for row in self.rows), Decimal(0))

    def steps(self, *, language: str, weekday: int = 0) -> list[Step]:
        """Return its steps, titled in ``language`` where they can be, for a course that begins on ``weekday``.

        ``weekday``: 0 is Monday. Of a course that does not begin on a Monday, meetings and deadlines that would
        fall on a weekend wait until the Monday after.
        """
        return [_step(row, language=language, weekday=weekday) for row in self.rows]


def _step(row: Mapping[str, Any], *, language: str, weekday: int) -> Step:
    told = _steps()[row["use"]]
    first = _day(row["week"], row["day"])
    closes = None
    if "clock" in row:
        # A live session is due when it begins and closes when it ends; its page can be read from the first day on.
        opens = When(_day(row["week"], 1), OPENS)
        due = When(_working_day(first, weekday), time.fromisoformat(row["clock"]))
        minutes = due.clock.hour * 60 + due.clock.minute + int(row["minutes"])
        closes = When(due.day, time(minutes // 60, minutes % 60))
    else:
        last = _day(row.get("until_week", row["week"]), row["until_day"])
        # What may take until Sunday evening stays so where the course begins on a Monday.
        opens, due = When(first, OPENS), When(_working_day(last, weekday) if weekday else last, DUE)
    return Step(
        title=in_language(told["title"], language).text,
        text=told["text"],
        kind=ActivityKind(told["kind"]).value,
        phase=Phase(told["phase"]).value,
        hours=Decimal(str(row["hours"])),
        for_teams=told.get("for_teams", False),
        is_required=told.get("is_required", True),
        weight=Decimal(row.get("weight", 0)),
        opens_at=opens,
        due_at=due,
        closes_at=closes,
        settings=told.get("settings", {}),
    )


def _day(week: int, day: int) -> int:
    return (week - 1) * DAYS_A_WEEK + day - 1


def _working_day(day: int, weekday: int) -> int:
    past_friday = (day + weekday) % DAYS_A_WEEK - FRIDAY
    return day + (3 - past_friday if past_friday > 0 else 0)


@lru_cache(maxsize=1)
def _steps() -> dict[str, Any]:
    return {
        code: told
        for file in sorted(SUPPLIED.glob("steps*.yaml"))
        for code, told in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    }


@lru_cache(maxsize=1)
def supplied() -> dict[str, PlanTemplate]:
    """Return every supplied plan by its code, the shortest course first, trainings last."""
    plans = [
        PlanTemplate(
            code=told["code"],
            order=told["order"],
            weeks=told["weeks"],
            title=told["title"],
            summary=told["summary"],
            rows=tuple(told["steps"]),
        )
        for file in SUPPLIED.glob("*.yaml")
        if not file.stem.startswith("steps")
        for told in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    ]
    return {plan.code: plan for plan in sorted(plans, key=lambda plan: plan.order)}
