from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.indicators.api import IndicatorKind
from biosint.shared.words import in_language
from biosint.situation import wording
from biosint.situation.models import Objective, Option, Workshop
from biosint.situation.models.workshops import Figure
from biosint.situation.queries import rounds
from biosint.situation.queries.proposals import figure_words, readings_of
from biosint.situation.queries.workshops import workshops_for

if TYPE_CHECKING:
    from biosint.indicators.api import Indicator
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Use:
    """Where an objective was taken up: a document of an app above, with its address."""

    title: str
    url: str
    institution: str
    state: str


# Apps above tell here where objectives went: keys of objectives -> uses by key. Situation never imports them.
USES: list[Callable[[Iterable[int]], Mapping[int, list[Use]]]] = []


def uses_of(objectives: Iterable[int]) -> dict[int, list[Use]]:
    """Return where each objective was taken up, by its key."""
    keys = list(objectives)
    found: dict[int, list[Use]] = {}
    for tells in USES:
        for key, uses in tells(keys).items():
            found.setdefault(key, []).extend(uses)
    return found


def options_of(workshop: Workshop) -> list[Option]:
    """Return the options of a workshop with their statements and objectives."""
    return list(workshop.options.prefetch_related("statements", "objectives__indicator"))


def objectives_for(person: Person) -> QuerySet[Objective]:
    """Return the objectives a person may see."""
    return Objective.objects.filter(option__workshop__in=workshops_for(person).values("pk")).select_related(
        "option__workshop__consortium__coordinator", "option__workshop__institution", "indicator__dimension"
    )


def objectives_of(institution: Institution, *, person: Person) -> QuerySet[Objective]:
    """Return the objectives that a document of an institution may take up: its own, and its consortia's."""
    return objectives_for(person).filter(
        Q(option__workshop__institution=institution) | Q(option__workshop__institution=None)
    )


def unit_of(indicator: Indicator) -> str:
    """Return the unit of an indicator's figure; levels and yes/no have none."""
    if indicator.kind in {IndicatorKind.LEVEL, IndicatorKind.YES_NO}:
        return ""
    return in_language(indicator.unit).text


def in_words(number: float, *, indicator: Indicator | None, unit: str) -> str:
    """Return a target or a mean as a person reads it: “level 3 of 4”, “yes”, “12.5 %”."""
    digits = 0 if float(number).is_integer() else 1
    written = wording.figure(number, digits=digits)
    if indicator is not None and indicator.kind == IndicatorKind.LEVEL:
        return _("level %(level)s of 4") % {"level": written}
    if indicator is not None and indicator.kind == IndicatorKind.YES_NO and number in {0, 1}:
        return _("yes") if number else _("no")
    return f"{written} {unit}".strip()


def target_words(objective: Objective) -> str:
    """Return where an objective shall lead, in words."""
    return in_words(float(objective.target), indicator=objective.indicator, unit=objective.unit)


def baseline_of(workshop: Workshop, indicator: Indicator) -> Figure | None:
    """Return what the last closed round says: the institution's figure, or the mean of the consortium's.

    None where no round is closed, the round asked another bank, or nothing was answered.
    """
    _before, newest = rounds.latest_pair(list(rounds.rounds_of(workshop.consortium)))
    if newest is None or newest.closed_at is None or newest.bank_id != indicator.bank_id:
        return None
    found = readings_of(newest, [indicator])
    source, day = _("Index, %(round)s") % {"round": newest.title}, newest.closed_at.date().isoformat()
    if workshop.institution is not None:
        part, reading = found.get(workshop.institution.pk, (None, {}))
        if part is None or reading[indicator.pk].figure is None:
            return None
        return Figure(
            value=figure_words(indicator, reading[indicator.pk]),
            source=source,
            day=day,
            url=reverse("situation:participation", args=[newest.pk, workshop.institution.slug]),
            number=float(reading[indicator.pk].figure or 0),
        )
    figures = [
        float(reading[indicator.pk].figure or 0)
        for _part, reading in found.values()
        if reading[indicator.pk].figure is not None
    ]
    if not figures:
        return None
    mean = fmean(figures)
    value = _("on average %(mean)s, %(n)s institutions") % {
        "mean": in_words(round(mean, 1), indicator=indicator, unit=unit_of(indicator)),
        "n": len(figures),
    }
    return Figure(
        value=value,
        source=source,
        day=day,
        url=reverse("situation:round", args=[newest.pk]),
        number=round(mean, 4),
    )
