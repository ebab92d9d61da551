"""What lti hands to the registries below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.lti.models import Acquaintance, Result
from biosint.lti.queries import records_of
from biosint.lti.rules import KEEPERS
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.EXPORTERS.append(("external_tools", records_of))
    registries.ERASERS.append(forget)
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.ADMINISTRATION,
            label=_("External tools"),
            url_name="lti:tools",
            meaning=_("Services elsewhere that courses open, and what each is told."),
            icon="external-link",
            visible=lambda person: person.is_staff or person.holds(*KEEPERS),
            order=70,
        )
    )


def forget(person: Person) -> None:
    """No tool finds the person any more; points stay with the records of the course, words go."""
    Acquaintance.objects.filter(person=person).delete()
    Result.objects.filter(person=person).update(comment="")
