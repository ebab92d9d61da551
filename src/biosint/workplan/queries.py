from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from biosint.consortium import api as consortium
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.shared import charts
from biosint.workplan import readiness
from biosint.workplan.models import Deliverable, Milestone, WorkPackage
from biosint.workplan.rules import seen_by
from biosint.workplan.states import DeliverableState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person

SUPPLIED = Path(__file__).parent / "supplied"


@dataclass(frozen=True, slots=True)
class Task:
    """A deliverable with what it needs and how near it is."""

    deliverable: Deliverable
    needs: list[readiness.Need]
    ready: float
    due_date: date

    @property
    def percent(self) -> int:
        return round(100 * self.ready)


@dataclass(frozen=True, slots=True)
class Package:
    """A work package with its readiness, 0 to 1."""

    package: WorkPackage
    tasks: list[Task]
    milestones: list[Milestone]
    ready: float
    start_date: date
    end_date: date

    @property
    def percent(self) -> int:
        return round(100 * self.ready)

    @property
    def complete(self) -> bool:
        """Whether it can be declared completed: every deliverable approved, every milestone reached."""
        approved = all(task.deliverable.state == DeliverableState.APPROVED for task in self.tasks)
        return approved and all(milestone.reached_at for milestone in self.milestones) and bool(self.tasks)


def projects_for(person: Person | None) -> QuerySet[Consortium]:
    return consortium.consortia().filter(seen_by(person))


@dataclass(frozen=True, slots=True)
class Counted:
    """What evidence counts for a consortium's members since it began, and where each sum opens."""

    amounts: dict[str, Decimal]
    members: list[Institution]
    since: datetime

    def url(self, kind: str) -> str:
        return evidence.list_url(kind=kind, among=self.members, since=self.since)


def counted_for(project: Consortium) -> Counted:
    """Count per kind, in two queries."""
    members = list(consortium.members_of(project))
    since = evidence.day_start(project.start_date)
    rows = evidence.totals(among=members, since=since)
    return Counted({kind: amount for kind, (amount, _count) in rows.items()}, members, since)


def plan_of(project: Consortium) -> list[Package]:
    """Return the whole plan with readiness: 5 queries, however large it is."""
    counted = counted_for(project)
    packages = (
        WorkPackage.objects.filter(consortium=project)
        .select_related("lead", "consortium")
        .prefetch_related(
            Prefetch(
                "deliverables",
                Deliverable.objects.select_related("work_package__consortium").order_by("number"),
            ),
            Prefetch("milestones", Milestone.objects.select_related("work_package").order_by("number")),
        )
        .order_by("number")
    )
    return [_package(project, package, counted) for package in packages]


def _package(project: Consortium, package: WorkPackage, counted: Counted) -> Package:
    tasks = [task_of(project, deliverable, counted) for deliverable in package.deliverables.all()]
    milestones = list(package.milestones.all())
    reached = sum(1 for milestone in milestones if milestone.reached_at)
    return Package(
        package=package,
        tasks=tasks,
        milestones=milestones,
        ready=readiness.of_package([task.ready for task in tasks], reached, len(milestones)),
        start_date=project.starts_month(package.start_month),
        end_date=project.starts_month(package.end_month + 1) - timedelta(days=1),
    )


def task_of(project: Consortium, deliverable: Deliverable, counted: Counted) -> Task:
    needs = readiness.needs_of(deliverable.requirements, counted.amounts)
    return Task(
        deliverable=deliverable,
        needs=needs,
        ready=readiness.of_deliverable(deliverable.state, needs),
        due_date=project.starts_month(deliverable.due_month + 1) - timedelta(days=1),
    )


def deliverables_of(project: Consortium) -> QuerySet[Deliverable]:
    return Deliverable.objects.filter(work_package__consortium=project).select_related(
        "work_package__consortium", "work_package__lead", "submitted_by", "reviewed_by"
    )


def gantt(plan: list[Package], project: Consortium, today: date) -> charts.Gantt:
    """Draw the plan over time."""
    rows = []
    for each in plan:
        markers = [charts.Marker(date=task.due_date, label=task.deliverable.code) for task in each.tasks]
        markers += [
            charts.Marker(
                date=project.starts_month(milestone.due_month + 1) - timedelta(days=1), label=milestone.code
            )
            for milestone in each.milestones
        ]
        rows.append(
            charts.Span(
                label=f"{each.package.code} {each.package.title}",
                start=each.start_date,
                end=each.end_date,
                done=each.ready,
                markers=tuple(sorted(markers, key=lambda marker: marker.date)),
            )
        )
    late = [
        task.deliverable.code
        for each in plan
        for task in each.tasks
        if task.due_date < today and task.deliverable.state != DeliverableState.APPROVED
    ]
    title = (
        _("Overdue: %(codes)s") % {"codes": ", ".join(late)}
        if late
        else _("Everything that was due has been approved")
    )
    return charts.gantt(
        title=title, rows=rows, today=today, source=_("Work plan; readiness counted from evidence")
    )


@lru_cache(maxsize=1)
def supplied_plan() -> dict[str, Any]:
    """Return the supplied plan of a capacity-building project: packages, deliverables, milestones."""
    found: dict[str, Any] = yaml.safe_load((SUPPLIED / "capacity-building.yaml").read_text(encoding="utf-8"))
    return found
