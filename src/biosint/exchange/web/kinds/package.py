"""A foreign package (H5P, SCORM), played in a frame of another origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from biosint.exchange import rules
from biosint.exchange.queries.packages import place_of
from biosint.exchange.rules.packages import MOST_ATTEMPTS, may_begin, settings_of
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.packages import api as packages

if TYPE_CHECKING:
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


class PackageSettingsForm(KindSettings):
    counts = forms.ChoiceField(
        label=_("Which points count"),
        choices=[("best", _("The best of all attempts")), ("last", _("Those of the last attempt"))],
        initial="best",
        widget=forms.RadioSelect,
    )
    attempts = forms.IntegerField(
        label=_("Attempts"),
        min_value=0,
        max_value=MOST_ATTEMPTS,
        initial=0,
        required=False,
        help_text=_("How often a learner may begin again once it is done. 0: as often as they like."),
    )
    done_when = forms.ChoiceField(
        label=_("It is done"),
        choices=[
            ("result", _("When the package says so")),
            ("opened", _("As soon as it is opened, for packages that never say so")),
        ],
        initial="result",
        widget=forms.RadioSelect,
    )

    def as_settings(self) -> dict[str, Any]:
        return {**self.cleaned_data, "attempts": self.cleaned_data["attempts"] or 0}


def panel(request: SignedIn, place: Place) -> Panel:
    """What learners see before they load anything: how large it is, how far they are, and one button."""
    where = place_of(place.activity)
    attempt = packages.attempt_at(where, request.user) if place.application else None
    newest = packages.newest_version(where)
    wanted = settings_of(place.activity)
    may_again = (
        attempt is not None
        and attempt.done_at is not None
        and (not wanted.attempts or attempt.number < wanted.attempts)
    )
    return Panel(
        "exchange/kinds/package.html",
        {
            "place": place,
            "attempt": attempt,
            # Who has begun stays with the version of then.
            "version": attempt.version if attempt else newest,
            "can_play": packages.can_play(),
            "may_begin": may_begin(place.course, place.activity, application=place.application, at=place.now),
            "may_again": may_again,
            "has_newer": bool(attempt and newest and newest.pk != attempt.version_id),
            "may_hand_in": rules.may_edit(request.user, place.course),
            "counts_best": wanted.counts_best,
        },
    )


KIND = Kind(
    icon="package",
    explains=_("An interactive exercise made elsewhere: H5P or SCORM."),
    panel=panel,
    settings_form=PackageSettingsForm,
)
