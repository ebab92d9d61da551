from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.shared.verdicts import Fault, require
from biosint.workplan import queries, readiness
from biosint.workplan.models import Deliverable, Milestone, WorkPackage
from biosint.workplan.rules import may_plan, may_reach, may_review, may_submit
from biosint.workplan.states import DeliverableState, DisseminationLevel

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


class NumberTaken(Fault):
    """Another package, deliverable or milestone has this number."""


class OutsideProject(Fault):
    """A month that the project does not have."""


class UnknownKind(Fault):
    """A deliverable asks for evidence that nothing records."""


class ReviewMissing(Fault):
    """A review without words helps nobody."""


class PlanExists(Fault):
    """The template is for an empty plan."""


def _month(project: Consortium, month: int) -> int:
    if not 1 <= month <= project.months:
        raise OutsideProject(
            _("Month %(month)s is outside the project, which has %(months)s months.")
            % {"month": month, "months": project.months}
        )
    return month


@transaction.atomic
def plan_package(
    *,
    project: Consortium,
    number: int,
    title: str,
    lead: Institution,
    start_month: int,
    end_month: int,
    by: Person,
    at: datetime,
    aim: str = "",
    share: Decimal | float = 0,
) -> WorkPackage:
    """Add a work package to the plan.

    Raises:
        Refused: ``by`` does not lead the consortium.
        OutsideProject: a month lies outside, or the end before the start.
        NumberTaken: the number is in use.
    """
    require(may_plan(by, project))
    _month(project, start_month)
    if end_month < start_month:
        raise OutsideProject(_("The last month comes before the first."))
    _month(project, end_month)
    try:
        with transaction.atomic():
            package = WorkPackage.objects.create(
                consortium=project,
                number=number,
                title=title.strip(),
                aim=aim.strip(),
                lead=lead,
                start_month=start_month,
                end_month=end_month,
                share=share,
            )
    except IntegrityError as fault:
        raise NumberTaken(
            _("Work package %(number)s exists. Choose another number.") % {"number": number}
        ) from fault
    audit.record("workplan.package.planned", package, by=by, at=at)
    return package


@transaction.atomic
def plan_deliverable(
    *,
    package: WorkPackage,
    number: int,
    title: str,
    due_month: int,
    requirements: list[Mapping[str, Any]],
    by: Person,
    at: datetime,
    description: str = "",
    level: str = DisseminationLevel.PUBLIC,
) -> Deliverable:
    """Add a deliverable. ``requirements`` lists ``{"kind": code of evidence, "needed": quantity}``.

    Raises:
        Refused: ``by`` does not lead the consortium.
        OutsideProject, NumberTaken: see ``plan_package``.
        UnknownKind: nothing records such evidence.
    """
    require(may_plan(by, package.consortium))
    _month(package.consortium, due_month)
    known = {kind.code for kind in evidence.kinds()}
    for each in requirements:
        if each["kind"] not in known:
            raise UnknownKind(_("Nothing records evidence of the kind “%(kind)s”.") % {"kind": each["kind"]})
    try:
        with transaction.atomic():
            deliverable = Deliverable.objects.create(
                work_package=package,
                number=number,
                title=title.strip(),
                description=description.strip(),
                due_month=due_month,
                level=level,
                requirements=[
                    {"kind": each["kind"], "needed": float(each["needed"])} for each in requirements
                ],
            )
    except IntegrityError as fault:
        raise NumberTaken(
            _("Deliverable %(number)s exists. Choose another number.") % {"number": number}
        ) from fault
    audit.record("workplan.deliverable.planned", deliverable, by=by, at=at)
    return deliverable


@transaction.atomic
def plan_milestone(
    *, package: WorkPackage, number: int, title: str, due_month: int, means: str, by: Person, at: datetime
) -> Milestone:
    """Add a milestone."""
    require(may_plan(by, package.consortium))
    _month(package.consortium, due_month)
    try:
        with transaction.atomic():
            milestone = Milestone.objects.create(
                work_package=package,
                number=number,
                title=title.strip(),
                due_month=due_month,
                means=means.strip(),
            )
    except IntegrityError as fault:
        raise NumberTaken(
            _("Milestone %(number)s exists. Choose another number.") % {"number": number}
        ) from fault
    audit.record("workplan.milestone.planned", milestone, by=by, at=at)
    return milestone


@transaction.atomic
def take_supplied_plan(
    *, project: Consortium, leads: Mapping[int, Institution], by: Person, at: datetime
) -> list[WorkPackage]:
    """Fill an empty plan from the supplied one, stretched to the length of the project.

    Args:
        leads: lead of each package by number; a missing one is led by the coordinating institution.

    Raises:
        PlanExists: the plan has packages; they are not overwritten.
    """
    require(may_plan(by, project))
    if WorkPackage.objects.filter(consortium=project).exists():
        raise PlanExists(_("The plan has work packages already. Change them one by one."))
    supplied = queries.supplied_plan()
    stretch = project.months / int(supplied["months"])

    def month(of_template: int) -> int:
        return min(project.months, max(1, round(of_template * stretch)))

    packages = []
    for told in supplied["packages"]:
        package = plan_package(
            project=project,
            number=told["number"],
            title=told["title"],
            aim=told["aim"],
            lead=leads.get(told["number"], project.coordinator),
            start_month=month(told["start"]),
            end_month=month(told["end"]),
            share=told["share"],
            by=by,
            at=at,
        )
        for number, each in enumerate(told["deliverables"], start=1):
            plan_deliverable(
                package=package,
                number=number,
                title=each["title"],
                description=each.get("description", ""),
                due_month=month(each["due"]),
                requirements=each.get("needs", []),
                by=by,
                at=at,
            )
        for number, each in enumerate(told["milestones"], start=1):
            plan_milestone(
                package=package,
                number=number,
                title=each["title"],
                due_month=month(each["due"]),
                means=each["means"],
                by=by,
                at=at,
            )
        packages.append(package)
    return packages


def _locked(deliverable_id: int) -> Deliverable:
    return (
        Deliverable.objects.select_for_update(of=["self"])
        .select_related("work_package__consortium", "work_package__lead")
        .get(pk=deliverable_id)
    )


@transaction.atomic
def submit(*, deliverable_id: int, by: Person, at: datetime) -> Deliverable:
    """Hand a deliverable in for review.

    Raises:
        Refused: ``by`` does not lead, evidence is missing, or it was handed in before.
    """
    deliverable = _locked(deliverable_id)
    needs = readiness.needs_of(
        deliverable.requirements, queries.counted_for(deliverable.work_package.consortium).amounts
    )
    require(may_submit(by, deliverable, needs))
    deliverable.state = DeliverableState.SUBMITTED
    deliverable.submitted_by = by
    deliverable.submitted_at = at
    deliverable.reviewed_by = None
    deliverable.reviewed_at = None
    deliverable.save(update_fields=["state", "submitted_by", "submitted_at", "reviewed_by", "reviewed_at"])
    audit.record("workplan.deliverable.submitted", deliverable, by=by, at=at)
    return deliverable


@transaction.atomic
def review(*, deliverable_id: int, approved: bool, words: str, by: Person, at: datetime) -> Deliverable:
    """Approve a deliverable, or give it back with what is missing.

    Raises:
        Refused: ``by`` may not review it, or it was reviewed meanwhile.
        ReviewMissing: the review says nothing.
    """
    deliverable = _locked(deliverable_id)
    require(may_review(by, deliverable))
    if not words.strip():
        raise ReviewMissing(_("Write what you looked at and what you found."))
    deliverable.state = DeliverableState.APPROVED if approved else DeliverableState.PLANNED
    deliverable.reviewed_by = by
    deliverable.reviewed_at = at
    deliverable.review = words.strip()
    if not approved:
        deliverable.submitted_by = None
        deliverable.submitted_at = None
    deliverable.save(
        update_fields=["state", "submitted_by", "submitted_at", "reviewed_by", "reviewed_at", "review"]
    )
    audit.record("workplan.deliverable.reviewed", deliverable, by=by, at=at, approved=approved)
    if approved:
        evidence.record(
            kind="workplan.deliverable_approved",
            subject=deliverable,
            institution=deliverable.work_package.lead,
            occurred_at=at,
            proof=deliverable.get_absolute_url(),
            by=by,
            title=str(deliverable),
        )
    return deliverable


@transaction.atomic
def reach(*, milestone_id: int, by: Person, at: datetime) -> Milestone:
    """Say that a milestone is reached. Saying it twice changes nothing."""
    milestone = (
        Milestone.objects.select_for_update(of=["self"])
        .select_related("work_package__consortium", "work_package__lead")
        .get(pk=milestone_id)
    )
    require(may_reach(by, milestone.work_package))
    if milestone.reached_at is None:
        milestone.reached_by = by
        milestone.reached_at = at
        milestone.save(update_fields=["reached_by", "reached_at"])
        audit.record("workplan.milestone.reached", milestone, by=by, at=at)
        evidence.record(
            kind="workplan.milestone_reached",
            subject=milestone,
            institution=milestone.work_package.lead,
            occurred_at=at,
            proof=milestone.work_package.get_absolute_url(),
            by=by,
            title=str(milestone),
        )
    return milestone
