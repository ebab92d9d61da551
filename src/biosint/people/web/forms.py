from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from biosint.people.hours import HoursUnreadable, read_hours
from biosint.people.models import Person
from biosint.people.states import AffiliationKind, Office
from biosint.shared.languages import country_choices, language_choices
from biosint.shared.zones import zone_choices


class SignUpExtras(forms.Form):
    """What sign-up asks beyond address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more to keep: the adapter has stored the name."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Checks the profile; an operation stores it."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("The town whose clock you share.")
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    native_language = forms.ChoiceField(
        label=_("First language"),
        required=False,
        help_text=_("Helps to form teams. Your teachers may see it, your team does not."),
    )

    class Meta:
        model = Person
        fields = (
            "name",
            "language",
            "time_zone",
            "country",
            "profession",
            "native_language",
            "english_level",
            "free_hours",
            "gender",
            "about",
        )
        labels = {
            "name": _("Name"),
            "language": _("Language of these pages"),
            "profession": _("Field of study or work"),
            "english_level": _("Level of English"),
            "free_hours": _("Free hours in a usual week"),
            "gender": _("Gender"),
            "about": _("About you"),
        }
        help_texts = {
            "name": _("As it should stand on a certificate."),
            "english_level": _(
                "From A1, a few words, to C2, like a native speaker. Teams mix levels with care."
            ),
            "gender": _("Used only so that nobody is alone in a team. Shown to nobody."),
            "about": _("Your team reads this: what you study, what you like, what you want to learn."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "about": forms.Textarea(attrs={"rows": 4}),
            # The week below the field follows while one types; without script it shows what is saved.
            "free_hours": forms.TextInput(
                attrs={
                    "hx-get": reverse_lazy("people:week"),
                    "hx-trigger": "change, keyup changed delay:500ms",
                    "hx-target": "#week",
                }
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Not chosen"))]
        for name in ("language", "profession", "english_level", "gender"):
            chooser = self.fields[name]
            chooser.choices = [*nothing, *[pair for pair in chooser.choices if pair[0]]]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["time_zone"].choices = [*nothing, *zone_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["country"].choices = [*nothing, *country_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["native_language"].choices = [*nothing, *language_choices()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_free_hours(self) -> str:
        try:
            return read_hours(self.cleaned_data["free_hours"])
        except HoursUnreadable as fault:
            raise forms.ValidationError(str(fault)) from fault


class AskForm(forms.Form):
    """How a person belongs to the institution they chose."""

    kind = forms.ChoiceField(
        label=_("You are there as"), choices=AffiliationKind.choices, widget=forms.RadioSelect
    )
    programme = forms.CharField(
        label=_("Programme or department"),
        max_length=150,
        required=False,
        help_text=_("It helps the institution to know who you are."),
    )


class OfficeForm(forms.Form):
    """An office for somebody who belongs to the institution."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class LinkForm(forms.Form):
    """The address to which a new sign-in link is sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ClosingForm(forms.Form):
    """The last question before an account is closed."""

    sure = forms.BooleanField(label=_("I understand that this cannot be undone."))
