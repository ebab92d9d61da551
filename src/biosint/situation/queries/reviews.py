"""Peer review: how each value stands, who has the next word, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.situation.models import FormerValue, Participation, Remark, Review, Round, Value
from biosint.situation.states import (
    WAITS_FOR_INSTITUTION,
    WAITS_FOR_REVIEWER,
    Opinion,
    ReviewStanding,
    RoundState,
)

if TYPE_CHECKING:
    from biosint.indicators.api import Indicator
    from biosint.people.api import Person

BY_OPINION = {
    Opinion.AGREES: ReviewStanding.AGREED,
    Opinion.ASKS: ReviewStanding.ASKED,
    Opinion.DISAGREES: ReviewStanding.DISPUTED,
}


def standing(remarks: Iterable[Remark], edition: int) -> ReviewStanding:
    """Return how a value stands.

    Args:
        remarks: all about it, the oldest first.
        edition: of the value now; 0 where nothing is given.
    """
    every = list(remarks)
    last = next((one for one in reversed(every) if one.opinion != Opinion.ANSWERS), None)
    if last is None:
        return ReviewStanding.UNSEEN
    if edition != last.edition:
        return ReviewStanding.MENDED
    if last.opinion != Opinion.AGREES and every[-1].opinion == Opinion.ANSWERS:
        return ReviewStanding.ANSWERED
    return BY_OPINION[Opinion(last.opinion)]


def is_disputed(remarks: Iterable[Remark], edition: int) -> bool:
    """Whether the reviewer's last word on the value as it stands was no. An answer alone does not settle it."""
    last = next((one for one in reversed(list(remarks)) if one.opinion != Opinion.ANSWERS), None)
    return last is not None and last.opinion == Opinion.DISAGREES and last.edition == edition


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of one institution's values is, by codes of indicators in the order of the bank."""

    agreed: tuple[str, ...]
    waits_for_reviewer: tuple[str, ...]
    waits_for_institution: tuple[str, ...]
    disputed: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        return not self.waits_for_reviewer and not self.waits_for_institution


def threads_of(part: Participation) -> dict[int, list[Remark]]:
    """Return what was said about each value, by indicator, the oldest first."""
    found: dict[int, list[Remark]] = {}
    for one in Remark.objects.filter(review__participation=part).select_related("said_by"):
        found.setdefault(one.indicator_id, []).append(one)
    return found


def progress_of_round(one: Round, asked: Sequence[Indicator]) -> dict[int, Progress]:
    """Return the progress of every reviewed participation of a round, in two questions to the database."""
    threads: dict[tuple[int, int], list[Remark]] = {}
    for remark in Remark.objects.filter(review__participation__round=one).select_related("review"):
        threads.setdefault((remark.review.participation_id, remark.indicator_id), []).append(remark)
    editions = {
        (part, indicator): edition
        for part, indicator, edition in Value.objects.filter(participation__round=one).values_list(
            "participation", "indicator", "edition"
        )
    }
    parts = Review.objects.filter(participation__round=one).values_list("participation", flat=True)
    return {
        part: _progress(
            asked,
            {each.pk: threads.get((part, each.pk), []) for each in asked},
            {each.pk: editions.get((part, each.pk), 0) for each in asked},
        )
        for part in parts
    }


def _progress(
    asked: Sequence[Indicator], threads: dict[int, list[Remark]], editions: dict[int, int]
) -> Progress:
    stands = {one.code: standing(threads[one.pk], editions[one.pk]) for one in asked}
    return Progress(
        agreed=tuple(code for code, own in stands.items() if own == ReviewStanding.AGREED),
        waits_for_reviewer=tuple(code for code, own in stands.items() if own in WAITS_FOR_REVIEWER),
        waits_for_institution=tuple(code for code, own in stands.items() if own in WAITS_FOR_INSTITUTION),
        disputed=tuple(one.code for one in asked if is_disputed(threads[one.pk], editions[one.pk])),
        unseen=tuple(code for code, own in stands.items() if own == ReviewStanding.UNSEEN),
    )


def any_said(one: Round) -> bool:
    """Whether somebody has said something in a review of the round."""
    return Remark.objects.filter(review__participation__round=one).exists()


def reviews_of(one: Round) -> QuerySet[Review]:
    return Review.objects.filter(participation__round=one).select_related(
        "reviewer", "participation__institution", "participation__round"
    )


def former_of(part: Participation) -> dict[int, list[FormerValue]]:
    """Return what stood in each value before, by indicator, the newest first."""
    found: dict[int, list[FormerValue]] = {}
    for one in FormerValue.objects.filter(value__participation=part).select_related("value", "filled_by"):
        found.setdefault(one.value.indicator_id, []).append(one)
    return found


def open_reviews_at(institutions: frozenset[int]) -> QuerySet[Review]:
    """Return the reviews that the institutions have to do in open rounds, of values that were handed in."""
    return Review.objects.filter(
        reviewer__in=institutions,
        participation__round__state=RoundState.OPEN,
        participation__handed_in_at__isnull=False,
        finished_at=None,
    ).select_related("participation__institution", "participation__round__bank", "reviewer")


def questions_to(institutions: frozenset[int]) -> list[tuple[Participation, int]]:
    """Return the parts of open rounds in which a reviewer waits for the institution, with how many values."""
    parts = Participation.objects.filter(
        institution__in=institutions, round__state=RoundState.OPEN, review__remarks__isnull=False
    ).select_related("institution", "round")
    found = []
    for part in parts.distinct():
        editions = dict(part.values.values_list("indicator", "edition"))
        waiting = sum(
            standing(thread, editions.get(indicator, 0)) in WAITS_FOR_INSTITUTION
            for indicator, thread in threads_of(part).items()
        )
        if waiting:
            found.append((part, waiting))
    return found


def remarks_said_by(person: Person) -> QuerySet[Remark]:
    return Remark.objects.filter(said_by=person).select_related("indicator", "review__participation__round")


def former_values_given_by(person: Person) -> QuerySet[FormerValue]:
    return FormerValue.objects.filter(filled_by=person).select_related(
        "value__participation__round", "value__indicator"
    )
