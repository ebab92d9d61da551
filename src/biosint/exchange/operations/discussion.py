"""What people write in the discussions of a course, and what teachers do to keep them readable."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F

from biosint.audit import api as audit
from biosint.exchange.models import Application, Contribution, FormerWords, Team, Thread, Visit
from biosint.exchange.operations.progress import note_progress, undo_done
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.rules.discussion import (
    may_answer,
    may_begin_thread,
    may_edit_contribution,
    may_moderate,
    wanted_of,
)
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person

# Somebody who comes back after so long is on a new visit, and sees as new what came since the last one.
PAUSE = timedelta(minutes=30)
# A visit is written down no more often than this.
STEP = timedelta(minutes=2)


@transaction.atomic
def begin_thread(
    *,
    activity_id: int,
    team: Team | None,
    title: str,
    text: str,
    language: str = "",
    key: UUID,
    by: Person,
    at: datetime,
) -> Thread:
    """Open a thread, in a team's own discussion where ``team`` is given. The same form sent twice is one thread.

    Raises:
        Refused: the person may not write here.
    """
    activity = locked_activity(activity_id)
    require(may_begin_thread(by, activity, team, at=at))
    earlier = Contribution.objects.filter(key=key).select_related("thread").first()
    if earlier is not None:
        return earlier.thread
    thread = Thread.objects.create(
        activity=activity, team=team, title=title, begun_by=by, begun_at=at, last_at=at, contribution_count=1
    )
    Contribution.objects.create(
        thread=thread,
        activity=activity,
        is_opening=True,
        author=by,
        text=text,
        language=language,
        written_at=at,
        key=key,
    )
    audit.record("exchange.thread.begun", thread, by=by, at=at)
    _judge(activity, by, at=at, handed_in=True)
    return thread


@transaction.atomic
def answer(
    *, thread_id: int, text: str, language: str = "", key: UUID, by: Person, at: datetime
) -> Contribution:
    """Answer a thread. The same form sent twice is one answer.

    Raises:
        Refused: the person may not write here, or the thread was closed meanwhile.
    """
    thread = _locked_thread(thread_id)
    earlier = Contribution.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    require(may_answer(by, thread, at=at))
    written = Contribution.objects.create(
        thread=thread,
        activity=thread.activity,
        author=by,
        text=text,
        language=language,
        written_at=at,
        key=key,
    )
    Thread.objects.filter(pk=thread.pk).update(contribution_count=F("contribution_count") + 1, last_at=at)
    _judge(thread.activity, by, at=at, handed_in=True)
    return written


@transaction.atomic
def edit_contribution(
    *, contribution_id: int, text: str, language: str, by: Person, at: datetime
) -> Contribution:
    """Change one's own words; what stood before stays readable. Saving the same words changes nothing."""
    written = _locked_contribution(contribution_id)
    require(may_edit_contribution(by, written, at=at))
    if (written.text, written.language) == (text, language):
        return written
    FormerWords.objects.create(contribution=written, text=written.text, replaced_at=at)
    written.text, written.language, written.edited_at = text, language, at
    written.save(update_fields=["text", "language", "edited_at"])
    return written


@transaction.atomic
def hide_contribution(*, contribution_id: int, because: str, by: Person, at: datetime) -> Contribution:
    """Hide words from other learners, with a reason that everybody reads. What the author did may count no more."""
    written = _locked_contribution(contribution_id)
    require(may_moderate(by, written.thread))
    if written.hidden_at is None:
        written.hidden_by, written.hidden_at, written.hidden_because = by, at, because
        written.save(update_fields=["hidden_by", "hidden_at", "hidden_because"])
        audit.record("exchange.contribution.hidden", written, by=by, at=at, because=because)
        _judge(written.activity, written.author, at=at)
    return written


@transaction.atomic
def show_contribution(*, contribution_id: int, by: Person, at: datetime) -> Contribution:
    """Show hidden words again."""
    written = _locked_contribution(contribution_id)
    require(may_moderate(by, written.thread))
    if written.hidden_at is not None:
        written.hidden_by, written.hidden_at, written.hidden_because = None, None, ""
        written.save(update_fields=["hidden_by", "hidden_at", "hidden_because"])
        audit.record("exchange.contribution.shown", written, by=by, at=at)
        _judge(written.activity, written.author, at=at)
    return written


@transaction.atomic
def pin_thread(*, thread_id: int, pinned: bool, by: Person, at: datetime) -> Thread:
    """Keep a thread on top of its discussion, or let it go."""
    thread = _locked_thread(thread_id)
    require(may_moderate(by, thread))
    if thread.is_pinned != pinned:
        thread.is_pinned = pinned
        thread.save(update_fields=["is_pinned"])
        audit.record("exchange.thread.pinned" if pinned else "exchange.thread.unpinned", thread, by=by, at=at)
    return thread


@transaction.atomic
def close_thread(*, thread_id: int, closed: bool, by: Person, at: datetime) -> Thread:
    """Take no more answers in a thread, or take them again."""
    thread = _locked_thread(thread_id)
    require(may_moderate(by, thread))
    if (thread.closed_at is not None) != closed:
        thread.closed_by, thread.closed_at = (by, at) if closed else (None, None)
        thread.save(update_fields=["closed_by", "closed_at"])
        audit.record("exchange.thread.closed" if closed else "exchange.thread.opened", thread, by=by, at=at)
    return thread


@transaction.atomic
def note_visit(*, activity: Activity, by: Person, at: datetime) -> datetime | None:
    """Note that a person is in a discussion; return since when contributions are new to them (None: all are old).

    On the first visit nothing is marked: everything would be.
    """
    visit = Visit.objects.filter(activity=activity, person=by).first()
    if visit is None:
        Visit.objects.bulk_create([Visit(activity=activity, person=by, last_at=at)], ignore_conflicts=True)
        return None
    if at - visit.last_at >= PAUSE:
        visit.new_since = visit.last_at
    if at - visit.last_at >= STEP:
        visit.last_at = at
        visit.save(update_fields=["new_since", "last_at"])
    return visit.new_since


def _locked_thread(thread_id: int) -> Thread:
    """Return the thread, its activity locked: whoever removes or closes the activity waits, or has been first."""
    activity_id, team_id = Thread.objects.values_list("activity_id", "team_id").get(pk=thread_id)
    activity = locked_activity(activity_id)
    thread = Thread.objects.get(pk=thread_id)
    thread.activity = activity
    if team_id is not None:
        thread.team = Team.objects.get(pk=team_id)
    return thread


def _locked_contribution(contribution_id: int) -> Contribution:
    thread = _locked_thread(Contribution.objects.values_list("thread_id", flat=True).get(pk=contribution_id))
    written = Contribution.objects.select_related("author").get(pk=contribution_id)
    written.thread, written.activity = thread, thread.activity
    return written


def _judge(activity: Activity, author: Person, *, at: datetime, handed_in: bool = False) -> None:
    """Note whether the author has done what is asked: so many threads and so many answers to others."""
    application = Application.objects.filter(
        course=activity.course_id, learner=author, state=ApplicationState.ADMITTED
    ).first()
    if application is None:
        return
    counted = Contribution.objects.filter(activity=activity, author=author, hidden_at=None)
    threads = counted.filter(is_opening=True).count()
    answers = counted.filter(is_opening=False).exclude(thread__begun_by=author).count()
    wanted = wanted_of(activity)
    if threads >= wanted.threads and answers >= wanted.answers:
        note_progress(activity=activity, applications=[application], at=at, handed_in=handed_in)
    else:
        note_progress(activity=activity, applications=[application], at=at, handed_in=handed_in, done=False)
        undo_done(activity=activity, applications=[application])
