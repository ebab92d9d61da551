"""What people write about courses, places, applications, marks and credits."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.curriculum import api as curriculum
from biosint.curriculum.api import IocDimension
from biosint.exchange import queries
from biosint.exchange.models import Activity, Application, Completion, Course, Recognition
from biosint.exchange.rules import TEACHING_OFFICES
from biosint.exchange.states import CourseState, Decision
from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.people.api import LanguageLevel, Profession
from biosint.shared.languages import country_choices, country_name, language_choices, locale
from iahcalc import calendars

if TYPE_CHECKING:
    from biosint.people.api import Person

OUTCOME_ROWS = 5


def _day_field() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """What a course is, when it is, and what learners will be able to do."""

    class Meta:
        model = Course
        fields = [
            "title",
            "summary",
            "language",
            "level",
            "ects",
            "workload_hours",
            "unit",
            "apply_until_date",
            "start_date",
            "end_date",
            "product_due_date",
            "pass_mark",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
            "apply_until_date": _day_field(),
            "start_date": _day_field(),
            "end_date": _day_field(),
            "product_due_date": _day_field(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the course"), choices=language_choices(), initial="en"
        )
        host = getattr(self.instance, "host", None)
        if host is None:
            # A new course has no host yet: the unit is chosen when it is edited.
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = curriculum.units_of(host)  # type: ignore[attr-defined]  # a ModelChoiceField
        for row, outcome in enumerate(self.instance.outcomes or []):
            self.initial[f"outcome_{row + 1}"] = outcome["text"]
            self.initial[f"dimension_{row + 1}"] = outcome["ioc_dimension"]
        for number in range(1, OUTCOME_ROWS + 1):
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=_("Learning outcome %(number)s") % {"number": number},
                max_length=300,
                required=False,
                help_text=_("After the course learners can …") if number == 1 else "",
            )
            self.fields[f"dimension_{number}"] = forms.ChoiceField(
                label=_("What it adds (%(number)s)") % {"number": number},
                choices=IocDimension.choices,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end = given.get("start_date"), given.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day is before the first day."))
        until = given.get("apply_until_date")
        if start and until and until > start:
            self.add_error("apply_until_date", _("Applications end at the latest on the first day."))
        due = given.get("product_due_date")
        if start and end and due and not start <= due <= end:
            self.add_error("product_due_date", _("Choose a day between the first and the last day."))
        return given

    @property
    def description(self) -> dict[str, Any]:
        """The course's fields as the operations take them."""
        given = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
        given["outcomes"] = [
            {
                "text": self.cleaned_data[f"outcome_{number}"],
                "ioc_dimension": self.cleaned_data[f"dimension_{number}"] or IocDimension.SYSTEMS.value,
            }
            for number in range(1, OUTCOME_ROWS + 1)
            if self.cleaned_data[f"outcome_{number}"]
        ]
        return given


class NewCourseForm(CourseForm):
    """The same, with the institution that hosts it."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Institution.objects.filter(pk__in=person.institutions_as(*TEACHING_OFFICES))
        self.fields["host"] = forms.ModelChoiceField(
            mine, label=_("Host institution"), initial=mine.first(), empty_label=None
        )
        self.order_fields(["title", "host"])


class PlacesForm(forms.Form):
    """How many learners each institution sends; one more institution may be added."""

    outsiders = forms.IntegerField(
        label=_("People from other institutions, or from none"), min_value=0, max_value=5000
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(course.participations.all())
        self.fields["outsiders"].initial = course.outsider_places
        for part in self.parts:
            self.fields[f"places_{part.institution_id}"] = forms.IntegerField(
                label=part.institution.name, min_value=0, max_value=5000, initial=part.places
            )
        self.fields["added"] = forms.ModelChoiceField(
            queries.institutions_to_add(course), label=_("Add an institution"), required=False
        )
        self.fields["added_places"] = forms.IntegerField(
            label=_("Places for its students"), min_value=0, max_value=5000, required=False
        )
        self.order_fields([*(name for name in self.fields if name.startswith("places_")), "outsiders"])

    @property
    def places(self) -> dict[Institution, int]:
        given = {part.institution: self.cleaned_data[f"places_{part.institution_id}"] for part in self.parts}
        if self.cleaned_data["added"]:
            given[self.cleaned_data["added"]] = self.cleaned_data["added_places"] or 0
        return given


class TeacherSearch(forms.Form):
    """Never validated: whatever is typed is only looked for."""

    use_required_attribute = False

    who = forms.CharField(
        label=_("Find a teacher to invite"),
        help_text=_(
            "Name, institution or e-mail address. Missing? Ask the colleague to sign up and to be confirmed there."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class ActivityForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = Activity
        fields = ["title", "position", "hours", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}


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
        has_hours = person is not None and bool(person.free_hours)
        for name in ("days", "free_from", "free_until") if has_hours else ("free_hours",):
            del self.fields[name]

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


class CatalogueForm(forms.Form):
    """Search words and filters of the catalogue; nonsense in the address filters nothing."""

    use_required_attribute = False

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            *(
                (state.value, state.label)
                for state in (CourseState.OPEN, CourseState.RUNNING, CourseState.FINISHED)
            ),
        ],
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["type"] = "search"
        self.fields["language"].choices = [("", _("all")), *language_choices()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["country"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("all")),
            *sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1]),
        ]


class TeamsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = Course
        fields = ["team_size", "minimum_common_hours"]


class PostForm(forms.Form):
    text = forms.CharField(label=_("Write to your team"), max_length=5000, widget=forms.Textarea)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].widget.attrs |= {"rows": 3, "data-draft": f"post-{team_id}"}


class ProductForm(forms.Form):
    text = forms.CharField(
        label=_("Your work"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Write here, or put a link below. Markdown works."),
    )
    link = forms.URLField(label=_("Link to your work"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A document, slides, a table or a picture.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{form}" for form in sorted(files.EVERYDAY))
        self.fields["key"].initial = uuid.uuid4
        self.fields["text"].widget.attrs |= {"rows": 10, "data-draft": f"product-{team_id}"}


class MarkForm(forms.Form):
    """One row of the table of marks."""

    points = forms.IntegerField(
        label=_("Points"),
        min_value=0,
        max_value=100,
        required=False,
        error_messages={"invalid": _("Write a whole number from 0 to 100.")},
        # Narrow, and without the wheel that changes a number by accident.
        widget=forms.TextInput,
    )
    comment = forms.CharField(label=_("Comment"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        mark = getattr(application, "mark", None)
        initial = {"version": 0}
        if mark is not None:
            initial = {"points": mark.points, "comment": mark.comment, "version": mark.version}
        super().__init__(*args, **{**kwargs, "prefix": f"mark-{application.pk}", "initial": initial})
        self.application = application
        name = application.learner.name
        self.fields["points"].widget.attrs |= {
            "inputmode": "numeric",
            "size": 4,
            "aria-label": _("Points of %(learner)s") % {"learner": name},
        }
        self.fields["comment"].widget.attrs["aria-label"] = _("Comment for %(learner)s") % {"learner": name}

    @property
    def is_given(self) -> bool:
        """Whether the teacher wrote or changed points here."""
        return self.cleaned_data.get("points") is not None and bool(
            {"points", "comment"} & set(self.changed_data)
        )


class RecognitionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    class Meta:
        model = Recognition
        fields = ["decision", "local_name", "ects", "reason"]
        widgets = {"decision": forms.RadioSelect}

    def __init__(self, *args: Any, completion: Completion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = Decision.choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["ects"].initial = completion.ects
        self.fields["ects"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") == Decision.RECOGNISED:
            if not given.get("local_name"):
                self.add_error("local_name", _("Write for which course of your programme the credits count."))
            if "ects" in given and not given["ects"]:
                self.add_error("ects", _("Write how many credits you recognise."))
        elif given.get("decision") == Decision.DECLINED:
            if not given.get("reason"):
                self.add_error("reason", _("Write the reason, so that the learner understands it."))
            given["ects"] = Decimal(0)
            self.instance.ects = Decimal(0)
        return given
