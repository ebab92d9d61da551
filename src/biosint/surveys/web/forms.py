from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.surveys.states import LANGUAGES, QuestionKind

LANGUAGE_LABELS = {
    "en": _("in English"),
    "sr": _("in Serbian, Cyrillic letters"),
    "bs": _("in Bosnian"),
    "cnr": _("in Montenegrin"),
    "hr": _("in Croatian"),
    "sq": _("in Albanian"),
    "ro": _("in Romanian"),
    "nl": _("in Dutch"),
}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _slug(words: str, taken: set[str], *, prefix: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:24]
    if not base or not base[0].isalpha():
        base = f"{prefix}_{base}".strip("_")
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code


class HeadForm(forms.Form):
    """Title and introduction of a draft, in each language."""

    def __init__(self, *args: Any, content: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, label in (("title", _("Title")), ("introduction", _("Introduction"))):
            for code in LANGUAGES:
                widget = forms.TextInput if part == "title" else forms.Textarea(attrs={"rows": 3})
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=f"{label} ({LANGUAGE_LABELS[code]})",
                    max_length=300 if part == "title" else 2000,
                    required=code == "en",
                    initial=content[part].get(code, ""),
                    widget=widget,
                )

    def content(self, before: dict[str, Any]) -> dict[str, Any]:
        """Return the draft with the new words."""
        return {
            **before,
            **{
                part: {code: self.cleaned_data[f"{part}_{code}"] for code in LANGUAGES}
                for part in ("title", "introduction")
            },
        }


class QuestionForm(forms.Form):
    """One question of a draft. Which fields there are depends on its kind, which never changes."""

    def __init__(self, *args: Any, kind: QuestionKind, entry: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.entry = entry
        for code in LANGUAGES:
            self._words("text", _("Question"), code, needed=code == "en")
        if kind != QuestionKind.CONSENT:
            self.fields["required"] = forms.BooleanField(
                label=_("Must be answered"), required=False, initial=entry.get("required", False)
            )
        if kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE}:
            part = "items" if kind == QuestionKind.SCALE else "options"
            label = _("Statements") if kind == QuestionKind.SCALE else _("Answers to choose from")
            for code in LANGUAGES:
                self.fields[f"lines_{code}"] = forms.CharField(
                    label=f"{label} ({LANGUAGE_LABELS[code]})",
                    help_text=_("One a line, in the same order in every language."),
                    max_length=8000,
                    required=code == "en",
                    widget=forms.Textarea(attrs={"rows": 6}),
                    initial="\n".join(
                        (line.get("label") or line.get("text") or {}).get(code, "") or "–"
                        for line in entry.get(part) or []
                    ),
                )
        if kind == QuestionKind.SCALE:
            self.fields["reversed"] = forms.CharField(
                label=_("Statements worded against the others"),
                help_text=_(
                    "Their line numbers, such as: 4, 6. Their points are turned round before scoring."
                ),
                required=False,
                max_length=60,
                initial=", ".join(
                    str(number)
                    for number, line in enumerate(entry.get("items") or [], 1)
                    if line.get("reversed")
                ),
            )
        if kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
            scale = kind == QuestionKind.SCALE
            for name, label, standard in (
                ("least", _("Smallest value"), 1 if scale else None),
                ("most", _("Largest value"), 5 if scale else None),
            ):
                self.fields[name] = forms.IntegerField(
                    label=label, required=scale, initial=entry.get(name, standard)
                )

    def _words(self, part: str, label: Any, code: str, *, needed: bool) -> None:
        self.fields[f"{part}_{code}"] = forms.CharField(
            label=f"{label} ({LANGUAGE_LABELS[code]})",
            max_length=1000,
            required=needed,
            initial=(self.entry.get(part) or {}).get(code, ""),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        least, most = found.get("least"), found.get("most")
        if least is not None and most is not None and least >= most:
            self.add_error("most", _("The largest value must be above the smallest."))
        if "lines_en" in self.fields and "lines_en" in found:
            self._check_lines(found)
        return found

    def _check_lines(self, found: dict[str, Any]) -> None:
        number = len(_lines(found["lines_en"]))
        if self.kind != QuestionKind.SCALE and number < 2:
            self.add_error("lines_en", _("Write two answers or more, one a line."))
        for code in LANGUAGES[1:]:
            lines = _lines(found.get(f"lines_{code}", ""))
            if lines and len(lines) != number:
                self.add_error(
                    f"lines_{code}",
                    _("This has %(here)s lines, the English has %(there)s. Give each line its twin.")
                    % {"here": len(lines), "there": number},
                )
        if self.kind == QuestionKind.SCALE:
            turned = re.findall(r"\d+", found.get("reversed", ""))
            if any(not 1 <= int(line) <= number for line in turned):
                self.add_error("reversed", _("There is no statement with this number."))

    def question(self, taken: set[str]) -> dict[str, Any]:
        """Return the question as it stands in the draft's content."""
        found = self.cleaned_data
        made: dict[str, Any] = {
            **self.entry,
            "kind": self.kind.value,
            "text": {code: found[f"text_{code}"] for code in LANGUAGES},
            "required": found.get("required", True),
        }
        if not made.get("code"):
            made["code"] = _slug(found["text_en"], taken, prefix="q")
        taken = taken | {made["code"]}
        for name in ("least", "most"):
            if name in found:
                made[name] = found[name]
        if "lines_en" in found:
            part, words = ("items", "text") if self.kind == QuestionKind.SCALE else ("options", "label")
            made[part] = self._entries(part, words, made["code"], taken)
        return made

    def _entries(self, part: str, words: str, code: str, taken: set[str]) -> list[dict[str, Any]]:
        """Lines keep the code of the line that stood in their place; new ones get one."""
        before = self.entry.get(part) or []
        columns = {language: _lines(self.cleaned_data[f"lines_{language}"]) for language in LANGUAGES}
        turned = {int(number) for number in re.findall(r"\d+", self.cleaned_data.get("reversed", ""))}
        codes = {line["code"] for line in before} | (taken if part == "items" else set())
        made = []
        for place, english in enumerate(columns["en"]):
            if place < len(before):
                own = before[place]["code"]
            else:
                start = f"{code}_{place + 1}" if part == "items" else english
                own = _slug(start, codes, prefix="a")
                codes.add(own)
            entry: dict[str, Any] = {
                "code": own,
                words: {
                    language: lines[place]
                    for language, lines in columns.items()
                    if place < len(lines) and lines[place] != "–"
                },
            }
            if part == "items":
                entry["reversed"] = place + 1 in turned
            made.append(entry)
        return made
