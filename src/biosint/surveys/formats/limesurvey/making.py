"""One question on its way from LimeSurvey, and what every type of question needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from biosint.surveys.definitions import CODE
from biosint.surveys.formats.limesurvey.documents import Answer, Asked
from biosint.surveys.formats.limesurvey.equations import Named
from biosint.surveys.formats.limesurvey.phrases import phrase

OTHER = "-oth-"
_OPTION_CODE = re.compile(r"[A-Za-z0-9_]{1,40}")


@dataclass(slots=True)
class Making:
    """One question being carried: what LimeSurvey has, what our export remembered, what is found on the way."""

    asked: Asked
    own: Mapping[str, Any]
    answers: list[Answer]
    subquestions: list[Asked]
    languages: list[str]
    taken: set[str]
    notes: list[str] = field(default_factory=list)
    # Suffix of the column of answers -> (code, option, place in an order, LimeSurvey's codes to ours).
    places: dict[str, tuple[str, str, int, Mapping[str, str]]] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)

    def code(self) -> str:
        return self.free(str(self.own.get("code") or ""), self.asked.title)

    def free(self, wished: str, title: str) -> str:
        """Return the code our export remembered, or one made from LimeSurvey's."""
        fits = CODE.fullmatch(wished) and wished not in self.taken
        code = wished if fits else slug(title, self.taken)
        self.taken.add(code)
        return code

    def item_code(self, part: Asked) -> str:
        remembered = (self.own.get("items") or {}).get(part.title, "")
        return self.free(str(remembered), f"{self.asked.title}_{part.title}")

    def option_code(self, code: str, used: set[str]) -> str:
        remembered = str((self.own.get("options") or {}).get(code, ""))
        wished = remembered or ("other" if code == OTHER else code)
        if not _OPTION_CODE.fullmatch(wished) or wished in used:
            base = re.sub(r"[^A-Za-z0-9_]+", "_", wished).strip("_")[:30] or "a"
            wished = next(
                name for name in (base, *(f"{base}_{n}" for n in range(2, 999))) if name not in used
            )
        used.add(wished)
        return wished

    def entry(self, kind: str, code: str) -> dict[str, Any]:
        made: dict[str, Any] = {
            "code": code,
            "kind": kind,
            "text": dict(self.asked.text) or dict.fromkeys(self.languages, self.asked.title),
            "required": self.asked.mandatory,
        }
        if self.asked.help:
            made["help"] = dict(self.asked.help)
        orders = {self.asked.attribute("answer_order"), self.asked.attribute("subquestion_order")}
        if kind in {"single", "multiple", "rank", "scale", "matrix"} and (
            self.asked.attribute("random_order") == "1" or "random" in orders
        ):
            made["random_order"] = True
        if self.own.get("stay_last"):
            made["stay_last"] = list(self.own["stay_last"])
        return made

    def labels(self, words: Mapping[str, str], fallback: str) -> dict[str, str]:
        return dict(words) or dict.fromkeys(self.languages, fallback)

    def whole(self, name: str) -> int | None:
        text = self.asked.attribute(name).strip()
        return int(text) if re.fullmatch(r"\d{1,4}", text) else None


@dataclass(frozen=True, slots=True)
class Made:
    entries: list[dict[str, Any]]


def slug(title: str, taken: set[str]) -> str:
    """Return a free code made from a title of LimeSurvey."""
    base = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:34]
    if not base or not base[0].isalpha():
        base = f"q_{base}".strip("_")
    return next(
        code for code in (base, *(f"{base}_{number}" for number in range(2, 9999))) if code not in taken
    )


def options_of(
    making: Making, codes: list[tuple[str, Mapping[str, str]]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    used: set[str] = set()
    values = {code: making.option_code(code, used) for code, _words in codes}
    return [{"code": values[code], "label": making.labels(words, code)} for code, words in codes], values


def name_choice(making: Making, suffix: str, code: str, values: dict[str, str]) -> None:
    making.places[suffix] = (code, "", 0, values)
    making.names[f"{making.asked.title}_{suffix}" if suffix else making.asked.title] = Named(
        code, values=values
    )


def side_text(
    making: Making, title: str, suffix: str, words: str, condition: dict[str, Any]
) -> dict[str, Any]:
    code = making.free("", title)
    making.places[suffix] = (code, "", 0, {})
    return {
        "code": code,
        "kind": "text",
        "short": True,
        "text": phrase(words, making.languages),
        "required": False,
        "shown_if": condition,
    }


def text_question(making: Making) -> Made:
    code = making.code()
    entry = making.entry("text", code)
    if making.asked.kind in {"S", "L", "!"}:
        entry["short"] = True
    making.places[""] = (code, "", 0, {})
    return Made([entry])
