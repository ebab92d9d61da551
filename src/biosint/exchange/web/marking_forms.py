"""Marking a work, and settling how works are marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Application, Course, MarkingPlan, Rubric
from biosint.exchange.queries.marking import Desk


class MarkingPlanForm(forms.Form):
    """By which rubric works are marked, and whether names are hidden."""

    prefix = "plan"

    rubric = forms.ModelChoiceField(
        label=_("Rubric"),
        queryset=Rubric.objects.none(),
        required=False,
        empty_label=_("none: points from 0 to 100"),
        help_text=_("Learners see it with the task."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Hide names from markers until marks are released"),
        required=False,
        help_text=_("Texts and files may still tell who wrote them. The grade book shows names."),
    )

    def __init__(self, *args: Any, course: Course, plan: MarkingPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rubric"].queryset = course.rubrics.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        if plan is not None:
            self.initial = {"rubric": plan.rubric_id, "is_anonymous": plan.is_anonymous}


class WorkForm(forms.Form):
    """What one work gets: points where there is no rubric, a comment, and what members of a team get besides."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    points = forms.DecimalField(
        label=_("Points, 0 to 100"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    comment = forms.CharField(
        label=_("Comment for the learner"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = forms.CharField(
        label=_("Why the points change"),
        max_length=300,
        required=False,
        help_text=_("Learners have seen these points, so a change of them needs a reason."),
    )

    def __init__(
        self,
        *args: Any,
        desk: Desk,
        has_rubric: bool,
        is_released: bool,
        shows_members: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members: list[Application] = (
            list(desk.members) if desk.team is not None and shows_members else []
        )
        self.untouched = {} if shows_members else desk.deviations
        self.initial["seen"] = desk.version
        if has_rubric:
            del self.fields["points"]
        kept = desk.marking or (desk.scores[0] if desk.team is None and desk.scores else None)
        if kept is not None:
            # What was typed meanwhile stands before what is kept.
            self.initial = {"comment": kept.comment, "points": kept.points, **self.initial}
        if not (is_released and desk.scores):
            del self.fields["reason"]
        for member in self.members:
            more, why = desk.deviations.get(member.pk, (None, ""))
            self.fields[f"more_{member.pk}"] = forms.DecimalField(
                label=_("Points more or fewer for %(learner)s") % {"learner": member.learner},
                min_value=-100,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=more,
            )
            self.fields[f"why_{member.pk}"] = forms.CharField(
                label=_("Why %(learner)s gets other points than the team") % {"learner": member.learner},
                max_length=300,
                required=False,
                initial=why,
            )

    @property
    def rows(self) -> list[tuple[Application, BoundField, BoundField]]:
        return [(one, self[f"more_{one.pk}"], self[f"why_{one.pk}"]) for one in self.members]

    @property
    def has_deviations(self) -> bool:
        return any(more.value() or more.errors or why.errors for _one, more, why in self.rows)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for member in self.members:
            if given.get(f"more_{member.pk}") and not given.get(f"why_{member.pk}", "").strip():
                self.add_error(f"why_{member.pk}", _("Write the reason."))
        return given

    @property
    def deviations(self) -> dict[int, tuple[Decimal, str]]:
        kept = {key: (Decimal(more), why) for key, (more, why) in self.untouched.items()}
        for member in self.members:
            more = self.cleaned_data.get(f"more_{member.pk}")
            if more:
                kept[member.pk] = (more, self.cleaned_data[f"why_{member.pk}"])
        return kept
