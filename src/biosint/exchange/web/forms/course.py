"""What teachers write while they prepare a course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.curriculum import api as curriculum
from biosint.curriculum.api import IocDimension
from biosint.exchange import queries
from biosint.exchange.models import Course
from biosint.exchange.rules import TEACHING_OFFICES
from biosint.institutions.api import Institution
from biosint.people.api import Profession
from biosint.shared.days import DayField
from biosint.shared.languages import language_choices
from biosint.shared.subjects import subject_choices

if TYPE_CHECKING:
    from biosint.people.api import Person


OUTCOME_ROWS = 5


def _day_field() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


DAYS = ("apply_until_date", "start_date", "end_date", "product_due_date")


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """What a course is, when it is, and what learners will be able to do."""

    class Meta:
        model = Course
        field_classes = dict.fromkeys(DAYS, DayField)
        fields = [
            "title",
            "summary",
            "subject",
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
        self.fields["subject"] = forms.ChoiceField(
            label=_("Subject"),
            choices=[("", "—"), *subject_choices()],
            required=False,
            help_text=_("Learners and partners find the course under it (ISCED-F 2013)."),
        )
        self.fields["keywords"] = forms.CharField(
            label=_("Keywords"),
            required=False,
            max_length=300,
            initial=", ".join(self.instance.keywords or []),
            help_text=_("Separated by commas, such as: sepsis, antibiotics, patient safety"),
        )
        self.fields["professions"] = forms.MultipleChoiceField(
            label=_("For students of"),
            choices=Profession.choices,
            required=False,
            initial=self.instance.for_professions.split(),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Choose none if the course is for all."),
        )
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
        words = (" ".join(word.split()) for word in self.cleaned_data["keywords"].split(","))
        given["keywords"] = list(dict.fromkeys(word for word in words if word))
        chosen = self.cleaned_data["professions"]
        given["for_professions"] = f" {' '.join(chosen)} " if chosen else ""
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
    moves_up = forms.BooleanField(
        label=_("A place that becomes free goes by itself to whoever waits longest"), required=False
    )
    answer_days = forms.IntegerField(
        label=_("Days to accept an offered place"),
        help_text=_("0: whoever moves up has the place at once. Offers that stand keep their date."),
        min_value=0,
        max_value=30,
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(course.participations.all())
        self.fields["outsiders"].initial = course.outsider_places
        self.fields["moves_up"].initial = course.moves_up
        self.fields["answer_days"].initial = course.answer_days
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
        within = [name for name in self.fields if name.startswith("places_")]
        self.order_fields([*within, "outsiders", "added", "added_places", "moves_up", "answer_days"])

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
