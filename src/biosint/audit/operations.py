from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from biosint.audit.models import Line

if TYPE_CHECKING:
    from biosint.people.models import Person


def record(action: str, subject: models.Model, *, by: Person | None, at: datetime, **details: Any) -> None:
    """Write one line, in the caller's transaction: the deed and its line stand or fall together.

    Args:
        action: ``app.record.past_tense``, e.g. ``exchange.application.admitted``.
        by: None where nobody is signed in (an answer to a questionnaire) or the platform acts by itself.
        details: small, readable values; never personal data beyond names.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            f"audit.record({action!r}) outside a transaction: the line could stand without the deed."
        )
    Line.objects.create(
        action=action,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented Model._meta
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        by_id=by.pk if by else None,
        by_label=str(by)[:200] if by else "",
        at=at,
        details=details,
    )


@transaction.atomic
def forget_name(*, person_id: int, person_kind: str, instead: str) -> None:
    """Take a person's name out of the trail when they close their account.

    What was done, when and to what stays; the key still tells that one and the same person did it.
    """
    Line.objects.filter(by_id=person_id).update(by_label=instead)
    Line.objects.filter(subject_kind=person_kind, subject_id=str(person_id)).update(subject_label=instead)
