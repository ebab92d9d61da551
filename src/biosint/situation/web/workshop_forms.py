"""Forms of workshops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.indicators import api as indicators
from biosint.institutions.api import Institution
from biosint.shared.days import DayField
from biosint.situation.operations.objectives import Aim
from biosint.situation.states import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from biosint.indicators.api import Indicator
    from biosint.situation.models import Statement

MOST_DOTS = 10


class BeginForm(forms.Form):
    institution = forms.ModelChoiceField(
        label=gettext_lazy("For whom"), queryset=Institution.objects.none(), required=False
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    language = forms.ChoiceField(label=gettext_lazy("Language of the statements"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], whole: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = institutions
        if whole:
            field.empty_label = _("the whole consortium (%(name)s)") % {"name": whole}
        else:
            field.empty_label = None
            field.required = True
        self.fields["language"].initial = translation.get_language()


class StatementForm(forms.Form):
    side = forms.ChoiceField(label=gettext_lazy("Side"), choices=Side)
    text = forms.CharField(
        label=gettext_lazy("Statement"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=gettext_lazy("Says the same as"))

    def __init__(self, *args: Any, others: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["into"]).choices = [(str(one.pk), one.text) for one in others]


class VoteForm(forms.Form):
    dots = forms.IntegerField(
        label=gettext_lazy("Dots for each side"),
        min_value=1,
        max_value=MOST_DOTS,
        initial=3,
        help_text=gettext_lazy("Each participant gives so many to strengths, to weaknesses and so on."),
    )
    most_on_one = forms.IntegerField(
        label=gettext_lazy("Most dots on one statement"), min_value=1, max_value=MOST_DOTS, initial=2
    )
    is_hidden = forms.BooleanField(
        label=gettext_lazy("Hide the results until the vote is closed"),
        initial=True,
        required=False,
        help_text=gettext_lazy("Then nobody follows the others, and nobody sees them early, you included."),
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("dots") and told.get("most_on_one", 0) > told["dots"]:
            self.add_error("most_on_one", _("This is more than each participant has for a side."))
        return told


class OptionForm(forms.Form):
    inside = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    outside = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=gettext_lazy("Strategic option"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What should we do when these meet? One sentence with a verb."),
    )

    def __init__(
        self,
        *args: Any,
        inside: list[Statement],
        outside: list[Statement],
        labels: tuple[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, listed, label in (("inside", inside, labels[0]), ("outside", outside, labels[1])):
            field = cast("forms.MultipleChoiceField", self.fields[name])
            field.choices = [(str(one.pk), one.text) for one in listed]
            field.label = label


class IndicatorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """One indicator, offered by its code and title."""

    def label_from_instance(self, obj: Indicator) -> str:
        return f"{obj.code} {obj}"


class ObjectiveForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Objective"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What will be so when it is reached."),
    )
    indicator = IndicatorField(
        label=gettext_lazy("Indicator"),
        queryset=indicators.Indicator.objects.none(),
        required=False,
        empty_label=gettext_lazy("none of the bank, measured as told below"),
        help_text=gettext_lazy("Where you start is read from the last closed round; nobody types it."),
    )
    measure = forms.CharField(label=gettext_lazy("Measured by"), max_length=200, required=False)
    target = forms.DecimalField(
        label=gettext_lazy("Target"),
        max_digits=10,
        decimal_places=2,
        help_text=gettext_lazy("In the unit of the indicator; a level from 0 to 4, 1 for yes."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Only where no indicator of the bank measures it."),
    )
    due_date = DayField(
        label=gettext_lazy("To be reached by"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, asked: QuerySet[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Indicator]", self.fields["indicator"])
        field.queryset = asked

    def clean_due_date(self) -> Any:
        day = self.cleaned_data["due_date"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if "indicator" in told and not told["indicator"] and not told.get("measure"):
            self.add_error("measure", _("Choose an indicator, or say how it is measured."))
        indicator, target = told.get("indicator"), told.get("target")
        if indicator is not None and target is not None and not 0 <= target <= _largest(indicator):
            self.add_error(
                "target",
                _("For this indicator, the target lies between 0 and %(most)s.")
                % {"most": _largest(indicator)},
            )
        return told

    def aim(self) -> Aim:
        told = self.cleaned_data
        return Aim(
            text=told["text"],
            target=told["target"],
            due_date=told["due_date"],
            indicator=told["indicator"],
            measure=told["measure"],
            unit=told["unit"],
        )


def _largest(indicator: Indicator) -> int:
    kinds = indicators.IndicatorKind
    return {kinds.YES_NO: 1, kinds.LEVEL: 4, kinds.RATIO: 100}.get(kinds(indicator.kind), 1_000_000)
