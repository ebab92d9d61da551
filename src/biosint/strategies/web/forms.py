from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from biosint.institutions.api import Institution
from biosint.shared.days import DayField
from biosint.shared.words import in_language
from biosint.strategies import queries
from biosint.strategies.states import DocumentKind

OWN = "own"


class BeginForm(forms.Form):
    """The first step of a document: whose, from which template, in which language."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"), empty_label=None)
    template = forms.ChoiceField(label=_("Begin with"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the title of the template.")
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, institutions: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, template = self.fields["institution"], self.fields["template"]
        if isinstance(place, forms.ModelChoiceField):
            place.queryset = Institution.objects.filter(pk__in=institutions).order_by("name")
        if isinstance(template, forms.ChoiceField):
            template.choices = [
                *[(key, in_language(each["title"]).text) for key, each in queries.supplied().items()],
                (OWN, _("an empty page")),
            ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        template = told.get("template")
        if template == OWN:
            told["text"] = ""
            if not told.get("title"):
                self.add_error("title", _("Give the document a title."))
            told["kind"] = told.get("kind") or DocumentKind.STRATEGY
        elif template and told.get("language"):
            told["text"] = queries.supplied_text(template, told["language"])
            told["title"] = (
                told.get("title") or in_language(queries.supplied()[template]["title"], told["language"]).text
            )
            told["kind"] = queries.supplied()[template]["kind"]
        return told


class WriteForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "writing"}),
        help_text=_(
            "A line that begins with # is a heading, a line that begins with - is an item of a list, **two stars** make bold."
        ),
    )
    what_changed = forms.CharField(label=_("What did you change?"), max_length=200, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput)


class AdoptForm(forms.Form):
    body = forms.CharField(
        label=_("Body that decided"), max_length=150, initial=_("Teaching and Scientific Council")
    )
    reference = forms.CharField(label=_("Reference of the decision"), max_length=80)
    decided_date = DayField(label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
