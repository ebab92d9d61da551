"""Writes of texts. Each change is its own line of the trail, with author and time, so the trail of audit is left to
what happens to a text as a whole.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.pads import edits, wire
from biosint.pads.models import Change, Pad
from biosint.pads.passages import Run, as_lengths, runs_of
from biosint.pads.queries import merged, text_at, updates_since
from biosint.pads.rules import may_write
from biosint.pads.states import Way
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.pads.merging import Merged
    from biosint.people.api import Person

# After so many changes the sum is written down, so that the next ones are added to it.
SNAPSHOT_EVERY = 50


class PadFull(Fault):
    """The text would be longer than allowed."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One change as a browser sends it; ``key`` is made there, once."""

    key: uuid.UUID
    content: bytes


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The newest number, and what the sender lacked."""

    number: int
    updates: list[bytes]


@dataclass(frozen=True, slots=True)
class Saved:
    """Lines that this person and somebody else changed at once; both are kept in the text."""

    clashes: list[str]


@transaction.atomic
def create_pad(*, kind: str, by: Person, at: datetime, text: str = "", limit: int = 60_000) -> Pad:
    """Start a text. The calling operation decides who may.

    Args:
        kind: ``app.what_it_is``; a rule must be registered for it, else nobody reads the text.
        text: what stands in it at first, as a template does; it is nobody's achievement.

    Raises:
        PadFull: the template is longer than ``limit``.
    """
    pad = Pad.objects.create(kind=kind, limit=limit, created_by=by, created_at=at)
    if text:
        _set_text(pad, text, key=uuid.uuid4(), way=Way.TEMPLATE, by=by, at=at)
    return pad


@transaction.atomic
def exchange_updates(
    *, pad_id: int, updates: Sequence[Sent], seen: int, by: Person, at: datetime
) -> Exchanged:
    """Take what one browser wrote, all of it or nothing, and return what others wrote since ``seen``.

    Two at once are taken one after the other; a change sent twice is one change.

    Raises:
        wire.Unfit: an update is no change of a plain text, or builds on what is not here.
        PadFull: the text would be longer than allowed.
    """
    pad = _locked(pad_id)
    require(may_write(by, pad))
    here = set(pad.changes.filter(key__in=[one.key for one in updates]).values_list("key", flat=True))
    fresh = [one for one in updates if one.key not in here]
    if fresh:
        _take(pad, merged(pad), fresh, way=Way.WRITTEN, by=by, at=at)
    return Exchanged(pad.number, updates_since(pad, seen, without={one.key for one in updates}))


@transaction.atomic
def save_text(*, pad_id: int, text: str, seen: int, key: uuid.UUID, by: Person, at: datetime) -> Saved:
    """Take a whole text that somebody wrote from version ``seen`` on, without script; nobody's words are lost.

    What they changed is merged into what others wrote meanwhile. The same form sent twice is one change.

    Raises:
        PadFull: the text would be longer than allowed.
    """
    pad = _locked(pad_id)
    require(may_write(by, pad))
    if pad.changes.filter(key=key).exists():
        return Saved([])
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if seen >= pad.number:
        _set_text(pad, text, key=key, way=Way.SAVED, by=by, at=at)
        return Saved([])
    base, theirs = text_at(pad, seen), pad.text
    _set_text(pad, text, key=key, way=Way.SAVED, by=by, at=at, since=seen)
    return Saved(edits.clashes(base, text, theirs))


@transaction.atomic
def restore(*, pad_id: int, number: int, key: uuid.UUID, by: Person, at: datetime) -> Pad:
    """Make the text what it was after change ``number``, as a new change; nothing in between is lost."""
    pad = _locked(pad_id)
    require(may_write(by, pad))
    if not pad.changes.filter(key=key).exists():
        _set_text(pad, text_at(pad, min(number, pad.number)), key=key, way=Way.RESTORED, by=by, at=at)
        audit.record("pads.pad.restored", pad, by=by, at=at, number=number)
    return pad


def _locked(pad_id: int) -> Pad:
    return Pad.objects.select_for_update(of=["self"]).get(pk=pad_id)


def _set_text(
    pad: Pad, text: str, *, key: uuid.UUID, way: Way, by: Person, at: datetime, since: int | None = None
) -> None:
    update = merged(pad, up_to=since).change_to(text)
    if update is not None:
        _take(pad, merged(pad), [Sent(key, update)], way=way, by=by, at=at)


def _take(pad: Pad, text: Merged, fresh: Sequence[Sent], *, way: Way, by: Person, at: datetime) -> None:
    runs: Sequence[Run] = runs_of(pad.text, pad.passages)
    rows = []
    # A browser's page belongs to the person who first wrote through it.
    owners: dict[int | None, int] = {None: by.pk}
    read = [(one, wire.read(one.content)) for one in fresh]
    clients = {letters.client for _one, letters in read} - {None}
    owners |= dict(pad.changes.filter(client__in=clients).values_list("client", "author_id"))
    for one, letters in read:
        if owners.setdefault(letters.client, by.pk) != by.pk:
            raise wire.Unfit("The update writes in the name of somebody else.")
        taken = text.take(one.content, letters, runs, author=by.pk)
        pad.number += 1
        rows.append(
            Change(
                pad=pad,
                number=pad.number,
                key=one.key,
                author=by,
                client=letters.client,
                content=one.content,
                way=way,
                added=taken.added if taken else 0,
                removed=taken.removed if taken else 0,
                made_at=at,
            )
        )
        runs = taken.runs if taken else runs
    pad.text = str(text)
    if len(pad.text) > pad.limit and len(pad.text) > sum(length for _who, length in pad.passages):
        raise PadFull(
            _("This text has no room for more: it may have %(limit)s characters. Take something out first.")
            % {"limit": pad.limit}
        )
    pad.passages = as_lengths(runs)
    if pad.number - pad.snapshot_number >= SNAPSHOT_EVERY:
        pad.snapshot, pad.snapshot_number = text.whole(), pad.number
    Change.objects.bulk_create(rows)
    pad.save(update_fields=["text", "passages", "number", "snapshot", "snapshot_number"])
