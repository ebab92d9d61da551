"""Where packages of activities lie."""

from __future__ import annotations

from biosint.exchange.models import Activity
from biosint.exchange.states import ActivityKind

_PLACE = "exchange.activity:"


def place_of(activity: Activity) -> str:
    """Return the name under which packages knows an activity."""
    return f"{_PLACE}{activity.pk}"


def activity_at(place: str) -> Activity | None:
    """Return the activity of a place, with its course; None where it is another app's, removed or of another kind."""
    key = place.removeprefix(_PLACE)
    if key == place or not key.isdecimal():
        return None
    return (
        Activity.objects.filter(pk=int(key), kind=ActivityKind.PACKAGE)
        .select_related("course")
        .prefetch_related("course__teachings")
        .first()
    )
