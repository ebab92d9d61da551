"""What players tell. Rules of two tabs, a lost line and a killed process stand in docs/adr/0031."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.packages import queries
from biosint.packages.events import ResultRecorded, result_recorded
from biosint.packages.models import Attempt, ItemState, Statement
from biosint.packages.readings import VERBS, Reading, reached, read_state, together
from biosint.packages.states import Standard
from biosint.shared.verdicts import Fault

STATEMENTS = 3000  # of one attempt; a content that sends more is stuck in a loop
ITEM_OF_H5P = "content"


class ReportUnknown(Fault):
    """The report names an opening that never was."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one player sends: the state of one part, counted within its opening, and statements since the last."""

    opening: int
    sequence: int
    item: str
    state: Mapping[str, Any]
    statements: tuple[tuple[UUID, Mapping[str, Any]], ...] = ()


@transaction.atomic
def open_player(*, attempt_id: int) -> Attempt:
    """Count a player that opens. From now on it is the one that is listened to."""
    attempt = _locked(attempt_id)
    attempt.opening += 1
    attempt.save(update_fields=["opening"])
    return attempt


@dataclass(frozen=True, slots=True)
class Recorded:
    """The attempt after a report. ``is_superseded``: a newer player was opened, this one shall stop."""

    attempt: Attempt
    is_superseded: bool


@transaction.atomic
def record(report: Report, *, attempt_id: int, at: datetime) -> Recorded:
    """Keep a report and, where the result changed, announce it (``events.result_recorded``).

    Sent again after a lost answer, a report changes nothing. A report of a player that is not the one opened last
    leaves the state alone; what was reached in it counts all the same.

    Raises:
        ReportUnknown: no such player was ever opened.
    """
    attempt = _locked(attempt_id)
    if not 0 < report.opening <= attempt.opening:
        raise ReportUnknown(_("Open the exercise again from its page."))
    _keep_statements(attempt, report, at)
    is_superseded = report.opening < attempt.opening
    if report.item in _parts(attempt):
        known = attempt.items.filter(item=report.item).first()
        reading = read_state(Standard(attempt.version.standard), report.state)
        if is_superseded:
            changed = reading.is_done and _count(attempt, known, report, reading, at)
        else:
            changed = _keep_state(attempt, known, report, reading, at)
        if changed:
            _judge(attempt, at)
    return Recorded(attempt, is_superseded)


def _locked(attempt_id: int) -> Attempt:
    # The lock first: what the row says before it is ours may be of the moment before.
    Attempt.objects.select_for_update().get(pk=attempt_id)
    return Attempt.objects.select_related("version", "package").get(pk=attempt_id)


def _parts(attempt: Attempt) -> tuple[str, ...]:
    """The parts that must be done: every line of the contents that starts a page; the one content of H5P."""
    if attempt.version.standard == Standard.H5P:
        return (ITEM_OF_H5P,)
    return tuple(item["code"] for item in attempt.version.outline["items"] if item["href"])


def _keep_statements(attempt: Attempt, report: Report, at: datetime) -> None:
    if not report.statements:
        return
    room = STATEMENTS - attempt.statements.count()
    Statement.objects.bulk_create(
        [
            Statement(
                attempt=attempt,
                key=key,
                verb=verb,
                thing=str(_inside(content, "object", "id"))[:300],
                content=dict(content),
                received_at=at,
            )
            for key, content in report.statements[: max(room, 0)]
            if (verb := str(_inside(content, "verb", "id")).rstrip("/").rpartition("/")[2]) in VERBS
        ],
        ignore_conflicts=True,  # sent again after a lost answer
    )


def _inside(content: Mapping[str, Any], *names: str) -> object:
    found: Any = content
    for name in names:
        found = found.get(name, "") if isinstance(found, Mapping) else ""
    return found


def _of(item: ItemState | None) -> Reading:
    if item is None:
        return Reading()
    return Reading(is_done=item.is_done, passed=item.passed, points=item.points, seconds=item.seconds)


def _keep_state(
    attempt: Attempt, known: ItemState | None, report: Report, reading: Reading, at: datetime
) -> bool:
    """Keep state and result of the player opened last; a report that was kept before changes nothing."""
    if known is not None and (report.opening, report.sequence) <= (known.opening, known.sequence):
        return False
    item = known or ItemState(attempt=attempt, item=report.item)
    item.opening, item.sequence, item.state = report.opening, report.sequence, dict(report.state)
    _write(item, reading, at)
    return True


def _count(attempt: Attempt, known: ItemState | None, report: Report, reading: Reading, at: datetime) -> bool:
    """Count what was reached in an older player, and leave the state of the newer one alone."""
    item = known or ItemState(attempt=attempt, item=report.item, opening=0, sequence=0)
    if reached(_of(known), reading) == _of(known):
        return False
    _write(item, reading, at)
    return True


def _write(item: ItemState, reading: Reading, at: datetime) -> None:
    now = reached(_of(item), reading)
    item.is_done, item.passed, item.points, item.seconds = now.is_done, now.passed, now.points, now.seconds
    item.changed_at = at
    item.save()


def _judge(attempt: Attempt, at: datetime) -> None:
    """Put the parts together; announce the result where it differs from what was known."""
    before = (attempt.done_at is not None, attempt.passed, attempt.points)
    parts = _parts(attempt)
    whole = together(
        (_of(item) for item in attempt.items.filter(item__in=parts)),
        len(parts),
    )
    if whole.is_done and attempt.done_at is None:
        attempt.done_at = at
    attempt.passed, attempt.points, attempt.seconds = whole.passed, whole.points, whole.seconds
    attempt.reported_at = at
    attempt.save(update_fields=["done_at", "passed", "points", "seconds", "reported_at"])
    if attempt.is_trial or before == (attempt.done_at is not None, attempt.passed, attempt.points):
        return
    result_recorded.send(
        sender=Attempt,
        event=ResultRecorded(
            place=attempt.package.place,
            person_id=attempt.person_id,
            attempt=attempt.number,
            is_done=attempt.done_at is not None,
            passed=attempt.passed,
            points=attempt.points,
            best_points=queries.best_points(attempt.package_id, attempt.person_id),
            at=at,
        ),
    )
