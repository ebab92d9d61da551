"""How far a long search has come, on the error stream."""

from __future__ import annotations

import sys
import time

LARGE = 1_000
"""Fewer people are placed before anybody wonders."""
_REDRAWN_EVERY = 0.25
_WRITTEN_EVERY = 10.0


class Progress:
    """Call it with the share done, 0 to 1; it redraws one line of a terminal, and writes few lines elsewhere."""

    def __init__(self, *, people: int) -> None:
        self._shown = people >= LARGE
        self._terminal = sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._drawn = False

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if not self._shown or now - self._last < (_REDRAWN_EVERY if self._terminal else _WRITTEN_EVERY):
            return
        self._last = now
        text = f"Forming teams: {share:.0%} after {now - self._begun:.0f} s"
        print(
            f"\r{text}" if self._terminal else text,
            end="" if self._terminal else "\n",
            file=sys.stderr,
            flush=True,
        )
        self._drawn = self._terminal

    def cleared(self) -> None:
        """Take the line away, so that what follows starts at the left."""
        if self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._drawn = False
