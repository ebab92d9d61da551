"""What notices hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from biosint.notices import queries
from biosint.notices.models import Preferences
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.models import Person


def changes(person: Person) -> Iterable[registries.Change]:
    for notice in queries.notices_for(person).filter(read_at=None)[:10]:
        yield registries.Change(
            title=notice.heading, url=reverse("notices:open", args=[notice.pk]), at=notice.created_at
        )


def records(person: Person) -> Iterable[dict[str, object]]:
    for notice in queries.notices_for(person):
        yield {"title": notice.heading, "text": notice.body, "created_at": notice.created_at.isoformat()}


def wishes(person: Person) -> Iterable[dict[str, object]]:
    for preferences in Preferences.objects.filter(person=person):
        yield {
            "deliveries": ", ".join(f"{kind}: {how}" for kind, how in sorted(preferences.deliveries.items())),
            "quiet_from": preferences.quiet_from,
            "quiet_until": preferences.quiet_until,
            "digest_time": preferences.digest_time,
            "digest_weekday": preferences.digest_weekday,
        }


def forget(person: Person) -> None:
    """Erase what a closed account was told and how it wished to be told."""
    queries.notices_for(person).delete()
    Preferences.objects.filter(person=person).delete()


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.CHANGES.append(changes)
    registries.EXPORTERS.append(("notices", records))
    registries.EXPORTERS.append(("notices.preferences", wishes))
    registries.ERASERS.append(forget)
