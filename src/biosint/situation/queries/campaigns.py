from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from biosint.situation.models import Analysis, Campaign
from biosint.situation.rules import campaigns as rules
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet


def _counted() -> Coalesce:
    """How many answers a set holds, counted by the database beside each set."""
    counted = (
        surveys.Submission.objects.filter(answer_set=OuterRef("pk"))
        .order_by()
        .values("answer_set")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted), 0)


def sets_for(person: Person) -> QuerySet[AnswerSet]:
    """Return the answer sets a person may read, with how many answers each holds (``answers``)."""
    return surveys.answer_sets_for(person).select_related("owner", "campaign").annotate(answers=_counted())


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign that is open now."""

    campaign_id: int
    title: str
    opens_at: datetime
    closes_at: datetime
    answers: int


def open_at(institutions: Collection[int], *, at: datetime) -> list[Running]:
    """Return the open campaigns that some institutions run, with how many answers each has."""
    sets = surveys.AnswerSet.objects.filter(
        campaign__isnull=False, owner__in=institutions, opens_at__lte=at, closes_at__gt=at
    )
    rows = sets.values_list("campaign__pk", "title", "opens_at", "closes_at", _counted())
    return [Running(*row) for row in rows]


def campaigns_for(person: Person) -> QuerySet[Campaign]:
    """Return the campaigns whose results a person may read."""
    readable = surveys.answer_sets_for(person).values("pk")
    return Campaign.objects.filter(answer_set__in=readable).select_related(
        "answer_set", "answer_set__owner", "answer_set__version", "answer_set__version__questionnaire"
    )


def analyses_for(person: Person | None) -> QuerySet[Analysis]:
    """Return published analyses and the drafts a person may read."""
    return Analysis.objects.filter(rules.viewable_by(person)).select_related(
        "answer_set", "answer_set__owner", "created_by", "published_by"
    )


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people of one institution answered, and how many were asked."""

    institution: Institution
    answers: int
    invited: int | None


def turnout(answer_set: AnswerSet) -> list[Turnout]:
    """Return the turnout of every institution that was asked."""
    counts = surveys.counts_by_institution(answer_set)
    asked = answer_set.asked.select_related("institution").order_by(F("institution__name"))
    return [Turnout(entry.institution, counts.get(entry.institution_id, 0), entry.invited) for entry in asked]
