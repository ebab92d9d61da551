"""The form of one question of a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.surveys.definitions import MOST_LANGUAGES
from biosint.surveys.editing import new_code
from biosint.surveys.states import QuestionKind
from biosint.surveys.web.forms import WordsForm

Entry = dict[str, Any]
# Stands for a line that is not written in this language.
NOTHING = "–"
_OPTIONS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANK})
_ITEMS = frozenset({QuestionKind.SCALE, QuestionKind.MATRIX})
_SHUFFLED = _OPTIONS | _ITEMS


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class QuestionForm(WordsForm):
    """One question. Which fields there are depends on its kind, which never changes."""

    def __init__(self, *args: Any, kind: QuestionKind, entry: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.entry = entry
        self.add_words("text", _("Question"), entry.get("text"))
        self.add_words("help", _("Hint"), entry.get("help"), rows=1, needed=False)
        if kind in _ITEMS:
            label = _("Statements") if kind == QuestionKind.SCALE else _("Rows")
            self._add_lines("lines", label, entry.get("items") or [], "text")
        if kind in _OPTIONS | {QuestionKind.MATRIX}:
            name = "columns" if kind == QuestionKind.MATRIX else "lines"
            self._add_lines(name, _("Answers to choose from"), entry.get("options") or [], "label")
        self._add_kind()
        if kind in _SHUFFLED:
            self._add_yes(
                "random_order",
                _("Show statements or rows in a random order")
                if kind in _ITEMS
                else _("Show the answers in a random order"),
            )
        if kind in _OPTIONS:
            self._add_number(
                "stay_last",
                _("How many of the last answers stay at the end"),
                initial=len(entry.get("stay_last") or []) or None,
                help_text=_("Such as “none of these”. Matters only in a random order."),
            )
        if kind != QuestionKind.CONSENT:
            self._add_yes("required", _("Must be answered"))

    def _add_kind(self) -> None:
        entry = self.entry
        match self.kind:
            case QuestionKind.SCALE:
                self._add_scale()
            case QuestionKind.NUMBER:
                for name, label in (("least", _("Smallest value")), ("most", _("Largest value"))):
                    self.fields[name] = forms.FloatField(
                        label=label, required=False, initial=entry.get(name), localize=True
                    )
                self.add_words(
                    "unit",
                    _("Unit"),
                    entry.get("unit"),
                    rows=1,
                    needed=False,
                    longest=60,
                    help_text=_("What the number counts, such as: hours a week."),
                )
            case QuestionKind.DATE:
                for name, label in (("earliest", _("First day")), ("latest", _("Last day"))):
                    self.fields[name] = forms.DateField(
                        label=label,
                        required=False,
                        initial=entry.get(name),
                        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                    )
            case QuestionKind.MULTIPLE:
                self._add_number("most", _("How many may be chosen at most"))
            case QuestionKind.RANK:
                self._add_number(
                    "most",
                    _("How many places are given"),
                    help_text=_("Leave it empty to have every answer put in order."),
                )
            case QuestionKind.LANGUAGES:
                self._add_number("most", _("How many languages may be named"), standard=MOST_LANGUAGES)
            case QuestionKind.TEXT:
                self._add_yes("short", _("One line is enough"))

    def _add_scale(self) -> None:
        items = self.entry.get("items") or []
        self.fields["reversed"] = forms.CharField(
            label=_("Statements worded against the others"),
            help_text=_("Their line numbers, such as: 4, 6. Their points are turned round before scoring."),
            required=False,
            max_length=60,
            initial=", ".join(str(number) for number, line in enumerate(items, 1) if line.get("reversed")),
        )
        for name, label, standard in (
            ("least", _("Lowest point"), 1),
            ("most", _("Highest point"), 5),
        ):
            self.fields[name] = forms.IntegerField(label=label, initial=self.entry.get(name, standard))
        for name, label in (
            ("low_label", _("Words for the lowest point")),
            ("high_label", _("Words for the highest point")),
        ):
            self.add_words(name, label, self.entry.get(name), rows=1, needed=False, longest=120)
        labels = {int(point): words for point, words in (self.entry.get("point_labels") or {}).items()}
        points = range(int(self.entry.get("least", 1)), int(self.entry.get("most", 5)) + 1)
        self.add_words(
            "points",
            _("Words for each point"),
            {
                code: "\n".join(labels.get(point, {}).get(code) or NOTHING for point in points)
                for code in self.languages
                if any(code in words for words in labels.values())
            },
            rows=5,
            needed=False,
            help_text=_("One a line, from the lowest on; – for a point without words. May be left empty."),
        )

    def _add_lines(self, name: str, label: Any, lines: list[Entry], words: str) -> None:
        self.add_words(
            name,
            label,
            {
                code: "\n".join((line.get(words) or {}).get(code) or NOTHING for line in lines)
                for code in self.languages
                if any((line.get(words) or {}).get(code) for line in lines)
            },
            rows=6,
            longest=8000,
            help_text=_("One a line, in the same order in every language; – for one that is not translated."),
        )

    def _add_yes(self, name: str, label: Any) -> None:
        self.fields[name] = forms.BooleanField(
            label=label, required=False, initial=self.entry.get(name, False)
        )

    def _add_number(
        self, name: str, label: Any, *, standard: int | None = None, initial: Any = None, help_text: Any = ""
    ) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            required=False,
            min_value=0 if name == "stay_last" else 1,
            initial=initial if initial is not None else self.entry.get(name, standard),
            help_text=help_text,
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        least, most = found.get("least"), found.get("most")
        if least is not None and most is not None and least >= most:
            self.add_error("most", _("The largest value must be above the smallest."))
        for name in ("lines", "columns"):
            if found.get(f"{name}_{self.base}"):
                self._check_lines(name, found)
        if self.kind == QuestionKind.SCALE:
            number = len(_lines(found.get(f"lines_{self.base}", "")))
            turned = re.findall(r"\d+", found.get("reversed", ""))
            if any(not 1 <= int(line) <= number for line in turned):
                self.add_error("reversed", _("There is no statement with this number."))
        return found

    def _check_lines(self, name: str, found: Mapping[str, Any]) -> None:
        number = len(_lines(found[f"{name}_{self.base}"]))
        is_options = name == "columns" or self.kind in _OPTIONS
        if is_options and number < 2:
            self.add_error(f"{name}_{self.base}", _("Write two answers or more, one a line."))
        for code in self.languages[1:]:
            lines = _lines(found.get(f"{name}_{code}", ""))
            if lines and len(lines) != number:
                self.add_error(
                    f"{name}_{code}",
                    _("This has %(here)s lines, the English has %(there)s. Give each line its twin.")
                    % {"here": len(lines), "there": number},
                )

    def question(self, taken: set[str]) -> Entry:
        """Return the question as it stands in the draft's content; ``taken`` are codes in use."""
        found = self.cleaned_data
        made: Entry = {
            **self.entry,
            "kind": self.kind.value,
            "text": self.words("text", self.entry.get("text")),
            "help": self.words("help", self.entry.get("help")),
            "required": found.get("required", True),
        }
        if not made.get("code"):
            made["code"] = new_code(found[f"text_{self.base}"], taken)
        taken = taken | {made["code"]}
        for name in ("least", "most", "short", "random_order"):
            if name in found:
                made[name] = found[name]
        for name in ("earliest", "latest"):
            if name in found:
                made[name] = found[name].isoformat() if found[name] else None
        for name in ("unit", "low_label", "high_label"):
            if f"{name}_{self.base}" in self.fields:
                made[name] = self.words(name, self.entry.get(name))
        if self.kind in _ITEMS:
            made["items"] = self._items(made["code"], taken)
        if self.kind in _OPTIONS | {QuestionKind.MATRIX}:
            made["options"] = self._options()
        if self.kind in _OPTIONS:
            staying = found.get("stay_last") or 0
            made["stay_last"] = [option["code"] for option in made["options"]][-staying:] if staying else []
        if self.kind == QuestionKind.SCALE:
            made["point_labels"] = self._point_labels()
        return {name: part for name, part in made.items() if part not in (None, {}, [])}

    def _columns_of(self, name: str) -> dict[str, list[str]]:
        return {language: _lines(self.cleaned_data[f"{name}_{language}"]) for language in self.languages}

    def _entries(self, name: str, part: str, words: str, make_code: Any) -> list[Entry]:
        """Lines keep the code, and the languages not shown, of the line that said the same before.

        A line with new words keeps the code of its place only if no line came or went: otherwise a code
        could change its meaning from one version to the next.
        """
        before = self.entry.get(part) or []
        columns = self._columns_of(name)
        same = {str((line.get(words) or {}).get(self.base, "")).strip(): line for line in before}
        kept = {same[line]["code"] for line in columns[self.base] if line in same}
        made = []
        for place, first in enumerate(columns[self.base]):
            old: Entry = same.get(first, {})
            if not old and len(before) == len(columns[self.base]) and before[place]["code"] not in kept:
                old = before[place]
            hidden = {
                code: text for code, text in (old.get(words) or {}).items() if code not in self.languages
            }
            shown = {
                language: lines[place]
                for language, lines in columns.items()
                if place < len(lines) and lines[place] != NOTHING
            }
            made.append({"code": old.get("code") or make_code(place, first), words: {**hidden, **shown}})
        return made

    def _options(self) -> list[Entry]:
        codes = {option["code"] for option in self.entry.get("options") or []}

        def make_code(_place: int, words: str) -> str:
            code = new_code(words, codes, prefix="a")
            codes.add(code)
            return code

        name = "columns" if self.kind == QuestionKind.MATRIX else "lines"
        return self._entries(name, "options", "label", make_code)

    def _items(self, question: str, taken: set[str]) -> list[Entry]:
        codes = set(taken)

        def make_code(place: int, _words: str) -> str:
            code = new_code(f"{question[:20]}_{place + 1}", codes)
            codes.add(code)
            return code

        made = self._entries("lines", "items", "text", make_code)
        if self.kind == QuestionKind.SCALE:
            turned = {int(number) for number in re.findall(r"\d+", self.cleaned_data.get("reversed", ""))}
            for number, item in enumerate(made, 1):
                item["reversed"] = number in turned
        return made

    def _point_labels(self) -> dict[str, dict[str, str]]:
        columns = self._columns_of("points")
        least = self.cleaned_data["least"]
        before = {str(point): words for point, words in (self.entry.get("point_labels") or {}).items()}
        found: dict[str, dict[str, str]] = {}
        for point in range(least, self.cleaned_data["most"] + 1):
            hidden = {
                code: text for code, text in before.get(str(point), {}).items() if code not in self.languages
            }
            shown = {
                language: lines[point - least]
                for language, lines in columns.items()
                if point - least < len(lines) and lines[point - least] != NOTHING
            }
            if hidden or shown:
                found[str(point)] = {**hidden, **shown}
        return found
