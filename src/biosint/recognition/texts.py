"""Texts that are signed: one way to write them, their fingerprint, their seal, and how two of them differ. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

SEAL = "biosint.recognition.seal"


def written(content: Mapping[str, Any]) -> str:
    """Write plain values in the one order and spelling over which fingerprints are made.

    >>> written({"b": 1, "a": "č"})
    '{"a":"č","b":1}'
    """
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def legible(value: Any) -> Any:
    r"""Return plain values without the control characters that neither a paper nor XML can carry.

    >>> legible({"name": "Ana\x07 Ilić", "outcomes": ["one", 2]})
    {'name': 'Ana Ilić', 'outcomes': ['one', 2]}
    """
    if isinstance(value, str):
        return "".join(sign for sign in value if sign.isprintable() or sign in "\n\t\xa0")
    if isinstance(value, Mapping):
        return {name: legible(one) for name, one in value.items()}
    return [legible(one) for one in value] if isinstance(value, list) else value


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(*facts: str) -> str:
    """Bind facts together so that nobody with the database alone can make or change them.

    >>> seal("a", "bc") == seal("ab", "c")
    False
    """
    return salted_hmac(SEAL, written({"facts": facts}), algorithm="sha256").hexdigest()


def is_sealed(kept: str, *facts: str) -> bool:
    return constant_time_compare(kept, seal(*facts))


@dataclass(frozen=True, slots=True)
class Change:
    """One place at which two contents differ. ``path`` names it; an empty side was not there."""

    path: tuple[str, ...]
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two contents, place by place in the order of ``after``.

    A list counts as one place: its parts are written one below the other.

    >>> changes({"course": {"ects": "3", "title": "A"}}, {"course": {"ects": "4", "title": "A"}})
    [Change(path=('course', 'ects'), before='3', after='4')]
    """
    old, new = dict(_places(before)), dict(_places(after))
    return [
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in [*new, *(path for path in old if path not in new)]
        if old.get(path, "") != new.get(path, "")
    ]


def _places(content: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _places(value, (*above, name))
        elif isinstance(value, list):
            yield (*above, name), "\n".join(str(one) for one in value)
        else:
            yield (*above, name), "" if value is None else str(value)
