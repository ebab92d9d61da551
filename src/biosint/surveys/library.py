"""Instruments to take into a questionnaire: those that come with the platform and those of institutions. Pure.

An entry is a scoring key (see ``instruments.py``) with its ``question`` inside: a question of the kind *scale*
as in a definition, without code and kind. ``items``, ``reverse`` and ``points`` of the key follow from it, so
that nothing is said twice. ``about`` (words) says what it is for.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.definitions import DefinitionFault, Question, parse_question, read_key
from biosint.surveys.instruments import Instrument
from biosint.surveys.states import QuestionKind

Words = Mapping[str, str]
Content = dict[str, Any]
# What of a key stands in its question.
_FOLLOWS = ("items", "reverse", "points")


@dataclass(frozen=True, slots=True)
class Entry:
    """One instrument of the library: its key, its question and what both are written as."""

    instrument: Instrument
    question: Question
    about: Words
    raw: Mapping[str, Any]


def read_entry(raw: Mapping[str, Any]) -> Entry:
    """Read an entry.

    Raises:
        DefinitionFault: a sentence that says what is missing or wrong.
    """
    written = _question(raw)
    question = parse_question(written)
    return Entry(
        instrument=read_key(_key(raw, written)),
        question=question,
        about=dict(raw.get("about") or {}),
        raw=raw,
    )


def _question(raw: Mapping[str, Any]) -> Content:
    return {**raw.get("question", {}), "code": raw.get("code", ""), "kind": QuestionKind.SCALE.value}


def _key(raw: Mapping[str, Any], question: Mapping[str, Any]) -> Content:
    rest = {name: part for name, part in raw.items() if name not in {"question", "about", *_FOLLOWS}}
    return {**rest, **following(question)}


def following(question: Mapping[str, Any]) -> Content:
    """Return what a scoring key takes from the question that holds its items."""
    items = question.get("items") or []
    return {
        "items": [item["code"] for item in items],
        "reverse": [item["code"] for item in items if item.get("reversed")],
        "points": {"least": question.get("least"), "most": question.get("most")},
    }


def codes_of(content: Mapping[str, Any]) -> set[str]:
    """Return every code that questions and items of a questionnaire's content have."""
    questions = [question for section in content["sections"] for question in section["questions"]]
    return {question["code"] for question in questions} | {
        item["code"] for question in questions for item in question.get("items") or []
    }


def inserted(content: Mapping[str, Any], entry: Entry) -> Content:
    """Return the content with the instrument at its end: its question and its key.

    Raises:
        DefinitionFault: the questionnaire has it, or something of that name, already.
    """
    question = _question(entry.raw)
    codes = {question["code"], *(item["code"] for item in question["items"])}
    if codes & codes_of(content):
        raise DefinitionFault(
            _("The questionnaire has “%(code)s” already. Take that out first.")
            % {"code": min(codes & codes_of(content))}
        )
    made: Content = copy.deepcopy(dict(content))
    made["sections"][-1]["questions"].append(copy.deepcopy(question))
    made["instruments"] = [*(made.get("instruments") or []), copy.deepcopy(_key(entry.raw, question))]
    return made


def taken_out(content: Mapping[str, Any], question: Mapping[str, Any], *, about: Words) -> Content:
    """Return the instrument that a question of a questionnaire is, as an entry of the library.

    Raises:
        DefinitionFault: the question has no scoring key.
    """
    key = key_of(content, question["code"])
    if key is None:
        raise DefinitionFault(_("Say first how “%(code)s” is scored.") % {"code": question["code"]})
    rest = {name: part for name, part in key.items() if name not in _FOLLOWS}
    kept = {
        name: part for name, part in question.items() if name not in {"code", "kind", "required", "shown_if"}
    }
    return copy.deepcopy({**rest, "code": question["code"], "about": dict(about), "question": kept})


def key_of(content: Mapping[str, Any], code: str) -> Content | None:
    """Return the scoring key that goes with the question of this code, if it has one."""
    return next((key for key in content.get("instruments") or [] if key["code"] == code), None)


def with_key(content: Mapping[str, Any], key: Mapping[str, Any]) -> Content:
    """Return the content with this scoring key in the place of the one of the same code."""
    made: Content = dict(content)
    others = [entry for entry in made.get("instruments") or [] if entry["code"] != key["code"]]
    made["instruments"] = [*others, dict(key)]
    return made


def without_key(content: Mapping[str, Any], code: str) -> Content:
    """Return the content without the scoring key of this code."""
    made: Content = dict(content)
    made["instruments"] = [key for key in made.get("instruments") or [] if key["code"] != code]
    return made


def followed(content: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Content:
    """Return the content with the key of a changed question brought in line with it.

    Statements that are gone leave the key and its subscales; new ones join the total. A key whose
    statements changed says so in its version: it is no longer the instrument that was published.
    """
    key = key_of(content, before["code"])
    if key is None:
        return dict(content)
    new = following(after)
    changed = new != following(before) or _english(before) != _english(after)
    items = set(new["items"])
    subscales = [
        {**part, "items": [code for code in part["items"] if code in items]}
        for part in key.get("subscales") or []
    ]
    for part in subscales:
        part["least_answered"] = min(part.get("least_answered", len(part["items"])), len(part["items"]))
    kept = [part for part in subscales if part["items"]]
    names = {"total", *(part["code"] for part in kept)}
    version = str(key.get("version", "1"))
    return with_key(
        content,
        {
            **key,
            **new,
            "version": f"{version}, adapted" if changed and not version.endswith("adapted") else version,
            "least_answered": max(1, min(key.get("least_answered", len(items)), len(items))),
            "subscales": kept,
            "cutoffs": [part for part in key.get("cutoffs") or [] if part.get("score", "total") in names],
        },
    )


def _english(question: Mapping[str, Any]) -> list[Any]:
    return [(item.get("text") or {}).get("en") for item in question.get("items") or []]
