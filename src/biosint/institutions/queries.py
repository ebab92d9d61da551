from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.institutions.models import AcademicTerm, Institution
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


def terms_between(
    institutions: Iterable[Institution | int], *, first: date, last: date
) -> dict[int, list[AcademicTerm]]:
    """Return the stretches of several academic years that touch these days, by institution (key), in order.

    An institution that wrote nothing down for these days is missing: nothing is known of it.
    """
    keys = [place if isinstance(place, int) else place.pk for place in institutions]
    found: dict[int, list[AcademicTerm]] = defaultdict(list)
    for term in AcademicTerm.objects.filter(institution__in=keys, first_date__lte=last, last_date__gte=first):
        found[term.institution_id].append(term)
    return dict(found)
