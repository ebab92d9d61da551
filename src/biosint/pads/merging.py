"""The one place that knows the library that merges. Texts come in and go out as plain strings and bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pycrdt import Doc, Text

from biosint.pads import edits, wire
from biosint.pads.passages import Rewritten, Run, rewritten


class Merged:
    """A text made of updates, to which more can be added."""

    def __init__(self, updates: Iterable[bytes]) -> None:
        self._doc: Doc[Any] = Doc()
        self._text = self._doc.get(wire.TEXT, type=Text)
        for update in updates:
            self._doc.apply_update(update)

    def __str__(self) -> str:
        return str(self._text)

    def whole(self) -> bytes:
        """Return one update that makes the text from nothing."""
        return self._doc.get_update()

    def take(
        self, update: bytes, letters: wire.Letters, runs: Sequence[Run], *, author: int
    ) -> Rewritten | None:
        """Add one update; return whose the letters are then, or None where it says nothing new.

        Raises:
            wire.Unfit: it builds on something that is not here, or overlaps what is here in part.
        """
        known = wire.clocks(self._doc.get_state())
        # Letters that are here already may come again: the library passes over them.
        if letters.client is not None and letters.first > known.get(letters.client, 0):
            raise wire.Unfit("The update leaves a gap.")
        mine = {letters.client: letters.past} if letters.client is not None else {}
        if any(
            past > max(known.get(client, 0), mine.get(client, 0)) for client, _first, past in letters.taken
        ):
            raise wire.Unfit("The update takes away letters that are not here.")
        seen: list[Any] = []
        watching = self._text.observe(lambda event: seen.append(list(event.delta)))
        try:
            self._doc.apply_update(update)
        except ValueError as broken:
            raise wire.Unfit("The update cannot be merged.") from broken
        finally:
            self._text.unobserve(watching)
        after = wire.clocks(self._doc.get_state())
        if letters.client is not None and after.get(letters.client, 0) < letters.past:
            raise wire.Unfit("The update builds on something that is not here.")
        if not seen and after == known:
            return None
        result = Rewritten(tuple(runs), 0, 0)
        for delta in seen:
            step = rewritten(result.runs, delta, author=author)
            result = Rewritten(step.runs, result.added + step.added, result.removed + step.removed)
        return result

    def change_to(self, text: str) -> bytes | None:
        """Return the update that makes this text ``text`` by few small edits; None where they are equal."""
        before = str(self._text)
        steps = edits.edits_between(before, text)
        if not steps:
            return None
        state = self._doc.get_state()
        with self._doc.transaction():
            # From the end, so that earlier positions still hold. The library counts in bytes.
            for step in reversed(steps):
                start = len(before[: step.start].encode())
                past = start + len(before[step.start : step.start + step.length].encode())
                if past > start:
                    del self._text[start:past]
                if step.text:
                    self._text.insert(start, step.text)
        return self._doc.get_update(state)
