"""Turns a definition written as plain data into objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.columns import Option
from biosint.surveys.definitions.checks import check_definition, check_question
from biosint.surveys.definitions.conditions import read_condition
from biosint.surveys.definitions.content import Definition, Item, Question, Section, Words
from biosint.surveys.definitions.keys import read_key
from biosint.surveys.definitions.plain import DefinitionFault, day, filled_list, mapping, number, words
from biosint.surveys.states import QuestionKind


def parse(raw: Any) -> Definition:
    """Read a definition.

    Raises:
        DefinitionFault: a sentence that names the question and what is missing or wrong.
    """
    body = mapping(raw, _("The questionnaire"))
    instruments = tuple(read_key(entry) for entry in body.get("instruments") or [])
    owner = {item: instrument.code for instrument in instruments for item in instrument.items}
    definition = Definition(
        title=words(body.get("title"), _("The title")),
        introduction=words(body.get("introduction"), _("The introduction")),
        audience=str(body.get("audience", "others")),
        sections=tuple(
            _section(mapping(entry, _("A section")), _("Section %(number)s") % {"number": place}, owner)
            for place, entry in enumerate(filled_list(body.get("sections"), _("The questionnaire")), 1)
        ),
        pages=bool(body.get("pages", False)),
        instruments=instruments,
    )
    check_definition(definition)
    return definition


def _section(part: Any, where: str, owner: Mapping[str, str]) -> Section:
    return Section(
        title=words(part.get("title"), where),
        introduction=words(part.get("introduction") or {}, where, needed=False),
        questions=tuple(parse_question(entry, owner) for entry in filled_list(part.get("questions"), where)),
        random_order=bool(part.get("random_order", False)),
        shown_if=read_condition(part.get("shown_if"), where),
    )


def parse_question(raw: Any, owner: Mapping[str, str] = MappingProxyType({})) -> Question:
    """Read one question; ``owner`` says which instrument an item belongs to."""
    entry = mapping(raw, _("A question"))
    code = str(entry.get("code", ""))
    where = _("Question “%(code)s”") % {"code": code}
    try:
        kind = QuestionKind(str(entry.get("kind")))
    except ValueError:
        raise DefinitionFault(
            _("%(where)s: the kind “%(kind)s” does not exist.") % {"where": where, "kind": entry.get("kind")}
        ) from None

    def optional(part: str) -> Words:
        return words(entry.get(part) or {}, where, needed=False)

    question = Question(
        code=code,
        kind=kind,
        text=words(entry.get("text"), where),
        help=optional("help"),
        required=bool(entry.get("required", False)) or kind == QuestionKind.CONSENT,
        options=tuple(_option(part, where) for part in entry.get("options") or []),
        items=tuple(_item(part, where, owner) for part in entry.get("items") or []),
        least=number(entry.get("least"), where),
        most=number(entry.get("most"), where),
        low_label=optional("low_label"),
        high_label=optional("high_label"),
        point_labels=_point_labels(entry.get("point_labels") or {}, where),
        unit=optional("unit"),
        earliest=day(entry.get("earliest"), where),
        latest=day(entry.get("latest"), where),
        short=bool(entry.get("short", False)),
        random_order=bool(entry.get("random_order", False)),
        stay_last=tuple(str(code) for code in entry.get("stay_last") or []),
        shown_if=read_condition(entry.get("shown_if"), where),
    )
    check_question(question, where)
    return question


def _point_labels(raw: Any, where: str) -> dict[int, Words]:
    found: dict[int, Words] = {}
    for point, text in mapping(raw, where).items():
        # JSON knows only words as names, YAML also numbers.
        if not re.fullmatch(r"-?\d{1,3}", str(point)):
            raise DefinitionFault(
                _("%(where)s: “%(point)s” is not a point of the scale.") % {"where": where, "point": point}
            )
        if label := words(text, where, needed=False):
            found[int(point)] = label
    return found


def _option(raw: Any, where: str) -> Option:
    entry = mapping(raw, where)
    code = str(entry.get("code", ""))
    if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", code):
        raise DefinitionFault(
            _("%(where)s: “%(code)s” cannot be the code of an answer.") % {"where": where, "code": code}
        )
    return Option(code=code, label=words(entry.get("label"), where))


def _item(raw: Any, where: str, owner: Mapping[str, str]) -> Item:
    entry = mapping(raw, where)
    code = str(entry.get("code", ""))
    return Item(
        code=code,
        text=words(entry.get("text"), where),
        reversed=bool(entry.get("reversed", False)),
        instrument=owner.get(code, ""),
    )
