from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.recognition.models import BroughtRecord
from biosint.recognition.rules.decisions import RECOGNISING_OFFICES

if TYPE_CHECKING:
    from biosint.people.api import Person


def brought_by(person: Person) -> QuerySet[BroughtRecord]:
    return BroughtRecord.objects.filter(learner=person).select_related("institution", "decided_by")


def brought_to(person: Person) -> QuerySet[BroughtRecord]:
    """Return what learners brought to the institutions on whose credits the person decides; undecided ones first."""
    return (
        BroughtRecord.objects.filter(institution__in=person.institutions_as(*RECOGNISING_OFFICES))
        .select_related("institution", "learner", "decided_by")
        .order_by("state", "-asked_at", "number", "pk")
    )
