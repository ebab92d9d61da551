"""The supplied bank of 2027: whole, in three languages, and without the slips that a long text invites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from biosint.evidence import api as evidence
from biosint.indicators import queries
from biosint.indicators.operations import loading as operations
from biosint.indicators.states import IndicatorKind
from clock import NOON

LANGUAGES = {"en", "sr", "sq"}
FRAMEWORKS = {
    *(f"WFME {theme}" for theme in range(1, 9)),
    *(f"CeQuInt {standard}" for standard in range(1, 6)),
    *(f"IMPI {goal}" for goal in ("education", "research", "graduates", "reputation", "society")),
    *(
        f"IPO {group}/{part}"
        for group in ("education", "research", "management")
        for part in ("input", "process", "output")
    ),
}
# Words that every longer English sentence holds and that mean nothing in Albanian.
ENGLISH = re.compile(
    r"\b(the|of|and|with|from|students|teachers?|how|does|many|which|there)\b", re.IGNORECASE
)
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(operations.supplied_bank("2027"))
    return found


def indicators(bank: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for dimension in bank["dimensions"] for row in dimension["indicators"]]


def texts(node: Any, where: str = "bank") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of the bank with the place it stands at."""
    if isinstance(node, dict):
        where = str(node.get("code", where))
        if "en" in node:
            yield where, node
            return
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from texts(part, where)


@pytest.mark.django_db
def test_it_loads_and_counts_only_evidence_that_somebody_records() -> None:
    bank = operations.load_bank(source=operations.supplied_bank("2027"), by=None, at=NOON)
    loaded = list(queries.indicators_of(bank))

    assert len(loaded) == 116
    assert [row.indicator_count for row in queries.dimensions_of(bank)] == [
        12, 12, 11, 14, 12, 12, 11, 10, 11, 11,
    ]  # fmt: skip
    declared = {kind.code for kind in evidence.kinds()}
    counted = {indicator.counted_kind for indicator in loaded if indicator.is_counted}
    assert len(counted) == 15
    assert counted <= declared


def test_no_kind_of_indicator_is_rare(told: dict[str, Any]) -> None:
    kinds = Counter(row["kind"] for row in indicators(told))

    assert set(kinds) == set(IndicatorKind.values)
    shares = [kinds["level"], kinds["ratio"] + kinds["count_per_100"], kinds["yes_no"]]
    assert all(0.3 <= share / sum(shares) <= 0.4 for share in shares)


def test_every_weight_is_above_nought(told: dict[str, Any]) -> None:
    assert all(row["weight"] > 0 for row in [*told["dimensions"], *indicators(told)])


def test_every_text_is_in_its_language(told: dict[str, Any]) -> None:
    for where, words in texts(told):
        assert set(words) == LANGUAGES, where
        assert all(text == text.strip() and text for text in words.values()), where
        assert not CYRILLIC.search(words["en"] + words["sq"]), where
        assert CYRILLIC.search(words["sr"]), where
        assert not LATIN.search(words["sr"]), (where, words["sr"])
        assert not ENGLISH.search(words["sq"]), (where, words["sq"])
        assert words["sq"] != words["en"], where


@pytest.mark.parametrize("part", ["title", "asks"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nothing_is_asked_twice(told: dict[str, Any], part: str, language: str) -> None:
    seen = Counter(row[part][language].casefold() for row in indicators(told))

    assert [text for text, times in seen.items() if times > 1] == []


def test_the_five_levels_differ(told: dict[str, Any]) -> None:
    for row in indicators(told):
        for language in LANGUAGES:
            said = [level[language] for level in row.get("levels", [])]
            assert len(set(said)) == (5 if row["kind"] == "level" else 0), row["code"]


def test_every_category_of_every_framework_is_referred_to_and_no_other(told: dict[str, Any]) -> None:
    for row in indicators(told):
        assert len(row["references"]) == len(set(row["references"])) >= 2, row["code"]
    referred = {reference for row in indicators(told) for reference in row["references"]}

    assert referred <= FRAMEWORKS
    assert FRAMEWORKS - referred == set()


def test_a_figure_that_earns_all_points_is_said_in_the_question(told: dict[str, Any]) -> None:
    for row in indicators(told):
        assert ("all points" in row["asks"]["en"]) == ("cap" in row), row["code"]


def test_rounds_with_the_bank_of_2026_can_be_compared_code_by_code(told: dict[str, Any]) -> None:
    now = {row["code"]: row for row in indicators(told)}
    before = indicators(yaml.safe_load(operations.supplied_bank("2026")))

    assert len(before) == 36
    for row in before:
        for part in ("kind", "unit", "cap", "counted"):
            assert now[row["code"]].get(part) == row.get(part), (row["code"], part)
