from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biosint.consortium.models import Consortium
from biosint.consortium.states import Role
from biosint.institutions.api import Institution
from biosint.shared.days import DayField

LANGUAGES = ("en", "sr", "sq")
OPEN_ROLES = [(Role.PARTNER.value, Role.PARTNER.label), (Role.ASSOCIATED.value, Role.ASSOCIATED.label)]


class ConsortiumForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Checks what is said of a consortium; an operation stores it."""

    summary_en = forms.CharField(
        label=_("Summary in English"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the project is for, whom it serves, what will be different at its end."),
    )
    summary_sr = forms.CharField(
        label=_("Summary in Serbian (Cyrillic letters)"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "sr-Cyrl"}),
        help_text=_("Readers of Latin letters see it in theirs."),
    )
    summary_sq = forms.CharField(
        label=_("Summary in Albanian"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "sq"}),
    )

    class Meta:
        model = Consortium
        fields = (
            "title",
            "acronym",
            "programme",
            "grant_reference",
            "start_date",
            "months",
            "coordinator",
            "disclaimer",
        )
        labels = {
            "title": _("Title"),
            "acronym": _("Short title"),
            "programme": _("Funding programme"),
            "grant_reference": _("Number of the grant"),
            "start_date": _("First day"),
            "months": _("Length in months"),
            "coordinator": _("Coordinating institution"),
            "disclaimer": _("Disclaimer of the funder"),
        }
        help_texts = {
            "acronym": _("It stands on every report and in addresses."),
            "programme": _("Leave it empty if nobody funds the project."),
            "months": _("Months of the work plan are counted from the first day."),
            "disclaimer": _("The sentence that the funder wants on every public page and document."),
        }
        field_classes = {"start_date": DayField}
        widgets = {
            "start_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "disclaimer": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, institutions: QuerySet[Institution] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(
            ["title", "acronym", "summary_en", "summary_sr", "summary_sq", *list(self.fields)[2:]]
        )
        if institutions is None:
            # The coordinator of a founded consortium stays; its own people may change everything else.
            del self.fields["coordinator"]
        else:
            self.fields["coordinator"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField
            if len(institutions) == 1:
                # Most founders coordinate one institution: nothing is left to choose.
                self.fields["coordinator"].initial = institutions[0]
        for code in LANGUAGES:
            self.fields[f"summary_{code}"].initial = (self.instance.summary or {}).get(code, "")

    def facts(self) -> dict[str, Any]:
        """Return the checked facts as the operations take them."""
        given = dict(self.cleaned_data)
        texts = {code: given.pop(f"summary_{code}") for code in LANGUAGES}
        given["summary"] = {code: text for code, text in texts.items() if text}
        return given


class InviteForm(forms.Form):
    """Whom to invite: a registered institution (the facts of a new one stand in a form beside it)."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody who can accept for the institution."),
    )
    role = forms.ChoiceField(label=_("Invited as"), choices=OPEN_ROLES)


class JoinForm(forms.Form):
    """What an institution that asks says about itself and the consortium."""

    consortium = forms.ModelChoiceField(
        label=_("Consortium"), queryset=Consortium.objects.none(), to_field_name="slug", empty_label=None
    )
    role = forms.ChoiceField(label=_("Join as"), choices=OPEN_ROLES)
    why = forms.CharField(
        label=_("Why your institution wants to join"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you look for, and what you bring: courses, cases, languages, experience."),
    )

    def __init__(self, *args: Any, consortia: QuerySet[Consortium], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consortium"].queryset = consortia  # type: ignore[attr-defined]  # a ModelChoiceField


class DeclineForm(forms.Form):
    """The answer to an institution that is not let in."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The institution reads it. Say what would have to be different."),
    )
