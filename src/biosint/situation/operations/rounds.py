from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.indicators import api as indicators
from biosint.indicators.api import BadFigure, BankVersion, Indicator, Reading
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import FormulaVersion, Participation, Round, Value
from biosint.situation.operations.formulas import supply_formulas
from biosint.situation.queries import index
from biosint.situation.queries.rounds import is_typed, values_of
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState

CLOSED = "situation.index_round_closed"


class RoundKnown(Fault):
    """The consortium has a round of this title, or a baseline already."""


class PeriodBackwards(Fault):
    """The period ends before it begins."""


class NobodyTakesPart(Fault):
    """The consortium has no member institution."""


class PeriodRuns(Fault):
    """The period of the round has not ended: evidence can still come."""


class BadValue(Fault):
    """A figure that its indicator cannot take."""

    def __init__(self, indicator: Indicator, fault: BadFigure) -> None:
        super().__init__(
            _("The figure for “%(indicator)s” cannot be right. Correct it and save again.")
            % {"indicator": indicator}
        )
        self.indicator = indicator
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody typed for one indicator; ``edition`` is that of the value they saw (0: none yet)."""

    indicator_id: int
    edition: int
    answer: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    evidence_url: str = ""

    @property
    def is_empty(self) -> bool:
        parts = (self.answer, self.numerator, self.denominator)
        return all(part is None for part in parts) and not self.note and not self.evidence_url


@dataclass(frozen=True, slots=True)
class Filled:
    """What a saving did: values saved, and those that somebody else changed meanwhile (left as they are)."""

    saved: tuple[Value, ...]
    conflicts: tuple[Value, ...]


@transaction.atomic
def draft_round(
    *,
    consortium: Consortium,
    title: str,
    period_from: date,
    period_until: date,
    is_baseline: bool,
    bank: BankVersion,
    by: Person,
    at: datetime,
    formula: FormulaVersion | None = None,
) -> Round:
    """Draft a round; its bank version and formula stay with it for good.

    Args:
        formula: the newest supplied one when left out.

    Raises:
        PeriodBackwards: the last day comes before the first.
        RoundKnown: a round of this title, or a baseline, is there.
    """
    require(rules.may_plan(by, consortium))
    if period_until < period_from:
        raise PeriodBackwards(_("The last day of the period must not come before its first day."))
    if Round.objects.filter(title=title.strip(), consortium=consortium).exists():
        raise RoundKnown(_("“%(title)s” is another round. Choose a different title.") % {"title": title})
    try:
        with transaction.atomic():
            one = Round.objects.create(
                consortium=consortium,
                title=title.strip(),
                period_from=period_from,
                period_until=period_until,
                is_baseline=is_baseline,
                bank=bank,
                formula=formula or supply_formulas(at=at)[-1],
                created_at=at,
                created_by=by,
            )
    except IntegrityError as fault:
        raise RoundKnown(
            _("The consortium has a baseline already. Later rounds are compared with it.")
        ) from fault
    audit.record("situation.round.drafted", one, by=by, at=at)
    return one


@transaction.atomic
def open_round(*, round_id: int, by: Person, at: datetime) -> Round:
    """Open a round for the institutions that are members now.

    Raises:
        NobodyTakesPart: the consortium has no members.
    """
    one = _locked(round_id)
    require(rules.may_open(by, one))
    members = list(consortia.members_of(one.consortium))
    if not members:
        raise NobodyTakesPart(
            _("%(consortium)s has no member institution yet. Invite one first.")
            % {"consortium": one.consortium}
        )
    Participation.objects.bulk_create(Participation(round=one, institution=place) for place in members)
    one.state = RoundState.OPEN
    one.opened_at = at
    one.opened_by = by
    one.save(update_fields=["state", "opened_at", "opened_by"])
    audit.record("situation.round.opened", one, by=by, at=at, institutions=len(members))
    return one


@transaction.atomic
def discard_round(*, round_id: int, by: Person, at: datetime) -> None:
    """Throw a draft away: the way to correct a wrong title, period or baseline."""
    one = _locked(round_id)
    require(rules.may_discard(by, one))
    audit.record("situation.round.discarded", one, by=by, at=at)
    one.delete()


def _locked(round_id: int) -> Round:
    return (
        Round.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "bank", "formula")
        .get(pk=round_id)
    )


@transaction.atomic
def fill(*, participation_id: int, entries: Sequence[Entry], by: Person, at: datetime) -> Filled:
    """Save values of one institution in an open round.

    An entry whose value somebody else changed since it was seen is not saved but reported; the same
    figure typed twice is no conflict.

    Raises:
        BadValue: a figure that its indicator cannot take. Nothing is saved.
    """
    # Closing locks the same rows: a value is saved before the round closes, or not at all.
    participation = (
        Participation.objects.select_for_update(of=["self"])
        .select_related("institution")
        .get(pk=participation_id)
    )
    # Read after the lock is ours: a joined row would still show the state from before the wait.
    participation.round = Round.objects.select_related("bank").get(pk=participation.round_id)
    require(rules.may_fill(by, participation))
    asked = {one.pk: one for one in indicators.indicators_of(participation.round.bank) if is_typed(one)}
    stand = values_of(participation)
    saved, conflicts = [], []
    for entry in entries:
        indicator = asked[entry.indicator_id]
        fault = indicators.fault_in(
            indicator, answer=entry.answer, numerator=entry.numerator, denominator=entry.denominator
        )
        if fault is not None:
            raise BadValue(indicator, fault)
        value = stand.get(indicator.pk)
        if (value is None and entry.is_empty) or (value is not None and _same(value, entry)):
            continue
        if value is not None and entry.edition != value.edition:
            conflicts.append(value)
            continue
        saved.append(_save(participation, indicator, value, entry, by=by, at=at))
    if saved:
        audit.record(
            "situation.values.filled",
            participation,
            by=by,
            at=at,
            indicators=[value.indicator.code for value in saved],
        )
    return Filled(saved=tuple(saved), conflicts=tuple(conflicts))


def _same(value: Value, entry: Entry) -> bool:
    return (value.answer, value.numerator, value.denominator, value.note, value.evidence_url) == (
        entry.answer,
        entry.numerator,
        entry.denominator,
        entry.note,
        entry.evidence_url,
    )


def _save(
    participation: Participation,
    indicator: Indicator,
    value: Value | None,
    entry: Entry,
    *,
    by: Person,
    at: datetime,
) -> Value:
    saved = value or Value(participation=participation, indicator=indicator, edition=0)
    saved.indicator = indicator
    saved.answer = entry.answer
    saved.numerator = entry.numerator
    saved.denominator = entry.denominator
    saved.note = entry.note
    saved.evidence_url = entry.evidence_url
    saved.edition += 1
    saved.filled_by = by
    saved.filled_at = at
    saved.save()
    return saved


@transaction.atomic
def close_round(*, round_id: int, by: Person, at: datetime) -> Round:
    """Close a round: count the evidence once more, compute every index, and never change it again.

    Raises:
        PeriodRuns: the period has not ended.
    """
    one = _locked(round_id)
    parts = list(one.participations.select_for_update(of=["self"]).select_related("institution"))
    require(rules.may_close(by, one))
    ended = rules.has_ended(one, at)
    if not ended:
        raise PeriodRuns(str(ended.reason))
    asked = list(indicators.indicators_of(one.bank))
    one.state = RoundState.CLOSED
    one.closed_at = at
    one.closed_by = by
    one.save(update_fields=["state", "closed_at", "closed_by"])
    for participation in parts:
        participation.round = one
        _conclude(participation, asked, at=at)
        evidence.record(
            kind=CLOSED,
            subject=one,
            institution=participation.institution,
            occurred_at=at,
            proof=reverse("situation:participation", args=[one.pk, participation.institution.slug]),
            by=by,
            title=one.title,
        )
    audit.record("situation.round.closed", one, by=by, at=at, institutions=len(parts))
    return one


def _conclude(participation: Participation, asked: Sequence[Indicator], *, at: datetime) -> None:
    """Write what was counted and the resulting index of one institution."""
    values = values_of(participation)
    found = index.readings(participation, asked, values, index.counted_at(participation))
    for indicator in asked:
        if indicator.is_counted:
            _keep_count(participation, indicator, values.get(indicator.pk), found[indicator.pk], at=at)
    result = index.index_of(asked, found, formula=participation.round.formula.formula)
    participation.index = result.value
    participation.low = result.low
    participation.high = result.high
    participation.answered = sum(dimension.answered for dimension in result.dimensions)
    participation.dimensions = [
        {**asdict(dimension), "missing": list(dimension.missing)} for dimension in result.dimensions
    ]
    participation.save(update_fields=["index", "low", "high", "answered", "dimensions"])


def _keep_count(
    participation: Participation, indicator: Indicator, value: Value | None, reading: Reading, *, at: datetime
) -> None:
    one = participation.round
    kept = value or Value(participation=participation, indicator=indicator, edition=0)
    kept.answer = None if indicator.has_base else reading.figure
    kept.numerator = reading.numerator
    kept.denominator = reading.denominator
    kept.evidence_url = evidence.list_url(
        kind=indicator.counted_kind, institution=participation.institution, since=one.since, until=one.until
    )
    kept.edition += 1
    kept.filled_at = at
    kept.save()
