from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.exchange.models import Course
from biosint.exchange.operations._applications import NOTHING_TOLD, apply
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import may_apply
from biosint.exchange.rules.requirements import Told, may_be_considered
from biosint.jobs import api as jobs
from biosint.people import api as people
from biosint.people.api import Person
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from collections.abc import Mapping


@transaction.atomic
def apply_as_guest(
    *,
    course_id: int,
    email: str,
    name: str,
    motivation: str,
    profile: Mapping[str, Any],
    language: str,
    time_zone: str,
    at: datetime,
    told: Told = NOTHING_TOLD,
) -> None:
    """Apply without an account: opens a guest's account and sends a letter with the way in.

    Nothing tells whether the address had an account before. Where it had one that was used, nothing
    is changed, and the letter leads its owner to the form; else the application waits until the
    letter has proven the address (``may_decide``).
    """
    course = locked(course_id)
    require(may_apply(None, course, on=at.date(), application=None))
    require(may_be_considered(course.requirements.all(), course, told))
    guest = people.open_guest(email=email, name=name, at=at, language=language)
    if is_unproven(guest):
        apply(
            course_id=course_id,
            by=guest,
            at=at,
            motivation=motivation,
            told=told,
            time_zone=time_zone,
            **profile,
        )
    # A letter that has not left yet serves for the second press of the button, too.
    jobs.enqueue(
        "exchange.send_guest_letter",
        by=None,
        at=at,
        key=f"{guest.pk}-{course_id}",
        person_id=guest.pk,
        course_id=course_id,
    )


def is_unproven(person: Person) -> bool:
    """Whether this is a guest who has never followed a link, so that the address may be anybody's."""
    return person.is_guest and person.last_login is None


def send_guest_letter(*, person_id: int, course_id: int, at: datetime) -> None:
    """Send the way in. The link is made only now, so that it stands nowhere but in the letter."""
    person, course = Person.objects.get(pk=person_id), Course.objects.get(pk=course_id)
    has_applied = is_unproven(person)
    page = "exchange:course" if has_applied else "exchange:apply"
    with translation.override(person.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "exchange/mail/guest.txt",
            {
                "person": person,
                "course": course,
                "has_applied": has_applied,
                "link": people.sign_in_link(person, at=at, then=reverse(page, args=[course.slug])),
                "site_url": settings.SITE_URL,
            },
        )
        subject = _("Your application: %(course)s") % {"course": course.title}
    EmailMessage(
        # A line break in a subject would begin another header.
        subject=" ".join(subject.split()),
        body=text,
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
