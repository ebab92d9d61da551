from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal, InvalidOperation
from importlib import resources
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.rules import may_load_bank
from biosint.indicators.states import HIGHEST_LEVEL, Base, IndicatorKind
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require

# Every bank that comes with the platform, the newest last.
SUPPLIED_BANKS = ("2026", "2027")
LANGUAGES_REQUIRED = ("en", "sr", "sq")


class BankFaulty(Fault):
    """The file of a bank cannot be read as one."""


class BankChanged(Fault):
    """A file differs from the version that was loaded under the same code."""


def supplied_bank(code: str = SUPPLIED_BANKS[-1]) -> bytes:
    """Return the file of a bank version that comes with the platform: the newest unless told otherwise."""
    return (resources.files("biosint.indicators") / "bank" / f"{code}.yaml").read_bytes()


@transaction.atomic
def load_bank(*, source: bytes, by: Person | None, at: datetime) -> BankVersion:
    """Put one version of the indicator bank in use. Loading the same file twice changes nothing.

    Args:
        source: the dated YAML file.
        by: None when the platform loads a supplied version at set-up.

    Raises:
        BankFaulty: the file is no bank, or one of its indicators is incomplete.
        BankChanged: this version was loaded before with other content.
    """
    if by is not None:
        require(may_load_bank(by))
    checksum = hashlib.sha256(source).hexdigest()
    try:
        told = yaml.safe_load(source)
        code = str(told["code"])
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError) as fault:
        raise BankFaulty(_("This file is not an indicator bank. It must be YAML with a code.")) from fault
    known = BankVersion.objects.filter(code=code).first()
    if known is not None:
        if known.checksum != checksum:
            raise BankChanged(
                _(
                    "Version “%(code)s” of the indicators is in use and never changes. Give the corrected file a new code."
                )
                % {"code": code}
            )
        return known
    try:
        bank = _enter(told, code, checksum, by=by, at=at)
    except (KeyError, TypeError, AttributeError, InvalidOperation, ValidationError) as fault:
        raise BankFaulty(
            _("The bank “%(code)s” is not written as it should be. Look at this: %(fault)s")
            % {"code": code, "fault": fault}
        ) from fault
    audit.record("indicators.bank.loaded", bank, by=by, at=at, checksum=checksum)
    return bank


def _enter(told: dict[str, Any], code: str, checksum: str, *, by: Person | None, at: datetime) -> BankVersion:
    bank = BankVersion.objects.create(
        code=code,
        title=_in_all_languages(told, "title", code),
        published_on=told["published_on"],
        checksum=checksum,
        loaded_at=at,
        loaded_by=by,
    )
    units = told.get("units", {})
    for place, dimension in enumerate(told["dimensions"], start=1):
        stands = Dimension.objects.create(
            bank=bank,
            code=dimension["code"],
            order=place,
            weight=Decimal(str(dimension["weight"])),
            title=_in_all_languages(dimension, "title", dimension["code"]),
            meaning=_in_all_languages(dimension, "meaning", dimension["code"]),
        )
        Indicator.objects.bulk_create(
            _indicator(stands, order, row, units)
            for order, row in enumerate(dimension["indicators"], start=1)
        )
    return bank


def _in_all_languages(row: dict[str, Any], key: str, where: str) -> dict[str, str]:
    words = row.get(key)
    if not isinstance(words, dict) or any(not words.get(language) for language in LANGUAGES_REQUIRED):
        raise BankFaulty(
            _("“%(key)s” of “%(where)s” is not written in all of these languages: %(languages)s.")
            % {"key": key, "where": where, "languages": ", ".join(LANGUAGES_REQUIRED)}
        )
    return {language: str(text).strip() for language, text in words.items()}


def _indicator(dimension: Dimension, order: int, row: dict[str, Any], units: dict[str, Any]) -> Indicator:
    code = str(row.get("code", ""))
    if row.get("kind") not in IndicatorKind.values:
        raise BankFaulty(
            _("Indicator “%(code)s” has no kind. Use one of these: %(kinds)s.")
            % {"code": code, "kinds": ", ".join(IndicatorKind.values)}
        )
    kind = IndicatorKind(row["kind"])
    counted = row.get("counted", {})
    divides = kind in {IndicatorKind.RATIO, IndicatorKind.COUNT_PER_100}
    levels = [_in_all_languages({"level": level}, "level", code) for level in row.get("levels", [])]
    steps = counted.get("steps", [])
    wanted = {IndicatorKind.YES_NO: 1, IndicatorKind.LEVEL: HIGHEST_LEVEL}.get(kind, 0)
    whole = (
        (len(levels) == HIGHEST_LEVEL + 1) == (kind is IndicatorKind.LEVEL)
        and (not counted or (len(steps) == wanted and (not divides or counted.get("base") in Base.values)))
        and (kind is not IndicatorKind.COUNT_PER_100 or row.get("cap") is not None)
    )
    if not whole:
        raise BankFaulty(
            _(
                "Indicator “%(code)s” is incomplete: a level needs five descriptions, a count needs a cap, a counted one its steps or base."
            )
            % {"code": code}
        )
    return Indicator(
        bank_id=dimension.bank_id,
        dimension=dimension,
        code=code,
        order=order,
        kind=kind,
        weight=Decimal(str(row.get("weight", 1))),
        unit=_in_all_languages(units, row.get("unit", ""), code),
        title=_in_all_languages(row, "title", code),
        asks=_in_all_languages(row, "asks", code),
        evidence_asked=_in_all_languages(row, "evidence", code),
        levels=levels,
        numerator=_in_all_languages(row, "numerator", code) if divides else {},
        denominator=_in_all_languages(row, "denominator", code) if divides else {},
        cap=None if row.get("cap") is None else Decimal(str(row["cap"])),
        references=[str(reference) for reference in row.get("references", [])],
        counted_kind=counted.get("evidence", ""),
        counted_base=counted.get("base", ""),
        counted_steps=steps,
    )
