"""What is sent from a team's room and from the desk of its facilitators."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import InterventionKind
from biosint.files import api as files
from biosint.shared.days import DayField

if TYPE_CHECKING:
    from biosint.exchange.models import Team
    from biosint.people.api import Person

DAY = {"type": "date"}
SCALE = [(number, str(number)) for number in range(1, 6)]


class MateField(forms.TypedChoiceField):
    """Somebody of the team, or nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.mates: dict[str, Person] = {}

    def offer(self, team: Team, *, nobody: object) -> None:
        self.mates = {
            str(member.application.learner_id): member.application.learner for member in team.members.all()
        }
        self.choices = [("", str(nobody)), *((key, str(who)) for key, who in self.mates.items())]

    def clean(self, value: Any) -> Person | None:
        super().clean(value)
        return self.mates.get(str(value or ""))


class Keyed(forms.Form):
    """A form whose key is made when it is shown empty: sent twice, it acts once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class RoomFileForm(Keyed):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A document, slides, a table or a picture. The same name again becomes its next version."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{form}" for form in sorted(files.EVERYDAY))


class TaskForm(Keyed):
    text = forms.CharField(label=_("What is to be done"), max_length=200)
    assignee = MateField(label=_("Who does it"))
    due_date = DayField(label=_("Until"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mate = self.fields["assignee"]
        assert isinstance(mate, MateField)  # noqa: S101 -- declared above
        mate.offer(team, nobody=_("Nobody yet"))


class TimesField(forms.MultipleChoiceField):
    """Moments; those offered when the form was shown may no longer be offered when it comes back."""

    def valid_value(self, value: str) -> bool:
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False


class MeetingForm(Keyed):
    title = forms.CharField(label=_("What about"), max_length=120)
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(30, _("30 minutes")), (60, _("1 hour")), (90, _("1.5 hours")), (120, _("2 hours"))],
        initial=60,
    )
    link = forms.URLField(
        label=_("Link to where you meet"), max_length=500, required=False, assume_scheme="https"
    )
    times = TimesField(
        label=_("Times when you are free together, on your clock"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.DateTimeField(
        label=_("Another time, on your clock"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, offered: list[tuple[datetime, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        times = self.fields["times"]
        assert isinstance(times, TimesField)  # noqa: S101 -- declared above
        times.choices = [(time.isoformat(), label) for time, label in offered]

    def chosen(self) -> list[datetime]:
        found = [datetime.fromisoformat(one) for one in self.cleaned_data["times"]]
        other = self.cleaned_data["other"]
        return [*found, other] if other else found


class PulseForm(forms.Form):
    going = forms.TypedChoiceField(
        label=_("How is the work in your team going?"),
        help_text=_("1: badly, 5: very well"),
        coerce=int,
        choices=SCALE,
        widget=forms.RadioSelect,
    )
    share = forms.TypedChoiceField(
        label=_("Do you get a fair share of the work and the say?"),
        help_text=_("1: not at all, 5: fully"),
        coerce=int,
        choices=SCALE,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything your teachers should know"),
        help_text=_("Only teachers and facilitators of your team read this."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FacilitatorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the person"))
    numbers = forms.CharField(
        label=_("Numbers of teams"),
        required=False,
        help_text=_("Such as 1-20, 25. Leave it empty for all teams of the course."),
    )

    def clean_numbers(self) -> list[int]:
        found: set[int] = set()
        for part in filter(None, (one.strip() for one in self.cleaned_data["numbers"].split(","))):
            first, _dash, last = part.partition("-")
            if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
                raise forms.ValidationError(_("Write numbers of teams, such as 1-20, 25."))
            low, high = int(first[:6]), int((last or first)[:6])
            if high - low > 10_000:
                raise forms.ValidationError(_("Write numbers of teams, such as 1-20, 25."))
            found.update(range(low, high + 1))
        return sorted(found)


class InterventionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What you did"),
        choices=[choice for choice in InterventionKind.choices if choice[0] != InterventionKind.NUDGE],
    )
    person = MateField(label=_("With whom"))
    text = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    follow_up_date = DayField(label=_("Look again on"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mate = self.fields["person"]
        assert isinstance(mate, MateField)  # noqa: S101 -- declared above
        mate.offer(team, nobody=_("The whole team"))


class NudgeForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 7}))
