from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from biosint.consortium.api import Consortium
from biosint.shared.days import DayField


class BeginForm(forms.Form):
    project = forms.ModelChoiceField(Consortium.objects.none(), label=_("Consortium"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=200)
    since_date = DayField(label=_("First day of the period"), widget=forms.DateInput(attrs={"type": "date"}))
    until_date = DayField(label=_("Last day of the period"), widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, projects: QuerySet[Consortium], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.fields["project"]
        if isinstance(project, forms.ModelChoiceField):
            project.queryset = projects


class WriteForm(forms.Form):
    summary = forms.CharField(
        label=_("Summary"),
        max_length=8000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    deviations = forms.CharField(
        label=_("What went otherwise than planned, and what was done"),
        max_length=8000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    outlook = forms.CharField(
        label=_("What comes next"),
        max_length=8000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
