"""From the first message to a course together. Nobody's mail address is shown on the way."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.curriculum import api as curriculum
from biosint.curriculum.api import IocDimension
from biosint.evidence import api as evidence
from biosint.exchange import api as exchange
from biosint.notices import api as notices
from biosint.partnering.models import Block, Contact, Message, Offer, Report
from biosint.partnering.operations.offers import NOTICE, move
from biosint.partnering.rules import offers as rules
from biosint.partnering.states import OfferState
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, refused, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution

# New conversations of one person: enough to look for a partner, too few to advertise.
FIRST_MESSAGES = 10
FIRST_MESSAGES_PER = timedelta(days=1)
MESSAGES = 40
MESSAGES_PER = timedelta(hours=1)
BEGUN = "partnering.course_begun"


class TooMany(Fault):
    """The limit of messages is reached."""


@transaction.atomic
def ask(
    *, offer_id: int, institution: Institution, text: str, key: uuid.UUID, by: Person, at: datetime
) -> Contact:
    """Write to the teacher of an offer; a second message about it goes into the same conversation.

    Raises:
        Refused: the offer is not open, it is one's own, or one of the two blocked the other.
        TooMany: ten new conversations in a day.
    """
    offer = Offer.objects.select_for_update(of=["self"]).get(pk=offer_id)
    require(rules.may_ask(by, offer, today=timezone.localdate(at)))
    require(rules.may_offer(by, institution))
    contact = Contact.objects.filter(offer=offer, asker=by).first()
    if contact is None:
        recent = Contact.objects.filter(asker=by, created_at__gt=at - FIRST_MESSAGES_PER).count()
        if recent >= FIRST_MESSAGES:
            raise TooMany(_("You began many conversations today. Go on tomorrow."))
        contact = Contact.objects.create(
            offer=offer, asker=by, institution=institution, created_at=at, written_at=at
        )
        audit.record("partnering.contact.begun", contact, by=by, at=at)
    _send(contact, text=text, key=key, by=by, at=at)
    return contact


@transaction.atomic
def write(*, contact_id: int, text: str, key: uuid.UUID, by: Person, at: datetime) -> Contact:
    """Answer in a conversation. Pressing twice is once.

    Raises:
        TooMany: forty messages in an hour.
    """
    contact = _locked(contact_id)
    require(rules.may_write(by, contact))
    _send(contact, text=text, key=key, by=by, at=at)
    return contact


def _send(contact: Contact, *, text: str, key: uuid.UUID, by: Person, at: datetime) -> None:
    if Message.objects.filter(key=key).exists():
        return
    if Message.objects.filter(author=by, sent_at__gt=at - MESSAGES_PER).count() >= MESSAGES:
        raise TooMany(_("You wrote many messages in a short time. Go on in an hour."))
    message = Message.objects.create(contact=contact, key=key, author=by, text=text.strip(), sent_at=at)
    contact.written_at = at
    contact.save(update_fields=["written_at"])
    _tell(
        contact,
        by,
        title=format_lazy(gettext_lazy("{teacher} writes about “{offer}”"), teacher=by, offer=contact.offer),
        text=message.text[:300],
        bundle=f"partnering.contact-{contact.pk}",
        at=at,
    )
    audit.record("partnering.message.sent", contact, by=by, at=at)


def _tell(contact: Contact, by: Person, *, title: Any, text: Any, at: datetime, bundle: str = "") -> None:
    other = Person.objects.get(pk=rules.other_of(by, contact))
    notices.tell(
        other, title=title, text=text, url=contact.get_absolute_url(), kind=NOTICE, bundle=bundle, at=at
    )


def _locked(contact_id: int) -> Contact:
    Contact.objects.select_for_update(of=["self"]).get(pk=contact_id)
    return Contact.objects.select_related(
        "offer__teacher",
        "offer__institution",
        "offer__unit",
        "offer__course",
        "asker",
        "institution",
        "course",
    ).get(pk=contact_id)


@transaction.atomic
def block(*, contact_id: int, by: Person, at: datetime) -> None:
    """Want no more messages from the other of a conversation, in any conversation. Twice is once."""
    contact = _locked(contact_id)
    if by.pk not in {contact.asker_id, contact.offer.teacher_id}:
        require(refused(_("Only the two teachers of this conversation can do this.")))
    _made, is_new = Block.objects.get_or_create(
        person=by, blocked_id=rules.other_of(by, contact), defaults={"created_at": at}
    )
    if is_new:
        audit.record("partnering.contact.blocked", contact, by=by, at=at)


@transaction.atomic
def unblock(*, block_id: int, by: Person, at: datetime) -> None:
    found = Block.objects.filter(pk=block_id, person=by).first()
    if found is not None:
        audit.record("partnering.contact.unblocked", found, by=by, at=at)
        found.delete()


@transaction.atomic
def report(*, offer_id: int, contact_id: int | None = None, reason: str, by: Person, at: datetime) -> Report:
    """Tell the site's administrators that an offer, or a conversation about it, should not be."""
    contact = None
    if contact_id is not None:
        contact = _locked(contact_id)
        if by.pk not in {contact.asker_id, contact.offer.teacher_id} or contact.offer_id != offer_id:
            require(refused(_("Only the two teachers of this conversation can do this.")))
    made, is_new = Report.objects.get_or_create(
        offer_id=offer_id,
        contact=contact,
        reported_by=by,
        settled_at=None,
        defaults={"reason": reason.strip()[:500], "reported_at": at},
    )
    if is_new:
        audit.record("partnering.offer.reported", made.offer, by=by, at=at)
    return made


@transaction.atomic
def settle_report(*, report_id: int, close_offer: bool, by: Person, at: datetime) -> Report:
    """The administrator of the site looked at a report, and closed the offer or let it be."""
    if not by.is_staff:
        require(refused(_("Only the site's administrator can do this.")))
    made = Report.objects.select_for_update(of=["self"]).select_related("offer").get(pk=report_id)
    if made.settled_at is None:
        made.settled_by, made.settled_at = by, at
        made.save(update_fields=["settled_by", "settled_at"])
        if close_offer and made.offer.state != OfferState.CLOSED:
            move(made.offer, OfferState.CLOSED)
        audit.record(
            "partnering.report.settled", made.offer, by=by, at=at, closed="yes" if close_offer else "no"
        )
    return made


@transaction.atomic
def begin_course(*, contact_id: int, by: Person, at: datetime) -> exchange.Course:
    """Begin a course together: it is filled from the offer, and the other teacher is asked into it.

    If the other was quicker, this press says yes to their invitation: two who press at once have one course.
    """
    contact = _locked(contact_id)
    if contact.course_id is not None:
        if contact.begun_by_id != by.pk:
            accept_course(contact_id=contact_id, by=by, at=at)
            contact.refresh_from_db()
        assert contact.course is not None  # noqa: S101 -- it has a key
        return contact.course
    require(rules.may_begin(by, contact))
    offer = contact.offer
    is_asker = by.pk == contact.asker_id
    host, guest = (
        (contact.institution, offer.institution) if is_asker else (offer.institution, contact.institution)
    )
    other = offer.teacher if is_asker else contact.asker
    if offer.course is not None and not is_asker:
        course = offer.course
    else:
        course = exchange.create_course(host=host, by=by, at=at, **prefilled(offer, host))
    exchange.invite_teacher(course_id=course.pk, person=other, institution=guest, by=by, at=at)
    contact.course, contact.begun_by, contact.begun_at = course, by, at
    contact.save(update_fields=["course", "begun_by", "begun_at"])
    audit.record("partnering.course.begun", contact, by=by, at=at, course=course.title)
    return course


def prefilled(offer: Offer, host: Institution) -> dict[str, Any]:
    """Return the fields of a course as far as an offer knows them."""
    outcomes = curriculum.outcomes_of(offer.unit) if offer.unit is not None else []
    owns_unit = offer.unit is not None and offer.unit.programme.institution_id == host.pk
    return {
        "title": offer.title,
        "summary": offer.text,
        "subject": offer.subject,
        "keywords": offer.keywords,
        "language": offer.language,
        "level": offer.language_level,
        "start_date": offer.start_date,
        "end_date": offer.end_date,
        "apply_until_date": offer.start_date - timedelta(days=7),
        "unit": offer.unit if owns_unit else None,
        "outcomes": [
            {"text": one.text[:300], "ioc_dimension": next(iter(one.dimensions), IocDimension.SYSTEMS.value)}
            for one in outcomes[:5]
        ],
    }


@transaction.atomic
def accept_course(*, contact_id: int, by: Person, at: datetime) -> Contact:
    """Say yes to the course that the other began; the offer has found its partner. Twice is once."""
    contact = _locked(contact_id)
    if contact.course is None:
        require(refused(_("No course was begun in this conversation yet.")))
    assert contact.course is not None  # noqa: S101 -- refused above
    teaching = contact.course.teachings.filter(person=by).first()
    if teaching is None:
        require(refused(_("You are not invited into this course any more.")))
    assert teaching is not None  # noqa: S101 -- refused above
    if teaching.accepted_at is not None:
        return contact
    exchange.accept_invitation(teaching_id=teaching.pk, by=by, at=at)
    offer = Offer.objects.select_for_update(of=["self"]).get(pk=contact.offer_id)
    if offer.state in {OfferState.OPEN, OfferState.PAUSED}:
        move(offer, OfferState.FOUND)
    for institution in {contact.institution, contact.offer.institution}:
        evidence.record(
            kind=BEGUN,
            subject=contact.course,
            institution=institution,
            occurred_at=at,
            proof=f"/courses/{contact.course.slug}/",
            by=by,
        )
    _tell(
        contact,
        by,
        title=format_lazy(
            gettext_lazy("{teacher} teaches “{course}” with you"), teacher=by, course=contact.course
        ),
        text=gettext_lazy("The invitation is accepted. Plan the course together now."),
        at=at,
    )
    audit.record("partnering.course.agreed", contact, by=by, at=at, course=contact.course.title)
    return contact
