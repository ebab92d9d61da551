"""Choices of LimeSurvey: one of several, any of several, in order."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from biosint.surveys import lists
from biosint.surveys.definitions import MOST_OPTIONS
from biosint.surveys.formats.limesurvey.documents import Answer
from biosint.surveys.formats.limesurvey.equations import Named
from biosint.surveys.formats.limesurvey.making import (
    OTHER,
    Made,
    Making,
    name_choice,
    options_of,
    side_text,
    text_question,
)
from biosint.surveys.formats.limesurvey.phrases import phrase


def one_of(making: Making) -> Made:
    """One of several answers, with “other” as a text of its own."""
    if making.own.get("kind") == "country" or _are_countries(making.answers):
        return _countries(making)
    codes: list[tuple[str, Mapping[str, str]]] = [(answer.code, answer.text) for answer in making.answers]
    if making.asked.other:
        replaced = making.asked.attributes.get("other_replace_text", {})
        words = {code: text for code, text in replaced.items() if code and text}
        codes.append((OTHER, words or phrase("other", making.languages)))
    if not 2 <= len(codes) <= MOST_OPTIONS:
        making.notes.append(
            _("It has %(count)s answers to choose from; it is carried as free text.") % {"count": len(codes)}
        )
        return text_question(making)
    options, values = options_of(making, codes)
    code = making.code()
    entry = {**making.entry("single", code), "options": options}
    if making.asked.other and "stay_last" not in entry and entry.get("random_order"):
        entry["stay_last"] = [values[OTHER]]
    name_choice(making, "", code, values)
    entries = [entry]
    if making.asked.other:
        condition = {"all": [{"question": code, "is": [values[OTHER]]}]}
        entries.append(side_text(making, f"{making.asked.title}_other", "other", "specify", condition))
    return Made(entries)


def one_with_comment(making: Making) -> Made:
    made = one_of(making)
    if made.entries and made.entries[0]["kind"] == "single":
        entry = made.entries[0]
        condition = {
            "all": [{"question": entry["code"], "is": [option["code"] for option in entry["options"]]}]
        }
        made.entries.append(
            side_text(making, f"{making.asked.title}_comment", "comment", "comment", condition)
        )
    return made


def _are_countries(answers: list[Answer]) -> bool:
    known = {option.code for option in lists.countries()}
    return len(answers) > MOST_OPTIONS and sum(a.code in known for a in answers) > 0.9 * len(answers)


def _countries(making: Making) -> Made:
    code = making.code()
    values = {option.code: option.code for option in lists.countries()}
    name_choice(making, "", code, values)
    return Made([making.entry("country", code)])


def built_in(making: Making, names: list[tuple[str, str]]) -> Made:
    """Questions whose answers LimeSurvey brings itself."""
    options, values = options_of(making, [(code, phrase(name, making.languages)) for code, name in names])
    code = making.code()
    name_choice(making, "", code, values)
    return Made([{**making.entry("single", code), "options": options}])


def any_of(making: Making) -> Made:
    if making.own.get("kind") == "languages":
        return _languages(making)
    parts: list[tuple[str, Mapping[str, str]]] = [(part.title, part.text) for part in making.subquestions]
    if making.asked.other:
        parts.append(("other", phrase("other", making.languages)))
    if len(parts) == 1:
        making.notes.append(_("It had one box to tick; it is carried as yes or no."))
        making.asked.text = dict(making.subquestions[0].text) if making.subquestions else making.asked.text
        return _one_box(making)
    if not 2 <= len(parts) <= MOST_OPTIONS:
        making.notes.append(_("It has too many answers, or none, and is not carried."))
        return Made([])
    options, values = options_of(making, parts)
    code = making.code()
    entry = {**making.entry("multiple", code), "options": options}
    most = making.whole("max_answers")
    if most and most <= len(parts):
        entry["most"] = most
    if (making.whole("min_answers") or 0) > 1:
        making.notes.append(_("The least number of answers is not carried."))
    _name_boxes(making, code, values)
    entries = [entry]
    if making.asked.other:
        condition = {"all": [{"question": code, "chosen": [values["other"]]}]}
        entries.append(side_text(making, f"{making.asked.title}_other", "othertext", "specify", condition))
        making.places["other"] = (code, values["other"], 0, {"": ""})
    return Made(entries)


def _name_boxes(making: Making, code: str, values: Mapping[str, str]) -> None:
    for title, option in values.items():
        making.places[title] = (code, option, 0, {})
        making.names[f"{making.asked.title}_{title}"] = Named(code, option)


def _one_box(making: Making) -> Made:
    options, values = options_of(
        making, [("Y", phrase("yes", making.languages)), ("N", phrase("no", making.languages))]
    )
    code = making.code()
    entry = {**making.entry("single", code), "options": options}
    for part in making.subquestions:
        making.places[part.title] = (code, "", 0, values)
        making.names[f"{making.asked.title}_{part.title}"] = Named(code, values=values)
    return Made([entry])


def _languages(making: Making) -> Made:
    code = making.code()
    entry = making.entry("languages", code)
    if most := making.own.get("most"):
        entry["most"] = most
    _name_boxes(making, code, {part.title: part.title for part in making.subquestions})
    return Made([entry])


def any_with_comments(making: Making) -> Made:
    made = any_of(making)
    if made.entries and made.entries[0]["kind"] == "multiple":
        code = made.entries[0]["code"]
        values = {part.title: making.places[part.title][1] for part in making.subquestions}
        for title, option in values.items():
            condition = {"all": [{"question": code, "chosen": [option]}]}
            made.entries.append(
                side_text(
                    making, f"{making.asked.title}_{title}_comment", f"{title}comment", "comment", condition
                )
            )
    return made


def in_order(making: Making) -> Made:
    # Newer versions keep what is ranked as subquestions, older ones as answers.
    parts: list[tuple[str, Mapping[str, str]]] = [(answer.code, answer.text) for answer in making.answers]
    parts = parts or [(part.title, part.text) for part in making.subquestions]
    if not 2 <= len(parts) <= MOST_OPTIONS:
        making.notes.append(_("It has too many answers, or none, and is not carried."))
        return Made([])
    options, values = options_of(making, parts)
    code = making.code()
    entry = {**making.entry("rank", code), "options": options}
    most = making.whole("max_answers")
    if most and most <= len(parts):
        entry["most"] = most
    for number in range(1, len(parts) + 1):
        making.places[str(number)] = (code, "", number, values)
    return Made([entry])
