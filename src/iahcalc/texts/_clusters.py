from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.texts._words import language_of, stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["Cluster", "Clusters", "clusters"]

# Rarer words join nothing; more words than this only cost memory.
_LEAST_TEXTS = 2
_MOST_WORDS = 4000
_MOST_CLUSTERS = 12
_STARTS, _ROUNDS = 4, 40
# The number of clusters is chosen on so many texts at most.
_SAMPLE = 4000
_HARDLY_BETTER = 0.02


@dataclass(frozen=True, slots=True)
class Cluster:
    """Answers that share words: ``members`` are their places, ``example`` the one nearest to their middle.

    ``words`` are those that set it apart, in their most frequent spelling. ``cohesion``, 0 to 1, is the mean likeness
    (cosine) of its answers to their middle.
    """

    members: tuple[int, ...]
    words: tuple[str, ...]
    example: int
    share: float
    cohesion: float


@dataclass(frozen=True, slots=True)
class Clusters:
    """Suggested groups of answers, the largest first.

    ``alone`` are answers that share no word with others, ``empty`` those that say nothing. ``separation``, -1 to
    1, says how clearly the groups are apart; below about 0.1 they are hardly groups at all.
    """

    clusters: tuple[Cluster, ...]
    alone: tuple[int, ...]
    empty: tuple[int, ...]
    separation: float
    language: str


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class _Matrix:
    """Texts by words without the zeros: line ``i`` has the words ``columns[starts[i]:starts[i + 1]]``; length 1 each."""

    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    words: int

    @property
    def texts(self) -> int:
        return len(self.starts) - 1

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        return np.repeat(np.arange(self.texts), np.diff(self.starts))

    def likeness(self, middles: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Cosine of each text with each of the middles (rows of length 1)."""
        products = middles.T[self.columns] * self.values[:, None]
        found: npt.NDArray[np.float64] = np.add.reduceat(products, self.starts[:-1], axis=0)
        return found

    def part(self, lines: npt.NDArray[np.int64]) -> _Matrix:
        sizes = np.diff(self.starts)[lines]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        kept = np.repeat(self.starts[lines] - starts[:-1], sizes) + np.arange(starts[-1])
        return _Matrix(starts, self.columns[kept], self.values[kept], self.words)


def clusters(
    texts: Sequence[str], *, count: int | None = None, seed: int = 1, language: str | None = None
) -> Clusters:
    """Suggest groups of short open answers that share words.

    Args:
        texts: one answer each.
        count: how many groups, at least 2; ``None`` chooses 2 to 12 by how clearly they are apart.
        seed: one seed gives one grouping.
        language: code of the language ("sr", "sq", "en", …); ``None`` guesses it from the words.

    Returns:
        Answers are compared by the stems of their words, rarer words weighing more (TF-IDF, cosine), and
        grouped by spherical k-means, the best of 4 starts. Serbian in both scripts is one language. Words of one
        meaning but different spelling are not brought together: a person has the last word.

    Raises:
        TooFewAnswers: fewer than 4 answers share words with others.
        ValueError: ``count`` is below 2.

    Source:
        Dhillon & Modha (2001), Machine Learning 42, 143-175; Arthur & Vassilvitskii (2007), k-means++; the
        choice of the number by the simplified silhouette of Hruschka et al. (2006), Information Sciences 176, 1898-1927.

    >>> found = clusters(["more labs", "labs please", "larger labs", "cheap food", "better food", "food"], count=2)
    >>> [(group.members, group.words[0]) for group in found.clusters]
    [((0, 1, 2), 'labs'), ((3, 4, 5), 'food')]
    """
    if count is not None and count < 2:
        raise ValueError("Groups of answers are at least 2.")
    chosen = language_of(texts, language)
    matrix, places, names, empty, alone = _matrix(texts, chosen)
    if matrix.texts < 4:
        raise TooFewAnswers("Too few answers share words with others to group them.")
    dice = np.random.default_rng(seed)
    if count is None:
        count = _best_count(matrix, dice)
    count = min(count, matrix.texts)
    member, likeness, middles = _grouped(matrix, count, dice)
    overall = _middles(matrix, np.zeros(matrix.texts, dtype=np.int64), 1)[0]
    groups = []
    for group in range(count):
        lines = np.flatnonzero(member == group)
        if len(lines) == 0:
            continue
        apart = middles[group] - overall
        leading = np.argsort(-apart, kind="stable")[:6]
        own = likeness[lines, group]
        groups.append(
            Cluster(
                members=tuple(places[lines].tolist()),
                words=tuple(names[word] for word in leading.tolist() if apart[word] > 0),
                example=int(places[lines[int(np.argmax(own))]]),
                share=len(lines) / (len(texts) - len(empty)),
                cohesion=float(own.mean()),
            )
        )
    groups.sort(key=lambda group: (-len(group.members), group.members))
    return Clusters(
        clusters=tuple(groups),
        alone=tuple(alone),
        empty=tuple(empty),
        separation=_separation(member, likeness),
        language=chosen,
    )


def _matrix(
    texts: Sequence[str], language: str
) -> tuple[_Matrix, npt.NDArray[np.int64], list[str], list[int], list[int]]:
    """Texts by words; the places of its lines, its words, and the texts that are empty or stand alone."""
    found = [stems_of(text, language=language) for text in texts]
    counts: Counter[str] = Counter()
    forms: Counter[tuple[str, str]] = Counter()
    for words in found:
        counts.update({stem for stem, _ in words})
        forms.update((stem, word.lower()) for stem, word in words)
    kept = sorted(
        (stem for stem, many in counts.items() if many >= _LEAST_TEXTS),
        key=lambda stem: (-counts[stem], stem),
    )
    index = {stem: place for place, stem in enumerate(kept[:_MOST_WORDS])}
    written: dict[str, tuple[int, str]] = {}
    for (stem, form), many in sorted(forms.items()):
        if stem in index and many > written.get(stem, (0, ""))[0]:
            written[stem] = (many, form)
    said = max(sum(bool(words) for words in found), 1)
    places, starts, columns, values = [], [0], [], []
    empty: list[int] = []
    alone: list[int] = []
    for place, words in enumerate(found):
        # A word said twice in one short answer weighs no more than once.
        line = sorted({index[stem] for stem, _ in words if stem in index})
        if not line:
            (alone if words else empty).append(place)
            continue
        weights = [math.log((said + 1) / counts[kept[word]]) + 0.1 for word in line]
        length = math.sqrt(sum(weight**2 for weight in weights))
        places.append(place)
        columns += line
        values += [weight / length for weight in weights]
        starts.append(len(columns))
    matrix = _Matrix(
        starts=np.array(starts, dtype=np.int64),
        columns=np.array(columns, dtype=np.int64),
        values=np.array(values, dtype=np.float64),
        words=len(index),
    )
    return matrix, np.array(places, dtype=np.int64), [written[stem][1] for stem in index], empty, alone


def _best_count(matrix: _Matrix, dice: np.random.Generator) -> int:
    """The number of groups that are apart most clearly."""
    if matrix.texts > _SAMPLE:
        matrix = matrix.part(np.sort(dice.choice(matrix.texts, _SAMPLE, replace=False)))
    # Few answers would fall apart into pairs of nearly equal ones.
    most = min(_MOST_CLUSTERS, max(2, math.ceil(math.sqrt(matrix.texts / 2))))
    worth = {}
    for count in range(2, most + 1):
        member, likeness, _ = _grouped(matrix, count, dice, starts=2)
        worth[count] = _separation(member, likeness)
    # Hardly better is not worth another group to read.
    return min(count for count, found in worth.items() if found >= max(worth.values()) - _HARDLY_BETTER)


def _separation(member: npt.NDArray[np.int64], likeness: npt.NDArray[np.float64]) -> float:
    """Simplified silhouette: how much nearer each text is to its own middle than to the next one."""
    if likeness.shape[1] < 2:
        return 0.0
    lines = np.arange(len(member))
    own = 1 - likeness[lines, member]
    others = likeness.copy()
    others[lines, member] = -1.0
    nearest = 1 - others.max(axis=1)
    return float(((nearest - own) / np.maximum(np.maximum(nearest, own), 1e-12)).mean())


def _grouped(
    matrix: _Matrix, count: int, dice: np.random.Generator, *, starts: int = _STARTS
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Spherical k-means, the best of some starts: each text's group, its likeness to the middles, the middles."""
    best = None
    for _ in range(starts):
        middles = _first_middles(matrix, count, dice)
        member = np.full(matrix.texts, -1, dtype=np.int64)
        for _ in range(_ROUNDS):
            likeness = matrix.likeness(middles)
            nearest = likeness.argmax(axis=1)
            if np.array_equal(nearest, member):
                break
            member = nearest
            middles = _middles(matrix, member, count)
        likeness = matrix.likeness(middles)
        member = likeness.argmax(axis=1)
        worth = float(likeness.max(axis=1).sum())
        if best is None or worth > best[0] + 1e-9:
            best = (worth, member, likeness, middles)
    # At least one start is made.
    _, member, likeness, middles = best  # type: ignore[misc]
    return member, likeness, middles


def _first_middles(matrix: _Matrix, count: int, dice: np.random.Generator) -> npt.NDArray[np.float64]:
    """Texts far from each other, drawn with chances by their distance (k-means++)."""
    chosen = [int(dice.integers(matrix.texts))]
    nearest = np.zeros(matrix.texts)
    middles = np.zeros((count, matrix.words))
    for group in range(count):
        line = chosen[-1]
        words = slice(int(matrix.starts[line]), int(matrix.starts[line + 1]))
        middles[group, matrix.columns[words]] = matrix.values[words]
        nearest = np.maximum(nearest, matrix.likeness(middles[group : group + 1])[:, 0])
        distance = np.maximum(1 - nearest, 0.0)
        total = float(distance.sum())
        if total <= 1e-9:
            chosen.append(int(dice.integers(matrix.texts)))
            continue
        mark = dice.random() * total
        chosen.append(min(int(np.searchsorted(np.cumsum(distance), mark)), matrix.texts - 1))
    return middles


def _middles(matrix: _Matrix, member: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.float64]:
    """Mean direction of each group."""
    cells = member[matrix.rows] * matrix.words + matrix.columns
    sums = np.bincount(cells, weights=matrix.values, minlength=count * matrix.words)
    middles = sums.reshape(count, matrix.words)
    lengths = np.linalg.norm(middles, axis=1, keepdims=True)
    found: npt.NDArray[np.float64] = np.divide(
        middles, lengths, out=np.zeros_like(middles), where=lengths > 0
    )
    return found
