"""Self-assessment: statements that learners rate for themselves, at a first and a last moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import SelfDistribution, SelfRating
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.rules.self_assessment import HIGHEST, STEP, earlier_of, statements_of
from biosint.exchange.rules.working import may_send
from biosint.exchange.states import ActivityKind
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.shared import charts

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn

MOST_STATEMENTS = 20
VALUES = (_("not at all"), _("a little"), _("partly"), _("well"), _("very well"))


class SelfAssessmentSettings(KindSettings):
    """The statements. They stay once somebody has rated: ratings of other statements would not be comparable."""

    of = forms.TypedChoiceField(
        label=_("Compare with an earlier self-assessment"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Its statements are rated again; learners see their own change."),
    )
    statements = forms.CharField(
        label=_("Statements"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line. Left empty: the learning outcomes of the course."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.course.activities.filter(kind=ActivityKind.SELF_ASSESSMENT).exclude(pk=self.activity.pk)
        own = [pair for pair in others.values_list("pk", "title", "settings") if not pair[2].get("of")]
        self.fields["of"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("None: this is the first")),
            *[(key, title) for key, title, _settings in own],
        ]

    def known(self) -> dict[str, Any]:
        told = self.activity.settings
        return {**told, "statements": "\n".join(told.get("statements", []))}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        lines = [" ".join(line.split())[:300] for line in given.get("statements", "").splitlines()]
        stated = [line for line in lines if line]
        if not stated and not given.get("of"):
            stated = [str(one["text"]) for one in self.course.outcomes]
            if not stated:
                self.add_error("statements", _("Write statements: the course has no learning outcomes yet."))
        if len(stated) > MOST_STATEMENTS:
            self.add_error("statements", _("Write %(most)s statements at most.") % {"most": MOST_STATEMENTS})
        given["statements"] = [] if given.get("of") else stated
        # Ratings of a later moment count as well: they are of these statements.
        rated = [self.activity.pk] + [
            key
            for key, told in self.course.activities.filter(kind=ActivityKind.SELF_ASSESSMENT).values_list(
                "pk", "settings"
            )
            if told.get("of") == self.activity.pk
        ]
        has_ratings = self.activity.pk and SelfRating.objects.filter(activity__in=rated).exists()
        if has_ratings and not self.errors and self.as_settings() != self.activity.settings:
            self.add_error(None, _("Somebody has rated already: the statements stay as they are."))
        return given


class RatingForm(forms.Form):
    def __init__(self, *args: Any, statements: list[str], values: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, statement in enumerate(statements):
            self.fields[f"value_{number}"] = forms.TypedChoiceField(
                label=statement,
                choices=list(enumerate(VALUES)),
                coerce=int,
                widget=forms.RadioSelect,
                initial=values[number] if number < len(values) else None,
            )

    @property
    def values(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.fields]


def panel(request: SignedIn, place: Place) -> Panel:
    activity = place.activity
    earlier = earlier_of(activity)
    statements = statements_of(activity, earlier)
    if place.application is None:
        return Panel("exchange/kinds/self_assessment_teacher.html", _for_teacher(place, statements))
    moments = [activity.pk] + ([earlier.pk] if earlier else [])
    ratings = {
        rating.activity_id: rating.values
        for rating in SelfRating.objects.filter(application=place.application, activity__in=moments)
    }
    now, before = ratings.get(activity.pk), ratings.get(earlier.pk) if earlier else None
    closes_at = due_for(activity, place.application).closes_at
    return Panel(
        "exchange/kinds/self_assessment.html",
        {
            "has_rated": now is not None,
            "chart": _own_chart(statements, before, now),
            "may_rate": may_send(activity, at=place.now, closes_at=closes_at),
            "form": RatingForm(statements=statements, values=now or []),
        },
    )


def _own_chart(statements: list[str], before: list[int] | None, now: list[int] | None) -> charts.Chart | None:
    if now is None or len(now) != len(statements):
        return None
    if before is None or len(before) != len(statements):
        return charts.bars(
            title=_("How you rate yourself, 0 to 4"),
            rows=list(zip(statements, now, strict=True)),
            maximum=HIGHEST,
        )
    return charts.slopes(
        title=_("How your rating changed, 0 to 4"),
        rows=list(zip(statements, before, now, strict=True)),
        before_label=_("first"),
        after_label=_("last"),
        digits=0,
    )


def _for_teacher(place: Place, statements: list[str]) -> dict[str, Any]:
    shown = SelfDistribution.objects.filter(activity=place.activity).first()
    has_counts = shown is not None and shown.people >= STEP and len(shown.counts) == len(statements)
    return {
        "statements": statements,
        "chart": charts.stacked(
            title=_("How %(number)s learners rate themselves") % {"number": shown.people},
            parts=VALUES,
            rows=list(zip(statements, shown.counts, strict=True)),
            ordered=True,
        )
        if shown is not None and has_counts
        else None,
    }


KIND = Kind(
    icon="sprout",
    explains=_(
        "Learners rate for themselves what they can, and see their change. You see distributions alone."
    ),
    panel=panel,
    settings_form=SelfAssessmentSettings,
    is_marked=False,
)
