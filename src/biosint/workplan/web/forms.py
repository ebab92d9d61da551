from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortium
from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.workplan.states import DisseminationLevel


class _Numbered(forms.Form):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    title = forms.CharField(label=_("Title"), max_length=200)


class PackageForm(_Numbered):
    aim = forms.CharField(
        label=_("Aim"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead = forms.ModelChoiceField(Institution.objects.none(), label=_("Lead"))
    start_month = forms.IntegerField(label=_("First month"), min_value=1)
    end_month = forms.IntegerField(label=_("Last month"), min_value=1)
    share = forms.DecimalField(
        label=_("Share of the lump sum (%)"), min_value=0, max_value=100, decimal_places=2, initial=0
    )

    def __init__(self, *args: Any, project: Consortium, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.fields["lead"]
        if isinstance(lead, forms.ModelChoiceField):
            lead.queryset = consortium.members_of(project)


class DeliverableForm(_Numbered):
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_month = forms.IntegerField(label=_("Due in month"), min_value=1)
    level = forms.ChoiceField(label=_("Dissemination level"), choices=DisseminationLevel)
    kind = forms.ChoiceField(label=_("Evidence it needs"), required=False)
    needed = forms.DecimalField(label=_("How much of it"), min_value=0, required=False, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", _("none")), *[(each.code, each.label) for each in evidence.kinds()]]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        kind, needed = told.pop("kind", ""), told.pop("needed", None)
        told["requirements"] = [{"kind": kind, "needed": needed or 1}] if kind else []
        return told


class MilestoneForm(_Numbered):
    due_month = forms.IntegerField(label=_("Due in month"), min_value=1)
    means = forms.CharField(label=_("How it is verified"), max_length=300)


class ReviewForm(forms.Form):
    words = forms.CharField(
        label=_("What you looked at and what you found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approved", _("approve")), ("returned", _("give back for changes"))],
        widget=forms.RadioSelect,
    )
