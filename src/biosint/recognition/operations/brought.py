from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.notices import api as notices
from biosint.recognition import elmo_reading
from biosint.recognition.models import BroughtRecord
from biosint.recognition.rules.brought import may_bring, may_decide
from biosint.recognition.states import RequestState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class NothingChosen(Fault):
    """An application for recognition names at least one course."""


class ReasonMissing(Fault):
    """A refusal says why."""


@transaction.atomic
def bring(
    *, content: bytes, chosen: set[int], institution_id: int, by: Person, at: datetime
) -> list[BroughtRecord]:
    """Ask one's institution to recognise courses of an ELMO file. The same file brought twice is one request.

    Args:
        chosen: numbers of the courses in the file, as ``elmo_reading.read`` counts them.

    Raises:
        NotElmo: the file cannot be read.
        NothingChosen: no passed course of the file is named.
    """
    require(may_bring(by, institution_id))
    mark = hashlib.sha256(content).hexdigest()
    made = []
    for report in elmo_reading.read(content, language=by.language.split("-")[0]):
        for course in report.courses:
            if course.number not in chosen or not course.is_passed:
                continue
            record, is_new = BroughtRecord.objects.get_or_create(
                learner=by,
                institution_id=institution_id,
                file_fingerprint=mark,
                number=course.number,
                defaults={
                    "issuer": report.issuer,
                    "issuer_country": report.country,
                    "title": course.title,
                    "identifier": course.identifier,
                    "completed_date": course.completed,
                    "ects": course.ects,
                    "grade": course.grade,
                    "language": course.language,
                    "asked_at": at,
                },
            )
            if is_new:
                audit.record("recognition.record.brought", record, by=by, at=at)
            made.append(record)
    if not made:
        raise NothingChosen(_("Choose at least one course that you have passed."))
    return made


@transaction.atomic
def decide(
    *,
    record_id: int,
    state: RequestState,
    local_name: str,
    ects: Decimal | None,
    reason: str,
    by: Person,
    at: datetime,
) -> BroughtRecord:
    """Decide on a course a learner brought. A refusal says why.

    Raises:
        Refused: ``by`` may not, or it was decided before.
        ReasonMissing: it is refused without a reason.
    """
    BroughtRecord.objects.select_for_update(of=["self"]).get(pk=record_id)
    record = BroughtRecord.objects.select_related("learner", "institution").get(pk=record_id)
    require(may_decide(by, record))
    is_recognised = state == RequestState.RECOGNISED
    if not is_recognised and not reason.strip():
        raise ReasonMissing(_("Write the reason, so that the learner understands it."))
    record.state = state
    record.local_name = local_name if is_recognised else ""
    record.local_ects = ects if is_recognised else None
    record.reason = reason.strip()[:500]
    record.decided_by, record.decided_at = by, at
    record.save()
    notices.tell(
        record.learner,
        kind="recognition.credit",
        title=format_lazy(
            gettext_lazy("Your institution decided on the credits of “{course}”"), course=record.title
        ),
        text=record.reason or gettext_lazy("Open the page to see what counts."),
        url=reverse("recognition:mine"),
        at=at,
    )
    audit.record(f"recognition.record.{state.value}", record, by=by, at=at, ects=str(ects or 0))
    return record


def forget(person: Person) -> None:
    """Erase what a person who closes the account brought from elsewhere."""
    BroughtRecord.objects.filter(learner=person).delete()
