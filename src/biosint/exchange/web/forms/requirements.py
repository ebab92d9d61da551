"""What a course asks of those who apply: the teacher's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Requirement
from biosint.exchange.rules.requirements import MOST_QUESTIONS
from biosint.exchange.states import RequirementKind

if TYPE_CHECKING:
    from biosint.exchange.models import Course

STRENGTHS = [
    ("", _("not asked")),
    ("soft", _("asked; whoever falls short gives a reason")),
    ("hard", _("nobody can apply without it")),
]
YEARS = [("", "—"), *((str(year), str(year)) for year in range(1, 7))]


class RequirementsForm(forms.Form):
    """Language, year, field of study, earlier knowledge and two questions; each with how strictly it is meant."""

    language = forms.ChoiceField(label=_("Level of the language"), choices=STRENGTHS, required=False)
    profession = forms.ChoiceField(label=_("Field of study"), choices=STRENGTHS, required=False)
    year_text = forms.ChoiceField(label=_("From which year of study on?"), choices=YEARS, required=False)
    year = forms.ChoiceField(label=_("Year of study"), choices=STRENGTHS, required=False)
    knowledge_text = forms.CharField(
        label=_("What should they know or be able to do?"),
        max_length=300,
        required=False,
        help_text=_("One sentence, such as: You have examined patients on a ward."),
    )
    knowledge = forms.ChoiceField(label=_("Earlier knowledge"), choices=STRENGTHS, required=False)

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        kept = {(one.kind, one.number): one for one in course.requirements.all()}
        super().__init__(*args, **kwargs)
        self.course = course
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}_text"] = forms.CharField(
                label=_("Question %(number)s of your own") % {"number": number},
                max_length=300,
                required=False,
            )
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=_("Is an answer to question %(number)s needed?") % {"number": number},
                choices=STRENGTHS,
                required=False,
            )
        for (kind, number), one in kept.items():
            name = self._name(kind, number)
            self.initial[name] = "hard" if one.is_hard else "soft"
            self.initial[f"{name}_text"] = one.text
        if not course.for_professions:
            self.fields["profession"].help_text = _("Choose the fields under “Description” first.")

    @staticmethod
    def _name(kind: str, number: int) -> str:
        return f"question_{number}" if kind == RequirementKind.QUESTION else str(kind)

    def _all(self) -> list[tuple[RequirementKind, int]]:
        once = [kind for kind in RequirementKind if kind != RequirementKind.QUESTION]
        questions = [(RequirementKind.QUESTION, number) for number in range(1, MOST_QUESTIONS + 1)]
        return [*((kind, 1) for kind in once), *questions]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for kind, number in self._all():
            name = self._name(kind, number)
            if f"{name}_text" in self.fields and given.get(name) and not given.get(f"{name}_text"):
                self.add_error(f"{name}_text", _("Say what is asked, or choose “not asked” below."))
        if given.get("profession") and not self.course.for_professions:
            self.add_error("profession", _("Choose the fields under “Description” first."))
        return given

    @property
    def wanted(self) -> list[Requirement]:
        return [
            Requirement(
                kind=kind,
                number=number,
                text=self.cleaned_data.get(f"{self._name(kind, number)}_text", ""),
                is_hard=self.cleaned_data[self._name(kind, number)] == "hard",
            )
            for kind, number in self._all()
            if self.cleaned_data[self._name(kind, number)]
        ]
