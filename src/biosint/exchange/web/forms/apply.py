"""What people write when they apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Course
from biosint.exchange.rules.requirements import NO_REASON, Told, falls_short, may_be_considered
from biosint.exchange.states import RequirementKind
from biosint.people.api import LanguageLevel, Profession
from biosint.shared.languages import country_choices, locale
from iahcalc import calendars

if TYPE_CHECKING:
    from biosint.people.api import Person


# Answers that stay in the profile for the next course.
KEPT = ("profession", "country", "english_level", "free_hours")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FROM_HOURS = [(hour, f"{hour:02d}:00") for hour in range(6, 23)]
UNTIL_HOURS = [(hour, f"{hour:02d}:00") for hour in range(7, 25)]


class ApplyForm(forms.Form):
    """What forming a good team needs to know. It is kept in the profile for the next course.

    Whoever has no free hours in the profile yet picks days and a time; whoever has some sees them as text.
    """

    profession = forms.ChoiceField(
        label=_("What do you study or work in?"), choices=[("", "—"), *Profession.choices]
    )
    country = forms.ChoiceField(label=_("Country"))
    english_level = forms.ChoiceField(
        label=_("Your level of English"),
        choices=[("", "—"), *LanguageLevel.choices],
        help_text=_("An honest guess is enough: teams are mixed so that everybody is understood."),
    )
    free_hours = forms.CharField(
        label=_("When can you usually meet?"),
        max_length=500,
        help_text=_("Days and hours in your own time zone, such as: Mon 17:00-20:00; Wed 18:00-21:00"),
    )
    days = forms.MultipleChoiceField(
        label=_("On which days can you usually meet?"),
        help_text=_("The more days you choose, the easier it is to find a team."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day, better three.")},
    )
    free_from = forms.TypedChoiceField(label=_("From"), choices=FROM_HOURS, coerce=int, initial=17)
    free_until = forms.TypedChoiceField(
        label=_("Until"),
        choices=UNTIL_HOURS,
        coerce=int,
        initial=20,
        help_text=_("In your own time zone. You can make it more exact in your profile later."),
    )
    motivation = forms.CharField(
        label=_("Why do you want to join?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, course: Course, person: Person | None, **kwargs: Any) -> None:
        if person is not None:
            kwargs["initial"] = {name: getattr(person, name) for name in KEPT}
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *country_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["motivation"].widget.attrs["data-draft"] = f"apply-{course.pk}"
        names = locale().days["stand-alone"]["wide"]
        self.fields["days"].choices = [(code, names[day]) for day, code in enumerate(DAYS)]  # type: ignore[attr-defined]  # a ChoiceField
        self.course = course
        self.asked = list(course.requirements.all())
        self._ask()
        has_hours = person is not None and bool(person.free_hours)
        for name in ("days", "free_from", "free_until") if has_hours else ("free_hours",):
            del self.fields[name]

    def _ask(self) -> None:
        for one in self.asked:
            if one.kind == RequirementKind.LANGUAGE and self.course.language != "en":
                self.fields["course_level"] = forms.ChoiceField(
                    label=_("Your level of the language of the course"),
                    choices=[("", "—"), *LanguageLevel.choices],
                )
            elif one.kind == RequirementKind.YEAR:
                self.fields["year"] = forms.TypedChoiceField(
                    label=_("In which year of your studies are you?"),
                    choices=[
                        ("", "—"),
                        *((year, str(year)) for year in range(1, 7)),
                        (7, _("I have my degree")),
                    ],
                    coerce=int,
                    empty_value=None,
                )
            elif one.kind == RequirementKind.KNOWLEDGE:
                self.fields["knows"] = forms.BooleanField(
                    label=one.text, required=False, help_text=_("Tick it if it is so.")
                )
            elif one.kind == RequirementKind.QUESTION:
                self.fields[f"question_{one.number}"] = forms.CharField(
                    label=one.text,
                    max_length=1000,
                    required=one.is_hard,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
        if any(not one.is_hard for one in self.asked):
            self.fields["reason"] = forms.CharField(
                label=_("Something in the list is not so for you?"),
                help_text=NO_REASON,
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def told(self) -> Told:
        """What the requirements of the course ask for."""
        given = self.cleaned_data
        return Told(
            level=given.get("course_level" if "course_level" in self.fields else "english_level", ""),
            profession=given.get("profession", ""),
            year=given.get("year"),
            knows=given.get("knows", False),
            said={
                one.number: given.get(f"question_{one.number}", "")
                for one in self.asked
                if one.kind == RequirementKind.QUESTION
            },
            reason=given.get("reason", ""),
        )

    def clean_free_hours(self) -> str:
        text: str = self.cleaned_data["free_hours"]
        try:
            stretches = calendars.parse_week(text)
        except calendars.CalendarFault:
            stretches = ()
        if not stretches:
            raise forms.ValidationError(
                _("Write days and hours like this: Mon 17:00-20:00; Wed 18:00-21:00. Days are in English.")
            )
        return calendars.format_week(stretches)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "days" in given and "free_from" in given and "free_until" in given:
            first, last = given["free_from"], given["free_until"]
            if last <= first:
                self.add_error("free_until", _("Choose a later hour than the first one."))
            given["free_hours"] = "; ".join(f"{day} {first:02d}:00-{last:02d}:00" for day in given["days"])
        if not self.errors and not may_be_considered(self.asked, self.course, self.told):
            missing = falls_short(self.asked, self.course, self.told)
            for one, verdict in missing:
                if one.is_hard:
                    self.add_error(None, str(verdict.reason))
            if not self.non_field_errors():
                sentences = [str(verdict.reason) for _one, verdict in missing]
                self.add_error("reason", " ".join([*sentences, str(NO_REASON)]))
        return given

    @property
    def profile(self) -> dict[str, Any]:
        """What is kept in the person's profile."""
        return {name: self.cleaned_data[name] for name in KEPT}


class GuestApplyForm(ApplyForm):
    """The same for a visitor: who they are comes first."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send one link there. You need no password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["name", "email"]
