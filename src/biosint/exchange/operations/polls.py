"""Votes in polls. An anonymous poll keeps no ballots, and no line of the trail that tells one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Application, Ballot, Poll, PollCount, Voter
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.rules.polls import may_vote, question_of
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person


class VoteUnfit(Fault):
    """A vote for nothing, for an option that is not there, or for several where one is asked."""


@transaction.atomic
def vote(*, activity_id: int, options: Iterable[int], by: Person, at: datetime) -> bool:
    """Count a learner's vote; return whether it is new. The first of two votes of one person counts.

    Raises:
        Refused: the person has no place in the course, or the poll is closed.
        VoteUnfit: the choice does not fit the question.
    """
    activity = locked_activity(activity_id)
    poll, _is_new = Poll.objects.get_or_create(activity=activity)
    require(may_vote(by, activity, poll, at=at))
    application = Application.objects.filter(
        course=activity.course_id, learner=by, state=ApplicationState.ADMITTED
    ).first()
    question, chosen = question_of(activity), set(options)
    if application is None:
        raise VoteUnfit(_("Only learners of the course vote."))
    if not chosen or not chosen <= question.options.keys() or (len(chosen) > 1 and not question.several):
        raise VoteUnfit(_("Choose one of the options."))
    voter, is_new = Voter.objects.get_or_create(poll=poll, application=application)
    if not is_new:
        return False
    PollCount.objects.bulk_create(
        [PollCount(poll=poll, option=option) for option in question.options], ignore_conflicts=True
    )
    PollCount.objects.filter(poll=poll, option__in=chosen).update(votes=F("votes") + 1)
    Poll.objects.filter(pk=poll.pk).update(turnout=F("turnout") + 1)
    if not question.anonymous:
        Ballot.objects.bulk_create([Ballot(voter=voter, option=option) for option in sorted(chosen)])
    audit.record("exchange.poll.voted", activity, by=by, at=at)
    note_progress(activity=activity, applications=[application], at=at)
    return True


@transaction.atomic
def note_shown(*, activity: Activity, at: datetime) -> None:
    """Note that somebody sees the counts: an anonymous poll takes no votes from now on."""
    locked_activity(activity.pk)
    Poll.objects.filter(activity=activity, shown_at=None).update(shown_at=at)
