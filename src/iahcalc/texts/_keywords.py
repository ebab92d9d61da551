from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iahcalc.texts._words import language_of, stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Keyword", "keywords"]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that stands out.

    ``word`` is its most frequent spelling, in small letters, ``forms`` all of them; ``texts`` counts the answers with
    it, ``share`` is their share of all answers that say something. ``score`` orders the words.
    """

    word: str
    forms: tuple[str, ...]
    texts: int
    share: float
    score: float


def keywords(
    texts: Sequence[str],
    *,
    language: str | None = None,
    others: Sequence[str] | None = None,
    most: int = 25,
    least: int = 2,
) -> tuple[Keyword, ...]:
    """Return the words that stand out in a set of open answers.

    Args:
        texts: one answer each; empty ones are left out.
        language: code of the language ("sr", "sq", "en", …); ``None`` guesses it from the words.
        others: answers to contrast with (another group, an earlier year): then the words are those that occur
            in more of ``texts`` than of ``others``.
        most: how many words.
        least: a word counts from this many answers on.

    Returns:
        In descending order of their score, then of the alphabet. Alone: answers with the word times
        (1 + log(answers / answers with the word)): frequent words lead, but less so the more usual they are.
        In contrast: Dunning's likelihood ratio of answers with and without the word.

    Source:
        Spärck Jones (1972), J. Documentation 28, 11-21; Dunning (1993), Computational Linguistics 19(1), 61-74.

    >>> found = keywords(["Više stranih jezika", "Strani jezik", "Језик и пракса", "Bolja hrana"], language="sr")
    >>> found[0].word, found[0].texts, found[0].forms
    ('jezik', 3, ('jezik', 'jezika', 'језик'))
    """
    chosen = language_of(texts, language)
    counts, forms, said = _count(texts, chosen)
    elsewhere, said_elsewhere = Counter[str](), 0
    if others is not None:
        elsewhere, _, said_elsewhere = _count(others, chosen)
    scored = []
    for stem, many in counts.items():
        if many < least:
            continue
        if others is None:
            score = many * (1 + math.log(said / many))
        else:
            score = _likelihood_ratio(many, said, elsewhere[stem], said_elsewhere)
        if score > 0:
            scored.append((-score, stem))
    return tuple(
        Keyword(
            word=min(forms[stem], key=lambda form: (-forms[stem][form], form)),
            forms=tuple(sorted(forms[stem])),
            texts=counts[stem],
            share=counts[stem] / said,
            score=-score,
        )
        for score, stem in sorted(scored)[:most]
    )


def _count(texts: Sequence[str], language: str) -> tuple[Counter[str], defaultdict[str, Counter[str]], int]:
    """In how many texts each stem occurs, how it was written, and how many texts say anything."""
    counts: Counter[str] = Counter()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    said = 0
    for text in texts:
        found = stems_of(text, language=language)
        said += bool(found)
        counts.update({stem for stem, _ in found})
        for stem, word in found:
            forms[stem][word.lower()] += 1
    return counts, forms, said


def _likelihood_ratio(here: int, of_here: int, there: int, of_there: int) -> float:
    """Dunning's G squared, 0 where the word is not more frequent here."""
    if of_there == 0 or here * of_there <= there * of_here:
        return 0.0
    total = of_here + of_there
    ratio = 0.0
    for seen, column in ((here + there, True), (total - here - there, False)):
        for count, size in (
            (here if column else of_here - here, of_here),
            (there if column else of_there - there, of_there),
        ):
            if count:
                ratio += count * math.log(count * total / (seen * size))
    return 2 * ratio
