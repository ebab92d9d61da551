"""What learners rate about themselves, and how much of it teachers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biosint.exchange.states import ActivityKind

if TYPE_CHECKING:
    from biosint.exchange.models import Activity

# Teachers see distributions of 5, 10, 15 ... people.
STEP = 5
HIGHEST = 4


def earlier_of(activity: Activity) -> Activity | None:
    """Return the self-assessment at the beginning of the course whose statements are rated again here."""
    key = int(activity.settings.get("of") or 0)
    if not key:
        return None
    return (
        type(activity)
        .everything.filter(course=activity.course_id, kind=ActivityKind.SELF_ASSESSMENT, pk=key)
        .exclude(pk=activity.pk)
        .first()
    )


def statements_of(activity: Activity, earlier: Activity | None) -> list[str]:
    """Return what is rated: the statements of the earlier moment, or its own."""
    return [str(one) for one in (earlier or activity).settings.get("statements", [])]
