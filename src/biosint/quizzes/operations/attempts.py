"""Attempts: beginning, saving, sending, and ending those whose time is over."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.jobs import api as jobs
from biosint.quizzes import attachments
from biosint.quizzes.content import Answer, arranged, drawn, is_empty, mark
from biosint.quizzes.events import AttemptJudged, attempt_judged
from biosint.quizzes.models import Attempt, Part, Question, Quiz
from biosint.quizzes.queries.attempts import Slot, counting_percent, own_attempts, slots_of
from biosint.quizzes.queries.bank import questions_in
from biosint.quizzes.rules import end_of, is_in_time, may_begin
from biosint.quizzes.states import GRACE, AttemptState
from biosint.shared.verdicts import Fault, Refused, refused, require

if TYPE_CHECKING:
    from biosint.people.api import Person

AFTER_THE_END = timedelta(seconds=15)
AT_A_TIME = 100


class NoQuestions(Fault):
    """Nothing is asked yet."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of answers that arrived.

    Attributes:
        merged: another tab or device had saved meanwhile; its answers stand where this form had none.
        late: the time was over; the answers are kept apart and do not count by themselves.
    """

    attempt: Attempt
    merged: bool = False
    late: bool = False


@transaction.atomic
def begin(*, quiz_id: int, key: UUID, by: Person, at: datetime) -> Attempt:
    """Begin an attempt, or return the one that is open, or the one this very form began.

    Raises:
        Refused: not now, or no attempt is left.
        NoQuestions: the quiz asks nothing yet.
    """
    quiz = Quiz.objects.select_for_update(of=["self"]).get(pk=quiz_id)
    own = own_attempts(quiz, by)
    begun = next((one for one in own if one.key == key or one.state == AttemptState.OPEN), None)
    if begun is not None:
        return begun
    if Attempt.objects.filter(key=key).exists():
        raise Refused(refused(_("This form belongs to somebody else. Reload the page.")))
    place = attachments.place_of(quiz, by, at)
    require(may_begin(quiz, begun=len(own), place=place))
    seed = secrets.token_hex(12)
    slots = drawn_slots(quiz, seed)
    if not slots:
        raise NoQuestions(_("This quiz asks nothing yet. Tell your teacher."))
    attempt = Attempt.objects.create(
        quiz=quiz,
        person=by,
        number=len(own) + 1,
        key=key,
        seed=seed,
        slots=slots,
        started_at=at,
        ends_at=at + timedelta(minutes=quiz.minutes) if quiz.minutes else None,
        most_points=sum((Decimal(slot["points"]) for slot in slots), Decimal(0)),
    )
    audit.record("quizzes.attempt.begun", attempt, by=by, at=at)
    end = end_of(attempt, place)
    if end is not None:
        watch(quiz.pk, end=end, at=at)
    return attempt


def watch(quiz_id: int, *, end: datetime, at: datetime) -> None:
    """See to it that drafts are sent after the end, also of people who have gone: one job a minute at most."""
    due_at = (end + GRACE + AFTER_THE_END).replace(second=0, microsecond=0) + timedelta(minutes=1)
    jobs.enqueue(
        "quizzes.close_overdue",
        by=None,
        at=at,
        due_at=due_at,
        key=f"{quiz_id}-{due_at:%Y%m%d%H%M}",
        quiz_id=quiz_id,
    )


def drawn_slots(quiz: Quiz, seed: str) -> list[dict[str, Any]]:
    """Return what an attempt with this seed asks: the chosen questions and those drawn, in its order."""
    parts = list(quiz.parts.select_related("question__newest").order_by("position", "pk"))
    taken = {part.question_id for part in parts if part.question_id}
    found: list[tuple[Part, Question]] = []
    for part in parts:
        if part.question is not None:
            found.append((part, part.question))
            continue
        pool = questions_in(quiz.bank, tag=part.tag, folder=part.folder).exclude(pk__in=taken)
        chosen = drawn(
            pool.prefetch_related(None).select_related("newest").order_by("pk"),
            part.count,
            seed=seed,
            place=f"draw-{part.position}",
            name=lambda question: str(question.pk),
        )
        taken |= {question.pk for question in chosen}
        found += [(part, question) for question in chosen]
    if quiz.shuffles_questions:
        found = arranged(found, seed=seed, place="questions", name=lambda pair: str(pair[1].pk))
    return [
        {
            "version": question.newest.pk,
            "points": str(part.points if part.points is not None else question.newest.asked.points),
        }
        for part, question in found
        if question.newest is not None
    ]


def _locked(attempt_id: int, by: Person) -> Attempt:
    attempt = Attempt.objects.select_for_update(of=["self"]).select_related("quiz").get(pk=attempt_id)
    if attempt.person_id != by.pk:
        raise Refused(refused(_("Only the person who answers can do this.")))
    return attempt


def _merged(kept: Mapping[str, Answer], given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Take the form's answers, and the kept ones where it has none."""
    filled = {number: answer for number, answer in given.items() if not is_empty(answer)}
    return {**kept, **filled}


@transaction.atomic
def save(
    *,
    attempt_id: int,
    answers: Mapping[str, Answer],
    flagged: Collection[int],
    seen_revision: int,
    by: Person,
    at: datetime,
) -> Saved:
    """Keep the answers of a form as they stand. Nothing is judged, and nothing already sent changes.

    Args:
        answers: number of the slot -> answer, of the whole form.
        seen_revision: what the form was filled upon. When somebody saved since, nothing of theirs is emptied.
    """
    attempt = _locked(attempt_id, by)
    if attempt.state == AttemptState.SENT:
        return Saved(attempt)
    place = attachments.place_of(attempt.quiz, by, at)
    late = not is_in_time(attempt, place, at)
    merged = attempt.revision != seen_revision
    _take(attempt, answers, merged=merged, late=late)
    attempt.flagged = sorted({number for number in flagged if 0 <= number < len(attempt.slots)})
    attempt.revision += 1
    attempt.saved_at = at
    attempt.save(update_fields=["answers", "late_answers", "flagged", "revision", "saved_at"])
    return Saved(attempt, merged=merged, late=late)


def _take(attempt: Attempt, answers: Mapping[str, Answer], *, merged: bool, late: bool) -> None:
    if late:
        given = {number: answer for number, answer in answers.items() if not is_empty(answer)}
        attempt.late_answers = given if given != attempt.answers else {}
    elif merged:
        attempt.answers = _merged(attempt.answers, answers)
    else:
        attempt.answers = {number: answer for number, answer in answers.items() if not is_empty(answer)}


@transaction.atomic
def send(
    *, attempt_id: int, answers: Mapping[str, Answer] | None, seen_revision: int, by: Person, at: datetime
) -> Saved:
    """Send an attempt: keep its answers, mark them, and let those above give the score, all or nothing.

    Sent twice, it is one attempt: what came first stands. After the end of the time what was saved before
    counts; what came with the late form is kept beside it for the teacher.

    Args:
        answers: of the whole form; None sends what is saved.
    """
    attempt = _locked(attempt_id, by)
    if attempt.state == AttemptState.SENT:
        return Saved(attempt)
    place = attachments.place_of(attempt.quiz, by, at)
    late = not is_in_time(attempt, place, at)
    merged = attempt.revision != seen_revision
    if answers is not None:
        _take(attempt, answers, merged=merged, late=late)
    _finish(attempt, by=by, at=at)
    return Saved(attempt, merged=merged, late=late and bool(attempt.late_answers))


def _finish(attempt: Attempt, *, by: Person | None, at: datetime) -> None:
    attempt.state = AttemptState.SENT
    attempt.sent_at = at
    attempt.revision += 1
    judge(attempt, slots_of(attempt))
    attempt.save()
    audit.record("quizzes.attempt.sent", attempt, by=by, at=at)
    announce(attempt, was_sent=True, at=at)


def judge(attempt: Attempt, slots: list[Slot]) -> None:
    """Mark every answer by its key; marks that a teacher gave stay. The caller saves."""
    points, waits, marks = Decimal(0), False, {}
    for slot in slots:
        kept = attempt.marks.get(str(slot.number), {})
        if kept.get("by") == "teacher":
            marks[str(slot.number)] = kept
            points += (slot.points * Decimal(kept["share"]) / 100).quantize(Decimal("0.01"))
            continue
        found = mark(slot.question, slot.answer)
        gained = found.points(slot.points)
        marks[str(slot.number)] = {} if found.share is None else {"share": str(found.share)}
        waits = waits or gained is None
        points += gained or 0
    attempt.marks, attempt.points, attempt.waits_for_marking = marks, points, waits


def announce(attempt: Attempt, *, was_sent: bool, at: datetime) -> None:
    """Tell those above what now counts of this person's attempts. Inside the transaction that changed it."""
    attempt_judged.send(
        sender=Attempt,
        event=AttemptJudged(
            quiz_id=attempt.quiz_id,
            person_id=attempt.person_id,
            attempt_id=attempt.pk,
            percent=counting_percent(attempt.quiz, own_attempts(attempt.quiz, attempt.person)),
            was_sent=was_sent,
            at=at,
        ),
    )


def close_overdue(*, quiz_id: int, at: datetime) -> datetime | None:
    """Send what was saved in attempts whose time is over; return when the next one ends, if any has an end.

    Each in a transaction of its own: nobody who sends at this moment waits for the others.
    """
    nearest: datetime | None = None
    open_ones = Attempt.objects.filter(quiz_id=quiz_id, state=AttemptState.OPEN)
    for attempt_id in open_ones.order_by("pk").values_list("pk", flat=True):
        end = _close_one(attempt_id, at)
        if end is not None:
            nearest = end if nearest is None else min(nearest, end)
    return nearest


@transaction.atomic
def _close_one(attempt_id: int, at: datetime) -> datetime | None:
    attempt = (
        Attempt.objects.select_for_update(of=["self"]).select_related("quiz", "person").get(pk=attempt_id)
    )
    if attempt.state == AttemptState.SENT:
        return None
    place = attachments.place_of(attempt.quiz, attempt.person, at)
    end = end_of(attempt, place)
    if end is None or at <= end + GRACE:
        return end
    _finish(attempt, by=None, at=at)
    return None
