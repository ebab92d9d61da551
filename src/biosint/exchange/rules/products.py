"""Who hands in works, who reads them, and who writes the text of a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Course, Product, Team
from biosint.exchange.rules._courses import taught_by, teams_viewable_by
from biosint.exchange.rules.working import may_send
from biosint.shared.verdicts import Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Application
    from biosint.people.api import Person

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Takes:
    """What an activity takes as a work."""

    text: bool
    link: bool
    files: int


def takes_of(activity: Activity) -> Takes:
    """Return what an activity takes; where nothing is set, everything."""
    kept = activity.settings
    return Takes(
        text=bool(kept.get("text", True)),
        link=bool(kept.get("link", True)),
        files=int(kept.get("most_files", 5)),
    )


def may_hand_in_work(
    activity: Activity,
    *,
    application: Application | None,
    team: Team | None,
    at: datetime,
    closes_at: datetime | None = None,
) -> Verdict:
    """Learners hand in while the activity is open to them; where the whole team works, any of its members does.

    Args:
        application: by which the person learns in the course; None for its teachers.
        team: the person's own, once teams are published.
        closes_at: the end for these learners where it is another than that of the activity (an extension).
    """
    if application is None:
        return refused(_("Only learners of the course hand in work."))
    if activity.for_teams and team is None:
        return refused(_("Each team hands in together here. You can begin when you are in a team."))
    return may_send(activity, at=at, closes_at=closes_at)


def works_viewable_by(person: Person) -> Q:
    """Works are read by those whose work it is, by who contributed, and by the teachers of the course."""
    return (
        Q(application__learner=person)
        | Q(pk__in=Product.contributors.through.objects.filter(application__learner=person).values("product"))
        | Q(team__in=Team.objects.filter(teams_viewable_by(person)))
        | Q(activity__course__in=Course.objects.filter(taught_by(person)))
    )
