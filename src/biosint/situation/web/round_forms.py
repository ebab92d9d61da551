"""Forms of rounds: drafting one, and giving one value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from biosint.consortium.api import Consortium
from biosint.indicators import api as indicators
from biosint.indicators.api import BadFigure, BankVersion, Indicator, IndicatorKind
from biosint.shared.days import DayField
from biosint.shared.languages import country_choices
from biosint.shared.words import in_language
from biosint.situation.models import FormulaVersion, Value
from biosint.situation.operations.filling import Entry
from biosint.situation.queries.formulas import formulas_for
from biosint.situation.states import OF_REVIEWERS, Opinion

FAULTS = {
    BadFigure.NOT_YES_NO: _("Choose yes or no."),
    BadFigure.NOT_A_LEVEL: _("Choose one of the levels 0 to 4."),
    BadFigure.NEGATIVE: _("A count cannot be below 0."),
    BadFigure.BASE_NOT_POSITIVE: _(
        "The lower number must be above 0: nothing can be divided by it otherwise."
    ),
    BadFigure.PART_EXCEEDS_WHOLE: _("The part cannot be larger than the whole. Check both numbers."),
    BadFigure.HALF_ANSWERED: _("Give both numbers, or leave both empty."),
}
SPACES = re.compile(r"[\s\u00a0\u202f]")


class FigureField(forms.DecimalField):
    """A number as people write it: with a decimal comma, and with spaces between thousands."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_digits=14,
            decimal_places=3,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"invalid": _("Write a number such as 12 or 12.5, without a unit.")},
            **more,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django's stubs inherit it from whole numbers
        return super().to_python(SPACES.sub("", value).replace(",", ".") if isinstance(value, str) else value)


class EvidenceField(forms.CharField):
    """A web address, or a page of this site."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not (text.startswith("/") and not text.startswith("//")):
            try:
                URLValidator(schemes=["http", "https"])(text)
            except ValidationError as fault:
                raise ValidationError(
                    _("Write a whole web address that begins with https://, or leave it empty.")
                ) from fault
        return text


class ValueForm(forms.Form):
    """The answer of one institution to one indicator."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        typed: QueryDict | None,
        sent: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        indicator: Indicator,
        value: Value | None,
    ) -> None:
        self.indicator = indicator
        self.value = value
        super().__init__(typed, sent, prefix=indicator.code, initial=_initial(value))
        if not indicator.has_base:
            self.fields["answer"] = _answer_field(indicator)
        else:
            if not indicator.is_counted:
                self.fields["numerator"] = FigureField(label=in_language(indicator.numerator).text)
            self.fields["denominator"] = FigureField(label=in_language(indicator.denominator).text)
        self.fields["evidence_url"] = EvidenceField(
            label=_("Where the proof is"),
            max_length=500,
            required=False,
            help_text=in_language(indicator.evidence_asked).text,
        )
        self.fields["upload"] = forms.FileField(
            label=_("Proof as a file"),
            required=False,
            help_text=_("Such as the adopted text or a list as PDF. The reviewing institution can open it."),
        )
        if value is not None and value.evidence_file_id:
            self.fields["drops_file"] = forms.BooleanField(
                label=_("Take the file “%(name)s” away") % {"name": value.evidence_file}, required=False
            )
        self.fields["note"] = forms.CharField(
            label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        entry = self._entry(cleaned)
        fault = indicators.fault_in(
            self.indicator, answer=entry.answer, numerator=entry.numerator, denominator=entry.denominator
        )
        if fault is not None:
            place = "answer" if not self.indicator.has_base else "denominator"
            if fault in {BadFigure.NEGATIVE, BadFigure.PART_EXCEEDS_WHOLE}:
                place = "numerator"
            self.add_error(place, FAULTS[fault])
        return cleaned

    def _entry(self, cleaned: dict[str, Any]) -> Entry:
        answer = cleaned.get("answer")
        return Entry(
            indicator_id=self.indicator.pk,
            edition=cleaned.get("edition") or 0,
            answer=Decimal(answer) if answer else None,
            numerator=cleaned.get("numerator"),
            denominator=cleaned.get("denominator"),
            note=cleaned.get("note", "").strip(),
            evidence_url=cleaned.get("evidence_url", ""),
            upload=cleaned.get("upload"),
            drops_file=bool(cleaned.get("drops_file")),
        )

    @property
    def entry(self) -> Entry:
        """What was typed, once the form is valid."""
        return self._entry(self.cleaned_data)

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        """The fields that make the figure, without note and proof."""
        return [self[name] for name in ("answer", "numerator", "denominator") if name in self.fields]


def _initial(value: Value | None) -> dict[str, Any]:
    if value is None:
        return {"edition": 0}
    return {
        "edition": value.edition,
        "answer": "" if value.answer is None else str(int(value.answer)),
        "numerator": _plain(value.numerator),
        "denominator": _plain(value.denominator),
        "note": value.note,
        "evidence_url": value.evidence_url,
    }


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def _answer_field(indicator: Indicator) -> forms.ChoiceField:
    choices: list[tuple[str, Any]]
    if indicator.kind == IndicatorKind.YES_NO:
        choices = [("1", _("Yes")), ("0", _("No"))]
    else:
        choices = [
            (str(level), f"{level}: {in_language(words).text}")
            for level, words in enumerate(indicator.levels)
        ]
    return forms.ChoiceField(
        label=in_language(indicator.asks).text,
        choices=[*choices, ("", _("Not answered yet"))],
        widget=forms.RadioSelect,
        required=False,
    )


class RoundForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("Such as: Baseline, or Spring 2027.")
    )
    period_from = DayField(
        label=_("First day of the period"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    period_until = DayField(
        label=_("Last day of the period"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_baseline = forms.BooleanField(
        label=_("This is the baseline that later rounds are compared with"), required=False
    )
    bank = forms.ModelChoiceField(
        label=_("Indicators"),
        queryset=BankVersion.objects.none(),
        empty_label=None,
        help_text=_("The version stays with the round for good."),
    )
    formula = forms.ModelChoiceField(
        label=_("Formula"),
        queryset=FormulaVersion.objects.none(),
        empty_label=_("the newest supplied one"),
        required=False,
        help_text=_("It stays with the round for good."),
    )
    peer_review = forms.BooleanField(
        label=_("Another institution reviews the values of each before the board closes the round"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, consortium: Consortium, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = indicators.banks_for(consortium)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["formula"].queryset = formulas_for(consortium)  # type: ignore[attr-defined]  # a ModelChoiceField


class RemarkForm(forms.Form):
    """What a reviewer says about one value."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    opinion = forms.ChoiceField(
        label=_("What you think"),
        choices=[*((one.value, one.label) for one in OF_REVIEWERS), ("", _("say nothing now"))],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("In a sentence"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you ask or disagree."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opinion, words = cleaned.get("opinion"), cleaned.get("words", "").strip()
        if opinion in {Opinion.ASKS, Opinion.DISAGREES} and not words:
            self.add_error("words", _("Say in a sentence what you ask or why you disagree."))
        if words and not opinion:
            self.add_error("opinion", _("Say whether you agree, ask or disagree."))
        return cleaned


class ClosingForm(forms.Form):
    words = forms.CharField(
        label=_("Words of the board"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What is still missing or disputed, and why the round is closed all the same. It stays with the round."
        ),
    )


class OutsideForm(forms.Form):
    """A figure from outside, with its source."""

    name = forms.CharField(label=_("Institution"), max_length=150)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    index = forms.FloatField(label=_("Index, 0 to 100 points"), min_value=0, max_value=100)
    source = forms.CharField(
        label=_("Where the figure comes from"), max_length=300, help_text=_("A report, a paper, a letter.")
    )
    address = forms.URLField(label=_("Web address"), max_length=500, required=False, assume_scheme="https")
