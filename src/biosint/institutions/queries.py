from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.institutions.models import Institution
from biosint.institutions.rules import viewable_by

if TYPE_CHECKING:
    from biosint.people.models import Person


def institutions_for(person: Person | None) -> QuerySet[Institution]:
    """Return the institutions the reader may see, by name."""
    return Institution.objects.filter(viewable_by(person))


def named_like(institutions: QuerySet[Institution], words: str) -> QuerySet[Institution]:
    """Return those in whose name, short name, university or town every word occurs."""
    for word in words.split():
        institutions = institutions.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(university__icontains=word)
            | Q(city__icontains=word)
        )
    return institutions
