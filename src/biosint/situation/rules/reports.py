from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortia
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.situation.rules import rounds
from biosint.situation.states import ReportState
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person
    from biosint.situation.models import SituationReport


def may_begin(person: Person, consortium: Consortium, institution: Institution | None) -> Verdict:
    """Keepers of an institution report on it; who plans rounds reports on the whole consortium."""
    if institution is None:
        return rounds.may_plan(person, consortium)
    if not consortia.is_member(institution, consortium):
        return refused(
            _("%(institution)s is not a member of %(consortium)s.")
            % {"institution": institution, "consortium": consortium}
        )
    return surveys.may_keep(person, institution)


def may_write(person: Person, report: SituationReport) -> Verdict:
    """The same people write it, until it is final."""
    if report.state == ReportState.FINAL:
        return refused(_("This report is final and stays as it is. Begin a new one to say something else."))
    return may_begin(person, report.consortium, report.institution)


def may_publish(person: Person, report: SituationReport) -> Verdict:
    """A final report is shown to everybody by the people who may write it."""
    if report.state != ReportState.FINAL:
        return refused(_("Make the report final first. Then it can be shown to everybody."))
    if report.published_at is not None:
        return refused(_("This report is public already."))
    return may_begin(person, report.consortium, report.institution)


def may_view(person: Person | None, report: SituationReport) -> Verdict:
    """A public report is for everybody, a final one for the consortium, a draft for those who may write it."""
    if report.published_at is not None:
        return ALLOWED
    if person is None:
        return refused(_("This report is not public."))
    if person.is_staff:
        return ALLOWED
    if (
        report.state == ReportState.FINAL
        and consortia.consortia_of(person).filter(pk=report.consortium_id).exists()
    ):
        return ALLOWED
    if report.institution_id is None:
        writes = rounds.may_plan(person, report.consortium)
    else:
        # Also after the institution has left: its people keep what they wrote.
        writes = surveys.may_keep(person, report.institution_id)
    return ALLOWED if writes else refused(_("This report is still being written."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    public = Q(published_at__isnull=False)
    if person is None:
        return public
    if person.is_staff:
        return Q()
    mine = consortia.consortia_of(person)
    final = Q(state=ReportState.FINAL, consortium__in=mine)
    own = Q(institution__in=person.institutions_as(*surveys.KEEPERS))
    planned = [consortium.pk for consortium in mine if rounds.may_plan(person, consortium)]
    return public | final | own | Q(institution=None, consortium__in=planned)
