"""Who may do what with the log, news and enquiries.

The log is open: making results known is no secret. Who entered a line, and its proof file, stay inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortium
from biosint.outreach.states import ENQUIRY_MOVES, EnquiryState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.outreach.models import Activity, Enquiry, News
    from biosint.people.api import Person

LOGGERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.TEACHER)
KEEPERS = (Office.COORDINATOR, Office.ADMINISTRATOR)
INSIDERS = (*LOGGERS, Office.QUALITY_BOARD, Office.DEAN)


def may_log(person: Person, institution: Institution, project: Consortium) -> Verdict:
    """A coordinator, administrator or teacher of a member enters what their institution did."""
    if not person.holds(*LOGGERS, at=institution):
        return refused(
            _("Only coordinators, administrators and teachers of %(institution)s enter its activities.")
            % {"institution": institution}
        )
    if not consortium.is_member(institution, project):
        return refused(
            _("%(institution)s is not a member of %(consortium)s.")
            % {"institution": institution, "consortium": project}
        )
    return ALLOWED


def may_withdraw(person: Person, activity: Activity) -> Verdict:
    """Who entered it, and who keeps the institution's records, takes an entry back, once."""
    if activity.withdrawn_at is not None:
        return refused(_("This entry was withdrawn before."))
    if person.pk == activity.entered_by_id or person.is_staff:
        return ALLOWED
    if person.holds(*KEEPERS, at=activity.institution_id):
        return ALLOWED
    return refused(
        _("Only who entered it, or a coordinator or administrator of %(institution)s, can withdraw it.")
        % {"institution": activity.institution}
    )


def may_view(person: Person | None, activity: Activity) -> Verdict:
    """What stands is public; what was withdrawn is kept for those who answer for it."""
    if activity.withdrawn_at is None:
        return ALLOWED
    if person is not None and (
        person.is_staff
        or person.pk == activity.entered_by_id
        or person.holds(*KEEPERS, at=activity.institution_id)
    ):
        return ALLOWED
    return refused(_("This entry was withdrawn."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    standing = Q(withdrawn_at=None)
    if person is None:
        return standing
    if person.is_staff:
        return Q()
    return standing | Q(entered_by=person) | Q(institution__in=person.institutions_as(*KEEPERS))


def sees_inside(person: Person | None) -> bool:
    """Staff of any institution here see who entered a line and open its proof; visitors and students do not."""
    return person is not None and (person.is_staff or person.holds(*INSIDERS))


def may_write_news(person: Person) -> Verdict:
    """Coordinators and administrators speak for the consortium in public."""
    if person.is_staff or person.holds(*KEEPERS):
        return ALLOWED
    return refused(
        _("Coordinators and administrators write news. Send yours to the one of your institution.")
    )


def may_change_news(person: Person, news: News) -> Verdict:
    """Whoever may write news may correct it and take it down, while it is shown."""
    if news.taken_down_at is not None:
        return refused(_("This news was taken down."))
    return may_write_news(person)


def may_read_enquiries(person: Person) -> Verdict:
    """Coordinators deal with people from outside; names and addresses are for nobody else."""
    if person.is_staff or person.holds(Office.COORDINATOR):
        return ALLOWED
    return refused(_("Only coordinators read enquiries."))


def may_answer(person: Person, enquiry: Enquiry) -> Verdict:
    """A coordinator notes that an enquiry was answered, once."""
    verdict = may_read_enquiries(person)
    if not verdict:
        return verdict
    if EnquiryState.ANSWERED not in ENQUIRY_MOVES[EnquiryState(enquiry.state)]:
        return refused(_("This enquiry was answered before."))
    return ALLOWED
