"""Who offers, changes, writes. Each sentence says what hinders and what helps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.partnering.models import Block, Contact, Offer
from biosint.partnering.states import OFFER_MOVES, OfferKind, OfferState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

TEACHING_OFFICES = (Office.TEACHER, Office.COORDINATOR)


def may_offer(person: Person, institution: Institution | int | None = None) -> Verdict:
    """Teachers and coordinators offer for an institution where they teach."""
    if person.holds(*TEACHING_OFFICES, at=institution):
        return ALLOWED
    return refused(_("Only a teacher can do this. Ask your institution to confirm that you teach there."))


def may_change(person: Person, offer: Offer) -> Verdict:
    """Whoever made an offer changes it; the site's administrator may close it."""
    if person.pk == offer.teacher_id:
        return ALLOWED
    return refused(_("Only the teacher who made this offer can change it."))


def may_move(person: Person, offer: Offer, to: OfferState, *, today: date) -> Verdict:
    if to == OfferState.CLOSED and person.is_staff:
        return ALLOWED
    if to not in OFFER_MOVES[OfferState(offer.state)]:
        return refused(_("The offer is not in a state in which this can be done."))
    if to == OfferState.OPEN and offer.until_date < today:
        return refused(_("Set a new last day first, under “Change”: the old one is past."))
    return may_change(person, offer)


def may_view(person: Person | None, offer: Offer, *, today: date) -> Verdict:
    """What is shown is public; the rest belongs to its teacher, and to those who wrote about it."""
    if offer.is_shown(today):
        return ALLOWED
    if person is not None and (
        person.is_staff or person.pk == offer.teacher_id or offer.contacts.filter(asker=person).exists()
    ):
        return ALLOWED
    return refused(_("This offer is not open any more."))


def shown(today: date) -> Q:
    """Offers that anybody sees."""
    return Q(state=OfferState.OPEN, until_date__gte=today)


def viewable_by(person: Person | None, *, today: date) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    if person is None:
        return shown(today)
    if person.is_staff:
        return Q()
    return shown(today) | Q(teacher=person) | Q(pk__in=Contact.objects.filter(asker=person).values("offer"))


def may_ask(person: Person, offer: Offer, *, today: date) -> Verdict:
    """A teacher of another institution writes about an open offer."""
    if not offer.is_shown(today):
        return refused(_("This offer is not open any more."))
    if person.pk == offer.teacher_id:
        return refused(_("This is your own offer."))
    if not may_offer(person):
        return may_offer(person)
    return _not_blocked(person, offer.teacher_id)


def may_write(person: Person, contact: Contact) -> Verdict:
    """The two of a contact write to each other, as long as neither blocked the other."""
    if person.pk not in {contact.asker_id, contact.offer.teacher_id}:
        return refused(_("Only the two teachers of this conversation can do this."))
    return _not_blocked(person, other_of(person, contact))


def other_of(person: Person, contact: Contact) -> int:
    """Return the key of the other of the two."""
    return contact.offer.teacher_id if person.pk == contact.asker_id else contact.asker_id


def _not_blocked(person: Person, other: int) -> Verdict:
    between = Q(person=person.pk, blocked=other) | Q(person=other, blocked=person.pk)
    if Block.objects.filter(between).exists():
        # The same sentence for both: nobody is told who blocked.
        return refused(_("No messages go between the two of you any more."))
    return ALLOWED


def may_begin(person: Person, contact: Contact) -> Verdict:
    """Either of the two begins the course; into a course that exists already its teacher invites."""
    offer = contact.offer
    if contact.course_id is not None:
        return refused(_("The course is begun already."))
    if offer.kind == OfferKind.LECTURE:
        return refused(_("A guest lecture needs no course. Mark the offer as found when you agree."))
    if offer.course_id is not None and person.pk != offer.teacher_id:
        return refused(_("The teacher of the course invites you into it from this page."))
    return all_of([may_write(person, contact), may_offer(person)])


def reads(person: Person) -> Q:
    """Contacts of one person, on either side."""
    return Q(asker=person) | Q(offer__teacher=person)
