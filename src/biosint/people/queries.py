from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q, QuerySet

from biosint.people import links
from biosint.people.models import Affiliation, OfficeHeld, Person
from biosint.people.rules import met_by
from biosint.shared.registries import EXPORTERS

if TYPE_CHECKING:
    from biosint.institutions.models import Institution


def people_of(institution: Institution, words: str = "") -> QuerySet[Person]:
    """Return who belongs to the institution now, by name, with their affiliations and offices there."""
    standing = Q(
        pk__in=Affiliation.objects.filter(
            institution=institution, ended_date=None, confirmed_at__isnull=False
        ).values("person_id")
    ) | Q(pk__in=OfficeHeld.objects.filter(institution=institution, until_date=None).values("person_id"))
    people = Person.objects.filter(standing).prefetch_related(
        Prefetch(
            "offices_held",
            OfficeHeld.objects.filter(institution=institution, until_date=None),
            to_attr="offices_here",
        ),
        Prefetch(
            "affiliations",
            Affiliation.objects.filter(institution=institution, ended_date=None, confirmed_at__isnull=False),
            to_attr="affiliations_here",
        ),
    )
    return people.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else people


def waiting_at(institution_ids: frozenset[int]) -> QuerySet[Affiliation]:
    """Return the requests to belong that nobody has answered, oldest first."""
    return (
        Affiliation.objects.filter(institution__in=institution_ids, confirmed_at=None, ended_date=None)
        .select_related("person", "institution")
        .order_by("requested_at", "pk")
    )


def affiliations_of(person: Person) -> QuerySet[Affiliation]:
    """Return where the person belongs or has asked to belong, without what has ended."""
    return person.affiliations.filter(ended_date=None).select_related("institution")


def people_met_by(person: Person, words: str) -> QuerySet[Person]:
    """Return the people whom a person may find by name."""
    found = Person.objects.filter(met_by(person), is_active=True)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found.distinct()


def guest_of_link(token: str, *, at: datetime) -> tuple[Person | None, bool]:
    """Return whose link it is (None when this site did not make it), and whether it still opens."""
    read = links.read_link(token)
    if read is None:
        return None, False
    public_id, seen, issued = read
    person = Person.objects.filter(public_id=public_id, is_active=True).first()
    return person, person is not None and links.still_opens(person, seen=seen, issued=issued, at=at)


def records_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return everything that the platform keeps about a person, section by section."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for label, export in EXPORTERS:
        sections.setdefault(label, []).extend(export(person))
    return sections
