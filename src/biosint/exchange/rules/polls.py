"""Who votes in a poll, and when its results are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import UNDER_WAY, teaches
from biosint.exchange.rules.working import may_send, may_take_part
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Poll
    from biosint.people.api import Person

# Below so many votes, the counts of an anonymous poll would say too much about single people.
FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What a poll asks: its options by key, whether several may be chosen, whether it is anonymous."""

    options: dict[int, str]
    several: bool
    anonymous: bool


def question_of(activity: Activity) -> Question:
    told = activity.settings
    return Question(
        options={int(one["key"]): str(one["text"]) for one in told.get("options", [])},
        several=bool(told.get("several")),
        anonymous=bool(told.get("anonymous")),
    )


def may_vote(person: Person, activity: Activity, poll: Poll | None, *, at: datetime) -> Verdict:
    """Learners vote once while the poll is open, and not after the counts of an anonymous one were seen."""
    verdict = all_of([may_take_part(person, activity), may_send(activity, at=at)])
    if verdict and poll is not None and question_of(activity).anonymous and poll.shown_at is not None:
        return refused(_("The results of this anonymous poll have been shown; it takes no more votes."))
    return verdict


def may_see_results(
    person: Person, activity: Activity, poll: Poll | None, *, has_voted: bool, at: datetime
) -> Verdict:
    """Results of an open poll are for those who voted and for teachers; of an anonymous one for all, when it is over."""
    is_over = (activity.closes_at is not None and at > activity.closes_at) or CourseState(
        activity.course.state
    ) not in UNDER_WAY
    if question_of(activity).anonymous:
        if not is_over:
            return refused(_("This poll is anonymous: its results are shown once it is closed."))
        if poll is None or poll.turnout < FEWEST_SHOWN:
            return refused(
                _("Fewer than %(number)s people voted: no results are shown.") % {"number": FEWEST_SHOWN}
            )
        return ALLOWED
    if is_over or has_voted or teaches(person, activity.course):
        return ALLOWED
    return refused(_("You see the results when you have voted."))
