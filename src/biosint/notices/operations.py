from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from biosint.jobs import api as jobs
from biosint.notices.models import Notice

if TYPE_CHECKING:
    from biosint.people.models import Person

Sentence = str | Promise
# Names reserved for examples (RFC 2606): the invented people of the demonstration have no post box.
UNREACHABLE = (".example", ".invalid")


@transaction.atomic
def tell(person: Person, *, title: Sentence, text: Sentence, url: str = "", at: datetime) -> Notice:
    """Tell a person something: on their page of notices and, once the transaction stands, by mail.

    Args:
        title, text: plain text. Lazy translations are put into the person's own language here.
        url: path on this site that the notice leads to, e.g. ``/courses/12/``.
    """
    with translation.override(person.language or settings.LANGUAGE_CODE):
        notice = Notice.objects.create(
            person=person, title=str(title)[:200], text=str(text), url=url, created_at=at
        )
    if not person.email.endswith(UNREACHABLE):
        # The mail is a job in the same transaction: it is neither lost nor sent for something rolled back.
        jobs.enqueue("notices.send_mail", by=None, at=at, key=str(notice.pk), notice_id=notice.pk)
    return notice


@transaction.atomic
def read(*, notice_ids: list[int] | None = None, by: Person, at: datetime) -> int:
    """Mark a person's own notices as read (all of them where none is named) and return how many."""
    unread = Notice.objects.filter(person=by, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=at)


def send_mail(*, notice_id: int, at: datetime) -> bool:
    """Send the mail of a notice. False: it was sent before, or its account is closed.

    No transaction is held while the mail server answers. A worker killed between sending and
    noting sends twice, which is better than never.
    """
    notice = (
        Notice.objects.select_related("person")
        .filter(pk=notice_id, mailed_at=None, person__is_active=True)
        .first()
    )
    if notice is None:
        return False
    with translation.override(notice.person.language or settings.LANGUAGE_CODE):
        why = _("You get this mail because you have an account on %(site)s.") % {"site": settings.SITE_URL}
    where = [settings.SITE_URL + notice.url] if notice.url else []
    EmailMessage(
        # A line break in a subject would begin another header.
        subject=" ".join(notice.title.split()),
        body="\n\n".join([notice.text, *where, why]) + "\n",
        to=[notice.person.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    Notice.objects.filter(pk=notice.pk).update(mailed_at=at)
    return True
