"""Machine code: answers read as codes, counted by group, and multiplied item by item."""

from __future__ import annotations

from typing import Any

import numpy as np

from iahcalc.compiled import compiled

Array = Any

KINDS = ("int8", "int16", "int32", "int64", "uint8", "float32", "float64")
FAULT = -1


@compiled(*(f"UniTuple(int64, 2)({kind}[:,:], float64)" for kind in KINDS), allocates=False)
def least_and_most(answers: Array, gap: float) -> tuple[int, int]:
    """The smallest and the largest point, gaps (``nan`` or ``gap``) left out; (1, 0) where there is none."""
    least, most, found = 1, 0, False
    for item in range(answers.shape[1]):
        for row in range(answers.shape[0]):
            value = float(answers[row, item])
            if not (value > -1e15 and value < 1e15) or value == gap:
                continue
            if not found:
                least, most, found = int(value), int(value), True
            least = min(least, int(value))
            most = max(most, int(value))
    return least, most


@compiled(
    *(f"int64({kind}[:,:], int64, int64, int64, int64, float64, int8[:,::1])" for kind in KINDS),
    allocates=False,
)
def read_codes(
    answers: Array, start: int, end: int, least: int, points: int, gap: float, codes: Array
) -> int:
    """Write a stretch of rows as codes, item by item: 0 for a gap, else the point's place from 1.

    Returns the item (from 0) in which a number is no point of the scale, or -1.
    """
    for item in range(answers.shape[1]):
        line = codes[item]
        for row in range(start, end):
            value = float(answers[row, item])
            if value != value or value == gap:  # noqa: PLR0124 -- true for nan alone
                line[row - start] = 0
                continue
            place = value - least
            if not (place >= 0 and place < points) or place != int(place):
                return item
            line[row - start] = int(place) + 1
    return -1


@compiled("void(int8[:,::1], int64, int32[::1], int64[:,:,::1])", allocates=False)
def count(codes: Array, rows: int, cells: Array, counts: Array) -> None:
    """Add to ``counts[item, cell, code]`` how often each comes up."""
    for item in range(codes.shape[0]):
        table = counts[item]
        line = codes[item]
        for row in range(rows):
            table[cells[row], line[row]] += 1


@compiled("int64(int8[:,::1], int64, int64[::1], int16[:,::1], int64[::1], int64[:,::1])", allocates=False)
def multiply(codes: Array, rows: int, items: Array, held: Array, sums: Array, products: Array) -> int:
    """Add sums and products of the items over the rows that have all of them; returns how many rows that are."""
    width = items.shape[0]
    complete = 0
    last = held[width]
    for row in range(rows):
        last[row] = 1
    for place in range(width):
        line = codes[items[place]]
        for row in range(rows):
            last[row] = last[row] if line[row] > 0 else 0
    for row in range(rows):
        complete += last[row]
    for place in range(width):
        line, kept = codes[items[place]], held[place]
        total = 0
        for row in range(rows):
            kept[row] = line[row] * last[row]
            total += kept[row]
        sums[place] += total
    for place in range(width):
        one = held[place]
        for other in range(place + 1):
            two = held[other]
            together: Any = 0
            for row in range(rows):
                together += np.int32(one[row]) * np.int32(two[row])
            products[place, other] += together
    return complete
