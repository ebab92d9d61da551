from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortium
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.workplan.states import DeliverableState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person
    from biosint.workplan.models import Deliverable, WorkPackage
    from biosint.workplan.readiness import Need


# Whoever works at a member institution, in whatever office; students do not plan.
STAFF = tuple(office for office in Office if office != Office.STUDENT)


def may_plan(person: Person, project: Consortium) -> Verdict:
    """Whoever leads the consortium plans its work."""
    return consortium.may_lead(person, project)


def may_see(person: Person | None, project: Consortium) -> Verdict:
    """The plan is for everyone who holds an office at a member institution, students excepted."""
    if person is not None and (
        person.is_staff
        or person.holds(Office.COORDINATOR, at=project.coordinator_id)
        or bool(person.holds(*STAFF) and consortium.consortia_of(person).filter(pk=project.pk).exists())
    ):
        return ALLOWED
    return refused(_("The work plan is open to the members of %(consortium)s.") % {"consortium": project})


def seen_by(person: Person | None) -> Q:
    """The same sentence as ``may_see``, for lists of consortia."""
    if person is None:
        return Q(pk__in=[])
    if person.is_staff:
        return Q()
    mine = Q(coordinator__in=person.institutions_as(Office.COORDINATOR))
    if person.holds(*STAFF):
        mine |= Q(pk__in=consortium.consortia_of(person).values("pk"))
    return mine


def leads(person: Person, package: WorkPackage) -> bool:
    """Whether the person coordinates the lead of the package, or the consortium."""
    return person.holds(Office.COORDINATOR, at=package.lead_id) or bool(
        consortium.may_lead(person, package.consortium)
    )


def may_submit(person: Person, deliverable: Deliverable, needs: list[Need]) -> Verdict:
    """The lead of the work package hands a deliverable in, once the evidence is there."""
    package = deliverable.work_package
    if not leads(person, package):
        return refused(_("Only the coordinator of %(lead)s hands this in.") % {"lead": package.lead})
    if deliverable.state != DeliverableState.PLANNED:
        return refused(_("It was handed in before."))
    if not all(need.met for need in needs):
        return refused(_("Evidence is still missing: see the list below."))
    return ALLOWED


def may_review(person: Person, deliverable: Deliverable) -> Verdict:
    """A member of the quality board of another member institution reviews: nobody judges their own work."""
    package = deliverable.work_package
    if deliverable.state != DeliverableState.SUBMITTED:
        return refused(_("It has not been handed in for review."))
    boards = person.institutions_as(Office.QUALITY_BOARD) - {package.lead_id}
    if boards and consortium.memberships_of(package.consortium).filter(institution__in=boards).exists():
        return ALLOWED
    return refused(
        _("A member of the quality board of another member than %(lead)s reviews it.")
        % {"lead": package.lead}
    )


def may_reach(person: Person, package: WorkPackage) -> Verdict:
    """The lead of the work package says that a milestone is reached."""
    if leads(person, package):
        return ALLOWED
    return refused(_("Only the coordinator of %(lead)s can say so.") % {"lead": package.lead})
