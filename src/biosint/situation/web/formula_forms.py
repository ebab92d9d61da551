"""Forms of formulas: writing one field by field, or handing in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.indicators.api import Dimension
from biosint.shared.words import in_language
from iahcalc.maturity import Band, Disputed, Formula, Mean, Missing, write_formula

MEANS = [
    (Mean.ARITHMETIC.value, _("arithmetic: every point counts the same")),
    (Mean.GEOMETRIC.value, _("geometric: what is weak pulls down more than what is strong lifts")),
]


def _numbers(text: str) -> list[float]:
    return [float(part.replace(",", ".")) for part in text.replace(";", " ").split()]


class FormulaForm(forms.Form):
    """A formula, field by field. What can be wrong beyond a field is found by the calculation's own parser."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "Small Latin letters, digits and underscores, such as our_index_2027. It stays for good."
        ),
    )
    title = forms.CharField(label=_("Title in English"), max_length=200)
    of_indicators = forms.ChoiceField(
        label=_("How indicators make a dimension"), choices=MEANS, widget=forms.RadioSelect
    )
    of_dimensions = forms.ChoiceField(
        label=_("How dimensions make the index"), choices=MEANS, widget=forms.RadioSelect
    )
    levels = forms.CharField(
        label=_("What the levels 0 to 4 earn"),
        max_length=60,
        help_text=_("Five numbers from 0 to 1 with spaces between, such as: 0 0.25 0.5 0.75 1"),
    )
    missing = forms.ChoiceField(
        label=_("A missing answer"),
        choices=[
            (Missing.LEFT_OUT.value, _("is left out of its dimension")),
            (Missing.NOUGHT.value, _("earns 0")),
        ],
        widget=forms.RadioSelect,
    )
    least_answered = forms.FloatField(
        label=_("Share of a dimension's weight that needs answers, in per cent"), min_value=1, max_value=100
    )
    disputed = forms.ChoiceField(
        label=_("A value that is still disputed when the round closes"),
        choices=[
            (Disputed.COUNTED.value, _("counts all the same")),
            (Disputed.MISSING.value, _("stands as unanswered")),
        ],
        widget=forms.RadioSelect,
    )
    draws = forms.IntegerField(label=_("Draws for the interval"), min_value=200, max_value=20_000)
    seed = forms.IntegerField(label=_("Starting number of the draws"), min_value=0, max_value=2**31)
    bands = forms.CharField(
        label=_("Names of stretches of the index"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line: the lowest point, then the name, such as: 40 Developing. The first begins at 0."
        ),
    )

    def __init__(self, *args: Any, sides: Sequence[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides
        self._names = {
            (band.start, band.name.get("en", "")): band.name
            for band in (kwargs.get("initial") or {}).get("formula_bands", ())
        }
        for side in sides:
            self.fields[f"weight_{side.code}"] = forms.FloatField(
                label=_("Weight of “%(dimension)s”") % {"dimension": in_language(side.title)},
                required=False,
                min_value=0.01,
                max_value=1000,
                help_text=_("Left empty, the weight of the bank counts: %(weight)s.")
                % {"weight": f"{side.weight.normalize():f}"},
            )

    @staticmethod
    def initial_of(formula: Formula, sides: Sequence[Dimension]) -> dict[str, Any]:
        return {
            "of_indicators": formula.of_indicators.value,
            "of_dimensions": formula.of_dimensions.value,
            "levels": " ".join(f"{one:g}" for one in formula.levels),
            "missing": formula.missing.value,
            "least_answered": formula.least_answered * 100,
            "disputed": formula.disputed.value,
            "draws": formula.draws,
            "seed": formula.seed,
            "bands": "\n".join(f"{band.start:g} {in_language(band.name, 'en')}" for band in formula.bands),
            "formula_bands": formula.bands,
            **{f"weight_{side.code}": formula.dimension_weights.get(side.code) for side in sides},
        }

    def clean_levels(self) -> tuple[float, ...]:
        try:
            return tuple(_numbers(self.cleaned_data["levels"]))
        except ValueError as fault:
            raise forms.ValidationError(_("Write five numbers with spaces between.")) from fault

    def clean_bands(self) -> tuple[Band, ...]:
        bands = []
        for line in self.cleaned_data["bands"].splitlines():
            start, _space, name = line.strip().partition(" ")
            if not start:
                continue
            try:
                point = _numbers(start)[0]
            except ValueError as fault:
                raise forms.ValidationError(_("Begin each line with a number of points.")) from fault
            # An unchanged name keeps its other languages.
            bands.append(Band(point, self._names.get((point, name.strip()), {"en": name.strip()})))
        return tuple(bands)

    @property
    def source(self) -> str:
        """The formula as a file; the parser judges it."""
        told = self.cleaned_data
        weights = {side.code: told[f"weight_{side.code}"] for side in self.sides}
        return write_formula(
            Formula(
                name=told["code"].strip(),
                title={"en": told["title"].strip()},
                of_indicators=Mean(told["of_indicators"]),
                of_dimensions=Mean(told["of_dimensions"]),
                levels=told["levels"],
                missing=Missing(told["missing"]),
                disputed=Disputed(told["disputed"]),
                least_answered=round(told["least_answered"] / 100, 6),
                draws=told["draws"],
                seed=told["seed"],
                dimension_weights={code: weight for code, weight in weights.items() if weight},
                bands=told["bands"],
            )
        )


class FormulaUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Formula as a YAML file"),
        help_text=_("Take the file of a formula in use, change it, and give it a new code."),
    )

    @property
    def text(self) -> str:
        """What the file holds; what is no text is left to the parser to refuse."""
        return str(self.cleaned_data["file"].read(70_000).decode("utf-8", errors="replace"))
