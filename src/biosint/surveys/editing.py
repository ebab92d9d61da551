"""Steps by which the content of a draft is changed. Pure: each returns a new content, none checks it.

``change_draft`` checks every content before it is kept, and says what does not hold together any more.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from biosint.surveys.library import codes_of, following, key_of, with_key, without_key
from biosint.surveys.states import LANGUAGES, RESERVED
from biosint.surveys.translations import counts, texts_of

Content = dict[str, Any]
Entry = dict[str, Any]


class NoSuchQuestion(LookupError):
    """The draft has no question, or no section, of that name."""


def languages_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages in which anything is written, the one with the most texts first.

    That one must be written for every question: others are translated from it.
    """
    found = {code: number for code, number in counts(texts_of(content)).items() if number}
    # Of several with as many texts, the first of our languages.
    return tuple(sorted(found, key=lambda code: -found[code])) or LANGUAGES[:1]


def begun(
    *, title: Mapping[str, str], introduction: Mapping[str, str], audience: str, like: Mapping[str, Any]
) -> Content:
    """Return a questionnaire that asks nothing yet but for consent, in the words of another one."""
    first = like["sections"][0]
    consent = next(question for question in first["questions"] if question["kind"] == "consent")
    return {
        "title": dict(title),
        "introduction": dict(introduction),
        "audience": audience,
        "sections": [{"title": dict(first["title"]), "questions": [copy.deepcopy(consent)]}],
    }


def new_code(words: str, taken: Iterable[str], *, prefix: str = "q") -> str:
    """Return a code made of words that is not taken."""
    base = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:24].strip("_")
    if not base or not base[0].isalpha():
        base = f"{prefix}_{base}".strip("_")
    code, number = base, 2
    # “new” is the address under which questions are added.
    busy = {*taken, *RESERVED, "new"}
    while code in busy:
        code, number = f"{base}_{number}", number + 1
    return code


def place_of(content: Mapping[str, Any], code: str) -> tuple[int, int]:
    """Return the places of section and question, from 0.

    Raises:
        NoSuchQuestion: there is none of this code.
    """
    for section_place, section in enumerate(content["sections"]):
        for place, question in enumerate(section["questions"]):
            if question["code"] == code:
                return section_place, place
    raise NoSuchQuestion(code)


def question_of(content: Mapping[str, Any], code: str) -> Entry:
    section, place = place_of(content, code)
    found: Entry = content["sections"][section]["questions"][place]
    return found


def _copy(content: Mapping[str, Any]) -> Content:
    return copy.deepcopy(dict(content))


def _without_empty(content: Content) -> Content:
    content["sections"] = [section for section in content["sections"] if section["questions"]]
    return content


def with_question(content: Mapping[str, Any], question: Entry, *, after: str = "") -> Content:
    """Put a new question behind another, or at the end."""
    made = _copy(content)
    if after:
        section, place = place_of(made, after)
        made["sections"][section]["questions"].insert(place + 1, question)
    else:
        made["sections"][-1]["questions"].append(question)
    return made


def with_changed(content: Mapping[str, Any], code: str, question: Entry) -> Content:
    """Put a question in the place of the one of this code."""
    made = _copy(content)
    section, place = place_of(made, code)
    made["sections"][section]["questions"][place] = question
    return made


def taken_away(content: Mapping[str, Any], code: str) -> Content:
    """Take a question out, with its scoring key."""
    made = _copy(content)
    section, place = place_of(made, code)
    del made["sections"][section]["questions"][place]
    return without_key(_without_empty(made), code)


def doubled(content: Mapping[str, Any], code: str) -> Content:
    """Put a copy of a question behind it, with codes of its own."""
    original = question_of(content, code)
    twin = copy.deepcopy(original)
    taken = codes_of(content)
    twin["code"] = new_code(code, taken)
    taken.add(twin["code"])
    renamed: dict[str, str] = {}
    for item in twin.get("items") or []:
        renamed[item["code"]] = item["code"] = new_code(item["code"], taken)
        taken.add(item["code"])
    made = with_question(content, twin, after=code)
    if key := key_of(content, code):
        subscales = [
            {**part, "items": [renamed[name] for name in part["items"]]}
            for part in key.get("subscales") or []
        ]
        made = with_key(
            made, {**copy.deepcopy(key), "code": twin["code"], **following(twin), "subscales": subscales}
        )
    return made


def moved(content: Mapping[str, Any], code: str, *, up: bool) -> Content:
    """Move a question one place, over the border of its section where it stands there. Consent stays first."""
    made = _copy(content)
    section, place = place_of(made, code)
    questions = made["sections"][section]["questions"]
    to = place - 1 if up else place + 1
    if 0 <= to < len(questions):
        if (section, min(place, to)) != (0, 0):
            questions[place], questions[to] = questions[to], questions[place]
        return made
    beyond = section - 1 if up else section + 1
    if (section, place) == (0, 0) or not 0 <= beyond < len(made["sections"]):
        return made
    other = made["sections"][beyond]["questions"]
    other.insert(len(other) if up else 0, questions.pop(place))
    return _without_empty(made)


def divided(content: Mapping[str, Any], code: str, *, title: Mapping[str, str]) -> Content:
    """Begin a new section with the question of this code."""
    made = _copy(content)
    section, place = place_of(made, code)
    if place == 0:
        return made
    questions = made["sections"][section]["questions"]
    made["sections"].insert(section + 1, {"title": dict(title), "questions": questions[place:]})
    del questions[place:]
    return made


def joined_above(content: Mapping[str, Any], section: int) -> Content:
    """Join a section (its place, from 0) with the one above; its title and condition go."""
    made = _copy(content)
    if not 0 < section < len(made["sections"]):
        raise NoSuchQuestion(str(section))
    made["sections"][section - 1]["questions"].extend(made["sections"].pop(section)["questions"])
    return made


def with_section(content: Mapping[str, Any], section: int, changes: Mapping[str, Any]) -> Content:
    """Change words, order or condition of a section (its place, from 0)."""
    made = _copy(content)
    if not 0 <= section < len(made["sections"]):
        raise NoSuchQuestion(str(section))
    made["sections"][section] = _trimmed({**made["sections"][section], **changes})
    return made


def with_condition(content: Mapping[str, Any], code: str, condition: Mapping[str, Any] | None) -> Content:
    """Give a question a condition, or none."""
    return with_changed(content, code, _trimmed({**question_of(content, code), "shown_if": condition}))


def _trimmed(entry: Entry) -> Entry:
    """Leave out what says nothing."""
    return {name: part for name, part in entry.items() if name != "shown_if" or part}


def earlier_than(content: Mapping[str, Any], *, code: str = "", section: int | None = None) -> set[str]:
    """Return the codes of questions and items that surely come before a question or a section."""
    if section is None:
        section, place = place_of(content, code)
        if content["sections"][section].get("random_order"):
            place = 0
        here = content["sections"][section]["questions"][:place]
    else:
        here = []
    questions = [question for part in content["sections"][:section] for question in part["questions"]] + here
    return {question["code"] for question in questions} | {
        item["code"] for question in questions for item in question.get("items") or []
    }
