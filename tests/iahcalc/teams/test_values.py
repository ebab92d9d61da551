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
        ({"Serbian": 6, "English": 2}, ("Serbian",)),
        ({"Serbian": 2.9}, ()),
        ({"Serbian": float("nan")}, ("Serbian",)),
        (("Serbian", "English"), ("English", "Serbian")),
        ("Serbian", ("Serbian",)),
        ({"": 5}, ()),
        (None, ()),
        (3.0, ()),
    ],
)
def test_a_word_without_a_level_reaches_every_level(value: Value, words: tuple[str, ...]) -> None:
    assert words_at(person("ana", languages=value), "languages", 3.0) == words
