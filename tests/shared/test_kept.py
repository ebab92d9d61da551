from __future__ import annotations

import json

import pytest
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext_lazy

from biosint.shared import kept

POSTS = ngettext_lazy("{count} new post in {team}", "{count} new posts in {team}", "count")


def through_the_database(sentence: object) -> kept.Kept:
    found: kept.Kept = json.loads(json.dumps(kept.keep(sentence)))  # type: ignore[arg-type]  # any sentence
    return found


def test_a_lazy_sentence_is_read_in_the_language_of_the_moment() -> None:
    # Words that Django itself translates, so that this holds before our own catalogues are built.
    sentence = through_the_database(gettext_lazy("Monday"))

    assert kept.read(sentence) == "Monday"
    with translation.override("sq"):
        assert kept.read(sentence) == "E hënë"


def test_parameters_are_kept_and_those_that_are_lazy_are_read_anew_too() -> None:
    sentence = through_the_database(format_lazy("{day}: {name}", day=gettext_lazy("Monday"), name="Anna"))

    with translation.override("sq"):
        assert kept.read(sentence) == "E hënë: Anna"


@pytest.mark.parametrize(("count", "text"), [(1, "1 new post in Ibis"), (12, "12 new posts in Ibis")])
def test_a_plural_goes_by_the_count_of_the_moment(count: int, text: str) -> None:
    assert kept.read(through_the_database(format_lazy(POSTS, team="Ibis")), count=count) == text


def test_words_that_are_no_translation_stay_as_they_are() -> None:
    assert through_the_database("Anna {braces} %(percent)s") == "Anna {braces} %(percent)s"
    assert kept.read("Anna {braces} %(percent)s") == "Anna {braces} %(percent)s"


def test_braces_in_a_parameter_are_only_words() -> None:
    assert kept.read(through_the_database(format_lazy("{course}!", course="{secret}"))) == "{secret}!"


def test_a_pattern_with_a_slip_in_its_braces_gives_the_message_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentence = through_the_database(format_lazy(gettext_lazy("You have {count} places"), count="2"))
    monkeypatch.setattr(kept, "gettext", lambda _message: "Imate {mesta mesta")

    assert kept.read(sentence) == "You have 2 places"
