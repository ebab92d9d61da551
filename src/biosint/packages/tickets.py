"""Signed addresses of the packages' host. They are all it knows of anybody: it has no sessions.

A *ticket* lets one player write one attempt of one person, for half a day. A *shelf mark* lets one person read the
files of one version. It is the same for a whole week, so that what the browser keeps is found again, and ends with
the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from biosint.packages.models import Attempt

TICKET_LIFE = timedelta(hours=12)
_TICKET_SALT = "biosint.packages.ticket"
_MARK = signing.Signer(sep="~", salt="biosint.packages.shelf")
_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


class TicketEnded(Exception):
    """The ticket was good and is too old; the page of the site hands out a new one."""


class NotOurs(Exception):
    """Not signed by this site, or for something else."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may write where: one attempt, of one person, at one version, from one page of the site."""

    attempt_id: int
    person_id: int
    version_id: int
    site: str  # origin of the page that shows the player
    language: str


def ticket_for(attempt: Attempt, *, site: str, language: str) -> str:
    """Return the word that stands in the player's address."""
    return signing.dumps(
        [attempt.pk, attempt.person_id, attempt.version_id, site, language], salt=_TICKET_SALT, compress=True
    )


def read_ticket(word: str) -> Ticket:
    """Return what a ticket says.

    Raises:
        TicketEnded, NotOurs
    """
    try:
        attempt, person, version, site, language = signing.loads(word, salt=_TICKET_SALT, max_age=TICKET_LIFE)
    except signing.SignatureExpired as fault:
        raise TicketEnded from fault
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise NotOurs from fault
    return Ticket(int(attempt), int(person), int(version), str(site), str(language))


def shelf_mark(*, version_id: int, person_id: int, at: datetime) -> str:
    """Return the word under which one person finds the files of one version this week."""
    return _MARK.sign(f"{version_id}.{person_id}.{(at - _MONDAY) // WEEK}")


def read_shelf_mark(word: str, *, at: datetime) -> int:
    """Return the version whose files a mark opens.

    Raises:
        NotOurs: not signed by this site, or older than last week.
    """
    try:
        version, _person, week = (int(part) for part in _MARK.unsign(word).split("."))
    except (signing.BadSignature, ValueError) as fault:
        raise NotOurs from fault
    if not 0 <= (at - _MONDAY) // WEEK - week <= 1:
        raise NotOurs
    return version
