"""The only door of workplan for other apps."""

from biosint.workplan.models import Deliverable, Milestone, WorkPackage
from biosint.workplan.operations import (
    plan_deliverable,
    plan_milestone,
    plan_package,
    reach,
    review,
    submit,
    take_supplied_plan,
)
from biosint.workplan.queries import Package, Task, deliverables_of, gantt, plan_of, projects_for
from biosint.workplan.rules import may_see
from biosint.workplan.states import DeliverableState

__all__ = [
    "Deliverable",
    "DeliverableState",
    "Milestone",
    "Package",
    "Task",
    "WorkPackage",
    "deliverables_of",
    "gantt",
    "may_see",
    "plan_deliverable",
    "plan_milestone",
    "plan_of",
    "plan_package",
    "projects_for",
    "reach",
    "review",
    "submit",
    "take_supplied_plan",
]
