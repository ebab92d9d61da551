"""Takes a person out of plans of courses when the account is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from biosint.exchange.models import CalendarFeed, OpenTemplate

if TYPE_CHECKING:
    from biosint.people.api import Person

NOBODY = "…"


def forget_plans(person: Person) -> None:
    """Close the person's calendar addresses and take the name out of open templates, and of what builds on them.

    The log and kept versions of a plan stay: they name the account, which has no name any more. The caller holds
    the transaction, in which the name still stands.
    """
    CalendarFeed.objects.filter(person=person).delete()
    own = OpenTemplate.objects.filter(Q(course__teachings__person=person) | Q(published_by=person)).distinct()
    slugs = set(own.values_list("slug", flat=True))
    if not slugs:
        return
    name = str(person)
    for template in OpenTemplate.objects.only("slug", "authors", "builds_on"):
        authors = _without(template.authors, name) if template.slug in slugs else template.authors
        builds_on = [
            {**earlier, "authors": _without(earlier["authors"], name)}
            if earlier["slug"] in slugs
            else earlier
            for earlier in template.builds_on
        ]
        if (authors, builds_on) != (template.authors, template.builds_on):
            template.authors, template.builds_on = authors, builds_on
            template.save(update_fields=["authors", "builds_on"])


def _without(authors: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{**author, "name": NOBODY} if author["name"] == name else author for author in authors]
