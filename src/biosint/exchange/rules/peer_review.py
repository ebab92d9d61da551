"""Who reviews, who decides about results, and what a peer review asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import is_teacher
from biosint.exchange.rules.activities import may_note
from biosint.exchange.rules.working import may_send, may_take_part
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, ReviewedWork
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What a peer review asks.

    Attributes:
        of: key of the activity whose works are reviewed; 0 for the teams' works of the course as a whole.
        rubric: key of the rubric.
        each: works that each reviewer reviews, samples not counted.
        by_teams: teams review together, not learners alone.
        names: reviewers and authors see each other's names.
    """

    of: int
    rubric: int
    each: int
    by_teams: bool
    names: bool


def asked_of(activity: Activity) -> Asked:
    told = activity.settings
    return Asked(
        of=int(told.get("of") or 0),
        rubric=int(told.get("rubric") or 0),
        each=int(told.get("each", 3)),
        by_teams=told.get("by") == "team",
        names=bool(told.get("names")),
    )


def may_review(
    person: Person, activity: Activity, *, at: datetime, closes_at: datetime | None = None
) -> Verdict:
    """Learners of the course review while the activity is open."""
    return all_of([may_take_part(person, activity), may_send(activity, at=at, closes_at=closes_at)])


def may_begin(work: ReviewedWork, *, open_samples: int) -> Verdict:
    """Reviewers rate every sample before they see what others wrote: only then their measure is known."""
    if open_samples and not work.is_sample:
        return refused(_("Rate all samples first. After each you see how the teachers rated it."))
    return ALLOWED


def may_decide(person: Person, activity: Activity) -> Verdict:
    """The teachers of a course share works out, write samples, overrule and release."""
    return all_of([is_teacher(person, activity.course), may_note(activity.course)])
