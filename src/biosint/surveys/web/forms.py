"""Forms for what stands around the questions of a draft, and what the forms of questions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import Institution
from biosint.surveys.states import Audience

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


class WordsForm(forms.Form):
    """A form with texts in several languages; the first language must be written."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        self.base = self.languages[0]

    def add_words(
        self,
        part: str,
        label: Any,
        initial: Mapping[str, str] | None,
        *,
        rows: int = 2,
        needed: bool = True,
        longest: int = 1000,
        help_text: Any = "",
    ) -> None:
        """Add one field per language, ``part_en`` and so on."""
        for code in self.languages:
            self.fields[f"{part}_{code}"] = forms.CharField(
                label=f"{label} ({LANGUAGE_LABELS[code]})" if len(self.languages) > 1 else label,
                max_length=longest,
                required=needed and code == self.base,
                initial=(initial or {}).get(code, ""),
                help_text=help_text,
                widget=forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows}),
            )

    def words(self, part: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the words of a part; languages that the form does not show stay as they were."""
        found = {**(before or {})}
        found.update({code: self.cleaned_data[f"{part}_{code}"].strip() for code in self.languages})
        return {code: text for code, text in found.items() if text}


class BeginForm(forms.Form):
    """What an empty questionnaire begins with, in the language that the person works in."""

    title = forms.CharField(label=_("Title"), max_length=300)
    introduction = forms.CharField(
        label=_("Introduction"),
        help_text=_("What it is about, what becomes of the answers, how long it takes."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(label=_("Asked of"), choices=Audience)
    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, homes: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Institution]", self.fields["institution"]).queryset = homes


class HeadForm(WordsForm):
    """Title and introduction of a draft, and whether it comes page by page."""

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("title", _("Title"), content["title"], rows=1, longest=300)
        self.add_words("introduction", _("Introduction"), content["introduction"], rows=3, longest=2000)
        self.fields["pages"] = forms.BooleanField(
            label=_("Show one section at a time"),
            help_text=_("Where scripts do not run, everything stands on one page all the same."),
            required=False,
            initial=content.get("pages", False),
        )

    def content(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return the draft with the new words."""
        return {
            **before,
            "title": self.words("title", before["title"]),
            "introduction": self.words("introduction", before["introduction"]),
            "pages": self.cleaned_data["pages"],
        }


class SectionForm(WordsForm):
    """Title and introduction of a section, and the order of its questions."""

    def __init__(self, *args: Any, section: Mapping[str, Any], is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = section
        self.add_words("title", _("Title"), section.get("title"), rows=1, longest=300)
        self.add_words(
            "introduction", _("Introduction"), section.get("introduction"), needed=False, longest=4000
        )
        if not is_first:
            self.fields["random_order"] = forms.BooleanField(
                label=_("Ask its questions in a random order"),
                required=False,
                initial=section.get("random_order", False),
            )

    def changes(self) -> dict[str, Any]:
        """Return what the section says now."""
        return {
            "title": self.words("title", self.before.get("title")),
            "introduction": self.words("introduction", self.before.get("introduction")),
            "random_order": self.cleaned_data.get("random_order", False),
        }
