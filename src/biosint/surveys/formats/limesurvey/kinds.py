"""How each type of question of LimeSurvey is carried."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from biosint.surveys.formats.limesurvey import arrays, choices
from biosint.surveys.formats.limesurvey.equations import Named
from biosint.surveys.formats.limesurvey.making import Made, Making, text_question


def _number_in(text: str) -> float | int | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return int(value) if value == int(value) else value


def _number(making: Making) -> Made:
    code = making.code()
    entry = making.entry("number", code)
    for name, attribute in (("least", "min_num_value_n"), ("most", "max_num_value_n")):
        words = making.asked.attribute(attribute).strip()
        value = _number_in(words) if words else None
        if value is not None:
            entry[name] = value
        elif words:
            making.notes.append(_("The limit “%(words)s” is not carried.") % {"words": words})
    if entry.get("least") is not None and entry.get("most") is not None and entry["least"] >= entry["most"]:
        making.notes.append(_("Its limits contradict each other and are not carried."))
        del entry["least"], entry["most"]
    unit = {code: text for code, text in making.asked.attributes.get("suffix", {}).items() if code and text}
    if unit:
        entry["unit"] = unit
    making.places[""] = (code, "", 0, {})
    making.names[making.asked.title] = Named(code)
    return Made([entry])


def _several(making: Making, kind: str) -> Made:
    """One question for each row."""
    entries = []
    for part in making.subquestions:
        code = making.item_code(part)
        entry = {**making.entry(kind, code), "text": _row_text(making.asked.text, part.text, part.title)}
        if kind == "text":
            entry["short"] = True
        making.places[part.title] = (code, "", 0, {})
        if kind == "number":
            making.names[f"{making.asked.title}_{part.title}"] = Named(code)
        entries.append(entry)
    making.notes.append(_("Each of its rows is a question of its own now."))
    return Made(entries)


def _row_text(question: Mapping[str, str], row: Mapping[str, str], title: str) -> dict[str, str]:
    codes = [*question, *(code for code in row if code not in question)]
    return {
        code: ": ".join(part for part in (question.get(code), row.get(code)) if part) for code in codes
    } or {"en": title}


def _date(making: Making) -> Made:
    code = making.code()
    entry = making.entry("date", code)
    for name, attribute in (("earliest", "date_min"), ("latest", "date_max")):
        words = making.asked.attribute(attribute).strip()
        day = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?: .*)?", words)
        if day:
            entry[name] = day.group(1)
        elif words:
            making.notes.append(_("The limit “%(words)s” is not carried.") % {"words": words})
    if re.search(r"[HM]{1,2}[:.]M", making.asked.attribute("date_format"), re.IGNORECASE):
        making.notes.append(_("It asks for a day here; the time of day is not carried."))
    making.places[""] = (code, "", 0, {})
    making.names[making.asked.title] = Named(code, is_day=True)
    return Made([entry])


def _language_switch(making: Making) -> Made:
    making.notes.append(_("The page offers its languages by itself, so this question is not needed."))
    return Made([])


CARRIERS: dict[str, Callable[[Making], Made]] = {
    "L": choices.one_of,
    "!": choices.one_of,
    "O": choices.one_with_comment,
    "5": arrays.five_points,
    "G": lambda making: choices.built_in(making, [("F", "female"), ("M", "male")]),
    "Y": lambda making: choices.built_in(making, [("Y", "yes"), ("N", "no")]),
    "M": choices.any_of,
    "P": choices.any_with_comments,
    "R": choices.in_order,
    "F": arrays.array,
    "H": arrays.array_by_column,
    "A": lambda making: arrays.fixed_points(making, 5),
    "B": lambda making: arrays.fixed_points(making, 10),
    "C": lambda making: arrays.fixed_answers(making, [("Y", "yes"), ("U", "uncertain"), ("N", "no")]),
    "E": lambda making: arrays.fixed_answers(making, [("I", "increase"), ("S", "same"), ("D", "decrease")]),
    "N": _number,
    "K": lambda making: _several(making, "number"),
    "Q": lambda making: _several(making, "text"),
    "S": text_question,
    "T": text_question,
    "U": text_question,
    "D": _date,
    "I": _language_switch,
}
