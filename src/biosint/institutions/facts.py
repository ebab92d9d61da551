"""The form in which an institution's facts are given, wherever one is registered or changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.institutions.models import Institution
from biosint.institutions.ror import ror_address
from biosint.shared.languages import country_choices
from biosint.shared.zones import zone_choices


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Checks the facts; an operation stores them."""

    country = forms.ChoiceField(label=_("Country"))
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("The town whose clock you share."))
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Institution
        fields = (
            "name",
            "short_name",
            "university",
            "country",
            "city",
            "time_zone",
            "latitude",
            "longitude",
            "website",
            "ror_id",
            "fields",
            "students",
            "teachers",
        )
        labels = {
            "name": _("Full name"),
            "short_name": _("Short name"),
            "university": _("University"),
            "city": _("Town"),
            "latitude": _("Degrees north"),
            "longitude": _("Degrees east"),
            "ror_id": _("ROR identifier"),
            "fields": _("Fields taught"),
            "students": _("Number of students"),
            "teachers": _("Number of teachers"),
        }
        help_texts = {
            "name": _("As it stands on your letters, such as Faculty of Medicine, University of …"),
            "short_name": _("At most a few words: it stands on charts and maps."),
            "university": _("Leave it empty if the institution is the university itself."),
            "latitude": _("Such as 42.13. Any map on the web shows it when you click on your town."),
            "longitude": _("Such as 21.72. West of Greenwich it is below zero."),
            "ror_id": _("Such as https://ror.org/05f950310. You find yours by name at ror.org."),
            "fields": _("Such as medicine, nursing."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose")), *country_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["time_zone"].choices = [("", _("Choose")), *zone_choices()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_ror_id(self) -> str:
        given: str = self.cleaned_data["ror_id"]
        if not given:
            return ""
        address = ror_address(given)
        if address is None:
            raise forms.ValidationError(
                _(
                    "This is not a ROR identifier: nine letters and digits that begin with 0. Copy it from ror.org."
                )
            )
        return address
