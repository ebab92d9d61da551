"""What a code book says of a questionnaire, put together from its definition. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from biosint.surveys.definitions import Definition
from biosint.surveys.formats.ddi import Study, condition_words
from biosint.surveys.states import Audience


def study_of(
    definition: Definition,
    *,
    number: str,
    owner: str,
    written_date: date,
    instruments: Iterable[Mapping[str, Any]] = (),
) -> Study:
    """Return the study of a questionnaire without answers."""
    return Study(
        number=number,
        title=definition.title,
        abstract=definition.introduction,
        owner=owner,
        written_date=written_date,
        columns=definition.columns(),
        audience=definition.audience if definition.audience in Audience else "",
        instruments=tuple(_named(instrument) for instrument in instruments),
        conditions=conditions_of(definition),
    )


def _named(instrument: Mapping[str, Any]) -> str:
    title = instrument.get("title") or {}
    words = title.get("en") or next(iter(title.values()), "") if isinstance(title, Mapping) else str(title)
    parts = [words, instrument.get("version"), instrument.get("source"), instrument.get("licence")]
    return "; ".join(_plain(part) for part in parts if part)


def _plain(part: Any) -> str:
    if isinstance(part, Mapping):
        return str(part.get("en") or next(iter(part.values()), ""))
    return str(part)


def conditions_of(definition: Definition) -> dict[str, str]:
    """Return, per column, the conditions under which it is asked."""
    found: dict[str, str] = {}
    for section in definition.sections:
        for question in section.questions:
            both = [part for part in (section.shown_if, question.shown_if) if part is not None]
            for column in question.columns() if both else ():
                found[column.code] = " and ".join(condition_words(part.as_json()) for part in both)
    return found
