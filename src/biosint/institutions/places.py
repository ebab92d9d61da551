"""Where other apps hand up what they have about an institution, for its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.institutions.models import Institution
from biosint.shared.verdicts import Sentence

if TYPE_CHECKING:
    from biosint.people.models import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A page that tells more about one institution: its projects, its people, its courses."""

    title: Sentence
    url: str
    text: Sentence = ""


# ``person`` is None for a visitor; a provider returns only pages open to them.
PLACES: list[Callable[[Institution, Person | None], Iterable[Place]]] = []


def places_of(institution: Institution, person: Person | None) -> list[Place]:
    """Return every page about the institution that the reader may open, in the order of registration."""
    return [place for provide in PLACES for place in provide(institution, person)]
