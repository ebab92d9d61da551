"""Who writes in the discussions of a course, and who keeps them readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Team
from biosint.exchange.rules import is_teacher, may_view_team, teaches
from biosint.exchange.rules.working import may_send, may_take_part, own_end
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Contribution, Thread
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a learner does in a discussion until it counts as done."""

    threads: int
    answers: int


def wanted_of(activity: Activity) -> Wanted:
    """Return what a discussion asks of each learner; where nothing is set, one thread."""
    return Wanted(
        threads=int(activity.settings.get("threads", 1)), answers=int(activity.settings.get("answers", 0))
    )


def is_of_teams(activity: Activity) -> bool:
    """Whether each team discusses among itself."""
    return bool(activity.settings.get("of_teams"))


def may_read_discussion(person: Person, activity: Activity, team: Team | None) -> Verdict:
    """Everybody in the course reads its discussion; that of a team is for its members and the teachers.

    ``team``: whose discussion; None for that of the whole course.
    """
    verdict = may_take_part(person, activity)
    if not verdict:
        return verdict
    if team is None and is_of_teams(activity):
        return refused(_("Each team discusses among itself here. Choose a team first."))
    return may_view_team(person, team) if team is not None else ALLOWED


def threads_readable_by(person: Person, activity: Activity) -> Q:
    """The same sentence as ``may_read_discussion``, for the threads of one activity. Their test keeps them equal."""
    if teaches(person, activity.course):
        return Q()
    own = Q(
        team__in=Team.objects.filter(
            course=activity.course_id,
            course__teams_published_at__isnull=False,
            members__application__learner=person,
        )
    )
    return own if is_of_teams(activity) else own | Q(team=None)


def may_begin_thread(person: Person, activity: Activity, team: Team | None, *, at: datetime) -> Verdict:
    return all_of(
        [
            may_read_discussion(person, activity, team),
            may_send(activity, at=at, closes_at=own_end(person, activity, at=at)),
        ]
    )


def may_answer(person: Person, thread: Thread, *, at: datetime) -> Verdict:
    """Whoever may write in a discussion answers its threads until a teacher closes them."""
    verdict = all_of(
        [
            may_read_discussion(person, thread.activity, thread.team),
            may_send(thread.activity, at=at, closes_at=own_end(person, thread.activity, at=at)),
        ]
    )
    if verdict and thread.closed_at is not None:
        return refused(_("A teacher has closed this thread; it takes no more answers."))
    return verdict


def may_edit_contribution(person: Person, written: Contribution, *, at: datetime) -> Verdict:
    """People change their own words while the discussion is open; hidden words stay as they are."""
    if written.author_id != person.pk:
        return refused(_("Only its author can change this."))
    if written.hidden_at is not None:
        return refused(_("A teacher has hidden this; it cannot be changed."))
    return may_answer(person, written.thread, at=at)


def may_moderate(person: Person, thread: Thread) -> Verdict:
    """The teachers of the course pin, close and hide, also after its end."""
    return is_teacher(person, thread.activity.course)
