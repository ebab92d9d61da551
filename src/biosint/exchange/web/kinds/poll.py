"""A poll: one question, one or several choices, open or anonymous."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Poll, Voter
from biosint.exchange.operations.polls import note_shown
from biosint.exchange.rules.polls import may_see_results, may_vote, question_of
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.shared import charts

if TYPE_CHECKING:
    from biosint.exchange.rules.polls import Question
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn

MOST_OPTIONS = 12


class PollSettings(KindSettings):
    """The options, and what is kept of votes. Nothing of it changes once somebody has voted."""

    options = forms.CharField(
        label=_("Options"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line. The question is the title and text of the activity."),
    )
    several = forms.BooleanField(label=_("Several options may be chosen"), required=False)
    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_(
            "Only counts are kept, and shown after the closing time to which at least 5 people voted."
        ),
    )

    def known(self) -> dict[str, Any]:
        return {
            **self.activity.settings,
            "options": "\n".join(question_of(self.activity).options.values()),
        }

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split())[:200] for line in self.cleaned_data["options"].splitlines()]
        options = list(dict.fromkeys(line for line in lines if line))
        if not 2 <= len(options) <= MOST_OPTIONS:
            raise forms.ValidationError(
                _("Write 2 to %(most)s different options.") % {"most": MOST_OPTIONS}, code="options"
            )
        return options

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        has_votes = self.activity.pk and Poll.objects.filter(activity=self.activity, turnout__gt=0).exists()
        if has_votes and not self.errors and self.as_settings() != self.activity.settings:
            raise forms.ValidationError(
                _("Somebody has voted already: options and settings stay as they are."), code="voted"
            )
        return given

    def as_settings(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "options": [{"key": key, "text": text} for key, text in enumerate(given["options"], start=1)],
            "several": given["several"],
            "anonymous": given["anonymous"],
        }


class VoteForm(forms.Form):
    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = forms.TypedMultipleChoiceField if question.several else forms.TypedChoiceField
        self.fields["choice"] = kind(
            label=_("Your choice"),
            choices=list(question.options.items()),
            coerce=int,
            widget=forms.CheckboxSelectMultiple if question.several else forms.RadioSelect,
        )

    @property
    def chosen(self) -> list[int]:
        given = self.cleaned_data["choice"]
        return given if isinstance(given, list) else [given]


def panel(request: SignedIn, place: Place) -> Panel:
    activity, question = place.activity, question_of(place.activity)
    poll = Poll.objects.filter(activity=activity).first()
    has_voted = (
        poll is not None
        and place.application is not None
        and Voter.objects.filter(poll=poll, application=place.application).exists()
    )
    may_see = may_see_results(place.person, activity, poll, has_voted=has_voted, at=place.now)
    chart = None
    if may_see and poll is not None and poll.turnout:
        if question.anonymous and poll.shown_at is None:
            note_shown(activity=activity, at=place.now)
        counts = dict(poll.counts.values_list("option", "votes"))
        chart = charts.bars(
            title=_("Votes: %(number)s people") % {"number": poll.turnout},
            rows=[(text, counts.get(key, 0)) for key, text in question.options.items()],
        )
    return Panel(
        "exchange/kinds/poll.html",
        {
            "question": question,
            "has_voted": has_voted,
            "turnout": poll.turnout if poll else 0,
            "may_vote": may_vote(place.person, activity, poll, at=place.now),
            "may_see": may_see,
            "chart": chart,
            "form": VoteForm(question=question),
        },
    )


KIND = Kind(
    icon="vote",
    explains=_("One question with options. Open, or anonymous with counts alone."),
    panel=panel,
    settings_form=PollSettings,
    is_marked=False,
)
