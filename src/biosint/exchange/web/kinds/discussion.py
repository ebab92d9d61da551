"""A discussion: threads of the whole course, or of each team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from biosint.exchange.operations.discussion import note_visit
from biosint.exchange.queries.discussion import share_of, threads_for
from biosint.exchange.rules.discussion import is_of_teams, may_begin_thread, wanted_of
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.shared.requests import key_in
from biosint.shared.verdicts import refused

if TYPE_CHECKING:
    from biosint.exchange.models import Team
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn

THREADS_PER_PAGE = 25


class DiscussionSettings(KindSettings):
    """What a discussion asks of each learner."""

    of_teams = forms.BooleanField(label=_("Each team discusses among itself"), required=False)
    threads = forms.IntegerField(label=_("Threads each learner begins"), min_value=0, max_value=20, initial=1)
    answers = forms.IntegerField(
        label=_("Answers each learner gives to others"), min_value=0, max_value=50, initial=0
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("threads") == 0 and given.get("answers") == 0:
            self.add_error("answers", _("Ask for at least one thread or one answer, so that it can be done."))
        return given


def team_in(request: SignedIn, place: Place) -> Team | None:
    """Return the team whose discussion is meant: a learner's own, or the one that a teacher names in the address."""
    if not is_of_teams(place.activity):
        return None
    if place.is_teacher:
        return place.course.teams.filter(number=key_in(request.GET.get("team", ""))).first()
    return place.team


def panel(request: SignedIn, place: Place) -> Panel:
    activity, person = place.activity, place.person
    team = team_in(request, place)
    of_teams = is_of_teams(activity)
    if of_teams and team is None and not place.is_teacher:
        may_begin = refused(
            _(
                "Each team discusses among itself here. You will find your team’s discussion when teams are published."
            )
        )
    else:
        may_begin = may_begin_thread(person, activity, team, at=place.now)
    new_since = note_visit(activity=activity, by=person, at=place.now)
    return Panel(
        "exchange/kinds/discussion.html",
        {
            "threads": Paginator(threads_for(person, activity, team=team), THREADS_PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "new_since": new_since,
            "of_teams": of_teams,
            "discussing_team": team,
            "may_begin": may_begin,
            "wanted": wanted_of(activity),
            "share": share_of(person, activity) if place.application else None,
        },
        styles=("exchange/discussion.css",),
    )


KIND = Kind(
    icon="messages-square",
    explains=_("Learners write and answer each other, all together or within each team."),
    panel=panel,
    settings_form=DiscussionSettings,
)
