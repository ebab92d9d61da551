"""Parts of the front door."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from biosint.people.api import Office, OfficeHeld, Person
from biosint.shared.verdicts import Sentence

register = template.Library()

# One card per role; the institutions differ, so that a visitor meets several.
SHOWN = (
    (Office.STUDENT, "deva"),
    (Office.TEACHER, "cacak"),
    (Office.ADMINISTRATOR, "pogradec"),
    (Office.COORDINATOR, "cacak"),
    (Office.DEAN, "zvornik"),
    (Office.QUALITY_BOARD, "mechelen"),
)


@dataclass(frozen=True, slots=True)
class RoleCard:
    person: Person
    role: Sentence
    place: str


@register.simple_tag
def demonstration_people() -> list[RoleCard]:
    """Return one person per role, and an outsider; empty outside the demonstration."""
    if not settings.DEMONSTRATION:
        return []
    cards = []
    for office, key in SHOWN:
        held = (
            OfficeHeld.objects.filter(
                office=office, until_date=None, person__email__endswith=f".{key}@demonstration.example"
            )
            .select_related("person", "institution")
            .order_by("pk")
            .first()
        )
        if held:
            cards.append(
                RoleCard(
                    held.person,
                    held.get_office_display(),
                    f"{held.institution.short_name}, {held.institution.city}",
                )
            )
    outsider = (
        Person.objects.filter(is_guest=True, email__endswith="@demonstration.example").order_by("pk").first()
    )
    if outsider:
        cards.append(RoleCard(outsider, _("student from outside"), outsider.country_label))
    return cards
