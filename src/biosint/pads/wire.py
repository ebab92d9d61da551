"""What a browser may send: a Yjs update that does nothing but write and take away letters of the one text.

The format (version 1) is that of Yjs and Yrs, lengths and numbers in seven bits a byte. Reading it ourselves before
the library merges it keeps out what a text field never makes: other types, formats, embedded things, huge lengths.
"""

from __future__ import annotations

from dataclasses import dataclass

from biosint.shared.verdicts import Fault

TEXT = "text"
LONGEST_RUN = 1_000_000
LARGEST_NUMBER = 2**53

GONE, DELETED, STRING = 0, 1, 4
HAS_LEFT, HAS_RIGHT, KIND = 0x80, 0x40, 0x1F
AT_ROOT = 1


class Unfit(Fault):
    """The bytes are no change of a plain text, or one that does not fit to what is here."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What one update says: letters ``first`` to ``past`` of one client, and which older ones go.

    Args:
        client: who wrote; None where letters were only taken away.
        first, past: numbers of the client's letters (in UTF-16 units); ``past`` itself is not among them.
        taken: (client, first, past) of letters that were taken away.
    """

    client: int | None
    first: int
    past: int
    taken: tuple[tuple[int, int, int], ...]


class _Bytes:
    """Reads numbers and strings one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def byte(self) -> int:
        if self.at >= len(self.content):
            raise Unfit("The update ends too early.")
        self.at += 1
        return self.content[self.at - 1]

    def number(self, most: int = LARGEST_NUMBER) -> int:
        found = shift = 0
        while True:
            byte = self.byte()
            found |= (byte & 0x7F) << shift
            if found > most or shift > 56:
                raise Unfit("A number of the update is too large.")
            if byte < 0x80:
                return found
            shift += 7

    def string(self) -> str:
        length = self.number(len(self.content))
        piece = self.content[self.at : self.at + length]
        if len(piece) < length:
            raise Unfit("The update ends too early.")
        self.at += length
        try:
            found = piece.decode()
        except UnicodeDecodeError as broken:
            raise Unfit("The update holds broken letters.") from broken
        # No text field gives these, and no database of ours or no page keeps them as they are.
        if "\0" in found or "\r" in found:
            raise Unfit("The update holds a sign that no text holds.")
        return found


def read(content: bytes) -> Letters:
    """Read one update.

    Raises:
        Unfit: it is broken, or holds anything but letters of one client in the text and letters taken away.
    """
    source = _Bytes(content)
    writers = source.number(1)
    client: int | None = None
    first = past = 0
    if writers:
        pieces = source.number(len(content))
        client = source.number()
        first = past = source.number(LARGEST_NUMBER - LONGEST_RUN)
        for _ in range(pieces):
            past += _piece(source)
            if past - first > LONGEST_RUN:
                raise Unfit("The update is too long.")
        if past == first:
            raise Unfit("The update names a writer and holds no letters.")
    taken = _taken(source)
    if source.at != len(content):
        raise Unfit("The update goes on after its end.")
    if client is None and not taken:
        raise Unfit("The update changes nothing.")
    return Letters(client, first, past, taken)


def _piece(source: _Bytes) -> int:
    info = source.byte()
    kind = info & KIND
    if kind == GONE:
        return _length(source)
    if kind not in (DELETED, STRING) or info & ~(HAS_LEFT | HAS_RIGHT | KIND):
        raise Unfit("The update holds more than letters.")
    for side in (HAS_LEFT, HAS_RIGHT):
        if info & side:
            source.number()
            source.number()
    if not info & (HAS_LEFT | HAS_RIGHT) and (source.number(AT_ROOT) != AT_ROOT or source.string() != TEXT):
        raise Unfit("The update writes elsewhere than into the text.")
    if kind == DELETED:
        return _length(source)
    units = len(source.string().encode("utf-16-le")) // 2
    if not units:
        raise Unfit("The update holds an empty piece.")
    return units


def _length(source: _Bytes) -> int:
    length = source.number(LONGEST_RUN)
    if not length:
        raise Unfit("The update holds an empty piece.")
    return length


def _taken(source: _Bytes) -> tuple[tuple[int, int, int], ...]:
    found = []
    for _ in range(source.number(len(source.content))):
        client = source.number()
        for _range in range(source.number(len(source.content))):
            first = source.number()
            found.append((client, first, first + _length(source)))
    return tuple(found)


def clocks(state: bytes) -> dict[int, int]:
    """Return how many letters of each client a state vector knows."""
    source = _Bytes(state)
    return {source.number(): source.number() for _ in range(source.number(len(state)))}
