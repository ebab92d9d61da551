from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from biosint.exchange.api import Completion
from biosint.recognition import texts
from biosint.recognition.models import Transcript

if TYPE_CHECKING:
    from biosint.people.api import Person


def completions_of(person: Person) -> QuerySet[Completion]:
    """Return what a learner completed, the oldest first, with everything a transcript says."""
    return (
        Completion.objects.filter(application__learner=person)
        .select_related("application__course__host", "institution", "credential", "recognition")
        .order_by("completed_at", "pk")
    )


def transcripts_of(person: Person) -> QuerySet[Transcript]:
    return Transcript.objects.filter(learner=person)


def checked(public_id: UUID, fingerprint: str) -> Transcript | None:
    """Return the transcript that a paper names, if it is ours and nobody has touched it."""
    found = Transcript.objects.filter(public_id=public_id, fingerprint=fingerprint).first()
    if found is None or texts.fingerprint(found.text) != fingerprint:
        return None
    return found if texts.is_sealed(found.seal, *found.facts) else None
