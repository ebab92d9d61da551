"""What a chart says: frozen values, and the table behind each."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.dates import get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from biosint.shared.dates import written_day
from biosint.shared.languages import locale
from biosint.shared.verdicts import Sentence

MINUS = "\N{MINUS SIGN}"
HOURS_OF_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, written out. The first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(value: float | None, *, digits: int = 0, unit: Sentence = "") -> str:
    """Return a number as the reader's language writes it; a missing one is a dash."""
    if value is None:
        return "–"
    shape = "#,##0" + (f".{'0' * digits}" if digits else "")
    words = str(format_decimal(value, shape, locale=locale())).replace("-", MINUS)
    if not unit:
        return words
    return f"{words}\N{NO-BREAK SPACE}{unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(ABC):
    """What all charts have. ``title`` is the finding in one sentence."""

    title: Sentence
    description: Sentence = ""
    source: Sentence = ""

    @abstractmethod
    def table(self) -> Table:
        """Return every number that is drawn, written out."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``target`` is drawn as a line across it."""

    label: Sentence
    value: float | None
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Chart):
    """Lengths from zero, one a row. ``maximum`` fixes the end of the scale (100 for shares)."""

    rows: tuple[Bar, ...]
    unit: Sentence = ""
    digits: int = 0
    maximum: float | None = None

    def table(self) -> Table:
        with_target = any(row.target is not None for row in self.rows)

        def cells(row: Bar) -> tuple[str, ...]:
            value = figure(row.value, digits=self.digits, unit=self.unit)
            if not with_target:
                return (str(row.label), value)
            return (str(row.label), value, figure(row.target, digits=self.digits, unit=self.unit))

        head = (_("What"), _("Value"), _("Target")) if with_target else (_("What"), _("Value"))
        return Table(head, tuple(cells(row) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Stack:
    """One row of parts: counts or shares in the order of the chart's ``parts``."""

    label: Sentence
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked(Chart):
    """Parts of a whole, each row scaled to 100 %.

    ``ordered`` parts run from one end to the other (disagree to agree) and get colours that do so too.
    """

    parts: tuple[Sentence, ...]
    rows: tuple[Stack, ...]
    ordered: bool = False

    def table(self) -> Table:
        def cells(row: Stack) -> tuple[str, ...]:
            total = sum(row.values)
            shares = (figure(100 * value / total, unit="%") if total else "–" for value in row.values)
            return (str(row.label), *shares, figure(total))

        return Table(
            (_("What"), *(str(part) for part in self.parts), _("All together")),
            tuple(cells(row) for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class Dot:
    """An estimate with the interval it lies in. ``group`` gives shape and colour."""

    label: Sentence
    estimate: float | None
    low: float | None = None
    high: float | None = None
    group: Sentence = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotsWithIntervals(Chart):
    """Estimates with their uncertainty. ``reference`` is the value of no difference."""

    rows: tuple[Dot, ...]
    reference: float | None = None
    reference_label: Sentence = ""
    unit: Sentence = ""
    digits: int = 2
    interval_label: Sentence = ""

    def table(self) -> Table:
        with_group = any(row.group for row in self.rows)

        def cells(row: Dot) -> tuple[str, ...]:
            label = f"{row.label} ({row.group})" if with_group and row.group else str(row.label)
            return (
                label,
                figure(row.estimate, digits=self.digits, unit=self.unit),
                figure(row.low, digits=self.digits, unit=self.unit),
                figure(row.high, digits=self.digits, unit=self.unit),
            )

        return Table((_("What"), _("Estimate"), _("From"), _("To")), tuple(cells(row) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Slope:
    label: Sentence
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes(Chart):
    """The same things at two times, joined by lines."""

    rows: tuple[Slope, ...]
    before_label: Sentence
    after_label: Sentence
    unit: Sentence = ""
    digits: int = 1

    def table(self) -> Table:
        return Table(
            (_("What"), str(self.before_label), str(self.after_label), _("Change")),
            tuple(
                (
                    str(row.label),
                    figure(row.before, digits=self.digits, unit=self.unit),
                    figure(row.after, digits=self.digits, unit=self.unit),
                    figure(row.after - row.before, digits=self.digits, unit=self.unit),
                )
                for row in self.rows
            ),
        )


@dataclass(frozen=True, slots=True)
class Marker:
    """A day that matters within a span: a milestone, a deadline."""

    date: dt.date
    label: Sentence


@dataclass(frozen=True, slots=True)
class Span:
    """One row of a Gantt chart. ``done`` is the share already done, 0 to 1; a ``heading`` groups what follows."""

    label: Sentence
    start: dt.date
    end: dt.date
    done: float = 0.0
    markers: tuple[Marker, ...] = ()
    heading: bool = False
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt(Chart):
    """Work over time."""

    rows: tuple[Span, ...]
    today: dt.date | None = None

    def table(self) -> Table:
        return Table(
            (_("What"), _("From"), _("To"), _("Done"), _("Days that matter")),
            tuple(
                (
                    str(row.label),
                    written_day(row.start),
                    written_day(row.end),
                    figure(100 * row.done, unit="%"),
                    "; ".join(f"{marker.label} ({written_day(marker.date)})" for marker in row.markers),
                )
                for row in self.rows
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStrip(Chart):
    """How many people are free in each hour of a usual week, Monday 0:00 first."""

    hours: tuple[int, ...]
    everybody: int
    zone: str = ""

    def __post_init__(self) -> None:
        if len(self.hours) != HOURS_OF_A_WEEK:
            raise ValueError(f"A week has {HOURS_OF_A_WEEK} hours, not {len(self.hours)}.")

    def runs(self, day: int) -> list[tuple[int, int, int]]:
        """Return (first hour, hour after the last, people) of the free stretches of one day."""
        hours = self.hours[24 * day : 24 * day + 24]
        edges = [0, *(hour for hour in range(1, 24) if hours[hour] != hours[hour - 1]), 24]
        return [(first, after, hours[first]) for first, after in pairwise(edges) if hours[first]]

    def table(self) -> Table:
        names = get_day_names("wide", locale=locale())
        return Table(
            (_("Day"), _("Hours and people free")),
            tuple(
                (
                    str(names[day]),
                    "; ".join(f"{first}:00–{after}:00 ({people})" for first, after, people in self.runs(day))
                    or "–",
                )
                for day in range(7)
            ),
        )


def bars(
    *,
    title: Sentence,
    rows: Iterable[Bar | tuple[Sentence, float | None] | tuple[Sentence, float | None, float | None]],
    description: Sentence = "",
    source: Sentence = "",
    unit: Sentence = "",
    digits: int = 0,
    maximum: float | None = None,
) -> Bars:
    """Describe bars; a row is (label, value) or (label, value, target)."""
    return Bars(
        title=title,
        description=description,
        source=source,
        rows=tuple(row if isinstance(row, Bar) else Bar(*row) for row in rows),
        unit=unit,
        digits=digits,
        maximum=maximum,
    )


def stacked(
    *,
    title: Sentence,
    parts: Sequence[Sentence],
    rows: Iterable[Stack | tuple[Sentence, Sequence[float]]],
    description: Sentence = "",
    source: Sentence = "",
    ordered: bool = False,
) -> Stacked:
    """Describe shares; a row is (label, values in the order of ``parts``)."""
    taken = tuple(row if isinstance(row, Stack) else Stack(row[0], tuple(row[1])) for row in rows)
    for row in taken:
        if len(row.values) != len(parts):
            raise ValueError(f"“{row.label}” has {len(row.values)} values for {len(parts)} parts.")
    return Stacked(
        title=title, description=description, source=source, parts=tuple(parts), rows=taken, ordered=ordered
    )


def dots_with_intervals(
    *,
    title: Sentence,
    rows: Iterable[Dot | tuple[Sentence, float | None, float | None, float | None]],
    description: Sentence = "",
    source: Sentence = "",
    reference: float | None = None,
    reference_label: Sentence = "",
    unit: Sentence = "",
    digits: int = 2,
    interval_label: Sentence = "",
) -> DotsWithIntervals:
    """Describe estimates; a row is (label, estimate, low, high), or a ``Dot`` with its group."""
    return DotsWithIntervals(
        title=title,
        description=description,
        source=source,
        rows=tuple(row if isinstance(row, Dot) else Dot(*row) for row in rows),
        reference=reference,
        reference_label=reference_label,
        unit=unit,
        digits=digits,
        interval_label=interval_label,
    )


def slopes(
    *,
    title: Sentence,
    rows: Iterable[Slope | tuple[Sentence, float, float]],
    before_label: Sentence,
    after_label: Sentence,
    description: Sentence = "",
    source: Sentence = "",
    unit: Sentence = "",
    digits: int = 1,
) -> Slopes:
    """Describe change; a row is (label, before, after)."""
    return Slopes(
        title=title,
        description=description,
        source=source,
        rows=tuple(row if isinstance(row, Slope) else Slope(*row) for row in rows),
        before_label=before_label,
        after_label=after_label,
        unit=unit,
        digits=digits,
    )


def gantt(
    *,
    title: Sentence,
    rows: Iterable[Span],
    description: Sentence = "",
    source: Sentence = "",
    today: dt.date | None = None,
) -> Gantt:
    """Describe work over time."""
    return Gantt(title=title, description=description, source=source, rows=tuple(rows), today=today)


def week_strip(
    *,
    title: Sentence,
    hours: Sequence[int],
    everybody: int,
    description: Sentence = "",
    source: Sentence = "",
    zone: str = "",
) -> WeekStrip:
    """Describe a usual week; ``hours`` are 168 counts of people, Monday 0:00 first."""
    return WeekStrip(
        title=title,
        description=description,
        source=source,
        hours=tuple(hours),
        everybody=everybody,
        zone=zone,
    )
