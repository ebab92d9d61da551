"""Questionnaires that a course puts to its learners: an instrument of the library in one fixed frame."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.audit import api as audit
from biosint.surveys.definitions import parse
from biosint.surveys.library import inserted
from biosint.surveys.models import AnswerSet, AskedInstitution, Questionnaire, Version
from biosint.surveys.operations.collecting import _TOKEN_LENGTH
from biosint.surveys.queries import course_frame, supplied_instruments
from biosint.surveys.states import Audience, Entry, Pairing
from biosint.surveys.tickets import LETTERS

if TYPE_CHECKING:
    from biosint.consortium.models import Consortium
    from biosint.institutions.models import Institution
    from biosint.people.models import Person

# Marks the one questionnaire that an institution has for each instrument, so that courses stay comparable.
_FRAME = "course:"


@transaction.atomic
def ask_in_course(
    *,
    instrument: str,
    title: str,
    owner: Institution,
    institutions: Iterable[Institution],
    entry: Entry,
    pairs_within: Consortium | None,
    opens_at: datetime,
    closes_at: datetime,
    by: Person,
    at: datetime,
) -> AnswerSet:
    """Open a collection in which people answer one supplied instrument.

    A building block of courses: the caller has required its own rule, since teachers who are no keepers of
    questionnaires ask their own learners.

    Args:
        instrument: code of a supplied instrument; ``KeyError`` if there is none.
        pairs_within: the consortium in which the codes of the people are compared; None: none is asked for.
    """
    answer_set = AnswerSet.objects.create(
        title=title[:200],
        version=_version_of(instrument, owner, by=by, at=at),
        owner=owner,
        audience=Audience.PARTICIPANTS,
        token="".join(secrets.choice(LETTERS) for _place in range(_TOKEN_LENGTH)),
        entry=entry,
        pairing=Pairing.OPTIONAL if pairs_within else Pairing.OFF,
        pairs_within=pairs_within,
        opens_at=opens_at,
        closes_at=closes_at,
        created_by=by,
        created_at=at,
    )
    AskedInstitution.objects.bulk_create(
        AskedInstitution(answer_set=answer_set, institution=institution) for institution in institutions
    )
    audit.record("surveys.collection.started", answer_set, by=by, at=at)
    return answer_set


def _version_of(instrument: str, owner: Institution, *, by: Person, at: datetime) -> Version:
    entry = supplied_instruments()[instrument]
    name = f"{_FRAME}{instrument}"[:40]
    kept = (
        Version.objects.filter(
            questionnaire__institution=owner, questionnaire__template=name, published_at__isnull=False
        )
        .order_by("-number")
        .first()
    )
    if kept is not None:
        return kept
    content = inserted({**course_frame(), "title": dict(entry.instrument.title)}, entry)
    definition = parse(content)
    questionnaire = Questionnaire.objects.create(
        title=dict(definition.title),
        audience=definition.audience,
        institution=owner,
        template=name,
        created_by=by,
        created_at=at,
    )
    audit.record("surveys.questionnaire.adopted", questionnaire, by=by, at=at, template=name)
    return Version.objects.create(
        questionnaire=questionnaire, number=1, content=content, published_by=by, published_at=at
    )


def move_end(*, answer_set_id: int, closes_at: datetime) -> None:
    """Let a collection of a course end when its activity ends. The caller has required the rule and writes the line."""
    AnswerSet.objects.filter(pk=answer_set_id, opens_at__lt=closes_at).update(closes_at=closes_at)
