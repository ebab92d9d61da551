"""What was handed in for an activity, as markers read it. Each kind of activity registers where its works are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.exchange.states import ActivityKind

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.exchange.models import Activity, Application, Team


@dataclass(frozen=True, slots=True)
class Work:
    """One version of a work. ``text`` is Markdown; ``links`` and ``files`` are (label, address)."""

    handed_in_at: datetime
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


WorksOf = Callable[["Activity", "Application | None", "Team | None"], Sequence[Work]]

_KNOWN: dict[ActivityKind, WorksOf] = {}


def register(kind: ActivityKind, works_of: WorksOf) -> None:
    """Say where the works of a kind are.

    Args:
        works_of: called with the activity and the learner or the team whose work it is (the other is None);
            returns the newest version first. It counts its queries: the same number for each work.
    """
    _KNOWN[kind] = works_of


def works_in(activity: Activity, *, application: Application | None, team: Team | None) -> Sequence[Work]:
    """Return the versions of a work, the newest first; none where the kind leaves nothing to read."""
    works_of = _KNOWN.get(ActivityKind(activity.kind))
    return works_of(activity, application, team) if works_of is not None else ()
