"""A question put to a set of answers: which figures of which columns. It travels in the page's address. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode


class Words(Protocol):
    """The part of an address that is needed: Django's QueryDict has it."""

    def get(self, key: str, default: str, /) -> Any: ...
    def getlist(self, key: str, /) -> Sequence[Any]: ...


KINDS = ("crosstab", "compare", "paired", "difference", "reliability", "items")
# Kinds that look at an earlier answer set beside the one asked.
WITH_EARLIER = frozenset({"paired", "difference"})
_SINGLE = (
    "rows", "columns", "weight", "outcome", "by", "low", "high", "institution", "layer", "earlier", "treated", "weighting",
)  # fmt: skip
_MANY = ("items", "reversed")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Which fields matter depends on ``kind``; ``institution`` limits it to one, ``layer`` asks it within each group.

    ``earlier`` is the key of the answer set from before; ``treated`` the answer of ``by`` that took part, compared
    with all others. ``weighting`` is ``off`` where kept weights are not to be used.
    """

    kind: str
    rows: str = ""
    columns: str = ""
    weight: str = ""
    outcome: str = ""
    by: str = ""
    items: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    institution: str = ""
    layer: str = ""
    earlier: str = ""
    treated: str = ""
    weighting: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return only what is asked for."""
        parts = {name: getattr(self, name) for name in _SINGLE}
        found: dict[str, Any] = {"kind": self.kind, **{name: part for name, part in parts.items() if part}}
        for name in _MANY:
            if getattr(self, name):
                found[name] = list(getattr(self, name))
        return found

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is asked as the pairs of a form: a name with several words comes several times."""
        return [
            (name, word)
            for name, asked in self.as_json().items()
            for word in (asked if isinstance(asked, list) else [asked])
        ]

    def as_address(self) -> str:
        """Return the words of the address that ask this."""
        return urlencode(self.pairs)


def from_address(words: Words) -> Question:
    """Read a question from the address of a page."""
    kind = str(words.get("kind", ""))
    parts: dict[str, Any] = {name: str(words.get(name, ""))[:120] for name in _SINGLE}
    parts |= {name: tuple(str(word)[:120] for word in words.getlist(name))[:100] for name in _MANY}
    return Question(kind=kind if kind in KINDS else KINDS[0], **parts)


def from_json(raw: Mapping[str, Any]) -> Question:
    """Read what ``Question.as_json`` wrote."""
    return Question(
        **{**raw, "items": tuple(raw.get("items", ())), "reversed": tuple(raw.get("reversed", ()))}
    )
