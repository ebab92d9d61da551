"""Arrays of LimeSurvey: rows with the same answers, and scales."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.definitions import MOST_OPTIONS
from biosint.surveys.formats.limesurvey.equations import Named
from biosint.surveys.formats.limesurvey.making import Made, Making, name_choice, options_of
from biosint.surveys.formats.limesurvey.phrases import phrase


def array(making: Making) -> Made:
    """Rows with the same answers; answers that are whole numbers in a row are points of a scale."""
    if not making.subquestions or len(making.answers) < 2:
        making.notes.append(_("It has no rows or no answers, and is not carried."))
        return Made([])
    points = [int(a.code) for a in making.answers if re.fullmatch(r"-?\d{1,2}", a.code)]
    in_a_row = len(points) == len(making.answers) <= 11 and points == list(range(points[0], points[-1] + 1))
    if in_a_row and making.own.get("kind") != "matrix":
        return _scale_of(making, _points_of(making))
    if len(making.answers) > MOST_OPTIONS:
        making.notes.append(_("It has too many answers, or none, and is not carried."))
        return Made([])
    return _matrix_of(making, [(answer.code, answer.text) for answer in making.answers])


def _points_of(making: Making) -> dict[str, Any]:
    """The ends and the named points of a scale, from the answers of an array."""
    shift = int(making.own.get("shift") or 0)
    points = {int(answer.code) + shift: answer.text for answer in making.answers}
    found: dict[str, Any] = {"least": min(points), "most": max(points)}
    named: dict[str, dict[str, str]] = {}
    for point, words in points.items():
        own = {code: text for code, text in words.items() if text != str(point)}
        if own and str(point) not in (making.own.get("ends") or []):
            named[str(point)] = own
        elif own:
            found["low_label" if point == found["least"] else "high_label"] = own
    for name in ("low_label", "high_label"):
        if making.own.get(name):
            found[name] = making.own[name]
    if named:
        found["point_labels"] = named
    return found


def _scale_of(making: Making, points: dict[str, Any]) -> Made:
    code = making.code()
    turned = set(making.own.get("reversed") or [])
    items = []
    for part in making.subquestions:
        item = making.item_code(part)
        items.append(
            {
                "code": item,
                "text": making.labels(part.text, part.title),
                **({"reversed": True} if part.title in turned else {}),
            }
        )
        shift = int(making.own.get("shift") or 0)
        making.places[part.title] = (
            item, "", 0, {str(point - shift): str(point) for point in range(points["least"], points["most"] + 1)}
        )  # fmt: skip
        making.names[f"{making.asked.title}_{part.title}"] = Named(item, is_whole=True, shift=shift)
    return Made([{**making.entry("scale", code), **points, "items": items}])


def _matrix_of(making: Making, codes: list[tuple[str, Mapping[str, str]]]) -> Made:
    options, values = options_of(making, codes)
    code = making.code()
    items = []
    for part in making.subquestions:
        item = making.item_code(part)
        items.append({"code": item, "text": making.labels(part.text, part.title)})
        name_choice(making, part.title, item, values)
    return Made([{**making.entry("matrix", code), "items": items, "options": options}])


def fixed_answers(making: Making, names: list[tuple[str, str]]) -> Made:
    if not making.subquestions:
        making.notes.append(_("It has no rows or no answers, and is not carried."))
        return Made([])
    return _matrix_of(making, [(code, phrase(name, making.languages)) for code, name in names])


def fixed_points(making: Making, most: int) -> Made:
    if not making.subquestions:
        making.notes.append(_("It has no rows or no answers, and is not carried."))
        return Made([])
    return _scale_of(making, {"least": 1, "most": most})


def five_points(making: Making) -> Made:
    """A choice of five points is a scale with one statement."""
    item = making.free("", making.asked.title)
    code = making.free("", f"{making.asked.title}_scale")
    entry = making.entry("scale", code)
    statement = entry["text"]
    making.places[""] = (item, "", 0, {})
    making.names[making.asked.title] = Named(item, is_whole=True)
    return Made(
        [
            {
                **entry,
                "text": phrase("rate", making.languages),
                "least": 1,
                "most": 5,
                "items": [{"code": item, "text": statement}],
            }
        ]
    )


def array_by_column(making: Making) -> Made:
    making.notes.append(_("Its rows and columns change places on the page; the answers are the same."))
    return array(making)
