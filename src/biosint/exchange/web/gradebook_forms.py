"""Looking through the grade book, settling its rules, giving time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from biosint.exchange.models import ActivityGroup, Course, LateRule
from biosint.exchange.operations.gradebook import GroupAsked

if TYPE_CHECKING:
    from biosint.exchange.models import Activity

SPARE_GROUPS = 1


class BookFilter(forms.Form):
    """Which learners of the book are shown. Never refused: what does not fit is left out."""

    use_required_attribute = False

    team = forms.IntegerField(label=_("Team"), min_value=1, max_value=100_000, required=False)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", pgettext_lazy("learners", "all")),
            ("unmarked", _("with work that waits")),
            ("late", _("with late work")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", pgettext_lazy("institutions", "all")),
            *(
                (part.institution_id, part.institution.short_name or part.institution.name)
                for part in course.participations.all()
            ),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What ``learners_in_book`` takes."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "team": given.get("team") or 0,
            "institution": int(given.get("institution") or 0),
            "only": given.get("only") or "",
        }


class LateRuleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = LateRule
        fields = ["grace_minutes", "points_per_day", "at_most"]


class GroupsForm(forms.Form):
    """Groups of which not all activities count: those there are, and an empty one to add."""

    def __init__(self, *args: Any, course: Course, activities: list[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: list[ActivityGroup | None] = [*ActivityGroup.objects.filter(course=course)]
        groups += [None] * SPARE_GROUPS
        self.count = len(groups)
        for row, group in enumerate(groups):
            number = {"number": row + 1}
            self.fields[f"title_{row}"] = forms.CharField(
                label=_("Name of group %(number)s") % number,
                max_length=80,
                required=False,
                initial=group.title if group else "",
                help_text=_("Empty it to take the group apart.") if group else "",
            )
            self.fields[f"drop_{row}"] = forms.IntegerField(
                label=_("How many of the weakest do not count"),
                min_value=0,
                max_value=100,
                required=False,
                initial=group.drop_lowest if group else 0,
            )
            self.fields[f"best_{row}"] = forms.IntegerField(
                label=_("Or: how many of the best count"),
                min_value=1,
                max_value=500,
                required=False,
                initial=group.best_of if group else None,
            )
            self.fields[f"activities_{row}"] = forms.TypedMultipleChoiceField(
                label=_("Activities of group %(number)s") % number,
                choices=[(activity.pk, activity.title) for activity in activities],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[
                    activity.pk
                    for activity in activities
                    if group
                    and getattr(getattr(activity, "marking_plan", None), "group_id", None) == group.pk
                ],
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        seen: set[int] = set()
        titles: set[str] = set()
        for row in range(self.count):
            title = given.get(f"title_{row}", "")
            if not title:
                continue
            if title in titles:
                self.add_error(f"title_{row}", _("Two groups have this name."))
            titles.add(title)
            if given.get(f"drop_{row}") and given.get(f"best_{row}"):
                self.add_error(
                    f"best_{row}", _("Choose one of the two: drop the weakest, or count the best.")
                )
            twice = seen & set(given.get(f"activities_{row}", []))
            if twice:
                self.add_error(f"activities_{row}", _("An activity belongs to one group only."))
            seen |= set(given.get(f"activities_{row}", []))
        return given

    @property
    def groups(self) -> list[GroupAsked]:
        given = self.cleaned_data
        return [
            GroupAsked(
                title=given[f"title_{row}"],
                drop_lowest=given[f"drop_{row}"] or 0,
                best_of=given[f"best_{row}"],
                activities=given[f"activities_{row}"],
            )
            for row in range(self.count)
            if given[f"title_{row}"]
        ]


class ExtensionForm(forms.Form):
    """More time for a learner or their team, on the teacher's own clock."""

    prefix = "time"

    until_at = forms.DateTimeField(
        label=_("New due time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    for_team = forms.BooleanField(label=_("For the whole team"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(
        self, *args: Any, due_at: datetime | None = None, has_team: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_at"].initial = due_at
        # The clock is the reader's; say which.
        self.fields["until_at"].help_text = _("On your clock: %(zone)s") % {
            "zone": timezone.get_current_timezone_name()
        }
        if not has_team:
            del self.fields["for_team"]


class ExcuseForm(forms.Form):
    prefix = "excuse"

    reason = forms.CharField(label=_("Reason"), max_length=300)
