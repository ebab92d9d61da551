"""Groups of students whom their faculty puts forward. Each of them decides: a letter leads to the form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import PutForward
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules.groups import may_put_forward, places_to_put_into
from biosint.jobs import api as jobs
from biosint.people import api as people
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

MOST_AT_ONCE = 300
LONGEST_NAME = 150
_BETWEEN = re.compile(r"[\s;,<>\"“”]+")


class NotOfThisCourse(Fault):
    """The institution does not take part, or is not the person's own."""


class TooMany(Fault):
    """More lines than one list takes."""


class NobodyNamed(Fault):
    """No line with an address that can be used."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines understood as name and address, and numbers of those that were not."""

    people: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many are new on the list, how many stood there, which lines were not understood."""

    new: int
    known: int
    wrong: list[int]


def read_list(text: str) -> Listed:
    r"""Understand one person a line: name and address in any order, as spreadsheets and mail programs copy them.

    >>> read_list("Ana Kos <ana@example.org>\nben@example.org; Ben\nnobody").people
    [('Ana Kos', 'ana@example.org'), ('Ben', 'ben@example.org')]
    """
    found = Listed()
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        words = [word for word in _BETWEEN.split(line) if word]
        if not words:
            continue
        addresses = [word for word in words if "@" in word]
        try:
            (address,) = addresses
            validate_email(address)
        except (ValueError, ValidationError):
            found.wrong.append(number)
            continue
        if address.casefold() in seen:
            continue
        seen.add(address.casefold())
        name = " ".join(word for word in words if word != address)[:LONGEST_NAME]
        found.people.append((name or address.partition("@")[0], address))
    return found


@transaction.atomic
def put_forward(*, course_id: int, institution_id: int, text: str, by: Person, at: datetime) -> Outcome:
    """Keep who is put forward, and let each get a letter. Nothing tells whether an address had an account.

    Raises:
        Refused: ``by`` may not, or the course takes no applications.
        NotOfThisCourse, TooMany, NobodyNamed: with a sentence that says what to do.
    """
    course = locked(course_id)
    require(may_put_forward(by, course, on=at.date()))
    if institution_id not in {one.pk for one in places_to_put_into(by, course)}:
        raise NotOfThisCourse(_("Choose your own institution; it must take part in the course."))
    listed = read_list(text)
    if len(listed.people) > MOST_AT_ONCE:
        raise TooMany(
            _("Put %(most)s people forward at once at most. Send the rest as a second list.")
            % {"most": MOST_AT_ONCE}
        )
    if not listed.people:
        raise NobodyNamed(_("Write one person on each line: the name and one mail address."))
    new = 0
    for name, address in listed.people:
        learner = people.open_guest(email=address, name=name, at=at, language=by.language)
        _kept, is_new = PutForward.objects.get_or_create(
            course=course,
            learner=learner,
            defaults={
                "institution_id": institution_id,
                "name": name,
                "email": address,
                "put_by": by,
                "put_at": at,
            },
        )
        new += is_new
    if new:
        audit.record("exchange.group.put_forward", course, by=by, at=at, people=new)
        jobs.enqueue(
            "exchange.send_group_letters",
            by=by,
            at=at,
            key=f"{course.pk}-{at.isoformat()}",
            course_id=course.pk,
        )
    return Outcome(new=new, known=len(listed.people) - new, wrong=listed.wrong)


def letters_to_send(course_id: int) -> list[int]:
    """Return the keys of those whose letter has not left."""
    waiting = PutForward.objects.filter(course=course_id, letter_at=None).order_by("pk")
    return list(waiting.values_list("pk", flat=True))


def send_group_letter(*, put_forward_id: int, at: datetime) -> None:
    """Send one letter and note it. The link is made only now, so that it stands nowhere but in the letter."""
    found = (
        PutForward.objects.filter(pk=put_forward_id, letter_at=None)
        .select_related("learner", "course", "institution", "put_by")
        .first()
    )
    if found is None:
        return
    learner, course = found.learner, found.course
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "exchange/mail/group.txt",
            {
                "person": learner,
                "course": course,
                "institution": found.institution,
                "by": found.put_by,
                "link": people.sign_in_link(
                    learner, at=at, then=reverse("exchange:apply", args=[course.slug])
                ),
                "site_url": settings.SITE_URL,
            },
        )
        subject = _("A place for you: %(course)s") % {"course": course.title}
    EmailMessage(
        # A line break in a subject would begin another header.
        subject=" ".join(subject.split()),
        body=text,
        to=[learner.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    PutForward.objects.filter(pk=found.pk).update(letter_at=at)
