"""Distances and size limits, and the MDGPLIB text format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Distances = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class MdgpFault(ValueError):
    """What was given cannot be grouped; the text says why and what to do.

    - ``UnreadableInstance``: a file that is not in the MDGPLIB format
    - ``ImpossibleLimits``: no grouping has sizes within the limits
    """


class UnreadableInstance(MdgpFault):
    """A file that is not in the MDGPLIB format."""


class ImpossibleLimits(MdgpFault):
    """Size limits that no grouping of the elements fits."""


@dataclass(frozen=True, eq=False)
class Instance:
    """Elements to be grouped.

    Attributes:
        distances: shape (elements, elements), symmetric, finite, zero on the diagonal; any unit.
        low, high: shape (groups,), least and most elements of each group.

    Raises:
        MdgpFault: shapes, values or limits that cannot be used.
    """

    distances: Distances
    low: Whole
    high: Whole

    def __post_init__(self) -> None:
        shape = self.distances.shape
        if len(shape) != 2 or shape[0] != shape[1] or shape[0] < 1:
            raise MdgpFault(f"The distances must be a square table, not one of shape {shape}.")
        if not np.isfinite(self.distances).all():
            raise MdgpFault("Some distances are not finite numbers.")
        if not np.array_equal(self.distances, self.distances.T) or self.distances.diagonal().any():
            raise MdgpFault("The distances must be the same both ways, and zero from each element to itself.")
        if self.low.shape != self.high.shape or self.low.ndim != 1 or self.low.size < 1:
            raise MdgpFault("Each group needs a smallest and a largest size.")
        if (self.low < 0).any() or (self.low > self.high).any():
            raise ImpossibleLimits("A smallest size is below 0 or above the largest size of its group.")
        if not self.low.sum() <= shape[0] <= self.high.sum():
            raise ImpossibleLimits(
                f"{shape[0]} elements do not fit: the groups hold {self.low.sum()} to {self.high.sum()}."
            )

    def objective(self, groups: Whole) -> float:
        """Return the sum of the distances inside the groups; ``groups``: shape (elements,)."""
        total = 0.0
        for group in np.unique(groups):
            members = np.flatnonzero(groups == group)
            total += float(self.distances[np.ix_(members, members)].sum()) / 2
        return total


def read(path: Path | str) -> Instance:
    """Read a file of MDGPLIB.

    The first line holds the number of elements, the number of groups, ``ss`` (same sizes) or ``ds``
    (different sizes) and the smallest and largest size of each group; each further line two elements,
    counted from 0, and their distance. Pairs that are not there have distance 0.

    Raises:
        UnreadableInstance: with the line that is wrong.
        ImpossibleLimits: no grouping has sizes within the limits.
        OSError: the file cannot be opened.

    Source: MDGPLIB, Optsicom project; Gallego, Laguna, Martí, Duarte (2013), doi:10.1057/jors.2012.66.
    """
    try:
        head, _, body = Path(path).read_text(encoding="ascii").partition("\n")
    except UnicodeDecodeError:
        raise UnreadableInstance(f"{path} is not a text file of MDGPLIB.") from None
    elements, low, high = _head(head, path)
    distances = np.zeros((elements, elements))
    for start, row in _rows(body, path):
        first, second = row[:, 0].astype(np.int64), row[:, 1].astype(np.int64)
        wrong = (first != row[:, 0]) | (second != row[:, 1]) | (first == second)
        wrong |= (np.minimum(first, second) < 0) | (np.maximum(first, second) >= elements)
        wrong |= ~np.isfinite(row[:, 2])
        if wrong.any():
            line = start + int(np.argmax(wrong))
            raise UnreadableInstance(
                f"Line {line} of {path} must name two elements from 0 to {elements - 1} and their distance."
            )
        distances[first, second] = row[:, 2]
        distances[second, first] = row[:, 2]
    return Instance(distances=distances, low=low, high=high)


def _head(head: str, path: Path | str) -> tuple[int, Whole, Whole]:
    words = head.split()
    try:
        elements, groups = int(words[0]), int(words[1])
        # Some collections leave the word out.
        limits = np.array([int(word) for word in words[2:] if word not in {"ss", "ds"}], dtype=np.int64)
    except (IndexError, ValueError, OverflowError):
        limits, elements, groups = np.zeros(0, dtype=np.int64), 0, 0
    if elements < 1 or groups < 1 or limits.size != 2 * groups:
        raise UnreadableInstance(
            f"The first line of {path} must hold the number of elements, the number of groups, ss or ds, and the "
            "smallest and largest size of each group."
        )
    if elements > MOST_ELEMENTS:
        raise UnreadableInstance(
            f"{path} has {elements} elements; a table of distances can hold {MOST_ELEMENTS}."
        )
    return elements, limits[::2].copy(), limits[1::2].copy()


MOST_ELEMENTS = 20_000
"""A table of 20,000 x 20,000 distances takes 3.2 GB; whoever has more people has attributes, not distances."""


def _rows(body: str, path: Path | str) -> list[tuple[int, Distances]]:
    """Return the lines below the first as one table of three columns, with the number of its first line."""
    try:
        # Two million lines in one call; that they come in threes is checked by their count and their values.
        numbers = np.fromstring(body, sep=" ")
        if numbers.size % 3 == 0:
            return [(2, numbers.reshape(-1, 3))]
    except ValueError:
        pass
    for number, line in enumerate(body.splitlines(), start=2):
        words = line.split()
        if words and not (len(words) == 3 and all(_is_number(word) for word in words)):
            raise UnreadableInstance(
                f"Line {number} of {path} must hold three numbers: two elements, a distance."
            )
    raise UnreadableInstance(f"{path} must hold three numbers a line: two elements and their distance.")


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
