"""What teachers write while they plan: an activity, where it goes, a version, a copy, an open template."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange.models import Activity, Course
from biosint.exchange.states import Licence
from biosint.exchange.steps import MOMENTS, week_of, zone_of_course
from biosint.exchange.timetable import ClockChange, Settled, on_wall, settled, week_count
from biosint.exchange.web.kinds import kind_of
from biosint.shared.days import DayField, within_calendar

if TYPE_CHECKING:
    from biosint.shared.verdicts import Sentence


class WallClockField(forms.Field):
    """A moment as the clock of a zone shows it. Cleaned, it is ``Settled``: the moment, and what the clock did."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def __init__(self, *args: Any, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def to_python(self, value: Any) -> Settled | None:
        if not value:
            return None
        try:
            wall = datetime.fromisoformat(str(value).strip())
        except ValueError as unreadable:
            raise ValidationError(_("Write day and time, such as 2026-11-27 17:30.")) from unreadable
        within_calendar(wall.date())
        return settled(wall.replace(tzinfo=None, second=0, microsecond=0), self.zone)

    def prepare_value(self, value: Any) -> Any:
        return on_wall(value, self.zone) if isinstance(value, datetime) and value.tzinfo else value


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """An activity of any kind. Times are those of the host's clock, as the whole plan."""

    opens_at = WallClockField(label=gettext_lazy("Opens"), required=False)
    due_at = WallClockField(label=gettext_lazy("Due"), required=False)
    closes_at = WallClockField(label=gettext_lazy("Closes"), required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours of work"), min_value=0, max_value=300, decimal_places=1, initial=2
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Share of the final mark (%)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=0,
        help_text=gettext_lazy("0: it is not marked."),
    )
    outcomes = forms.MultipleChoiceField(
        label=gettext_lazy("Outcomes it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Activity
        fields = (
            "title",
            "phase",
            "text",
            "opens_at",
            "due_at",
            "closes_at",
            "hours",
            "weight",
            "for_teams",
            "is_required",
            "outcomes",
            "is_hidden",
        )
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        zone = zone_of_course(course)
        for name in MOMENTS:
            field = self.fields[name]
            field.zone = zone  # type: ignore[attr-defined]  # a WallClockField
            field.help_text = str(self._hint(name))
        self.fields["phase"].required = False
        self.fields["outcomes"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField
            (str(number), outcome["text"]) for number, outcome in enumerate(course.outcomes)
        ]
        if not course.outcomes:
            del self.fields["outcomes"]
        self.initial["outcomes"] = [str(number) for number in self.instance.outcomes]
        self.initial["version"] = self.instance.version
        if not kind_of(self.instance.kind).is_marked:
            self.fields["weight"].help_text = gettext_lazy("This kind gives no points.")

    def _hint(self, name: str) -> Sentence:
        meeting = self.instance.kind == "live"
        return {
            "opens_at": gettext_lazy("Empty: open as soon as the course is."),
            "due_at": gettext_lazy("When the meeting begins.") if meeting else gettext_lazy("Later is late."),
            "closes_at": gettext_lazy("When the meeting ends.")
            if meeting
            else gettext_lazy("After this nothing can be handed in. Empty: never."),
        }[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, due, closes = (given.get(name) for name in MOMENTS)
        if opens and due and due.at < opens.at:
            self.add_error("due_at", _("It would be due before it opens."))
        if closes and (begin := due or opens) and closes.at < begin.at:
            self.add_error("closes_at", _("It would close before it is due."))
        return given

    def _post_clean(self) -> None:
        """Leave the instance as it was read: the operation writes, and a conflict shows both sides."""

    @property
    def said(self) -> dict[str, Any]:
        """The fields as the operation takes them."""
        given = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
        for name in MOMENTS:
            given[name] = given[name].at if given[name] else None
        if "outcomes" in given:
            given["outcomes"] = sorted(int(number) for number in given["outcomes"])
        return given

    @property
    def clock_changes(self) -> list[tuple[Sentence, datetime, Settled]]:
        """The times that a clock skips or shows twice: name of the field, what was typed, what it became."""
        return [
            (
                self.fields[name].label or "",
                datetime.fromisoformat(str(self.data.get(self.add_prefix(name))).strip()),
                found,
            )
            for name in MOMENTS
            if (found := self.cleaned_data.get(name)) and found.change is not ClockChange.NONE
        ]


class MoveForm(forms.Form):
    """Into which week an activity goes."""

    week = forms.TypedChoiceField(label=gettext_lazy("Week"), coerce=int)
    before = forms.TypedChoiceField(
        label=gettext_lazy("Before which activity"), coerce=int, required=False, empty_value="0"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, course: Course, activity: Activity, weeks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(week=week_of(activity, course), version=activity.version)
        count = max([week_count(course.start_date, course.end_date), *(week.number or 0 for week in weeks)])
        self.fields["week"].choices = [  # type: ignore[attr-defined]  # a choice field
            (number, _("Week %(number)s") % {"number": number}) for number in range(1, count + 1)
        ]
        self.fields["before"].choices = [  # type: ignore[attr-defined]  # a choice field
            (0, _("At the end of the week")),
            *(
                (
                    _("Week %(number)s") % {"number": week.number},
                    [(row.activity.pk, row.activity.title) for row in week.rows if row.activity != activity],
                )
                for week in weeks
                if week.number
            ),
        ]


class ShiftForm(forms.Form):
    first_day = DayField(
        label=gettext_lazy("The plan begins on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("All moments move by the same number of days and keep their hours."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class VersionForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of this version"),
        max_length=100,
        help_text=gettext_lazy("Such as: before the meeting in Bihać."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PlaceForm(forms.Form):
    """A template onto the dates of a course."""

    replaces = forms.BooleanField(
        label=gettext_lazy("Take out what stands in the plan now (it can be brought back)"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the new course"), max_length=150)
    start_date = DayField(label=gettext_lazy("Its first day"), widget=forms.DateInput(attrs={"type": "date"}))
    with_dates = forms.BooleanField(
        label=gettext_lazy("Place all activities on the same days of the new course"),
        required=False,
        initial=True,
    )


class ShareForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    summary = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("For whom, how many, which subject, what the teams make."),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"),
        choices=Licence,
        widget=forms.RadioSelect,
        initial=Licence.CC_BY,
        help_text=gettext_lazy(
            "Both let everybody use and change the plan and ask that the authors are named. With SA, what others "
            "build on it must be shared in the same way."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
