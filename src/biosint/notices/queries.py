from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.notices.models import Notice, Preferences

if TYPE_CHECKING:
    from biosint.people.models import Person


def notices_for(person: Person) -> QuerySet[Notice]:
    """Return a person's own notices, newest first. Nobody reads another's."""
    return Notice.objects.filter(person=person)


def unread_count(person: Person) -> int:
    return notices_for(person).filter(read_at=None).count()


def preferences_of(person: Person) -> Preferences:
    """Return what a person wishes; where they never chose, the defaults, which are not kept."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def people_with_digest(*, at: datetime) -> list[int]:
    """Return the keys of the people for whom a collected mail is due."""
    due = Notice.objects.filter(digest_at__lte=at, mailed_at=None, read_at=None, person__is_active=True)
    return list(due.order_by("person").values_list("person", flat=True).distinct())


def digest_of(person_id: int, *, at: datetime) -> QuerySet[Notice]:
    """Return what one collected mail tells, the newest first; what was read meanwhile needs no mail."""
    return Notice.objects.filter(
        person=person_id, person__is_active=True, digest_at__lte=at, mailed_at=None, read_at=None
    ).select_related("person")
