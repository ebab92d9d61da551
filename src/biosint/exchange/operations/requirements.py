"""Sets what a course asks of those who apply."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.audit import api as audit
from biosint.exchange.models import Requirement
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import may_edit
from biosint.exchange.rules.requirements import Told, asks
from biosint.exchange.states import RequirementKind
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biosint.exchange.models import Application, Course
    from biosint.people.api import Person


@transaction.atomic
def set_requirements(*, course_id: int, wanted: Sequence[Requirement], by: Person, at: datetime) -> Course:
    """Replace what the course asks of those who apply. ``wanted``: requirements that are not kept yet.

    Applications that are there keep the answers to what was asked on their day.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    course.requirements.all().delete()
    for requirement in wanted:
        requirement.course = course
    Requirement.objects.bulk_create(wanted)
    audit.record(
        "exchange.course.requirements_set",
        course,
        by=by,
        at=at,
        hard=sorted(one.kind for one in wanted if one.is_hard),
        soft=sorted(one.kind for one in wanted if not one.is_hard),
    )
    return course


def keep_answers(application: Application, requirements: Sequence[Requirement], told: Told) -> None:
    """Write on an application what was asked and what was said. The caller saves it."""
    application.reason = told.reason
    application.answers = [
        {"kind": one.kind, "asked": asks(one, application.course), "said": _said(one, told)}
        for one in requirements
    ]


def _said(requirement: Requirement, told: Told) -> str:
    return {
        RequirementKind.LANGUAGE: told.level,
        RequirementKind.YEAR: str(told.year or ""),
        RequirementKind.PROFESSION: told.profession,
        RequirementKind.KNOWLEDGE: "yes" if told.knows else "no",
        RequirementKind.QUESTION: told.said.get(requirement.number, ""),
    }[RequirementKind(requirement.kind)]
