"""The form on which a person says how a scale is scored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.surveys.answering import number_from, plain
from biosint.surveys.editing import new_code
from biosint.surveys.instruments import TOTAL
from biosint.surveys.library import following
from biosint.surveys.web.forms import WordsForm

Key = dict[str, Any]


class ScoringForm(WordsForm):
    """A scoring key. Subscales and cut-offs are written one a line, in the first language."""

    def __init__(
        self, *args: Any, question: Mapping[str, Any], key: Mapping[str, Any] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.key = key or {}
        codes = [item["code"] for item in question["items"]]
        self.add_words(
            "title", gettext_lazy("Name of the instrument"), self.key.get("title"), rows=1, longest=200
        )
        self.fields["scoring"] = forms.ChoiceField(
            label=gettext_lazy("A score is"),
            choices=[
                ("mean", gettext_lazy("the mean of the points")),
                ("sum", gettext_lazy("the sum of the points")),
            ],
            initial=self.key.get("scoring", "mean"),
        )
        self.fields["total"] = forms.BooleanField(
            label=gettext_lazy("All statements together make a score"),
            required=False,
            initial=self.key.get("total", True),
        )
        self.fields["least_answered"] = forms.IntegerField(
            label=gettext_lazy("How many statements a person must have answered"),
            min_value=1,
            max_value=len(codes),
            initial=self.key.get("least_answered", len(codes)),
            help_text=gettext_lazy(
                "Who answered fewer has no score. Who answered enough is scored from those."
            ),
        )
        self.fields["subscales"] = forms.CharField(
            label=gettext_lazy("Parts with scores of their own"),
            help_text=gettext_lazy(
                "One a line: name, colon, numbers of the statements. For example: Speaking: 1, 2, 4"
            ),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial="\n".join(self._subscale_line(part, codes) for part in self.key.get("subscales") or []),
        )
        self.fields["cutoffs"] = forms.CharField(
            label=gettext_lazy("Cut-offs"),
            help_text=gettext_lazy(
                "One a line: from which total on, colon, what it is called. For example: 3.5: high. "
                "Only where somebody has shown that they mean something."
            ),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial="\n".join(
                f"{part['at_least']:g}: {part['label'].get(self.base, '')}"
                for part in self.key.get("cutoffs") or []
                if part.get("score", TOTAL) == TOTAL
            ),
        )
        for name, label, hint in (
            ("version", gettext_lazy("Version"), gettext_lazy("Of the instrument, such as: 2026")),
            ("licence", gettext_lazy("Licence"), gettext_lazy("Who may use it, and how.")),
            ("source", gettext_lazy("Source"), gettext_lazy("Who made it and where it is published.")),
        ):
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                max_length=400,
                required=name == "version",
                initial=self.key.get(name, "1" if name == "version" else ""),
            )

    def _subscale_line(self, part: Mapping[str, Any], codes: list[str]) -> str:
        numbers = ", ".join(str(codes.index(code) + 1) for code in part["items"] if code in codes)
        return f"{part['title'].get(self.base, part['code'])}: {numbers}"

    def clean_subscales(self) -> list[Key]:
        codes = [item["code"] for item in self.question["items"]]
        before = {part["title"].get(self.base): part for part in self.key.get("subscales") or []}
        found: list[Key] = []
        for line in self.cleaned_data["subscales"].splitlines():
            if not line.strip():
                continue
            name, _colon, numbers = line.rpartition(":")
            places = [int(number) for number in re.findall(r"\d+", numbers)]
            if not name.strip() or not places or any(not 1 <= place <= len(codes) for place in places):
                raise forms.ValidationError(
                    _("“%(line)s” needs a name, a colon and numbers from 1 to %(most)s.")
                    % {"line": line.strip(), "most": len(codes)}
                )
            items = [codes[place - 1] for place in dict.fromkeys(places)]
            old: Mapping[str, Any] = before.get(name.strip(), {})
            taken = {part["code"] for part in found} | {TOTAL}
            found.append(
                {
                    "code": old.get("code") or new_code(name, taken, prefix="part"),
                    "title": {**old.get("title", {}), self.base: name.strip()},
                    "items": items,
                    # As before where the statements are; otherwise every one of them.
                    "least_answered": old["least_answered"]
                    if old.get("items") == items and "least_answered" in old
                    else len(items),
                }
            )
        return found

    def clean_cutoffs(self) -> list[Key]:
        kept = [part for part in self.key.get("cutoffs") or [] if part.get("score", TOTAL) != TOTAL]
        before = {part["label"].get(self.base): part["label"] for part in self.key.get("cutoffs") or []}
        for line in self.cleaned_data["cutoffs"].splitlines():
            if not line.strip():
                continue
            value, _colon, words = line.partition(":")
            number = number_from(value)
            if number is None or not words.strip():
                raise forms.ValidationError(
                    _("“%(line)s” needs a number, a colon and words.") % {"line": line.strip()}
                )
            label = {**before.get(words.strip(), {}), self.base: words.strip()}
            kept.append({"score": TOTAL, "at_least": plain(number), "label": label})
        return kept

    def scoring_key(self) -> Key:
        """Return the key as a definition writes it."""
        found = self.cleaned_data
        return {
            **self.key,
            "code": self.question["code"],
            "title": self.words("title", self.key.get("title")),
            **following(self.question),
            **{
                name: found[name]
                for name in (
                    "scoring",
                    "total",
                    "least_answered",
                    "subscales",
                    "cutoffs",
                    "version",
                    "licence",
                    "source",
                )
            },
        }
