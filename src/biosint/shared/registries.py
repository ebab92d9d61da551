"""Places where apps hand up what shows on pages they do not own: menu, home, command palette.

Registration happens once at start (``providers.register``); reading is per request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from biosint.people.models import Person

Sentence = str | Promise


class Area(StrEnum):
    """The seven places of the menu. An app picks one for each page it offers."""

    HOME = "home"
    LEARN = "learn"
    TEACH = "teach"
    INSTITUTION = "institution"
    PROJECT = "project"
    NETWORK = "network"
    ADMINISTRATION = "administration"


AREA_NAMES: dict[Area, Sentence] = {
    Area.HOME: _("Home"),
    Area.LEARN: _("Learn"),
    Area.TEACH: _("Teach"),
    Area.INSTITUTION: _("Institution"),
    Area.PROJECT: _("Project"),
    Area.NETWORK: _("Network"),
    Area.ADMINISTRATION: _("Administration"),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """One page of the menu. ``visible`` must not query more than the person's cached offices."""

    area: Area
    label: Sentence
    url_name: str
    meaning: Sentence  # one sentence: what a person does there
    icon: str = "circle"
    visible: Callable[[Person], bool] = lambda _person: True
    order: int = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for one person: shown on top of their home."""

    title: Sentence
    url: str
    why: Sentence = ""
    due_at: datetime | None = None
    icon: str = "circle"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of somebody's home page, drawn by the app that knows it."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened and that a person would like to know."""

    title: Sentence
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search."""

    title: Sentence
    url: str
    kind: Sentence
    text: Sentence = ""


DESTINATIONS: list[Destination] = []
WAITING: list[Callable[[Person], Iterable[Waiting]]] = []
PANELS: list[Callable[[Person], Iterable[Panel]]] = []
CHANGES: list[Callable[[Person], Iterable[Change]]] = []
# ``person`` is None for a visitor; a searcher returns at most ``limit`` things they may see.
SEARCHERS: list[Callable[..., Iterable[Found]]] = []
# Paths of public pages for search engines of the web.
PUBLIC_PATHS: list[Callable[[], Iterable[str]]] = []
# Personal records of one person, for their own export: label of the model (“people.affiliation”) -> rows.
EXPORTERS: list[tuple[str, Callable[[Person], Iterable[dict[str, Any]]]]] = []
# Called in the transaction that closes an account, while the person is still who they were: each
# erases the personal words that its app keeps.
ERASERS: list[Callable[[Person], None]] = []


def destinations_for(person: Person) -> dict[Area, list[Destination]]:
    """Return the menu of one person, in order; areas in which they have no part are left out."""
    seen: dict[Area, list[Destination]] = {}
    for area in Area:
        here = [place for place in DESTINATIONS if place.area is area and place.visible(person)]
        if here:
            seen[area] = sorted(here, key=lambda place: place.order)
    return seen
