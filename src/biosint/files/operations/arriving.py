"""Files arrive in parts, so that a broken line costs a part and not the whole (docs/adr/0037)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import parts
from biosint.files.models import ArrivingFile
from biosint.files.operations.storing import check, check_beforehand, clean_name
from biosint.files.purposes import Purpose, purpose_of
from biosint.people.api import Person
from biosint.shared.verdicts import Fault

# A learner who goes home for a long weekend finds the film where it stopped.
KEPT = timedelta(days=4)
# Taken by a form: kept a little longer, so that a form sent twice finds what it names.
TAKEN_KEPT = timedelta(hours=1)
MOST_AT_ONCE = 20


class NotAllowedHere(Fault):
    """Nothing of this kind is taken in parts."""


class TooMuchOnTheWay(Fault):
    """The person has as much on its way as one person may have."""


class ArrivalGone(Fault):
    """The file was given up, taken long ago, or has waited too long."""


class OffsetDiffers(Exception):
    """The sender is elsewhere in the file than we are; ``arrived`` is where to go on."""

    def __init__(self, arrived: int) -> None:
        super().__init__(arrived)
        self.arrived = arrived


class PartTooLong(Exception):
    """More would arrive than was announced."""


def quota() -> int:
    """Return how many bytes one person may have on the way at once."""
    return 4 * int(settings.UPLOAD_BYTES)


@transaction.atomic
def begin_arrival(
    *, name: str, size: int, kind: str, subject: str, told: str, by: Person, at: datetime
) -> ArrivingFile:
    """Announce a file. What can be said against it is said now, before it is sent.

    Args:
        size: bytes of the whole file.
        kind: the purpose, as registered.
        subject: what it is for within the purpose, such as the key of an activity; not checked here.
        told: the sender's own description, handed back as it came (tus 1.0, Upload-Metadata).

    Raises:
        NotAllowedHere, FileEmpty, FileTooLarge, FormatRefused, TooMuchOnTheWay: with a sentence for the person.
    """
    purpose = _purpose(kind)
    name = clean_name(name)
    check_beforehand(name, size, allowed=purpose.allowed, maximum=purpose.maximum(name))
    # Two announcements at once see each other.
    Person.objects.select_for_update(of=["self"]).get(pk=by.pk)
    waiting = list(ArrivingFile.objects.filter(owner=by, taken_at=None).values_list("size", flat=True))
    if len(waiting) >= MOST_AT_ONCE or sum(waiting) + size > quota():
        raise TooMuchOnTheWay(
            _(
                "You have %(size)s on the way or waiting already. Hand it in or remove some, then add this one."
            )
            % {"size": filesizeformat(sum(waiting))}
        )
    arrival = ArrivingFile.objects.create(
        owner=by, kind=kind, subject=subject, name=name, size=size, told=told, begun_at=at
    )
    parts.lay_out(arrival.public_id)
    audit.record("files.arrival.begun", arrival, by=by, at=at, size=size, kind=kind)
    return arrival


def receive(
    arrival: ArrivingFile, *, offset: int, length: int, content: Iterable[bytes], by: Person, at: datetime
) -> int:
    """Add what arrives and return how far the file has come. No transaction: a slow line must not hold one.

    A whole file is checked by what it holds, as every upload is; what is not what its name says is not kept.

    Args:
        offset: where the sender is in the file, in bytes.
        length: how many bytes are announced to follow.

    Raises:
        PartBusy: another request adds to this file.
        OffsetDiffers: the sender is elsewhere.
        PartTooLong: more than the file's announced size.
        ArrivalGone: the file is not there any more.
        FormatRefused, FileUnsafe: the whole file is refused.
    """
    try:
        with parts.held(arrival.public_id) as part:
            # Read after the lock: who had it before may have added something.
            arrived = parts.arrived(arrival.public_id)
            if offset != arrived:
                raise OffsetDiffers(arrived)
            if offset + length > arrival.size:
                raise PartTooLong
            parts.append(part, content)
            arrived = parts.arrived(arrival.public_id)
    except FileNotFoundError:
        raise ArrivalGone(_("This file is not here any more. Choose it again.")) from None
    if arrived == arrival.size:
        purpose = _purpose(arrival.kind)
        try:
            check(parts.ArrivedFile(arrival), allowed=purpose.allowed, maximum=purpose.maximum(arrival.name))
        except Fault:
            drop_arrival(arrival, by=by, at=at)
            raise
    return arrived


@transaction.atomic
def drop_arrival(arrival: ArrivingFile, *, by: Person, at: datetime) -> None:
    """Give a file up. Pressing twice is once."""
    audit.record("files.arrival.dropped", arrival, by=by, at=at)
    arrival.delete()
    transaction.on_commit(partial(parts.drop, arrival.public_id))


def forget(person: Person) -> None:
    """Drop everything that a person who closes the account has on the way."""
    for arrival in ArrivingFile.objects.filter(owner=person):
        transaction.on_commit(partial(parts.drop, arrival.public_id))
        arrival.delete()


def sweep(*, at: datetime) -> int:
    """Drop files that nobody went on with or took, and parts that belong to no record; return how many."""
    dropped = 0
    for arrival in ArrivingFile.objects.iterator():
        if expires_at(arrival) <= at:
            arrival.delete()
            parts.drop(arrival.public_id)
            dropped += 1
    # After the records: a part that is laid out at this moment is young.
    known = list(ArrivingFile.objects.values_list("public_id", flat=True))
    for place in parts.strays(known, before=at - timedelta(days=1)):
        place.unlink(missing_ok=True)
        dropped += 1
    return dropped


def expires_at(arrival: ArrivingFile) -> datetime:
    """Return when a file is dropped unless something arrives before."""
    if arrival.taken_at is not None:
        return arrival.taken_at + TAKEN_KEPT
    return (parts.moved_at(arrival.public_id) or arrival.begun_at) + KEPT


def _purpose(kind: str) -> Purpose:
    purpose = purpose_of(kind)
    if purpose is None:
        raise NotAllowedHere(
            _("Files are not taken in this place. Reload the page and choose the file again.")
        )
    return purpose
