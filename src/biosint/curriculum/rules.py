from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.curriculum.states import MOVES, WRITABLE, SyllabusState, UnitState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.curriculum.models import Syllabus, Unit
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEEPERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.DEAN)
WRITERS = (Office.TEACHER, Office.COORDINATOR, Office.ADMINISTRATOR)
# Whoever works at the institution reads its drafts; students and outsiders read what is approved.
STAFF = (Office.TEACHER, Office.COORDINATOR, Office.ADMINISTRATOR, Office.DEAN, Office.QUALITY_BOARD)


def may_keep_programmes(person: Person, institution: Institution) -> Verdict:
    """The institution's coordinator, administrator or dean keeps its programmes."""
    if person.holds(*KEEPERS, at=institution):
        return ALLOWED
    return refused(
        _("Only a coordinator, an administrator or the dean of %(institution)s can do this.")
        % {"institution": institution}
    )


def may_add_unit(person: Person, institution: Institution) -> Verdict:
    """A teacher, administrator or coordinator of the institution adds a unit to its programmes."""
    if person.holds(*WRITERS, at=institution):
        return ALLOWED
    return refused(
        _("Only a teacher, an administrator or a coordinator of %(institution)s can add a unit.")
        % {"institution": institution}
    )


def may_write(person: Person, unit: Unit) -> Verdict:
    """The unit's own teachers write its syllabus; the institution's office can write it for them."""
    institution = unit.programme.institution
    if person.holds(Office.COORDINATOR, Office.ADMINISTRATOR, at=institution):
        return ALLOWED
    if person.holds(Office.TEACHER, at=institution) and person in unit.teachers.all():
        return ALLOWED
    return refused(
        _("Only a teacher of “%(unit)s” or the office of %(institution)s can write its syllabus.")
        % {"unit": unit, "institution": institution}
    )


def may_change(person: Person, syllabus: Syllabus) -> Verdict:
    """Whoever may write the unit changes a version until it is submitted, and again when it comes back."""
    if SyllabusState(syllabus.state) not in WRITABLE:
        return refused(
            _("Version %(number)s can no longer be changed. Start a new version.")
            % {"number": syllabus.number}
        )
    return may_write(person, syllabus.unit)


def may_submit(person: Person, syllabus: Syllabus) -> Verdict:
    """Whoever may write submits a version that names at least one outcome and proves its international credits."""
    if SyllabusState.SUBMITTED not in MOVES[SyllabusState(syllabus.state)]:
        return refused(_("This version has already been submitted."))
    outcomes = list(syllabus.outcomes.all())
    if not outcomes:
        return refused(_("Write at least one learning outcome first."))
    if syllabus.international_ects > 0 and not any(outcome.dimensions for outcome in outcomes):
        return refused(
            _("Mark at least one outcome as international, or set the international credits to 0.")
        )
    return may_write(person, syllabus.unit)


def may_decide(person: Person, syllabus: Syllabus) -> Verdict:
    """The dean or a coordinator of the institution decides, but never on a version they submitted themselves."""
    institution = syllabus.unit.programme.institution
    if not person.holds(Office.DEAN, Office.COORDINATOR, at=institution):
        return refused(
            _("Only the dean or a coordinator of %(institution)s can approve a syllabus.")
            % {"institution": institution}
        )
    if SyllabusState.APPROVED not in MOVES[SyllabusState(syllabus.state)]:
        return refused(_("This version does not wait for approval."))
    if syllabus.submitted_by_id == person.pk:
        return refused(_("You submitted this version. Somebody else has to approve it."))
    return ALLOWED


def may_view(person: Person | None, unit: Unit) -> Verdict:
    """Everyone reads an approved unit; one still in draft only the staff of its institution."""
    if unit.state == UnitState.APPROVED or (
        person is not None and person.holds(*STAFF, at=unit.programme.institution_id)
    ):
        return ALLOWED
    return refused(_("This unit has no approved syllabus yet. Only staff of its institution can see it."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    approved = Q(state=UnitState.APPROVED)
    if person is None:
        return approved
    return approved | Q(programme__institution_id__in=person.institutions_as(*STAFF))


def may_read_version(person: Person | None, syllabus: Syllabus) -> Verdict:
    """Approved versions are public; others are for the staff of the institution."""
    if syllabus.state == SyllabusState.APPROVED or (
        person is not None and person.holds(*STAFF, at=syllabus.unit.programme.institution_id)
    ):
        return ALLOWED
    return refused(_("This version is not approved yet. Only staff of its institution can see it."))
