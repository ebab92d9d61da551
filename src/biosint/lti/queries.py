"""Reads of external tools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from biosint.lti.models import Acquaintance, Choice, PlatformKey, Result, Tool
from biosint.lti.rules import kept_by

if TYPE_CHECKING:
    from biosint.people.api import Person


def kept_tools(person: Person) -> QuerySet[Tool]:
    """Return the tools a person keeps, by name, with how many places open them."""
    return Tool.objects.filter(kept_by(person)).select_related("institution").annotate(places=Count("links"))


def public_keys() -> dict[str, Any]:
    """Return our public keys as a JWK set."""
    return {"keys": [key.public for key in PlatformKey.objects.all()[:4]]}


def records_of(person: Person) -> Iterable[dict[str, Any]]:
    """Everything lti keeps about one person, for their own export."""
    for known in Acquaintance.objects.filter(person=person).select_related("tool"):
        yield {"tool": known.tool.name, "known_as": str(known.sub), "agreed_at": known.agreed_at}
    for result in Result.objects.filter(person=person).select_related("link__tool"):
        yield {
            "tool": result.link.tool.name,
            "place": result.link.title,
            "points": result.given,
            "of": result.maximum,
            "comment": result.comment,
            "said_at": result.said_at,
        }
    for choice in Choice.objects.filter(person=person).select_related("tool"):
        yield {"tool": choice.tool.name, "chose_content_at": choice.begun_at, "chosen": choice.chosen}
