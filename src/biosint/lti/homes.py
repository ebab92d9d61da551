"""Places where apps put tools. An app registers a home; LTI asks it who is there and hands it results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from biosint.lti.models import Choice, Link
    from biosint.people.models import Person


class Role(StrEnum):
    """What a person is where the tool stands, in the words of LTI."""

    LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
    INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@dataclass(frozen=True, slots=True)
class Context:
    """Where the tool stands: a course, say. ``key`` is the same for every tool of it."""

    key: str
    title: str
    label: str


@dataclass(frozen=True, slots=True)
class Member:
    person: Person
    role: Role


class Home(Protocol):
    """What an app says about the places where it put tools."""

    def context_of(self, link: Link) -> Context: ...

    def role_of(self, person: Person, link: Link) -> Role | None:
        """Return what a person is there; None where they may not open the tool now."""

    def members_of(self, link: Link, *, role: Role | None, offset: int, limit: int) -> Sequence[Member]:
        """Return who is there, always in the same order."""

    def address_of(self, link: Link) -> str:
        """Return the path of the page that a person comes back to."""

    def take_result(
        self,
        link: Link,
        person: Person,
        *,
        percent: Decimal | None,
        is_done: bool,
        comment: str,
        at: datetime,
    ) -> None:
        """Count what the tool said, in the caller's transaction. ``percent``: 0 to 100; None: no points."""

    def may_choose(self, person: Person, key: str) -> bool:
        """Whether a person may choose content for the place of that key."""

    def address_of_choice(self, choice: Choice) -> str:
        """Return the path of the form that asked for content."""


HOMES: dict[str, Home] = {}


def register(kind: str, home: Home) -> None:
    """Let an app place tools under ``kind`` (``app.what_it_is``). Called once, from its ``providers.register``."""
    HOMES[kind] = home


def home_of(link: Link) -> Home:
    return HOMES[link.home]
