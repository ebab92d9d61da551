from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from biosint.indicators import api as indicators
from biosint.situation.models import Disclosure, Participation, Round, Value
from biosint.situation.rules.rounds import viewable_by
from biosint.situation.states import RoundState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.files.api import StoredFile
    from biosint.people.api import Person


def rounds_visible_to(person: Person) -> QuerySet[Round]:
    """Return the rounds a person may see, the newest period first."""
    return Round.objects.filter(viewable_by(person)).select_related(
        "consortium__coordinator", "bank", "formula"
    )


def rounds_of(consortium: Consortium) -> QuerySet[Round]:
    return Round.objects.filter(consortium=consortium).select_related(
        "consortium__coordinator", "bank", "formula"
    )


def latest_pair(rounds: list[Round]) -> tuple[Round | None, Round | None]:
    """Return the closed round to compare from (the baseline, else the oldest) and the newest closed one.

    With one closed round there is nothing to compare: the first of the pair is None.
    """
    closed = sorted(
        (one for one in rounds if one.state == RoundState.CLOSED), key=lambda one: (one.period_until, one.pk)
    )
    if not closed:
        return None, None
    newest = closed[-1]
    start = next((one for one in closed if one.is_baseline), closed[0])
    return (start if start != newest else None), newest


def participations_of(one: Round) -> QuerySet[Participation]:
    return one.participations.select_related(
        "institution", "round__consortium__coordinator", "round__bank", "round__formula", "review__reviewer"
    )


def participations_filled(one: Round) -> QuerySet[Participation]:
    """Return the participations of an open round, each with ``filled``: how many values somebody saved."""
    return participations_of(one).annotate(filled=Count("values"))


def values_of(participation: Participation) -> dict[int, Value]:
    """Return the saved values by indicator."""
    return {
        value.indicator_id: value
        for value in participation.values.select_related("filled_by", "indicator", "evidence_file").all()
    }


def values_of_round(one: Round) -> QuerySet[Value]:
    """Return every value of a round, by institution, then in the order of the bank."""
    return (
        Value.objects.filter(participation__round=one)
        .select_related("participation__institution", "indicator__dimension", "filled_by", "evidence_file")
        .order_by("participation__institution__name", "indicator__dimension__order", "indicator__order")
    )


def open_participations_at(institutions: frozenset[int]) -> list[tuple[Participation, int, int]]:
    """Return, for open rounds, each institution's part with how many values are given and how many are asked.

    Indicators that are counted without any typed number are not asked.
    """
    found = (
        Participation.objects.filter(institution__in=institutions, round__state=RoundState.OPEN)
        .select_related("institution", "round__bank")
        .annotate(filled=Count("values"))
    )
    asked: dict[int, int] = {}
    rows: list[tuple[Participation, int, int]] = []
    for part in found:
        bank = part.round.bank
        if bank.pk not in asked:
            asked[bank.pk] = sum(1 for one in indicators.indicators_of(bank) if is_typed(one))
        rows.append((part, part.filled, asked[bank.pk]))
    return rows


def participations_proved_by(stored: StoredFile) -> QuerySet[Participation]:
    """Return the parts in which a file proves a value, or proved it before."""
    return (
        Participation.objects.filter(
            Q(values__evidence_file=stored) | Q(values__former__evidence_file=stored)
        )
        .select_related("institution", "round__consortium", "review__reviewer")
        .distinct()
    )


def is_typed(indicator: indicators.Indicator) -> bool:
    """Whether a person types anything for it: all but what the platform counts whole."""
    return not indicator.is_counted or (
        indicator.has_base and indicator.counted_base == indicators.Base.TYPED
    )


def values_given_by(person: Person) -> QuerySet[Value]:
    """Return the values that a person gave, for their own records."""
    return Value.objects.filter(filled_by=person).select_related(
        "participation__round", "participation__institution", "indicator"
    )


def is_disclosed(part: Participation) -> bool:
    """Whether the institution agreed that its index in this round is shown beside its name."""
    return Disclosure.objects.filter(participation=part).exists()


def disclosures_by(person: Person) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(agreed_by=person).select_related(
        "participation__institution", "participation__round"
    )


def rounds_held_by(person: Person) -> QuerySet[Round]:
    """Return the rounds that a person planned, opened or closed."""
    return Round.objects.filter(Q(created_by=person) | Q(opened_by=person) | Q(closed_by=person))
