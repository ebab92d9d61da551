"""The mails that carry notices: one notice at once, or several collected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.notices.kinds import KindUnknown, kind_of
from biosint.notices.links import DIGEST, stop_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biosint.notices.models import Notice
    from biosint.people.models import Person


@contextmanager
def _as_read_by(person: Person) -> Iterator[None]:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        yield


def letter(notice: Notice) -> EmailMessage:
    """Return the mail of one notice, in the language its reader has now."""
    person = notice.person
    with _as_read_by(person):
        where = [settings.SITE_URL + notice.url] if notice.url else []
        return _mail(person, notice.heading, [notice.body, *where], kind=notice.kind)


def digest_letter(person: Person, notices: Sequence[Notice], *, more: int) -> EmailMessage:
    """Return the collected mail; ``more`` notices stand on the page alone."""
    with _as_read_by(person):
        count = len(notices) + more
        subject = ngettext("%(count)s piece of news", "%(count)s pieces of news", count) % {"count": count}
        parts = []
        kind = ""
        for notice in notices:
            if notice.kind != kind:
                kind = notice.kind
                parts.append(_heading(kind))
            where = f"\n  {settings.SITE_URL}{notice.url}" if notice.url else ""
            parts.append(f"- {_one_line(notice.heading)}\n  {_one_line(notice.body)}{where}")
        if more:
            parts.append(f"{settings.SITE_URL}{reverse('notices:list')}")
        return _mail(person, subject, parts, kind=DIGEST)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _heading(code: str) -> str:
    try:
        label = str(kind_of(code).label)
    except KindUnknown:
        label = code
    return f"{label}\n{'-' * len(label)}"


def _mail(person: Person, subject: str, parts: list[str], *, kind: str) -> EmailMessage:
    stop = stop_link(person, kind)
    ways = [
        _("You get this mail because you have an account on %(site)s.") % {"site": settings.SITE_URL},
        _("No more mails of this kind: %(link)s") % {"link": stop},
        _("Choose how you hear of what: %(link)s")
        % {"link": settings.SITE_URL + reverse("notices:preferences")},
    ]
    return EmailMessage(
        # A line break in a subject would begin another header.
        subject=_one_line(subject),
        body="\n\n".join([*parts, "\n".join(ways)]) + "\n",
        to=[person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
