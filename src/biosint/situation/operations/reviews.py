from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.indicators import api as indicators
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Participation, Remark, Review, Round
from biosint.situation.review_plan import review_plan
from biosint.situation.rules import rounds as rules
from biosint.situation.states import OF_REVIEWERS, Opinion


class SentenceMissing(Fault):
    """A question, a disagreement or an answer without a word."""


class NothingWasAsked(Fault):
    """An answer to a value about which nobody asked anything."""


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion on one value; ``edition`` is that of the value the person saw (0: nothing was given)."""

    indicator_id: int
    opinion: Opinion
    edition: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a saving did: remarks kept, and indicators whose value changed while the reviewer was reading."""

    kept: tuple[Remark, ...]
    changed: tuple[int, ...]


def assign_reviewers(one: Round, *, seed: int) -> list[Review]:
    """Write who reviews whom in a round that is being opened; the calling operation decides who may."""
    parts = {part.institution_id: part for part in one.participations.select_related("institution")}
    plan = review_plan({key: part.institution.country for key, part in parts.items()}, seed=seed)
    return Review.objects.bulk_create(
        Review(participation=parts[own], reviewer=parts[reviewer].institution)
        for own, reviewer in plan.items()
    )


@transaction.atomic
def reassign_reviewers(*, round_id: int, by: Person, at: datetime) -> list[Review]:
    """Assign the reviewers of an open round anew, for instance because two institutions are too close."""
    one = (
        Round.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator")
        .get(pk=round_id)
    )
    said = Remark.objects.filter(review__participation__round=one).exists()
    require(rules.may_plan_reviews(by, one, said=said))
    Review.objects.filter(participation__round=one).delete()
    plan = assign_reviewers(one, seed=int(at.timestamp()))
    audit.record("situation.reviewers.assigned", one, by=by, at=at, reviews=len(plan))
    return plan


def _locked(review_id: int) -> Review:
    """The review, with the lock under which values are given and rounds close."""
    review = Review.objects.select_related("reviewer").get(pk=review_id)
    part = (
        Participation.objects.select_for_update(of=["self"])
        .select_related("institution")
        .get(pk=review.participation_id)
    )
    # Read after the lock is ours: a joined row would still show the state from before the wait.
    part.round = Round.objects.select_related("bank", "consortium__coordinator").get(pk=part.round_id)
    review.participation = part
    return review


@transaction.atomic
def say(*, review_id: int, said: Sequence[Said], by: Person, at: datetime) -> Recorded:
    """Record what the reviewing institution thinks of some values. Everything that is said is kept.

    Raises:
        SentenceMissing: a question or a disagreement without a word. Nothing is kept.
    """
    review = _locked(review_id)
    require(rules.may_review(by, review))
    asked = {one.pk for one in indicators.indicators_of(review.participation.round.bank)}
    editions = dict(review.participation.values.values_list("indicator", "edition"))
    kept, changed = [], []
    for one in said:
        if one.opinion not in OF_REVIEWERS or one.indicator_id not in asked:
            raise ValueError("A reviewer agrees, asks or disagrees about an indicator of the round.")
        if one.opinion != Opinion.AGREES and not one.words.strip():
            raise SentenceMissing(_("Say in a sentence what you ask or why you disagree."))
        if editions.get(one.indicator_id, 0) != one.edition:
            changed.append(one.indicator_id)
            continue
        kept.append(_keep(review, one, by=by, at=at))
    if kept:
        audit.record("situation.review.said", review, by=by, at=at, remarks=len(kept))
    return Recorded(kept=tuple(kept), changed=tuple(changed))


def _keep(review: Review, one: Said, *, by: Person, at: datetime) -> Remark:
    return Remark.objects.create(
        review=review,
        indicator_id=one.indicator_id,
        opinion=one.opinion,
        words=one.words.strip(),
        edition=one.edition,
        said_by=by,
        said_at=at,
    )


@transaction.atomic
def answer(*, participation_id: int, indicator_id: int, words: str, by: Person, at: datetime) -> Remark:
    """Answer the reviewer's last question or disagreement without changing the value.

    Raises:
        SentenceMissing: no words.
        NothingWasAsked: the reviewer asked nothing about this value.
    """
    review = _locked(Review.objects.only("pk").get(participation=participation_id).pk)
    require(rules.may_fill(by, review.participation))
    if not words.strip():
        raise SentenceMissing(_("Write your answer in a sentence."))
    last = review.remarks.filter(indicator=indicator_id).last()
    if last is None or last.opinion == Opinion.AGREES:
        raise NothingWasAsked(_("The reviewing institution asks nothing about this value."))
    value = review.participation.values.filter(indicator=indicator_id).first()
    told = Said(indicator_id, Opinion.ANSWERS, value.edition if value else 0, words)
    remark = _keep(review, told, by=by, at=at)
    audit.record("situation.review.answered", review, by=by, at=at, indicator=remark.indicator.code)
    return remark


@transaction.atomic
def finish_review(*, review_id: int, by: Person, at: datetime) -> Review:
    """Say that the review is done; more can still be said while the round is open."""
    review = _locked(review_id)
    require(rules.may_review(by, review))
    review.finished_at = at
    review.finished_by = by
    review.save(update_fields=["finished_at", "finished_by"])
    audit.record("situation.review.finished", review, by=by, at=at)
    return review
