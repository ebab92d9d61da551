"""The log of a plan, its order, and what changes between two states of an activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from biosint.audit import api as audit
from biosint.exchange.models import Activity, Course, PlanChange
from biosint.exchange.states import PlanVerb
from biosint.exchange.steps import Difference, week_of

if TYPE_CHECKING:
    from biosint.people.api import Person


def log(
    course: Course,
    what: PlanVerb,
    *,
    title: str,
    by: Person,
    at: datetime,
    activity: Activity | None = None,
    fields: Iterable[Difference] = (),
    key: UUID | None = None,
) -> PlanChange:
    """Write one line of the plan's log and of the trail. Inside the transaction of the change itself."""
    change = PlanChange.objects.create(
        course=course,
        activity=activity,
        what=what,
        title=title,
        fields=list(fields),
        changed_by=by,
        changed_at=at,
        key=key or uuid4(),
    )
    audit.record(
        f"exchange.plan.{what}",
        activity or course,
        by=by,
        at=at,
        course=course.slug,
        fields=sorted({one["field"] for one in change.fields}),
    )
    return change


def done_with(key: UUID | None) -> PlanChange | None:
    """Return the change that a form has made already, if it was sent before."""
    return PlanChange.objects.filter(key=key).select_related("activity").first() if key else None


def put_in_order(course: Course, *, before: Mapping[int, int] | None = None) -> None:
    """Number the standing activities anew: by week, then as they stood; those without a date come last.

    Args:
        before: activity -> activity before which it goes in its week; 0 is the end of the week.
    """
    standing = list(course.activities.only("pk", "course", "position", "opens_at", "due_at"))
    rank: dict[int, float] = {one.pk: index for index, one in enumerate(standing)}
    for moved, other in (before or {}).items():
        rank[moved] = rank.get(other, float(len(standing))) - 0.5

    def place(one: Activity) -> tuple[float, float]:
        return week_of(one, course) or float("inf"), rank[one.pk]

    changed = []
    for number, one in enumerate(sorted(standing, key=place), start=1):
        if one.position != number:
            one.position = number
            changed.append(one)
    Activity.objects.bulk_update(changed, ["position"], batch_size=200)
