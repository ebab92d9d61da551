"""Files on their way, on the disk: what has arrived of each lies under its key in the folder of parts.

The length of the file says how far it has come and its time when something last came, so that a part costs the
database nothing and a killed server forgets nothing that it confirmed.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File

if TYPE_CHECKING:
    from typing import BinaryIO

    from biosint.files.models import ArrivingFile

    _File = File[bytes]
else:
    # Generic for the type checker alone.
    _File = File


class PartBusy(Exception):
    """Another request is adding to this file at the moment."""


def folder() -> Path:
    """Return the folder of parts; it lies in the data folder, on the same disk as the files that are kept."""
    place = Path(settings.DATA_DIR) / "parts"
    place.mkdir(parents=True, exist_ok=True)
    return place


def place_of(public_id: UUID) -> Path:
    return folder() / str(public_id)


def lay_out(public_id: UUID) -> None:
    """Begin an empty file."""
    place_of(public_id).touch(exist_ok=False)


def arrived(public_id: UUID) -> int:
    """Return how many bytes have arrived; none where the part is gone."""
    try:
        return place_of(public_id).stat().st_size
    except FileNotFoundError:
        return 0


def moved_at(public_id: UUID) -> datetime | None:
    """Return when something last arrived; None where the part is gone."""
    try:
        return datetime.fromtimestamp(place_of(public_id).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


@contextmanager
def held(public_id: UUID) -> Iterator[BinaryIO]:
    """Open a part for one writer, across threads and processes.

    Raises:
        PartBusy: somebody else holds it.
        FileNotFoundError: it is gone.
    """
    with place_of(public_id).open("r+b") as part:
        try:
            fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PartBusy from None
        yield part


def append(part: BinaryIO, content: Iterable[bytes]) -> None:
    """Write at the end. What arrived before the line broke is kept, and is on the disk when this returns."""
    part.seek(0, os.SEEK_END)
    try:
        part.writelines(content)
    finally:
        part.flush()
        os.fsync(part.fileno())


def drop(public_id: UUID) -> None:
    place_of(public_id).unlink(missing_ok=True)


def strays(known: Iterable[UUID], *, before: datetime) -> Iterator[Path]:
    """Yield files that belong to no record and have not changed since ``before``."""
    names = {str(one) for one in known}
    for place in folder().iterdir():
        if place.name not in names and place.stat().st_mtime < before.timestamp():
            yield place


class ArrivedFile(_File):
    """A file that has arrived in parts, as forms and operations take every upload."""

    def __init__(self, arrival: ArrivingFile) -> None:
        content = place_of(arrival.public_id).open("rb")
        # Nobody closes an upload of a form that was refused.
        weakref.finalize(self, content.close)
        super().__init__(content, name=arrival.name)
        self.arrival = arrival

    def temporary_file_path(self) -> str:
        """Return a second name of the content, which the store may move away without copying a long film.

        The part itself stays until the store has been written down for good.
        """
        link = folder() / f"{self.arrival.public_id}.{uuid4().hex}"
        os.link(place_of(self.arrival.public_id), link)
        return str(link)
