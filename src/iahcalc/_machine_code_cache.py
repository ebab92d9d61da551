"""Where machine code is kept, and when it is out of date.

Machine code of a function contains that of the functions it calls, also from other files. The compiler by
itself only sees a change in the file of the function; here a change in any file with machine code counts.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from numba.core.caching import InTreeCacheLocator, UserProvidedCacheLocator, UserWideCacheLocator

MARK = b"iahcalc.compiled"


@cache
def _stamp() -> str:
    """Return a digest of every file of this package that has, or names, compiled functions."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    texts = [text for file in files if MARK in (text := file.read_bytes())]
    return hashlib.sha256(b"".join(texts)).hexdigest()


class _Together:
    def get_source_stamp(self) -> tuple[str, object]:
        return _stamp(), super().get_source_stamp()  # type: ignore[misc]  # of the locator beside


class BesideSource(_Together, InTreeCacheLocator):
    """Keep machine code beside the source."""


class OfUser(_Together, UserWideCacheLocator):
    """Keep machine code in the user's cache folder, where the source cannot be written."""


class AsTold(_Together, UserProvidedCacheLocator):
    """Keep machine code where the environment says (NUMBA_CACHE_DIR)."""


LOCATORS = ",".join(f"{locator.__module__}.{locator.__name__}" for locator in (AsTold, BesideSource, OfUser))
