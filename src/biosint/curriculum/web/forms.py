from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.curriculum.models import MOST_ECTS, Programme
from biosint.curriculum.operations import WrittenOutcome
from biosint.curriculum.states import Degree, IocDimension
from biosint.people.api import Office, Person
from biosint.shared.choosers import RecordsField
from biosint.shared.languages import language_choices

MOST_OUTCOMES = 20


class CreditsField(forms.DecimalField):
    """ECTS credits; a decimal comma is as good as a point."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django's stubs inherit it from whole numbers
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ProgrammeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    degree = forms.ChoiceField(label=_("Degree"), choices=Degree)
    field = forms.CharField(label=_("Field"), max_length=100, help_text=_("Such as medicine or nursing."))


class UnitForm(forms.Form):
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    code = forms.CharField(label=_("Code"), max_length=20)
    title = forms.CharField(label=_("Title"), max_length=200)
    ects = CreditsField(
        label=_("ECTS credits"),
        min_value=Decimal("0.5"),
        max_value=MOST_ECTS,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    language = forms.ChoiceField(label=_("Language of teaching"))
    is_compulsory = forms.BooleanField(label=_("Every student of the programme takes it"), required=False)
    teachers = RecordsField(
        label=_("Teachers"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They write the syllabus."),
    )

    def __init__(self, *args: Any, institution: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.filter(institution=institution)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["teachers"].queryset = (  # type: ignore[attr-defined]  # a RecordsField
            Person.objects.filter(
                offices_held__institution=institution,
                offices_held__office=Office.TEACHER,
                offices_held__until_date=None,
            )
            .distinct()
            .order_by("name", "pk")
        )
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]  # a ChoiceField


class SyllabusForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("What the unit is about"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    methods = forms.CharField(
        label=_("How students learn"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what they do with students or teachers elsewhere."),
    )
    assessment = forms.CharField(
        label=_("How they are assessed"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    international_ects = CreditsField(
        label=_("International ECTS credits"),
        min_value=Decimal(0),
        max_digits=4,
        decimal_places=1,
        help_text=_(
            "The part of the unit's credits that students earn by international or intercultural work."
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class OutcomeForm(forms.Form):
    text = forms.CharField(
        label=_("After this unit a student can"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dimensions = forms.MultipleChoiceField(
        label=_("International in"),
        choices=IocDimension,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("dimensions") and not cleaned.get("text", "").strip():
            self.add_error("text", _("Write the outcome that these marks belong to, or take the marks away."))
        return cleaned


OutcomeForms = forms.formset_factory(
    OutcomeForm, extra=2, max_num=MOST_OUTCOMES, validate_max=True, absolute_max=MOST_OUTCOMES + 10
)


def outcomes_in(formset: forms.BaseFormSet[OutcomeForm]) -> list[WrittenOutcome]:
    """Return what the valid rows say; rows without text are left out."""
    return [
        WrittenOutcome(
            text=row["text"].strip(), dimensions=tuple(IocDimension(code) for code in row["dimensions"])
        )
        for row in formset.cleaned_data
        if row.get("text", "").strip()
    ]


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What has to change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
