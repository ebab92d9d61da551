"""What a kind of activity does when a course is copied.

``Activity.settings`` may hold keys of records of the kind: a rubric, a bank, a package. A copy must not share them
with its source, so settings only come along where the kind says how. A kind registers here, in its own module of
operations; kinds that do not keep plain settings only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from biosint.exchange.states import ActivityKind

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person

# (source, copy, by): copies the kind's own records, and returns the settings of the copy.
Copies = Callable[["Activity", "Activity", "Person"], Mapping[str, Any]]

COPIES: dict[ActivityKind, Copies] = {}


def copies(kind: ActivityKind) -> Callable[[Copies], Copies]:
    """Register how the records of a kind are copied: ``@copies(ActivityKind.QUIZ)``."""

    def keep(how: Copies) -> Copies:
        if kind in COPIES:
            raise ValueError(f"{kind} has its way of being copied already.")
        COPIES[kind] = how
        return how

    return keep


def settings_of_copy(source: Activity, copy: Activity, *, by: Person) -> dict[str, Any]:
    """Return the settings of a copied activity; without a way of its kind only words, choices and plain numbers.

    What names another record by its key (``…_id``, ``…_ids``) stays behind.
    """
    how = COPIES.get(ActivityKind(source.kind))
    if how is not None:
        return dict(how(source, copy, by))
    return {
        name: value for name, value in source.settings.items() if not name.endswith(("_id", "_ids", "rubric"))
    }
