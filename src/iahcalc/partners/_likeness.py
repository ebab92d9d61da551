from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WEIGHTS", "Likeness", "Part", "Profile", "likeness"]

# How much each part counts. What is not known of one side is left out, and the others share its weight.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"keywords": 0.3, "subject": 0.25, "coverage": 0.2, "calendar": 0.15, "language": 0.1}
)
# Shares by how many digits of the field's code are the same: a broad field has two, a narrow three, a detailed four.
SAME_DIGITS = ((4, 1.0), (3, 0.6), (2, 0.3))


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an offer or a syllabus. Empty fields are not known.

    ``keywords``: word as it is compared -> word as it is shown. ``subject``: four digits of ISCED-F.
    ``coverage``: dimension -> number of learning outcomes marked with it.
    """

    keywords: Mapping[str, str]
    subject: str = ""
    language: str = ""
    coverage: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a likeness: ``share`` 0 to 1, its ``weight`` among the known parts, and what it was found from.

    ``found`` names shared words or dimensions, or the digits of the field that are the same.
    """

    name: str
    share: float
    weight: float
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The mean of the known parts by their weights, 0 to 1, and the parts themselves, the strongest first."""

    score: float
    parts: tuple[Part, ...]


def likeness(one: Profile, other: Profile, *, weeks_in_common: float | None = None) -> Likeness:
    """Return how alike two offers are, part by part.

    Keywords: shared ones as a share of the shorter list. Subject: by equal digits of its code. Coverage: cosine of
    the vectors of outcomes per dimension. Calendar: ``weeks_in_common``, 0 to 1, as given; None: not known.
    Language: equal or not.

    Nothing known of both: the score is 0 and there are no parts.

    Raises:
        ValueError: ``weeks_in_common`` is no share.

    >>> found = likeness(Profile({"sepsis": "sepsis"}, "0912"), Profile({"sepsis": "Sepsis"}, "0913"))
    >>> round(found.score, 3), [(part.name, part.share) for part in found.parts]
    (0.818, [('keywords', 1.0), ('subject', 0.6)])
    """
    if weeks_in_common is not None and not 0 <= weeks_in_common <= 1:
        raise ValueError(f"Weeks in common are a share from 0 to 1, not {weeks_in_common}.")
    found: list[tuple[str, float, tuple[str, ...]]] = []
    if one.keywords and other.keywords:
        shared = tuple(one.keywords[word] for word in one.keywords if word in other.keywords)
        found.append(("keywords", len(shared) / min(len(one.keywords), len(other.keywords)), shared))
    if one.subject and other.subject:
        found.append(("subject", *_same_field(one.subject, other.subject)))
    if any(one.coverage.values()) and any(other.coverage.values()):
        shared = tuple(
            sorted(
                (name for name in one.coverage if one.coverage[name] and other.coverage.get(name)),
                key=lambda name: (-one.coverage[name] * other.coverage[name], name),
            )
        )
        found.append(("coverage", _cosine(one.coverage, other.coverage), shared))
    if weeks_in_common is not None:
        found.append(("calendar", weeks_in_common, ()))
    if one.language and other.language:
        found.append(("language", float(one.language == other.language), ()))
    whole = math.fsum(WEIGHTS[name] for name, _share, _words in found)
    parts = [Part(name, share, WEIGHTS[name] / whole, words) for name, share, words in found]
    parts.sort(key=lambda part: -part.share * part.weight)
    return Likeness(score=math.fsum(part.share * part.weight for part in parts), parts=tuple(parts))


def _same_field(one: str, other: str) -> tuple[float, tuple[str, ...]]:
    for digits, share in SAME_DIGITS:
        if one[:digits] == other[:digits]:
            return share, (one[:digits],)
    return 0.0, ()


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = math.fsum(one[name] * other.get(name, 0.0) for name in one)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    # Rounding may carry the cosine of equal vectors a hair above 1.
    return min(product / lengths, 1.0)
