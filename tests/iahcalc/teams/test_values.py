"""What a person's values are read as."""

from __future__ import annotations

import pytest

from classes_of_people import person
from iahcalc.teams import Value
from iahcalc.teams._values import words_at, words_of


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"Serbian": 6, "English": 2, "": 1}, ("English", "Serbian")),
        (("b", "a", "b", ""), ("a", "b")),
        ("a", ("a",)),
        ({}, ()),
        ("", ()),
        (3.0, ()),
        (None, ()),
    ],
)
def test_words_are_read_without_their_levels(value: Value, words: tuple[str, ...]) -> None:
    assert words_of(person("ana", languages=value), "languages") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"Serbian": 6, "English": 2}, {"Serbian"}),
        ({"Serbian": 2.9}, set()),
        ({"Serbian": float("nan")}, {"Serbian"}),
        (("Serbian", "English"), {"Serbian", "English"}),
        ("Serbian", {"Serbian"}),
        ({}, None),
        ({"": 5}, None),
        ((), None),
        ("", None),
        (None, None),
        (3.0, None),
    ],
)
def test_a_word_without_a_level_reaches_every_level(value: Value, words: set[str] | None) -> None:
    assert words_at(value, 3.0) == words
