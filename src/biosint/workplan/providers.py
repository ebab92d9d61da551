"""What the work plan hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.people.api import Office
from biosint.shared import registries
from biosint.workplan import queries
from biosint.workplan.models import Deliverable
from biosint.workplan.states import DeliverableState

if TYPE_CHECKING:
    from biosint.people.api import Person

MOST = 3


def _waiting(person: Person) -> Iterable[registries.Waiting]:
    if not person.holds(Office.QUALITY_BOARD):
        return
    boards = person.institutions_as(Office.QUALITY_BOARD)
    waiting = (
        Deliverable.objects.filter(
            state=DeliverableState.SUBMITTED, work_package__consortium__in=queries.projects_for(person)
        )
        .exclude(work_package__lead__in=boards)
        .select_related("work_package__consortium", "work_package__lead")
    )
    for deliverable in waiting[:MOST]:
        yield registries.Waiting(
            title=_now("Review %(deliverable)s") % {"deliverable": deliverable},
            url=deliverable.get_absolute_url(),
            why=_now("Handed in by %(lead)s.") % {"lead": deliverable.work_package.lead.short_name},
            icon="clipboard-check",
        )


def _found(asked: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    if person is None:
        return
    found = Deliverable.objects.filter(
        title__icontains=asked, work_package__consortium__in=queries.projects_for(person)
    ).select_related("work_package__consortium")
    for deliverable in found[:limit]:
        yield registries.Found(
            title=str(deliverable), url=deliverable.get_absolute_url(), kind=_now("Deliverable")
        )


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for deliverable in Deliverable.objects.filter(
        Q(submitted_by=person) | Q(reviewed_by=person)
    ).select_related("work_package"):
        yield {
            "deliverable": str(deliverable),
            "submitted_at": deliverable.submitted_at,
            "reviewed_at": deliverable.reviewed_at,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(
        evidence.Kind("workplan.deliverable_approved", _("Deliverables approved"), "deliverable"),
        evidence.Kind("workplan.milestone_reached", _("Milestones reached"), "milestone"),
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.PROJECT,
            _("Work plan"),
            "workplan:first",
            _("Work packages, deliverables and milestones, with readiness counted from evidence."),
            icon="calendar-range",
            visible=lambda person: (
                person.is_staff
                or person.holds(
                    Office.COORDINATOR,
                    Office.ADMINISTRATOR,
                    Office.QUALITY_BOARD,
                    Office.DEAN,
                    Office.TEACHER,
                )
            ),
            order=10,
        )
    )
    registries.WAITING.append(_waiting)
    registries.SEARCHERS.append(_found)
    registries.EXPORTERS.append(("deliverables", _export))
