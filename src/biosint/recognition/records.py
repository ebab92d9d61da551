"""What a transcript of records says: every completion of a learner, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from biosint.recognition import texts
from biosint.recognition.content import amount
from biosint.recognition.states import Decision

if TYPE_CHECKING:
    from biosint.exchange.api import Completion
    from biosint.people.api import Person
    from biosint.recognition.models import Recognition

FORMAT = 1


def of_learner(learner: Person, completions: Iterable[Completion]) -> dict[str, Any]:
    """Return the records of a learner, in the order of ``completions``."""
    said: dict[str, Any] = texts.legible(
        {
            "format": FORMAT,
            "learner": {"name": learner.name},
            "records": [_record(completion) for completion in completions],
        }
    )
    return said


def _record(completion: Completion) -> dict[str, Any]:
    course = completion.application.course
    credential = completion.credential
    return {
        "key": completion.public_id.hex,
        "title": course.title,
        "institution": {
            "name": course.host.name,
            "city": course.host.city,
            "country": course.host.country,
            "website": course.host.website,
            "ror": course.host.ror_id,
        },
        "home": completion.institution.name,
        "language": course.language,
        "first_day": course.start_date.isoformat(),
        "last_day": course.end_date.isoformat(),
        "completed": completion.completed_at.date().isoformat(),
        "ects": amount(completion.ects),
        "workload_hours": course.workload_hours,
        "points": completion.points,
        "pass_mark": course.pass_mark,
        "grade": completion.grade,
        "level": credential.level if credential is not None else "",
        "outcomes": [outcome["text"] for outcome in course.outcomes],
        "revoked": credential is not None and credential.revoked,
        "recognition": _decided(getattr(completion, "recognition", None)),
    }


def _decided(recognition: Recognition | None) -> dict[str, Any] | None:
    if recognition is None:
        return None
    return {
        "decision": str(Decision(recognition.decision).value),
        "name": recognition.local_name,
        "code": recognition.local_code,
        "ects": amount(recognition.ects),
        "grade": recognition.local_grade,
        "decided": recognition.decided_at.date().isoformat(),
    }


def total_ects(content: dict[str, Any]) -> str:
    """Add up the credits of the records that stand."""
    return amount(
        sum((Decimal(one["ects"]) for one in content["records"] if not one["revoked"]), start=Decimal(0))
    )
