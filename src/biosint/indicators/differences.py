"""What changed from one version of a bank to the next, code by code."""

from __future__ import annotations

from dataclasses import dataclass, fields

from biosint.indicators.contents import BankContent, DimensionContent, IndicatorContent


@dataclass(frozen=True, slots=True)
class Altered:
    """One dimension or indicator that stands in both versions and is not the same; ``parts`` name what differs."""

    code: str
    before: DimensionContent | IndicatorContent
    after: DimensionContent | IndicatorContent
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs between two versions."""

    added: tuple[IndicatorContent, ...]
    removed: tuple[IndicatorContent, ...]
    altered: tuple[Altered, ...]
    dimensions_added: tuple[DimensionContent, ...]
    dimensions_removed: tuple[DimensionContent, ...]
    dimensions_altered: tuple[Altered, ...]

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))


def differences(before: BankContent, after: BankContent) -> Differences:
    """Compare two versions. An indicator that moved to another dimension differs in its ``dimension``."""
    old_sides = {one.code: one for one in before.dimensions}
    new_sides = {one.code: one for one in after.dimensions}
    old = {one.code: (side.code, one) for side in before.dimensions for one in side.indicators}
    new = {one.code: (side.code, one) for side in after.dimensions for one in side.indicators}
    altered = []
    for code, (side, one) in new.items():
        if code in old:
            was_side, was = old[code]
            parts = _parts(was, one)
            if was_side != side:
                parts = ("dimension", *parts)
            if parts:
                altered.append(Altered(code, was, one, parts))
    return Differences(
        added=tuple(one for code, (_, one) in new.items() if code not in old),
        removed=tuple(one for code, (_, one) in old.items() if code not in new),
        altered=tuple(altered),
        dimensions_added=tuple(one for code, one in new_sides.items() if code not in old_sides),
        dimensions_removed=tuple(one for code, one in old_sides.items() if code not in new_sides),
        dimensions_altered=tuple(
            Altered(code, old_sides[code], one, parts)
            for code, one in new_sides.items()
            if code in old_sides and (parts := _parts(old_sides[code], one, without="indicators"))
        ),
    )


def _parts(
    before: DimensionContent | IndicatorContent,
    after: DimensionContent | IndicatorContent,
    *,
    without: str = "",
) -> tuple[str, ...]:
    return tuple(
        part.name
        for part in fields(after)
        if part.name != without and getattr(before, part.name) != getattr(after, part.name)
    )
