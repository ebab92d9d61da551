from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import api as files
from biosint.indicators import api as indicators
from biosint.indicators.api import BadFigure, Indicator
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import FormerValue, Participation, Round, Value
from biosint.situation.queries.rounds import is_typed, values_of
from biosint.situation.rules import rounds as rules

if TYPE_CHECKING:
    from django.core.files import File

EVIDENCE_FILE = "situation.value_evidence"


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
    # A file to keep as proof; None leaves the one that stands.
    upload: File[bytes] | None = None
    drops_file: bool = False

    @property
    def is_empty(self) -> bool:
        parts = (self.answer, self.numerator, self.denominator, self.upload)
        return all(part is None for part in parts) and not self.note and not self.evidence_url


@dataclass(frozen=True, slots=True)
class Filled:
    """What a saving did: values saved, and those that somebody else changed meanwhile (left as they are)."""

    saved: tuple[Value, ...]
    conflicts: tuple[Value, ...]


@transaction.atomic
def fill(*, participation_id: int, entries: Sequence[Entry], by: Person, at: datetime) -> Filled:
    """Save values of one institution in an open round.

    An entry whose value somebody else changed since it was seen is not saved but reported; the same
    figure typed twice is no conflict.

    Raises:
        BadValue: a figure that its indicator cannot take. Nothing is saved.
        files.FileEmpty, FileTooLarge, FormatRefused, FileUnsafe: a proof that cannot be kept. Nothing is saved.
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
    stands = (value.answer, value.numerator, value.denominator, value.note, value.evidence_url)
    told = (entry.answer, entry.numerator, entry.denominator, entry.note, entry.evidence_url)
    return stands == told and entry.upload is None and not (entry.drops_file and value.evidence_file_id)


def _save(
    participation: Participation,
    indicator: Indicator,
    value: Value | None,
    entry: Entry,
    *,
    by: Person,
    at: datetime,
) -> Value:
    if value is not None:
        _keep_former(value)
    saved = value or Value(participation=participation, indicator=indicator, edition=0)
    saved.indicator = indicator
    saved.answer = entry.answer
    saved.numerator = entry.numerator
    saved.denominator = entry.denominator
    saved.note = entry.note
    saved.evidence_url = entry.evidence_url
    if entry.upload is not None:
        saved.evidence_file = files.store(entry.upload, kind=EVIDENCE_FILE, by=by, at=at)
    elif entry.drops_file:
        saved.evidence_file = None
    saved.edition += 1
    saved.filled_by = by
    saved.filled_at = at
    saved.save()
    return saved


def _keep_former(value: Value) -> None:
    """Keep what stands before it is replaced: a reviewer may have spoken of it."""
    FormerValue.objects.create(
        value=value,
        edition=value.edition,
        answer=value.answer,
        numerator=value.numerator,
        denominator=value.denominator,
        note=value.note,
        evidence_url=value.evidence_url,
        evidence_file=value.evidence_file,
        filled_by=value.filled_by,
        filled_at=value.filled_at,
    )


@transaction.atomic
def hand_in(*, participation_id: int, by: Person, at: datetime) -> Participation:
    """Say that the values of one institution are ready: from then on its reviewer sees them."""
    participation = (
        Participation.objects.select_for_update(of=["self"])
        .select_related("institution")
        .get(pk=participation_id)
    )
    participation.round = Round.objects.select_related("bank").get(pk=participation.round_id)
    require(rules.may_hand_in(by, participation))
    participation.handed_in_at = at
    participation.handed_in_by = by
    participation.save(update_fields=["handed_in_at", "handed_in_by"])
    audit.record("situation.values.handed_in", participation, by=by, at=at)
    return participation
