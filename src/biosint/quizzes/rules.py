"""Who may keep questions, ask them, answer them and see what was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.quizzes import attachments
from biosint.quizzes.models import Attempt, Bank, Keeping, Quiz
from biosint.quizzes.states import GRACE, AttemptState, Reveal
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.quizzes.attachments import Attachment

TEACHERS = (Office.TEACHER, Office.COORDINATOR)


def may_open_bank(person: Person) -> Verdict:
    """Teachers collect questions."""
    if person.holds(*TEACHERS):
        return ALLOWED
    return refused(
        _("Only teachers collect questions. Ask your institution to confirm that you teach there.")
    )


def may_keep(person: Person, bank: Bank) -> Verdict:
    """Keepers change a bank: those named, and the teachers of a course to which it belongs."""
    if Keeping.objects.filter(bank=bank, person=person).exists() or attachments.is_shared_with(person, bank):
        return ALLOWED
    return refused(
        _("Only those who keep this collection can change it. You may copy questions into your own.")
    )


def kept_by(person: Person) -> Q:
    """The same sentence as ``may_keep``, for lists."""
    kept = Q(pk__in=Keeping.objects.filter(person=person).values("bank"))
    for keys in attachments.shared_banks(person):
        kept |= Q(pk__in=keys)
    return kept


def may_use(person: Person, bank: Bank) -> Verdict:
    """Keepers use a bank, and teachers of its institution where it is shared."""
    if bank.is_shared and bank.institution_id and person.holds(*TEACHERS, at=bank.institution_id):
        return ALLOWED
    if may_keep(person, bank):
        return ALLOWED
    return refused(_("This collection is not shared with you."))


def usable_by(person: Person) -> Q:
    """The same sentence as ``may_use``, for lists."""
    return kept_by(person) | Q(is_shared=True, institution__in=person.institutions_as(*TEACHERS))


def may_begin(quiz: Quiz, *, begun: int, place: Attachment | None) -> Verdict:
    """Learners answer where a quiz stands, as often as its teachers allow.

    Args:
        begun: how many attempts this person has begun already.
    """
    if place is None:
        return refused(_("This quiz is not part of a course now. Ask your teacher."))
    if not place.may_answer:
        return place.may_answer
    if quiz.attempts_allowed and begun >= quiz.attempts_allowed:
        return refused(_("You have used all your attempts."))
    return ALLOWED


def end_of(attempt: Attempt, place: Attachment | None) -> datetime | None:
    """Return when the time is over: the limit with what the person gets on top, but never after the closing.

    Read anew each time: teachers give more time, and move the closing, while people answer.
    """
    limits = [place.closes_at] if place is not None and place.closes_at is not None else []
    if attempt.ends_at is not None:
        limits.append(attempt.ends_at + (place.more_time if place is not None else timedelta(0)))
    return min(limits, default=None)


def is_in_time(attempt: Attempt, place: Attachment | None, at: datetime) -> bool:
    """Whether what arrives now still counts."""
    end = end_of(attempt, place)
    return end is None or at <= end + GRACE


def may_see_key(attempt: Attempt, place: Attachment | None, at: datetime) -> Verdict:
    """Learners see what was right when the teachers have said so."""
    quiz = attempt.quiz
    if attempt.state == AttemptState.OPEN:
        return refused(_("You see what was right after you have sent your answers."))
    if quiz.reveal == Reveal.SENT:
        return ALLOWED
    if quiz.reveal == Reveal.NEVER:
        return refused(_("Your teachers do not show what was right."))
    if place is not None and place.closes_at is not None and at < place.closes_at:
        return refused(_("You see what was right when nobody can answer any more."))
    return ALLOWED
