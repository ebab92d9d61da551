from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.notices.models import Notice

if TYPE_CHECKING:
    from biosint.people.models import Person


def notices_for(person: Person) -> QuerySet[Notice]:
    """Return a person's own notices, newest first. Nobody reads another's."""
    return Notice.objects.filter(person=person)


def unread_count(person: Person) -> int:
    return notices_for(person).filter(read_at=None).count()
