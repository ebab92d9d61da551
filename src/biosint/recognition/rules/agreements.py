from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.recognition.content import counts_for
from biosint.recognition.states import AgreementState, Answer, Party
from biosint.shared.verdicts import ALLOWED, Sentence, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.api import Application
    from biosint.people.api import Person
    from biosint.recognition.models import AgreementVersion, LearningAgreement

# Who speaks for an institution in an agreement.
SIGNING_OFFICES = (Office.ADMINISTRATOR, Office.COORDINATOR, Office.DEAN)


def _teaches_for(person: Person, agreement: LearningAgreement) -> bool:
    """Whether the person is an accepted teacher of the course. Reads prefetched teachings where there are some."""
    return any(
        teaching.person_id == person.pk and teaching.accepted_at is not None
        for teaching in agreement.application.course.teachings.all()
    )


def parties_of(person: Person, agreement: LearningAgreement) -> tuple[Party, ...]:
    """Return the parties for which the person may sign, by who they are."""
    host_teacher = any(
        teaching.person_id == person.pk
        and teaching.accepted_at is not None
        and teaching.institution_id == agreement.host_id
        for teaching in agreement.application.course.teachings.all()
    )
    mine = {
        Party.LEARNER: agreement.application.learner_id == person.pk,
        Party.HOME: person.holds(*SIGNING_OFFICES, at=agreement.home_id),
        Party.HOST: person.holds(*SIGNING_OFFICES, at=agreement.host_id) or host_teacher,
    }
    return tuple(party for party in Party if mine[party])


def may_view(person: Person, agreement: LearningAgreement) -> Verdict:
    """The three parties read an agreement, and the teachers of the course."""
    if parties_of(person, agreement) or _teaches_for(person, agreement):
        return ALLOWED
    return refused(_("An agreement is open to the learner and the two institutions that sign it."))


def viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    offices = person.institutions_as(*SIGNING_OFFICES)
    return (
        Q(application__learner=person)
        | Q(home__in=offices)
        | Q(host__in=offices)
        | Q(
            application__course__teachings__person=person,
            application__course__teachings__accepted_at__isnull=False,
        )
    )


def may_sign(
    person: Person, agreement: LearningAgreement, version: AgreementVersion, party: Party
) -> Verdict:
    """Each party signs the latest version once, by a person who speaks for it and for no other party of it."""
    if party not in parties_of(person, agreement):
        reasons: dict[Party, Sentence] = {
            Party.LEARNER: _("Only the learner signs here."),
            Party.HOME: _("Only an administrator, a coordinator or the dean of %(institution)s signs for it.")
            % {"institution": agreement.home},
            Party.HOST: _(
                "Only a teacher of the course, an administrator, a coordinator or the dean of "
                "%(institution)s signs for it."
            )
            % {"institution": agreement.host},
        }
        return refused(reasons[party])
    verdict = _is_ready(agreement, version)
    if not verdict:
        return verdict
    given = list(version.signatures.all())
    if any(signature.party == party for signature in given):
        return refused(_("This version is signed for this party."))
    if any(signature.person_id == person.pk for signature in given):
        return refused(_("You have signed for another party: somebody else signs for this one."))
    return ALLOWED


def _is_ready(agreement: LearningAgreement, version: AgreementVersion) -> Verdict:
    if agreement.state == AgreementState.ENDED:
        return refused(_("The learner has left the course: this agreement is no longer needed."))
    if agreement.state == AgreementState.REFUSED:
        return refused(_("A party refused to sign this version. It has to be changed before anybody signs."))
    if not counts_for(version.content).title:
        return refused(
            _("%(institution)s has not said yet for which unit at home the course counts.")
            % {"institution": agreement.home}
        )
    return ALLOWED


def may_change(person: Person, agreement: LearningAgreement) -> Verdict:
    """The learner and the sending institution change what counts at home; every party then signs anew."""
    if agreement.state == AgreementState.ENDED:
        return refused(_("The learner has left the course: this agreement is no longer needed."))
    if {Party.LEARNER, Party.HOME} & set(parties_of(person, agreement)):
        return ALLOWED
    return refused(
        _(
            "Only the learner, or an administrator, a coordinator or the dean of %(institution)s can change it."
        )
        % {"institution": agreement.home}
    )


def may_renew(person: Person, agreement: LearningAgreement) -> Verdict:
    """Any party takes up what has changed in the course."""
    if agreement.state == AgreementState.ENDED:
        return refused(_("The learner has left the course: this agreement is no longer needed."))
    if parties_of(person, agreement):
        return ALLOWED
    return refused(_("Only a party of the agreement can take up changes of the course."))


def needs_agreement(application: Application) -> Verdict:
    """A learner of another institution than the host has somebody to agree with."""
    if application.institution_id is None:
        return refused(
            _("A learner without an institution here needs no agreement: nobody at home signs it.")
        )
    if application.institution_id == application.course.host_id:
        return refused(_("The course is given by the learner’s own institution: nothing has to be agreed."))
    return ALLOWED


def may_settle_at_home(person: Person, institution_id: int) -> Verdict:
    """Administrators, coordinators and the dean say for which unit at home a course counts."""
    if person.holds(*SIGNING_OFFICES, at=institution_id):
        return ALLOWED
    return refused(_("Only an administrator, a coordinator or the dean says for which unit a course counts."))


def is_complete(version: AgreementVersion) -> bool:
    """Whether all three parties have signed this version."""
    return {
        signature.party for signature in version.signatures.all() if signature.answer == Answer.SIGNED
    } == {party.value for party in Party}


def is_late(agreement: LearningAgreement, *, on: date) -> bool:
    return agreement.state == AgreementState.OPEN and agreement.sign_by_date < on
