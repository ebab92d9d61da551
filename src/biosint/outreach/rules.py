"""Who may do what with the log, news and enquiries.

The log is open: making results known is no secret. Who entered a line, and its proof file, stay inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortium
from biosint.outreach.states import ENQUIRY_MOVES, PRACTICE_MOVES, EnquiryState, PracticeState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.outreach.models import Activity, Enquiry, News, Practice
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


def may_forget_enquirer(person: Person, enquiry: Enquiry) -> Verdict:
    """Once an enquiry is answered, a coordinator may erase who asked; the words and the outcome stay."""
    verdict = may_read_enquiries(person)
    if not verdict:
        return verdict
    if enquiry.state != EnquiryState.ANSWERED:
        return refused(_("Answer the enquiry first."))
    if not enquiry.email:
        return refused(_("Name and address are erased already."))
    return ALLOWED


PRACTITIONERS = (*LOGGERS, Office.QUALITY_BOARD)


def may_write_practice(person: Person, institution: Institution) -> Verdict:
    """Teachers and officers tell what worked at their own institution."""
    if person.holds(*PRACTITIONERS, at=institution):
        return ALLOWED
    return refused(
        _(
            "Teachers, coordinators, administrators and the quality board of %(institution)s write its practices."
        )
        % {"institution": institution}
    )


def may_review_practice(person: Person, practice: Practice) -> Verdict:
    """A teacher or officer of another institution reads it before it is shown, once for each version."""
    if practice.state != PracticeState.SUBMITTED:
        return refused(_("This practice does not wait for a review."))
    elsewhere = person.institutions_as(*PRACTITIONERS) - {practice.institution_id}
    if person.pk == practice.written_by_id or not elsewhere:
        return refused(
            _("A teacher or officer of another institution than %(institution)s reviews it.")
            % {"institution": practice.institution}
        )
    return ALLOWED


def may_rewrite_practice(person: Person, practice: Practice) -> Verdict:
    """What was sent back is written anew by its writer, or by who keeps the institution's records."""
    if PracticeState.SUBMITTED not in PRACTICE_MOVES[PracticeState(practice.state)]:
        return refused(_("Only a practice that was sent back is written anew."))
    if person.pk == practice.written_by_id or person.holds(*KEEPERS, at=practice.institution_id):
        return ALLOWED
    return refused(_("Only its writer, or a coordinator or administrator there, writes it anew."))


def may_use_practice(person: Person, practice: Practice, institution: Institution) -> Verdict:
    """Another institution tells that it took a practice up; its own teachers and officers speak for it."""
    if practice.state != PracticeState.PUBLISHED:
        return refused(_("Only a published practice is taken up."))
    if institution.pk == practice.institution_id:
        return refused(_("It comes from your own institution."))
    return may_write_practice(person, institution)


def may_view_practice(person: Person | None, practice: Practice) -> Verdict:
    """Published practices are open to all; the others to staff of the institutions, who may review them."""
    if practice.state == PracticeState.PUBLISHED or sees_inside(person):
        return ALLOWED
    return refused(_("This practice is not published yet."))


def practices_viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view_practice``, for lists. Their test keeps them equal."""
    return Q() if sees_inside(person) else Q(state=PracticeState.PUBLISHED)
