from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from importlib import resources

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.indicators.bankfile import read_bank
from biosint.indicators.contents import BankContent, IndicatorContent
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.rules import may_load_bank
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require

# Every bank that comes with the platform, the newest last.
SUPPLIED_BANKS = ("2026", "2027")
LANGUAGES_REQUIRED = ("en", "sr", "sq")


class BankChanged(Fault):
    """A file differs from the version that was loaded under the same code."""


def supplied_bank(code: str = SUPPLIED_BANKS[-1]) -> bytes:
    """Return the file of a bank version that comes with the platform: the newest unless told otherwise."""
    return (resources.files("biosint.indicators") / "bank" / f"{code}.yaml").read_bytes()


@transaction.atomic
def load_bank(*, source: bytes, by: Person | None, at: datetime) -> BankVersion:
    """Put one version of the indicator bank in use for everyone. Loading the same file twice changes nothing.

    Args:
        source: the dated YAML file, with every text in English, Serbian and Albanian.
        by: None when the platform loads a supplied version at set-up.

    Raises:
        BankFaulty: the file is no bank, or one of its indicators is incomplete.
        BankChanged: this version was loaded before with other content.
    """
    if by is not None:
        require(may_load_bank(by))
    checksum = hashlib.sha256(source).hexdigest()
    content = read_bank(source, languages=LANGUAGES_REQUIRED)
    known = BankVersion.objects.filter(code=content.code).first()
    if known is not None:
        if known.checksum != checksum:
            raise BankChanged(
                _(
                    "Version “%(code)s” of the indicators is in use and never changes. Give the corrected file a new code."
                )
                % {"code": content.code}
            )
        return known
    bank = BankVersion.objects.create(
        code=content.code,
        title=content.title,
        published_on=content.published_on or timezone.localdate(at),
        checksum=checksum,
        loaded_at=at,
        loaded_by=by,
    )
    enter(bank, content)
    audit.record("indicators.bank.loaded", bank, by=by, at=at, checksum=checksum)
    return bank


def enter(bank: BankVersion, content: BankContent) -> None:
    """Write the dimensions and indicators of a version that has none yet."""
    for place, dimension in enumerate(content.dimensions, start=1):
        stands = Dimension.objects.create(
            bank=bank,
            code=dimension.code,
            order=place,
            weight=dimension.weight,
            title=dimension.title,
            meaning=dimension.meaning,
        )
        Indicator.objects.bulk_create(
            [
                written(Indicator(bank=bank, dimension=stands, order=order), one)
                for order, one in enumerate(dimension.indicators, start=1)
            ]
        )


def written(row: Indicator, one: IndicatorContent) -> Indicator:
    """Write what an indicator says onto its record, without saving it."""
    row.code = one.code
    row.kind = one.kind
    row.weight = one.weight
    row.unit = dict(one.unit)
    row.title = dict(one.title)
    row.asks = dict(one.asks)
    row.evidence_asked = dict(one.evidence_asked)
    row.levels = [dict(level) for level in one.levels]
    row.numerator = dict(one.numerator)
    row.denominator = dict(one.denominator)
    row.cap = one.cap
    row.references = _each_once(one.references)
    row.counted_kind = one.counted_kind
    row.counted_base = one.counted_base
    row.counted_steps = list(one.counted_steps)
    return row


def _each_once(references: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(references))
