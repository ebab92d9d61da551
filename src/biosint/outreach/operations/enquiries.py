from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.consortium import api as consortium
from biosint.notices import api as notices
from biosint.outreach.models import Enquiry
from biosint.outreach.rules import may_answer, may_forget_enquirer
from biosint.outreach.states import EnquiryState
from biosint.people.api import Office, Person
from biosint.shared.patience import PRESSED_AGAIN
from biosint.shared.verdicts import require


@transaction.atomic
def enquire(*, name: str, email: str, purpose: str, at: datetime, organisation: str = "") -> Enquiry:
    """Receive an enquiry from outside, and tell those who lead the consortium.

    The form asks for consent; without it this is not called. Pressed twice is once.
    """
    just_sent = Enquiry.objects.filter(
        email=email.strip(), purpose=purpose.strip(), received_at__gt=at - PRESSED_AGAIN, received_at__lte=at
    ).first()
    if just_sent is not None:
        return just_sent
    enquiry = Enquiry.objects.create(
        name=name.strip(),
        organisation=organisation.strip(),
        email=email.strip(),
        purpose=purpose.strip(),
        received_at=at,
    )
    audit.record("outreach.enquiry.received", enquiry, by=None, at=at)
    for person in _leaders():
        notices.tell(
            person,
            kind="outreach.results",
            title=gettext_lazy("Somebody wants to use our results"),
            text=gettext_lazy("Read who and what for, and answer by mail."),
            url=reverse("outreach:enquiries"),
            at=at,
        )
    return enquiry


def _leaders() -> Iterable[Person]:
    """The coordinators of the coordinating institution; where there is none, the site's administrators."""
    project = consortium.current_consortium()
    if project is not None:
        leaders = Person.objects.filter(
            is_active=True,
            offices_held__office=Office.COORDINATOR,
            offices_held__institution=project.coordinator_id,
            offices_held__until_date=None,
        )
        if found := list(leaders.distinct()):
            return found
    return Person.objects.filter(is_active=True, is_staff=True)


@transaction.atomic
def note_answer(*, enquiry_id: int, outcome: str, by: Person, at: datetime) -> Enquiry:
    """Note that an enquiry was answered, and what came of it.

    Raises:
        Refused: ``by`` is no coordinator, or it was answered before.
    """
    enquiry = Enquiry.objects.select_for_update(of=["self"]).get(pk=enquiry_id)
    require(may_answer(by, enquiry))
    enquiry.state = EnquiryState.ANSWERED
    enquiry.answered_by, enquiry.answered_at, enquiry.outcome = by, at, outcome.strip()
    enquiry.save(update_fields=["state", "answered_by", "answered_at", "outcome"])
    audit.record("outreach.enquiry.answered", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def forget_enquirer(*, enquiry_id: int, by: Person, at: datetime) -> Enquiry:
    """Erase the name and address of who asked. What they wanted, and what came of it, stays countable.

    Raises:
        Refused: ``by`` is no coordinator, it is not answered yet, or it is erased already.
    """
    enquiry = Enquiry.objects.select_for_update(of=["self"]).get(pk=enquiry_id)
    require(may_forget_enquirer(by, enquiry))
    enquiry.name, enquiry.email = "", ""
    enquiry.save(update_fields=["name", "email"])
    audit.record("outreach.enquiry.enquirer_forgotten", enquiry, by=by, at=at)
    return enquiry
