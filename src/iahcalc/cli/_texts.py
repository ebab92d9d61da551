from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iahcalc.cli._wording import aligned
from iahcalc.cli.tables import Unreadable, shortened
from iahcalc.faults import TooFewAnswers
from iahcalc.texts import Clusters, clusters, keywords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.cli.tables import Table


def report(
    table: Table, *, column: str, language: str | None, count: int | None
) -> tuple[dict[str, Any], str]:
    """Keywords and suggested groups of open answers; return them for JSON and as text."""
    texts = table.labels(column)
    words = keywords(texts, language=language)
    if not words:
        raise Unreadable(f"No word comes up in two answers to “{column}”.")
    grouped: Clusters | None = None
    reason = ""
    try:
        grouped = clusters(texts, language=language, count=count)
    except TooFewAnswers as few:
        reason = str(few)
    said = sum(bool(text) for text in texts)
    lines = [
        f"{column}: {said:,} answers, {len(texts) - said:,} left empty",
        "",
        *aligned(
            [
                ["Word", "Answers", "Share"],
                *([word.word, f"{word.texts:,}", f"{word.share:.1%}"] for word in words),
            ]
        ),
        "",
        *(_groups_as_text(grouped, texts) if grouped is not None else [f"Groups: not possible. {reason}"]),
        "",
        "Words are compared by their spelling, not by their sense: read the groups as suggestions.",
    ]
    return (
        {
            "analysis": "texts",
            "text": column,
            "language": None if grouped is None else grouped.language,
            "n": said,
            "missing": len(texts) - said,
            "keywords": [
                {
                    "word": word.word,
                    "forms": list(word.forms),
                    "texts": word.texts,
                    "share": word.share,
                    "score": word.score,
                }
                for word in words
            ],
            "groups": None if grouped is None else _groups_as_json(grouped, table, texts),
            "separation": None if grouped is None else grouped.separation,
            "alone": None if grouped is None else [table.row_numbers[place] for place in grouped.alone],
            "impossible": reason or None,
        },
        "\n".join(lines),
    )


def _groups_as_json(grouped: Clusters, table: Table, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "words": list(group.words),
            "rows": [table.row_numbers[place] for place in group.members],
            "share": group.share,
            "cohesion": group.cohesion,
            "example": texts[group.example],
        }
        for group in grouped.clusters
    ]


def _groups_as_text(grouped: Clusters, texts: Sequence[str]) -> list[str]:
    lines = [
        (
            f"Suggested groups (how clearly they are apart, -1 to 1: {grouped.separation:.2f}; "
            f"{len(grouped.alone):,} answers share no word with others)"
        )
    ]
    for group in grouped.clusters:
        lines.append(f"  {len(group.members):,} answers, {group.share:.0%}: {', '.join(group.words)}")
        lines.append(f"    for instance: {shortened(texts[group.example])}")
    return lines
