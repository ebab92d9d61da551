from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.recognition import records, texts
from biosint.recognition.models import Transcript
from biosint.recognition.queries import transcripts as queries
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from biosint.people.api import Person


class NothingCompleted(Fault):
    """A transcript of no records says nothing."""


@transaction.atomic
def take_transcript(*, language: str, by: Person, at: datetime) -> Transcript:
    """Take a transcript of everything one has completed. While nothing has changed, the last one is it.

    Args:
        language: interface language in which the paper speaks.

    Raises:
        NothingCompleted: there is nothing to put on it.
    """
    completions = list(queries.completions_of(by))
    if not completions:
        raise NothingCompleted(
            _("You have not completed a course yet. Your transcript starts with the first one.")
        )
    text = texts.written(records.of_learner(by, completions))
    mark = texts.fingerprint(text)
    last = queries.transcripts_of(by).filter(language=language).first()
    if last is not None and last.fingerprint == mark:
        return last
    made = Transcript(learner=by, text=text, fingerprint=mark, language=language, issued_at=at)
    made.seal = texts.seal(*made.facts)
    made.save()
    audit.record("recognition.transcript.taken", made, by=by, at=at, fingerprint=mark)
    return made


def forget(person: Person) -> None:
    """Erase the transcripts of a person who closes the account; whoever holds the paper no longer finds it here."""
    Transcript.objects.filter(learner=person).delete()
