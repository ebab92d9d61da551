"""A bank as a YAML file: read into its content, and written from it. The same file comes out that went in, in meaning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django.utils.translation import gettext as _

from biosint.indicators.contents import (
    BankContent,
    BankFaulty,
    DimensionContent,
    IndicatorContent,
    Texts,
    divides,
    require_whole,
)
from biosint.indicators.states import IndicatorKind

LARGEST = 2 * 1024 * 1024


def read_bank(source: bytes, *, languages: tuple[str, ...] = ()) -> BankContent:
    """Read a bank from its file.

    Args:
        source: YAML in UTF-8, as ``write_bank`` writes it.
        languages: in which every text must be written.

    Raises:
        BankFaulty: the file is no bank, or one of its indicators is incomplete.
    """
    no_bank = BankFaulty(_("This file is not an indicator bank. It must be YAML with a code."))
    if len(source) > LARGEST:
        raise BankFaulty(_("This file is larger than 2 MB. That is no indicator bank."))
    try:
        # References inside a file could unfold to far more than it seems to hold.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source)):
            raise no_bank
        told = yaml.safe_load(source)
        code = str(told["code"])
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError, KeyError) as fault:
        raise no_bank from fault
    try:
        return _bank(told, code, languages)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as fault:
        raise BankFaulty(
            _("The bank “%(code)s” is not written as it should be. Look at this: %(fault)s")
            % {"code": code[:40], "fault": str(fault)[:200]}
        ) from fault


def _bank(told: dict[str, Any], code: str, languages: tuple[str, ...]) -> BankContent:
    units = told.get("units", {})
    day = told.get("published_on")
    if day is not None and type(day) is not date:
        raise ValueError(f"published_on: {day}")
    dimensions = []
    for row in told["dimensions"]:
        own = str(row["code"])
        dimensions.append(
            DimensionContent(
                code=own,
                weight=_number(row["weight"]),
                title=_texts(row, "title", own, languages),
                meaning=_texts(row, "meaning", own, languages),
                indicators=tuple(_indicator(one, units, languages) for one in row["indicators"]),
            )
        )
    content = BankContent(
        code=code,
        title=_texts(told, "title", code, languages),
        published_on=day,
        dimensions=tuple(dimensions),
    )
    _require_each_once([dimension.code for dimension in dimensions])
    _require_each_once([one.code for dimension in dimensions for one in dimension.indicators])
    return content


def _require_each_once(codes: list[str]) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise BankFaulty(_("“%(code)s” stands twice. Give each its own code.") % {"code": twice})


def _number(told: object) -> Decimal:
    number = Decimal(str(told))
    if not number.is_finite() or abs(number) >= 100_000:
        raise ValueError(str(told))
    return number


def _texts(row: Mapping[str, Any], key: str, where: str, languages: tuple[str, ...]) -> Texts:
    words = row.get(key)
    if not isinstance(words, dict) or any(not words.get(language) for language in languages) or not words:
        raise BankFaulty(
            _("“%(key)s” of “%(where)s” is not written in all of these languages: %(languages)s.")
            % {"key": key, "where": where, "languages": ", ".join(languages) or "en"}
        )
    return {str(language): str(text).strip() for language, text in words.items()}


def _indicator(row: dict[str, Any], units: Mapping[str, Any], languages: tuple[str, ...]) -> IndicatorContent:
    code = str(row.get("code", ""))
    if row.get("kind") not in IndicatorKind.values:
        raise BankFaulty(
            _("Indicator “%(code)s” has no kind. Use one of these: %(kinds)s.")
            % {"code": code, "kinds": ", ".join(IndicatorKind.values)}
        )
    kind = IndicatorKind(row["kind"])
    counted = row.get("counted", {})
    found = IndicatorContent(
        code=code,
        kind=kind,
        weight=_number(row.get("weight", 1)),
        unit=_texts(units, row.get("unit", ""), code, languages),
        title=_texts(row, "title", code, languages),
        asks=_texts(row, "asks", code, languages),
        evidence_asked=_texts(row, "evidence", code, languages),
        levels=tuple(_texts({"level": level}, "level", code, languages) for level in row.get("levels", [])),
        numerator=_texts(row, "numerator", code, languages) if divides(kind) and "numerator" in row else {},
        denominator=_texts(row, "denominator", code, languages)
        if divides(kind) and "denominator" in row
        else {},
        cap=None if row.get("cap") is None else _number(row["cap"]),
        references=tuple(str(reference) for reference in row.get("references", [])),
        counted_kind=str(counted.get("evidence", "")),
        counted_base=str(counted.get("base", "")),
        counted_steps=tuple(int(step) for step in counted.get("steps", [])),
    )
    require_whole(found)
    return found


def write_bank(content: BankContent) -> str:
    """Return a bank as the file that ``read_bank`` reads to the same content."""
    units: dict[str, Texts] = {}
    names: dict[str, str] = {}

    def unit_name(unit: Texts) -> str:
        key = repr(sorted(unit.items()))
        if key not in names:
            names[key] = f"unit_{len(names) + 1}"
            units[names[key]] = dict(unit)
        return names[key]

    dimensions = [
        {
            "code": dimension.code,
            "weight": _plain(dimension.weight),
            "title": dict(dimension.title),
            "meaning": dict(dimension.meaning),
            "indicators": [_written(one, unit_name(one.unit)) for one in dimension.indicators],
        }
        for dimension in content.dimensions
    ]
    told: dict[str, Any] = {"code": content.code}
    if content.published_on is not None:
        told["published_on"] = content.published_on
    told |= {"title": dict(content.title), "units": units, "dimensions": dimensions}
    return str(yaml.dump(told, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110))


class _Plain(yaml.SafeDumper):
    """Writes equal texts out each time: references are for machines, not for people."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- the signature is the library's
        return True


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _written(one: IndicatorContent, unit: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": one.code,
        "kind": one.kind.value,
        "weight": _plain(one.weight),
        "unit": unit,
    }
    if one.counted_kind:
        counted: dict[str, Any] = {"evidence": one.counted_kind}
        if one.counted_base:
            counted["base"] = one.counted_base
        if one.counted_steps:
            counted["steps"] = list(one.counted_steps)
        row["counted"] = counted
    if one.cap is not None:
        row["cap"] = _plain(one.cap)
    row |= {"title": dict(one.title), "asks": dict(one.asks), "evidence": dict(one.evidence_asked)}
    if divides(one.kind):
        row |= {"numerator": dict(one.numerator), "denominator": dict(one.denominator)}
    if one.levels:
        row["levels"] = [dict(level) for level in one.levels]
    if one.references:
        row["references"] = list(one.references)
    return row
