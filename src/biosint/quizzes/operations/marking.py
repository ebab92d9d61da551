"""What teachers decide about attempts: free texts, answers that came late, a corrected key, more time."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.quizzes.content import Question as Content
from biosint.quizzes.models import Attempt, Bank, QuestionVersion, Quiz
from biosint.quizzes.operations.attempts import announce, judge, watch
from biosint.quizzes.queries.attempts import slots_of
from biosint.quizzes.rules import may_keep
from biosint.quizzes.states import AttemptState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

LONGEST_COMMENT = 2000


class MarkedMeanwhile(Fault):
    """A colleague marked this answer after the page was opened."""


class OtherQuestion(Fault):
    """The newest version asks something else, so answers to the old one cannot be judged by it."""


def _locked(attempt_id: int, by: Person) -> Attempt:
    attempt = (
        Attempt.objects.select_for_update(of=["self"])
        .select_related("quiz", "person")
        .get(pk=attempt_id, state=AttemptState.SENT)
    )
    require(may_keep(by, Bank.objects.get(quizzes=attempt.quiz_id)))
    return attempt


@transaction.atomic
def mark_answer(
    *,
    attempt_id: int,
    number: int,
    share: Decimal,
    comment: str,
    seen_share: str,
    by: Person,
    at: datetime,
) -> Attempt:
    """Give one answer its share of the points, in percent. It stands against the key from now on.

    Args:
        number: of the slot, from 0.
        seen_share: the share that the page showed, empty for none.

    Raises:
        MarkedMeanwhile: somebody else gave another share since.
    """
    attempt = _locked(attempt_id, by)
    kept = attempt.marks.get(str(number), {})
    if kept.get("by") == "teacher" and kept.get("share", "") != seen_share:
        raise MarkedMeanwhile(_("A colleague has marked this answer meanwhile. Look at it, then save again."))
    attempt.marks[str(number)] = {
        "share": str(share),
        "by": "teacher",
        "who": by.pk,
        "comment": comment[:LONGEST_COMMENT],
    }
    judge(attempt, slots_of(attempt))
    attempt.save(update_fields=["marks", "points", "waits_for_marking"])
    audit.record("quizzes.answer.marked", attempt, by=by, at=at, number=number + 1, share=str(share))
    announce(attempt, was_sent=False, at=at)
    return attempt


@transaction.atomic
def count_late_answers(*, attempt_id: int, by: Person, at: datetime) -> Attempt:
    """Let the answers count that arrived after the time was over."""
    attempt = _locked(attempt_id, by)
    if attempt.late_answers:
        attempt.answers = {**attempt.answers, **attempt.late_answers}
        attempt.late_answers = {}
        judge(attempt, slots_of(attempt))
        attempt.save(update_fields=["answers", "late_answers", "marks", "points", "waits_for_marking"])
        audit.record("quizzes.attempt.late_answers_counted", attempt, by=by, at=at)
        announce(attempt, was_sent=False, at=at)
    return attempt


@transaction.atomic
def give_more_time(*, attempt_id: int, minutes: int, by: Person, at: datetime) -> Attempt:
    """Give a person who is answering now more minutes, such as after a power cut."""
    attempt = Attempt.objects.select_for_update(of=["self"]).select_related("quiz").get(pk=attempt_id)
    require(may_keep(by, Bank.objects.get(quizzes=attempt.quiz_id)))
    if attempt.state == AttemptState.OPEN and attempt.ends_at is not None:
        attempt.ends_at = max(attempt.ends_at, at) + timedelta(minutes=minutes)
        attempt.save(update_fields=["ends_at"])
        watch(attempt.quiz_id, end=attempt.ends_at, at=at)
        audit.record("quizzes.attempt.more_time_given", attempt, by=by, at=at, minutes=minutes)
    return attempt


def asks_the_same(old: Content, new: Content) -> bool:
    """Whether answers to the one version can be judged by the other: the same things to choose from."""
    return (
        old.kind == new.kind
        and {option.code for option in old.options} == {option.code for option in new.options}
        and {pair.code for pair in old.lefts} == {pair.code for pair in new.lefts}
    )


def regrade(*, quiz_id: int, question_id: int, by: Person, at: datetime) -> int:
    """Judge sent attempts by the newest key of one question; return how many changed their points.

    Answers stay; which version judged them is seen in the attempt. Each attempt in a transaction of its own.

    Raises:
        OtherQuestion: an attempt answered a version that asked something else; nothing of it is changed.
    """
    quiz = Quiz.objects.select_related("bank").get(pk=quiz_id)
    require(may_keep(by, quiz.bank))
    versions = {version.pk: version for version in QuestionVersion.objects.filter(question_id=question_id)}
    newest = max(versions.values(), key=lambda version: version.number)
    old = {
        key
        for key, version in versions.items()
        if key != newest.pk and asks_the_same(version.asked, newest.asked)
    }
    changed, other = 0, False
    sent = Attempt.objects.filter(quiz=quiz, state=AttemptState.SENT).order_by("pk")
    for key, slots in list(sent.values_list("pk", "slots")):
        asked = {slot["version"] for slot in slots}
        if asked & old:
            changed += _regrade_one(key, old, newest.pk, by, at)
        elif asked & (versions.keys() - {newest.pk}):
            other = True
    if other and not changed:
        raise OtherQuestion(
            _(
                "The newest version offers other answers, so what was answered to the old one keeps its points."
            )
        )
    return changed


@transaction.atomic
def _regrade_one(attempt_id: int, old: set[int], newest_id: int, by: Person, at: datetime) -> bool:
    attempt = _locked(attempt_id, by)
    before = attempt.points
    attempt.slots = [
        {**slot, "version": newest_id, "answered": slot.get("answered", slot["version"])}
        if slot["version"] in old
        else slot
        for slot in attempt.slots
    ]
    judge(attempt, slots_of(attempt))
    attempt.save(update_fields=["slots", "marks", "points", "waits_for_marking"])
    audit.record(
        "quizzes.attempt.regraded", attempt, by=by, at=at, before=str(before), after=str(attempt.points)
    )
    announce(attempt, was_sent=False, at=at)
    return before != attempt.points
