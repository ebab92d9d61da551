"""Reads of texts: what came since, versions, and who wrote how much."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from django.db.models import Max, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from biosint.pads import wire
from biosint.pads.merging import Merged
from biosint.pads.models import Change, Pad
from biosint.pads.passages import Passage, Run, as_passages, runs_of
from biosint.pads.states import Way

if TYPE_CHECKING:
    from biosint.people.api import Person

# So many changes go out one by one; more are added up to one first.
MOST_SINGLE = 40
# Changes of one person with shorter pauses make one version.
PAUSE = timedelta(minutes=10)


def merged(pad: Pad, *, up_to: int | None = None) -> Merged:
    """Return the text of a pad, ready to be changed; ``up_to``: as it was after that change."""
    if up_to is None or up_to >= pad.snapshot_number:
        later = pad.changes.filter(number__gt=pad.snapshot_number)
        first = [bytes(pad.snapshot)] if pad.snapshot_number else []
    else:
        later, first = pad.changes.all(), []
    if up_to is not None:
        later = later.filter(number__lte=up_to)
    return Merged([*first, *(bytes(content) for content in later.values_list("content", flat=True))])


def updates_since(pad: Pad, number: int, *, without: Collection[object] = ()) -> list[bytes]:
    """Return what somebody who has everything up to ``number`` lacks; ``without``: keys of their own changes."""
    if number >= pad.number:
        return []
    if pad.number - number > MOST_SINGLE:
        return [merged(pad).whole()]
    rows = pad.changes.filter(number__gt=number, number__lte=pad.number).values_list("key", "content")
    return [bytes(content) for key, content in rows if key not in without]


def text_at(pad: Pad, number: int) -> str:
    """Return the text as it was after one change; 0 is before the first."""
    return str(merged(pad, up_to=number))


def passages_of(pad: Pad) -> list[Passage]:
    """Return the text by who wrote it, as it stands."""
    return as_passages(runs_of(pad.text, pad.passages))


def passages_at(pad: Pad, number: int) -> list[Passage]:
    """Return the text as it was after one change, by who wrote it.

    Every change up to it is added anew: about 0.1 ms each.
    """
    text = Merged([])
    runs: tuple[Run, ...] = ()
    for content, author in pad.changes.filter(number__lte=number).values_list("content", "author_id"):
        taken = text.take(bytes(content), wire.read(bytes(content)), runs, author=author)
        runs = taken.runs if taken else runs
    return as_passages(runs)


@dataclass(frozen=True, slots=True)
class Version:
    """A text after one sitting: what one person, or several at once, changed without a longer pause."""

    number: int
    at: datetime
    authors: tuple[int, ...]
    added: int
    removed: int
    way: str


def versions_of(pad: Pad) -> list[Version]:
    """Return the versions of a text, the newest first."""
    rows = pad.changes.values_list("number", "made_at", "author_id", "added", "removed", "way")
    found: list[Version] = []
    for number, at, author, added, removed, way in rows:
        last = found[-1] if found else None
        if last is not None and last.way == way == Way.WRITTEN and at - last.at < PAUSE:
            authors = last.authors if author in last.authors else (*last.authors, author)
            found[-1] = Version(number, at, authors, last.added + added, last.removed + removed, way)
        else:
            found.append(Version(number, at, (author,), added, removed, way))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Written:
    """Characters that one person added to and took from one text on one day."""

    pad: int
    person: int
    day: date
    added: int
    removed: int


def written_in(pads: Iterable[int], *, zone: tzinfo | None = None) -> list[Written]:
    """Return who wrote how much on which day; one query. Templates and versions taken back count for nobody.

    Args:
        zone: whose days, the reader's when left out.
    """
    rows = (
        Change.objects.filter(pad__in=list(pads), way__in=(Way.WRITTEN, Way.SAVED))
        .annotate(day=TruncDate("made_at", tzinfo=zone or timezone.get_current_timezone()))
        .order_by("day", "author", "pad")
        .values_list("pad_id", "author_id", "day")
        .annotate(plus=Sum("added"), minus=Sum("removed"))
    )
    return [Written(*row) for row in rows]


def last_written(pads: Iterable[int]) -> dict[tuple[int, int], datetime]:
    """Return when each person last wrote in each text: (pad, person) -> moment; one query."""
    rows = (
        Change.objects.filter(pad__in=list(pads), way__in=(Way.WRITTEN, Way.SAVED))
        .order_by()
        .values_list("pad_id", "author_id")
        .annotate(last=Max("made_at"))
    )
    return {(pad, person): at for pad, person, at in rows}


def records_of(person: Person) -> Iterable[dict[str, object]]:
    """Everything kept of one person's writing, for their own export."""
    pads = Pad.objects.filter(pk__in=Change.objects.filter(author=person).values("pad"))
    for pad in pads:
        mine = [one for one in written_in([pad.pk]) if one.person == person.pk]
        yield {
            "text": str(pad.public_id),
            "days": [{"day": one.day, "added": one.added, "removed": one.removed} for one in mine],
            "passages": [piece.text for piece in passages_of(pad) if piece.author == person.pk],
        }
