from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortium
from biosint.people.api import Office
from biosint.reporting.states import ReportState
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.workplan import api as workplan

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person
    from biosint.reporting.models import Report

READERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.QUALITY_BOARD, Office.DEAN, Office.TEACHER)


def may_begin(person: Person, project: Consortium) -> Verdict:
    """Whoever leads the consortium begins its reports."""
    return consortium.may_lead(person, project)


def may_write(person: Person, report: Report) -> Verdict:
    """Whoever leads the consortium writes a report until it is final."""
    if report.state == ReportState.FINAL:
        return refused(_("This report is final. Begin a new one for a correction."))
    return consortium.may_lead(person, report.consortium)


def may_view(person: Person | None, report: Report) -> Verdict:
    """Members of the consortium who hold an office read its reports, students excepted."""
    if (
        person is not None
        and (person.is_staff or person.holds(*READERS))
        and workplan.may_see(person, report.consortium)
    ):
        return ALLOWED
    return refused(
        _("Reports are open to the members of %(consortium)s.") % {"consortium": report.consortium}
    )


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists."""
    if person is None or not (person.is_staff or person.holds(*READERS)):
        return Q(pk__in=[])
    return Q(consortium__in=workplan.projects_for(person).values("pk"))
