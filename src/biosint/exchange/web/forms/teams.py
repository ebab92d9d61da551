"""What teachers ask of teams: wishes with weights, and rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from biosint.exchange.plans import ATTRIBUTES, LONELY, PRESETS, WEIGHTS, Asked, Plan
from biosint.exchange.states import LEVEL_STEPS

if TYPE_CHECKING:
    from biosint.exchange.models import Course, Teaching
    from biosint.shared.verdicts import Sentence

NAMES = {
    "country": _("Country"),
    "profession": _("Field of study"),
    "institution": _("Institution"),
    "first_language": _("First language"),
    "english": _("Level of English"),
    "gender": _("Gender"),
}
WORD_KINDS = [
    ("mix", _("different in a team")),
    ("cover", _("as many of all as possible")),
    ("balance", _("like the whole course")),
    ("gather", _("alike in a team")),
]
# To hold as many levels as possible means nothing.
NUMBER_KINDS = [(kind, words) for kind, words in WORD_KINDS if kind != "cover"]
NUMBERS = frozenset({"english"})


def _earlier_choices(earlier: Iterable[Course], *, chosen: int | None) -> list[tuple[object, Sentence]]:
    """Return the courses to choose from; one that only a colleague taught stays chosen, without its title."""
    known: list[tuple[object, Sentence]] = [(course.pk, str(course)) for course in earlier]
    if chosen is not None and chosen not in dict(known):
        known.append((chosen, _("a course that a colleague has chosen")))
    return [("", _("no such rule")), *known]


class PlanForm(forms.Form):
    """The whole plan on one page; ``version`` and ``seed`` travel along unseen."""

    preset = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seed = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)
    size_low = forms.IntegerField(label=_("People in a team, from"), min_value=2, max_value=20)
    size_high = forms.IntegerField(label=_("to"), min_value=2, max_value=20)
    common_hours = forms.FloatField(
        label=_("Common free hours a week, at least"), min_value=0, max_value=40, required=False
    )
    nobody_alone = forms.MultipleChoiceField(
        label=_("Nobody is the only one of their"),
        choices=[(name, NAMES[name]) for name in LONELY],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Where it can be avoided. What learners wrote about their gender is used here and shown to nobody."
        ),
    )
    two_countries = forms.BooleanField(label=_("At least two countries in every team"), required=False)
    institutions_at_most = forms.IntegerField(
        label=_("Different institutions in a team, at most"), min_value=1, max_value=20, required=False
    )
    shared_level = forms.ChoiceField(
        label=_("One language that all of a team speak, at level"),
        choices=[("", _("no such rule")), *((level, level) for level in LEVEL_STEPS)],
        required=False,
        help_text=_("English as learners rate it, or a first language."),
    )

    def __init__(
        self, *args: Any, plan: Plan, teachings: Iterable[Teaching], earlier: Iterable[Course], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("size_low", "size_high", "common_hours", "two_countries", "institutions_at_most"):
            self.fields[name].initial = getattr(plan, name)
        self.fields["preset"].initial = plan.preset
        self.fields["nobody_alone"].initial = plan.nobody_alone
        self.fields["shared_level"].initial = plan.shared_level
        self.fields["common_hours"].widget.attrs["step"] = "0.5"
        for attribute in ATTRIBUTES:
            self._ask(attribute, plan.asked_of(attribute))
        self.fields["not_again"] = forms.TypedChoiceField(
            label=_("Not the same team-mates as in"),
            choices=_earlier_choices(earlier, chosen=plan.not_again),
            coerce=int,
            empty_value=None,
            initial=plan.not_again,
            required=False,
        )
        self.teachings = [teaching for teaching in teachings if teaching.accepted_at is not None]
        for teaching in self.teachings:
            self.fields[f"facilitates_{teaching.person_id}"] = forms.IntegerField(
                label=str(teaching.person),
                min_value=0,
                max_value=1000,
                required=False,
                initial=plan.facilitators.get(teaching.person_id),
            )

    def _ask(self, attribute: str, asked: Asked) -> None:
        name = NAMES[attribute]
        self.fields[f"weight_{attribute}"] = forms.IntegerField(
            label=name,
            min_value=0,
            max_value=WEIGHTS,
            initial=asked.weight,
            required=False,
            widget=forms.NumberInput(attrs={"type": "range", "list": "weights"}),
        )
        self.fields[f"kind_{attribute}"] = forms.ChoiceField(
            label=_("%(attribute)s: which way") % {"attribute": name},
            choices=NUMBER_KINDS if attribute in NUMBERS else WORD_KINDS,
            initial=asked.kind,
            required=False,
        )

    @property
    def wishes(self) -> list[tuple[BoundField, BoundField]]:
        """The weight of each wish, and which way it goes."""
        return [(self[f"weight_{name}"], self[f"kind_{name}"]) for name in ATTRIBUTES]

    @property
    def facilitators(self) -> list[BoundField]:
        return [self[f"facilitates_{teaching.person_id}"] for teaching in self.teachings]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        low, high = given.get("size_low"), given.get("size_high")
        if low and high and low > high:
            self.add_error("size_high", _("The largest team is smaller than the smallest one."))
        if given.get("preset") not in PRESETS:
            given["preset"] = next(iter(PRESETS))
        return given

    @property
    def plan(self) -> Plan:
        """What was asked, once the form is valid."""
        given = self.cleaned_data
        return Plan(
            preset=given["preset"],
            size_low=given["size_low"],
            size_high=given["size_high"],
            wishes={
                name: Asked(kind=given[f"kind_{name}"] or "mix", weight=given[f"weight_{name}"])
                for name in ATTRIBUTES
                if given[f"weight_{name}"]
            },
            common_hours=given["common_hours"] or 0,
            nobody_alone=tuple(given["nobody_alone"]),
            institutions_at_most=given["institutions_at_most"],
            two_countries=given["two_countries"],
            shared_level=given["shared_level"],
            not_again=given["not_again"],
            facilitators={
                teaching.person_id: number
                for teaching in self.teachings
                if (number := given[f"facilitates_{teaching.person_id}"])
            },
        )
