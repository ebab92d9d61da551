"""Instruments: items that are answered on one scale and scored by a key. Pure, no database.

A questionnaire holds its scoring keys under ``instruments`` (a list), so that a published version never
changes; the items themselves stand in a question of the kind *scale* with the same codes. A key is::

    code: confidence          # small letters, digits, _; scores are called confidence:total, confidence:<subscale>
    version: "1"
    title: {en: …}
    items: [confidence_1, confidence_2, …]
    reverse: [confidence_2]   # items worded against the others: least + most - answer
    points: {least: 1, most: 5}
    scoring: mean             # or sum
    least_answered: 4         # items a person must have answered for the total; default all
    total: true               # false where only the subscales mean something
    subscales:                # may be left out
      - {code: language, title: {en: …}, items: [confidence_1, confidence_2], least_answered: 2}
    cutoffs:                  # may be left out; highest one that is reached counts
      - {score: total, at_least: 3.5, label: {en: …}}
    licence: …                # words for people: who may use it how
    source: …                 # who made it, where it is published
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Words = Mapping[str, str]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Subscale:
    """Some items of an instrument that are scored by themselves."""

    code: str
    title: Words
    items: tuple[str, ...]
    least_answered: int


@dataclass(frozen=True, slots=True)
class Cutoff:
    """From this value of a score on (``total`` or the code of a subscale), people are described by the label."""

    score: str
    at_least: float
    label: Words


@dataclass(frozen=True, slots=True)
class Points:
    """The scale on which every item is answered, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """A scoring key. Items are codes of columns; ``least_answered`` is for the total."""

    code: str
    version: str
    title: Words
    items: tuple[str, ...]
    reverse: frozenset[str]
    points: Points
    least_answered: int
    subscales: tuple[Subscale, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    scoring: Literal["mean", "sum"] = "mean"
    has_total: bool = True
    licence: str = ""
    source: str = ""

    @property
    def score_titles(self) -> dict[str, Words]:
        """Return the code of every score with its title, the total first."""
        found: dict[str, Words] = {f"{self.code}:{TOTAL}": self.title} if self.has_total else {}
        return found | {f"{self.code}:{part.code}": part.title for part in self.subscales}

    def score_range(self, score: str) -> tuple[float, float]:
        """Return the lowest and highest value that a score (a code of ``score_titles``) can have."""
        if self.scoring == "mean":
            return self.points.least, self.points.most
        items = len(self._key_of(score.partition(":")[2])[0])
        return items * self.points.least, items * self.points.most

    def _key_of(self, part: str) -> tuple[tuple[str, ...], int]:
        for subscale in self.subscales:
            if subscale.code == part:
                return subscale.items, subscale.least_answered
        return self.items, self.least_answered


def scores(
    instrument: Instrument, answers: Mapping[str, npt.NDArray[np.float64]]
) -> dict[str, npt.NDArray[np.float64]]:
    """Return every score of every person, by its code.

    Items worded against the others are turned first (least + most - answer). Who answered fewer items of a
    score than it demands has none. Who answered enough is scored from what they answered: the mean of it, or
    for sums that mean times the number of items, so that a left-out item counts as the person's own mean.

    Args:
        answers: item code -> shape ``(people,)``, points as they were given, ``nan`` where missing.

    Returns:
        score code -> shape ``(people,)``, in points (mean) or summed points (sum), ``nan`` where there is none.

    Raises:
        KeyError: an item has no answers at all in ``answers``.
    """
    turned = {
        item: instrument.points.least + instrument.points.most - answers[item]
        if item in instrument.reverse
        else answers[item]
        for item in instrument.items
    }
    found: dict[str, npt.NDArray[np.float64]] = {}
    for score in instrument.score_titles:
        items, needed = instrument._key_of(score.partition(":")[2])  # noqa: SLF001 -- the key is read nowhere else
        found[score] = _scored([turned[item] for item in items], needed, as_sum=instrument.scoring == "sum")
    return found


def _scored(columns: list[npt.NDArray[np.float64]], needed: int, *, as_sum: bool) -> npt.NDArray[np.float64]:
    # Item by item: a table of all people and items would be as large again as the answers.
    total = np.zeros(len(columns[0]))
    answered = np.zeros(len(columns[0]), dtype=np.int16)
    for column in columns:
        there = ~np.isnan(column)
        total[there] += column[there]
        answered += there
    means = np.full(len(total), np.nan)
    np.divide(total, answered, out=means, where=answered >= max(needed, 1))
    return means * len(columns) if as_sum else means


def bands(
    instrument: Instrument, score: str, values: npt.NDArray[np.float64]
) -> tuple[list[Words], npt.NDArray[np.float64]]:
    """Describe the values of a score by the instrument's cut-offs.

    Args:
        score: a code of ``score_titles``.
        values: shape ``(people,)``, as ``scores`` returns them.

    Returns:
        The labels from the lowest on, and for each person the place among them; ``nan`` where there is no
        score, or it lies below the lowest cut-off. Without cut-offs no labels and only ``nan``.
    """
    part = score.partition(":")[2]
    cutoffs = sorted(
        (cutoff for cutoff in instrument.cutoffs if cutoff.score == part),
        key=lambda cutoff: cutoff.at_least,
    )
    limits = np.array([cutoff.at_least for cutoff in cutoffs])
    places = np.searchsorted(limits, values, side="right").astype(np.float64) - 1
    places[np.isnan(values) | (places < 0)] = np.nan
    return [cutoff.label for cutoff in cutoffs], places
