from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium.api import Consortium
from biosint.indicators.bankfile import read_bank, write_bank
from biosint.indicators.contents import (
    BankFaulty,
    IndicatorContent,
    languages_complete,
    require_whole,
)
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.operations.loading import enter, written
from biosint.indicators.queries import content_of
from biosint.indicators.rules import may_change, may_keep
from biosint.indicators.states import BankState
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
INDICATOR_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}")
DIMENSION_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")


class CodeTaken(Fault):
    """Another version, dimension or indicator has this code."""


class SomebodyElseSaved(Fault):
    """The record was changed by somebody else since it was seen."""


class NotComplete(Fault):
    """The draft cannot be published yet."""


class StillNeeded(Fault):
    """Something hangs on what should be removed."""


def _code(code: str, form: re.Pattern[str]) -> str:
    code = code.strip()
    if not form.fullmatch(code):
        raise BankFaulty(
            _("“%(code)s” is no code. Use Latin letters, digits, dots and hyphens, and keep it short.")
            % {"code": code[:40]}
        )
    return code


@transaction.atomic
def start_draft(
    *, came_from: BankVersion, consortium: Consortium, code: str, title: str, by: Person, at: datetime
) -> BankVersion:
    """Start a consortium's own version as a copy of another one.

    Args:
        came_from: any version the consortium may measure with, or a draft of its own.
        title: in English; other languages are written on the translation pages.

    Raises:
        BankFaulty: the code is none.
        CodeTaken: another version has this code.
    """
    require(may_keep(by, consortium))
    content = content_of(came_from)
    draft = _drafted(consortium, came_from, _code(code, CODE), {"en": title.strip()}, by=by, at=at)
    enter(draft, content)
    audit.record("indicators.bank.begun", draft, by=by, at=at, came_from=came_from.code)
    return draft


@transaction.atomic
def upload_draft(*, source: bytes, consortium: Consortium, by: Person, at: datetime) -> BankVersion:
    """Start a consortium's own version from a file; it can be read and changed before it is published.

    Raises:
        BankFaulty: the file is no bank.
        CodeTaken: another version has the code of the file.
    """
    require(may_keep(by, consortium))
    content = read_bank(source)
    for dimension in content.dimensions:
        _code(dimension.code, DIMENSION_CODE)
        for one in dimension.indicators:
            _code(one.code, INDICATOR_CODE)
    draft = _drafted(consortium, None, _code(content.code, CODE), dict(content.title), by=by, at=at)
    enter(draft, content)
    audit.record("indicators.bank.uploaded", draft, by=by, at=at, bytes=len(source))
    return draft


def _drafted(
    consortium: Consortium,
    came_from: BankVersion | None,
    code: str,
    title: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> BankVersion:
    try:
        with transaction.atomic():
            return BankVersion.objects.create(
                consortium=consortium,
                came_from=came_from,
                code=code,
                title=dict(title),
                state=BankState.DRAFT,
                loaded_at=at,
                loaded_by=by,
            )
    except IntegrityError as fault:
        raise CodeTaken(
            _("“%(code)s” is another version. Choose a different code.") % {"code": code}
        ) from fault


def _draft(bank_id: int, by: Person) -> BankVersion:
    """The draft, locked: publishing locks the same row, so a change comes before it or not at all."""
    bank = (
        BankVersion.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator")
        .get(pk=bank_id)
    )
    require(may_change(by, bank))
    return bank


@transaction.atomic
def save_dimension(
    *,
    bank_id: int,
    dimension_id: int | None,
    edition: int,
    code: str,
    weight: Decimal,
    title: str,
    meaning: str,
    order: int,
    language: str,
    by: Person,
    at: datetime,
) -> Dimension:
    """Add a dimension to a draft, or change one.

    Args:
        dimension_id: None for a new one.
        edition: that of the dimension the person saw (0 for a new one).
        language: of ``title`` and ``meaning``; the other languages stay.

    Raises:
        SomebodyElseSaved, CodeTaken, BankFaulty.
    """
    bank = _draft(bank_id, by)
    one = (
        Dimension(bank=bank, edition=0, title={}, meaning={})
        if dimension_id is None
        else bank.dimensions.select_for_update().get(pk=dimension_id)
    )
    _require_edition(one.edition, edition)
    if weight <= 0:
        raise BankFaulty(_("The weight of “%(code)s” must be above 0.") % {"code": code})
    one.code = _code(code, DIMENSION_CODE)
    if bank.dimensions.filter(code=one.code).exclude(pk=one.pk).exists():
        raise CodeTaken(_("“%(code)s” is another dimension. Choose a different code.") % {"code": one.code})
    one.weight = weight
    one.title = {**one.title, language: title.strip()}
    one.meaning = {**one.meaning, language: meaning.strip()}
    one.order = order
    one.edition += 1
    one.save()
    audit.record("indicators.dimension.saved", bank, by=by, at=at, dimension=one.code)
    return one


@transaction.atomic
def remove_dimension(*, bank_id: int, dimension_id: int, by: Person, at: datetime) -> None:
    """Take a dimension out of a draft.

    Raises:
        StillNeeded: it holds indicators.
    """
    bank = _draft(bank_id, by)
    one = bank.dimensions.get(pk=dimension_id)
    if one.indicators.exists():
        raise StillNeeded(
            _("“%(dimension)s” holds indicators. Move them to another dimension or remove them first.")
            % {"dimension": one}
        )
    audit.record("indicators.dimension.removed", bank, by=by, at=at, dimension=one.code)
    one.delete()


@transaction.atomic
def save_indicator(
    *,
    bank_id: int,
    indicator_id: int | None,
    edition: int,
    dimension_id: int,
    order: int,
    content: IndicatorContent,
    by: Person,
    at: datetime,
) -> Indicator:
    """Add an indicator to a draft, or change one.

    Args:
        indicator_id: None for a new one.
        edition: that of the indicator the person saw (0 for a new one).
        content: its texts replace those of the languages they hold; the other languages stay.

    Raises:
        SomebodyElseSaved, CodeTaken, BankFaulty.
    """
    bank = _draft(bank_id, by)
    side = bank.dimensions.get(pk=dimension_id)
    one = (
        Indicator(bank=bank, edition=0)
        if indicator_id is None
        else bank.indicators.select_for_update().get(pk=indicator_id)
    )
    _require_edition(one.edition, edition)
    code = _code(content.code, INDICATOR_CODE)
    if bank.indicators.filter(code=code).exclude(pk=one.pk).exists():
        raise CodeTaken(_("“%(code)s” is another indicator. Choose a different code.") % {"code": code})
    merged = _merged(one, replace(content, code=code))
    require_whole(merged)
    written(one, merged)
    one.dimension = side
    one.order = order
    one.edition += 1
    one.save()
    audit.record("indicators.indicator.saved", bank, by=by, at=at, indicator=one.code)
    return one


def _merged(one: Indicator, content: IndicatorContent) -> IndicatorContent:
    """The content with the languages that stand already and that were not written now."""
    if one.pk is None:
        return content
    levels = [*one.levels, *({} for _n in content.levels[len(one.levels) :])]
    return replace(
        content,
        unit={**one.unit, **content.unit},
        title={**one.title, **content.title},
        asks={**one.asks, **content.asks},
        evidence_asked={**one.evidence_asked, **content.evidence_asked},
        levels=tuple({**was, **now} for was, now in zip(levels, content.levels, strict=False)),
        numerator={**one.numerator, **content.numerator} if content.numerator else {},
        denominator={**one.denominator, **content.denominator} if content.denominator else {},
    )


def _require_edition(stands: int, seen: int) -> None:
    if stands != seen:
        raise SomebodyElseSaved(
            _(
                "Somebody else saved this while you were writing. Your words are still here; "
                "compare them with what stands now, then save again to put yours in its place."
            )
        )


@transaction.atomic
def remove_indicator(*, bank_id: int, indicator_id: int, by: Person, at: datetime) -> None:
    """Take an indicator out of a draft."""
    bank = _draft(bank_id, by)
    one = bank.indicators.get(pk=indicator_id)
    audit.record("indicators.indicator.removed", bank, by=by, at=at, indicator=one.code)
    one.delete()


@transaction.atomic
def publish_bank(*, bank_id: int, by: Person, at: datetime) -> BankVersion:
    """Publish a draft: from then on it never changes, and rounds can be planned with it.

    Raises:
        NotComplete: it has no indicators, a dimension has none, or in no language everything is written.
    """
    bank = _draft(bank_id, by)
    bank.published_on = timezone.localdate(at)
    content = content_of(bank)
    if not content.dimensions:
        raise NotComplete(_("There is no dimension yet. Add one, with at least one indicator."))
    for dimension in content.dimensions:
        if not dimension.indicators:
            raise NotComplete(
                _("The dimension “%(code)s” has no indicator. Add one, or remove the dimension.")
                % {"code": dimension.code}
            )
        for one in dimension.indicators:
            require_whole(one)
    if not languages_complete(content):
        raise NotComplete(
            _("In no language every text is written. Complete one on the translation pages, then publish.")
        )
    bank.state = BankState.PUBLISHED
    bank.published_by = by
    bank.published_at = at
    bank.checksum = hashlib.sha256(write_bank(content).encode()).hexdigest()
    bank.save(update_fields=["state", "published_on", "published_by", "published_at", "checksum"])
    audit.record("indicators.bank.published", bank, by=by, at=at, checksum=bank.checksum)
    return bank


@transaction.atomic
def discard_draft(*, bank_id: int, by: Person, at: datetime) -> None:
    """Throw a draft away.

    Raises:
        StillNeeded: another version was started from it.
    """
    bank = _draft(bank_id, by)
    if BankVersion.objects.filter(came_from=bank).exists():
        raise StillNeeded(_("Another draft was started from this one. Throw that away first."))
    audit.record("indicators.bank.discarded", bank, by=by, at=at, code=bank.code)
    bank.delete()
