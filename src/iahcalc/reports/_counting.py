from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.scales import Moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["Counted", "count_answers"]

# Rows taken at a time: 40 items then stay inside the second-level cache.
_ROWS_AT_A_TIME = 8192
# Codes are kept in one byte, 0 being a gap.
_MOST_POINTS = 120
# Groupings are counted together as long as their combinations stay inside the first-level cache.
_MOST_COMBINED = 512
_MOST_GROUPS = 20_000


# Arrays cannot be compared with one answer, so counts are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Everything a report needs to know.

    ``points`` are the numbers that can be given; ``tables[g][item, group, code]`` counts people: group 0 has
    no group, code 0 no answer, code ``c`` the point ``points[c - 1]``. ``moments`` belong to the scales.
    """

    points: npt.NDArray[np.float64]
    whole: npt.NDArray[np.int64]
    tables: tuple[npt.NDArray[np.int64], ...]
    moments: tuple[Moments, ...]


def count_answers(
    answers: npt.NDArray[Any],
    groupings: Sequence[npt.NDArray[np.intp]],
    sizes: Sequence[int],
    scales: Sequence[npt.NDArray[np.int64]],
    *,
    missing: float,
    threads: int,
) -> Counted:
    """Count all answers by item, group and point, and sum the products of the items of each scale.

    Args:
        answers: shape ``(respondents, items)``, whole points; ``nan`` or ``missing`` is a gap.
        groupings: codes of each grouping from 1, 0 for no group.
        sizes: how many groups each has.
        scales: places of the items of each scale.
        missing: the number that stands for a gap.
        threads: how many share the work.
    """
    from iahcalc.reports import _kernels as kernels

    if answers.dtype.name not in kernels.KINDS:
        answers = answers.astype(np.float64)
    least, most = kernels.least_and_most(answers, missing)
    points = max(most - least + 1, 0)
    if points > _MOST_POINTS:
        raise ValueError(
            f"Answers from {least} to {most} are too many different points for a report: at most {_MOST_POINTS}."
        )
    people, items = answers.shape
    bundles = _bundles(sizes)
    starts = range(0, people, _ROWS_AT_A_TIME)

    def work(share: Sequence[int]) -> _Part:
        part = _Part.empty(items, [_combined(bundle, sizes) for bundle in bundles], points, scales)
        codes = np.empty((items, _ROWS_AT_A_TIME), dtype=np.int8)
        held = np.empty(
            (max((len(scale) for scale in scales), default=0) + 1, _ROWS_AT_A_TIME), dtype=np.int16
        )
        for start in share:
            end = min(start + _ROWS_AT_A_TIME, people)
            fault = kernels.read_codes(answers, start, end, least, points, missing, codes)
            if fault != kernels.FAULT:
                raise ValueError(f"An answer to item {fault} is not a whole point.")
            for bundle, counts in zip(bundles, part.counts, strict=True):
                cells = np.zeros(end - start, dtype=np.int32)
                for grouping in bundle:
                    cells *= sizes[grouping] + 1
                    cells += groupings[grouping][start:end].astype(np.int32)
                kernels.count(codes, end - start, cells, counts)
            for place, scale in enumerate(scales):
                part.complete[place] += kernels.multiply(
                    codes, end - start, scale, held, part.sums[place], part.products[place]
                )
        return part

    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(work, [starts[one::threads] for one in range(threads)]))
    else:
        parts = [work(starts)]
    total = parts[0]
    for part in parts[1:]:
        total.add(part)
    return Counted(
        points=np.arange(least, least + points, dtype=np.float64),
        whole=total.counts[0].sum(axis=1),
        tables=_tables(total.counts, bundles, sizes),
        moments=tuple(
            _moments(n, sums, products, least=least, people=people)
            for n, sums, products in zip(total.complete, total.sums, total.products, strict=True)
        ),
    )


@dataclass(slots=True)
class _Part:
    """What one thread has counted."""

    counts: list[npt.NDArray[np.int64]]
    complete: list[int]
    sums: list[npt.NDArray[np.int64]]
    products: list[npt.NDArray[np.int64]]

    @classmethod
    def empty(
        cls, items: int, cells: Sequence[int], points: int, scales: Sequence[npt.NDArray[np.int64]]
    ) -> _Part:
        return cls(
            counts=[np.zeros((items, many, points + 1), dtype=np.int64) for many in cells],
            complete=[0] * len(scales),
            sums=[np.zeros(len(scale), dtype=np.int64) for scale in scales],
            products=[np.zeros((len(scale), len(scale)), dtype=np.int64) for scale in scales],
        )

    def add(self, other: _Part) -> None:
        for place, counts in enumerate(other.counts):
            self.counts[place] += counts
        for place, (n, sums, products) in enumerate(
            zip(other.complete, other.sums, other.products, strict=True)
        ):
            self.complete[place] += n
            self.sums[place] += sums
            self.products[place] += products


def _bundles(sizes: Sequence[int]) -> list[list[int]]:
    """Groupings that are counted together; without any, one bundle of nothing counts the items alone."""
    bundles: list[list[int]] = [[]]
    for grouping, size in enumerate(sizes):
        if size > _MOST_GROUPS:
            raise ValueError(f"{size:,} groups are too many for a report: at most {_MOST_GROUPS:,}.")
        if bundles[-1] and _combined([*bundles[-1], grouping], sizes) > _MOST_COMBINED:
            bundles.append([])
        bundles[-1].append(grouping)
    return bundles


def _combined(bundle: Sequence[int], sizes: Sequence[int]) -> int:
    many = 1
    for grouping in bundle:
        many *= sizes[grouping] + 1
    return many


def _tables(
    counts: Sequence[npt.NDArray[np.int64]], bundles: Sequence[Sequence[int]], sizes: Sequence[int]
) -> tuple[npt.NDArray[np.int64], ...]:
    """The counts of each grouping by itself."""
    tables = {}
    for table, bundle in zip(counts, bundles, strict=True):
        shape = (len(table), *(sizes[grouping] + 1 for grouping in bundle), table.shape[-1])
        apart = table.reshape(shape)
        for place, grouping in enumerate(bundle):
            others = tuple(axis for axis in range(1, len(bundle) + 1) if axis != place + 1)
            tables[grouping] = apart.sum(axis=others)
    return tuple(tables[grouping] for grouping in range(len(sizes)))


def _moments(
    n: int, sums: npt.NDArray[np.int64], products: npt.NDArray[np.int64], *, least: int, people: int
) -> Moments:
    """Means and covariances from whole sums: codes count from 1, points from ``least``."""
    whole = products + np.tril(products, -1).T
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / n
        # n * products - sums * sums in whole numbers of any size would be exact; doubles keep 1e-12 of it.
        covariance = (whole - np.outer(sums, means)) / (n - 1) if n > 1 else np.full(products.shape, np.nan)
    return Moments(means=means + least - 1, covariance=covariance, n=n, respondents=people)
