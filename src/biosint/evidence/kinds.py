"""Kinds of evidence, declared by the apps that record them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence.

    ``code`` is ``app.past_tense`` and never changes; ``unit`` is the unit of the quantity
    (``course``, ``person``, ``ECTS``); ``public`` kinds may be shown without sign-in;
    ``by_hand`` kinds may also be entered by a person who vouches for them.
    """

    code: str
    label: str | Promise
    unit: str
    public: bool = True
    by_hand: bool = False


_KINDS: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Declare kinds; called once per app at start."""
    for kind in kinds:
        if _KINDS.get(kind.code, kind) != kind:
            raise ValueError(f"The kind of evidence {kind.code} is declared twice.")
        _KINDS[kind.code] = kind


def kind_of(code: str) -> Kind:
    return _KINDS[code]


def kinds() -> list[Kind]:
    """Return every declared kind, ordered by code."""
    return [_KINDS[code] for code in sorted(_KINDS)]
