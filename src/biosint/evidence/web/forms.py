from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.evidence.kinds import kinds
from biosint.institutions.api import Institution
from biosint.shared.days import DayField


class FilterForm(forms.Form):
    """Which evidence a list shows. Every field may be empty; what cannot be read filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    institution = forms.ModelChoiceField(
        Institution.objects.order_by("name"),
        label=_("Institution"),
        to_field_name="slug",
        required=False,
        empty_label=_("all institutions"),
    )
    since = DayField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = DayField(label=_("Before"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("all kinds")),
                *[(kind.code, kind.label) for kind in kinds() if kind.code in codes],
            ]


class VouchForm(forms.Form):
    """Evidence entered by hand."""

    kind = forms.ChoiceField(label=_("Kind"))
    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"))
    title = forms.CharField(label=_("What happened"), max_length=250)
    quantity = forms.DecimalField(
        label=_("How much"), min_value=0, max_value=1_000_000_000, decimal_places=3, initial=1
    )
    occurred_at = DayField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    proof = forms.URLField(
        label=_("Address of the proof"),
        help_text=_("A page or file that others can open, beginning with https://."),
        assume_scheme="https",
    )

    def __init__(self, *args: Any, institutions: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, institution = self.fields["kind"], self.fields["institution"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(each.code, each.label) for each in kinds() if each.by_hand]
        if isinstance(institution, forms.ModelChoiceField):
            institution.queryset = Institution.objects.filter(pk__in=institutions).order_by("name")

    def clean_occurred_at(self) -> datetime:
        day = self.cleaned_data["occurred_at"]
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
        if moment > timezone.now() + timedelta(days=1):
            raise forms.ValidationError(
                _("Evidence speaks of what has happened. Choose a day that has passed.")
            )
        return moment
