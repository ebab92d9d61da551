"""Forms of the bank: searching it, starting a version, and writing dimensions and indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.consortium.api import Consortium
from biosint.evidence import api as evidence
from biosint.indicators.contents import BankFaulty, IndicatorContent, divides, require_whole
from biosint.indicators.frameworks import FRAMEWORKS
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.states import HIGHEST_LEVEL, Base, IndicatorKind
from biosint.shared.verdicts import Sentence

LEVELS = range(HIGHEST_LEVEL + 1)


def _framework_choices() -> list[tuple[str, Any]]:
    return [
        ("", _("every framework")),
        *(
            (
                framework.code,
                [
                    (framework.code, _("%(framework)s, any theme") % {"framework": framework.code}),
                    *(
                        (f"{framework.code} {theme.code}", f"{framework.code} {theme.code}: {theme.name}")
                        for theme in framework.themes
                    ),
                ],
            )
            for framework in FRAMEWORKS
        ),
    ]


class SearchForm(forms.Form):
    """What to look for in a bank; sent in the page's address."""

    NARROWING: ClassVar = ("words", "kind", "framework", "origin")

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("every kind")), *IndicatorKind.choices]
    )
    framework = forms.ChoiceField(label=_("Framework"), required=False, choices=_framework_choices)
    origin = forms.ChoiceField(
        label=_("Where it comes from"),
        required=False,
        choices=[
            ("", _("counted or typed")),
            ("counted", _("counted by the platform")),
            ("typed", _("given by the institution")),
        ],
    )
    bank = forms.CharField(required=False, widget=forms.HiddenInput)
    dimension = forms.CharField(required=False, widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """Starting a version from another one."""

    came_from = forms.ModelChoiceField(
        label=_("Start from"), queryset=BankVersion.objects.none(), empty_label=None
    )
    consortium = forms.ModelChoiceField(
        label=_("For the consortium"), queryset=Consortium.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=_("Code of the new version"),
        max_length=20,
        help_text=_("Short, in Latin letters and digits, such as 2027-ours. It stays for good."),
    )
    title = forms.CharField(label=_("Title in English"), max_length=200)

    def __init__(self, *args: Any, banks: Any, keeps: list[Consortium], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came_from"].queryset = banks  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["consortium"].queryset = Consortium.objects.filter(  # type: ignore[attr-defined]  # a ModelChoiceField
            pk__in=[one.pk for one in keeps]
        )
        if len(keeps) == 1:
            self.fields["consortium"].initial = keeps[0]
            self.fields["consortium"].widget = forms.HiddenInput()


class UploadForm(forms.Form):
    """Starting a version from a file."""

    consortium = forms.ModelChoiceField(
        label=_("For the consortium"), queryset=Consortium.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("Bank as a YAML file"),
        help_text=_("Take one from the page of any version, change it, and give it a new code."),
    )

    def __init__(self, *args: Any, keeps: list[Consortium], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consortium"].queryset = Consortium.objects.filter(  # type: ignore[attr-defined]  # a ModelChoiceField
            pk__in=[one.pk for one in keeps]
        )
        if len(keeps) == 1:
            self.fields["consortium"].initial = keeps[0]
            self.fields["consortium"].widget = forms.HiddenInput()


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DimensionForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    title = forms.CharField(label=_("Title"), max_length=200)
    meaning = forms.CharField(
        label=_("The question behind it"), max_length=500, widget=_area(2), required=False
    )
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Small Latin letters, such as learning.")
    )
    weight = forms.DecimalField(
        label=_("Weight in the index"), min_value=Decimal("0.01"), max_digits=5, decimal_places=2
    )
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999)

    @staticmethod
    def initial_of(one: Dimension | None, *, language: str, last: int) -> dict[str, Any]:
        if one is None:
            return {"edition": 0, "weight": 1, "order": last + 1}
        return {
            "edition": one.edition,
            "title": one.title.get(language, ""),
            "meaning": one.meaning.get(language, ""),
            "code": one.code,
            "weight": one.weight,
            "order": one.order,
        }


class IndicatorForm(forms.Form):
    """One indicator in one language; which fields count depends on its kind."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    title = forms.CharField(label=_("Title"), max_length=200)
    asks = forms.CharField(label=_("Question"), max_length=500, widget=_area(2))
    evidence_asked = forms.CharField(label=_("What must prove it"), max_length=500, widget=_area(2))
    code = forms.CharField(label=_("Code"), max_length=10, help_text=_("Such as L7."))
    dimension = forms.ModelChoiceField(
        label=_("Dimension"), queryset=Dimension.objects.none(), empty_label=None
    )
    order = forms.IntegerField(label=_("Place in its dimension"), min_value=1, max_value=999)
    kind = forms.ChoiceField(label=_("Kind"), choices=IndicatorKind.choices)
    weight = forms.DecimalField(
        label=_("Weight in its dimension"), min_value=Decimal("0.01"), max_digits=5, decimal_places=2
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=60, help_text=_("Such as: yes or no, level 0 to 4, per cent.")
    )
    numerator = forms.CharField(label=_("What is counted (upper number)"), max_length=200, required=False)
    denominator = forms.CharField(label=_("Out of (lower number)"), max_length=200, required=False)
    cap = forms.DecimalField(
        label=_("Figure that earns all points"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        help_text=_("Needed for a count for every 100; a share earns all at 100 unless you say otherwise."),
    )
    references = forms.CharField(
        label=_("Codes of frameworks, one a line"),
        required=False,
        widget=_area(3),
        help_text=_("Such as: WFME 2, CeQuInt 3, IPO education/process, IMPI graduates."),
    )
    counted_kind = forms.ChoiceField(label=_("Counted by the platform from"), required=False)
    counted_base = forms.ChoiceField(
        label=_("Set against"), required=False, choices=[("", "–"), *Base.choices]
    )
    counted_steps = forms.CharField(
        label=_("Steps of what is counted"),
        required=False,
        help_text=_(
            "For yes or no: the quantity from which it is yes. For a level: four, such as 1, 2, 4, 6."
        ),
    )

    GENERAL: ClassVar = ("title", "asks", "evidence_asked", "code", "dimension", "order", "weight")
    READING: ClassVar = ("kind", "unit")
    DIVIDING: ClassVar = ("numerator", "denominator", "cap")
    COUNTING: ClassVar = ("counted_kind", "counted_base", "counted_steps")

    def __init__(self, *args: Any, bank: BankVersion, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.fields["dimension"].queryset = bank.dimensions.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["counted_kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("nothing: the institution gives it")),
            *((kind.code, kind.label) for kind in evidence.kinds()),
        ]
        for level in LEVELS:
            self.fields[f"level_{level}"] = forms.CharField(
                label=_("Level %(level)s") % {"level": level}, max_length=300, required=False
            )

    @staticmethod
    def initial_of(one: Indicator | None, *, language: str, last: int) -> dict[str, Any]:
        if one is None:
            return {"edition": 0, "weight": 1, "order": last + 1, "kind": IndicatorKind.LEVEL}
        return {
            "edition": one.edition,
            "title": one.title.get(language, ""),
            "asks": one.asks.get(language, ""),
            "evidence_asked": one.evidence_asked.get(language, ""),
            "code": one.code,
            "dimension": one.dimension_id,
            "order": one.order,
            "kind": one.kind,
            "weight": one.weight,
            "unit": one.unit.get(language, ""),
            "numerator": one.numerator.get(language, ""),
            "denominator": one.denominator.get(language, ""),
            "cap": one.cap,
            "references": "\n".join(one.references),
            "counted_kind": one.counted_kind,
            "counted_base": one.counted_base,
            "counted_steps": ", ".join(str(step) for step in one.counted_steps),
            **{f"level_{level}": words.get(language, "") for level, words in enumerate(one.levels)},
        }

    def clean_counted_steps(self) -> tuple[int, ...]:
        told = self.cleaned_data["counted_steps"].replace(";", ",").split(",")
        try:
            return tuple(int(step) for step in told if step.strip())
        except ValueError as fault:
            raise forms.ValidationError(
                _("Write whole numbers with commas between, such as 1, 2, 4, 6.")
            ) from fault

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            kind = IndicatorKind(cleaned["kind"])
            lacking = [f"level_{level}" for level in LEVELS if kind == IndicatorKind.LEVEL]
            lacking += ["numerator", "denominator"] if divides(kind) else []
            for name in lacking:
                if not cleaned.get(name):
                    self.add_error(name, _("This kind of indicator needs it."))
        if not self.errors:
            try:
                require_whole(self._content(cleaned))
            except BankFaulty as faulty:
                raise forms.ValidationError(str(faulty)) from faulty
        return cleaned

    def _content(self, cleaned: dict[str, Any]) -> IndicatorContent:
        kind = IndicatorKind(cleaned["kind"])

        def own(name: str) -> dict[str, str]:
            return {self.language: str(cleaned.get(name) or "").strip()}

        is_counted = bool(cleaned["counted_kind"])
        return IndicatorContent(
            code=cleaned["code"],
            kind=kind,
            weight=cleaned["weight"],
            unit=own("unit"),
            title=own("title"),
            asks=own("asks"),
            evidence_asked=own("evidence_asked"),
            levels=tuple(own(f"level_{level}") for level in LEVELS) if kind == IndicatorKind.LEVEL else (),
            numerator=own("numerator") if divides(kind) else {},
            denominator=own("denominator") if divides(kind) else {},
            cap=cleaned["cap"] if divides(kind) else None,
            references=tuple(line.strip() for line in cleaned["references"].splitlines() if line.strip()),
            counted_kind=cleaned["counted_kind"],
            counted_base=cleaned["counted_base"] if is_counted and divides(kind) else "",
            counted_steps=cleaned["counted_steps"] if is_counted and not divides(kind) else (),
        )

    @property
    def content(self) -> IndicatorContent:
        """What was typed, once the form is valid."""
        return self._content(self.cleaned_data)

    @property
    def groups(self) -> list[tuple[Sentence, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (_("What it asks"), [self[name] for name in self.GENERAL]),
            (_("How it is read"), [self[name] for name in self.READING]),
            (_("For a level: five descriptions"), [self[f"level_{level}"] for level in LEVELS]),
            (_("For a share or a count: what is divided by what"), [self[name] for name in self.DIVIDING]),
            (_("Counted by the platform"), [self[name] for name in self.COUNTING]),
            (_("Related frameworks"), [self["references"]]),
        ]
