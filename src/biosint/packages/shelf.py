"""Where unpacked files lie: under their own checksum, once, whichever packages hold them."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.files import File
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from typing import IO

IN_MEMORY = 1024 * 1024
# Not worth a second file below this, nor when it saves less than a tenth.
PACKED_FROM = 600
PACKED_TO = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """What was laid down: checksum, size in bytes, and the size of the packed copy (0 without one)."""

    sha256: str
    size: int
    packed: int = 0


def place_of(sha256: str, *, packed: bool = False) -> str:
    return f"packages/{sha256[:2]}/{sha256[2:4]}/{sha256}{'.gz' if packed else ''}"


def keep(chunks: Iterable[bytes], *, shrinks: bool = False) -> Kept:
    """Lay down a content, and a packed copy where it shrinks. Doing it twice is doing it once."""
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        for chunk in chunks:
            digest.update(chunk)
            spool.write(chunk)
        size = spool.tell()
        sha256 = digest.hexdigest()
        _lay(place_of(sha256), spool, size)
        packed = _keep_packed(sha256, spool, size) if shrinks and PACKED_FROM <= size <= PACKED_TO else 0
    return Kept(sha256=sha256, size=size, packed=packed)


def _keep_packed(sha256: str, content: IO[bytes], size: int) -> int:
    content.seek(0)
    # Without a moment in it, so that equal contents are equal files.
    packed = gzip.compress(content.read(), compresslevel=9, mtime=0)
    if len(packed) > size * 0.9:
        return 0
    with tempfile.SpooledTemporaryFile(max_size=PACKED_TO) as spool:
        spool.write(packed)
        _lay(place_of(sha256, packed=True), spool, len(packed))
    return len(packed)


def _lay(place: str, content: Any, size: int) -> None:
    """Write unless it lies there whole: a killed process may have left a part."""
    if default_storage.exists(place):
        if default_storage.size(place) == size:
            return
        default_storage.delete(place)
    content.seek(0)
    default_storage.save(place, File(content, name=place))


def open_kept(sha256: str, *, packed: bool = False) -> File[bytes]:
    """Open a content for reading; close it after use."""
    return cast("File[bytes]", default_storage.open(place_of(sha256, packed=packed), "rb"))
