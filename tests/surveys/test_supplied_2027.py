"""The questionnaires of 2027: whole in every content language, and alike where students, teachers and deans meet."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pytest

from biosint.surveys import queries
from biosint.surveys.definitions import Definition, parse
from biosint.surveys.states import LANGUAGES, QuestionKind
from biosint.surveys.translations import Text, texts_of

STUDENTS, TEACHERS, DEANS = "students_2027", "teachers_2027", "deans_2027"
ALL = (STUDENTS, TEACHERS, DEANS)
CYRILLIC, LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-z]")
# Words that stand in every longer English text and in none of the other languages.
ENGLISH = re.compile(r"\b(the|and|with|from|your|you|which|how|students|teachers)\b", re.IGNORECASE)
# What only one of three close neighbours writes.
NOT_CROATIAN = re.compile(r"\b(šta|učestv\w+|inostran\w+|saradnj\w+|tačn\w+|sedmičn\w+|ko)\b", re.IGNORECASE)
NOT_MONTENEGRIN = re.compile(r"\b(online|uopće|sedmičn\w+|tjedn\w+|inozem\w+|točn\w+|tko)\b", re.IGNORECASE)
EKAVIAN = re.compile(r"\b(vreme|deo|zdravstvena nega|ovde|želeli|razume\w*|uvek|posledn\w+)\b", re.IGNORECASE)


def content(name: str) -> dict[str, Any]:
    return queries.supplied_templates()[name]


def definition(name: str) -> Definition:
    return parse(content(name))


def texts(name: str) -> list[Text]:
    return texts_of(content(name))


@pytest.mark.parametrize("name", ALL)
def test_every_text_stands_in_every_language(name: str) -> None:
    for text in texts(name):
        assert tuple(text.words) == LANGUAGES, text.address
        assert all(words and words == words.strip() for words in text.words.values()), text.address


@pytest.mark.parametrize("name", ALL)
def test_every_text_is_in_the_script_and_the_words_of_its_language(name: str) -> None:
    for text in texts(name):
        words = text.words
        assert CYRILLIC.search(words["sr"]), text.address
        # Levels of English have a digit; nothing else in Serbian is written in Latin letters.
        assert not LATIN.search(words["sr"]), words["sr"]
        for language in set(LANGUAGES) - {"sr"}:
            assert not CYRILLIC.search(words[language]), words[language]
            assert language == "en" or not ENGLISH.search(words[language]), words[language]
        assert not NOT_CROATIAN.search(words["hr"]), words["hr"]
        assert not NOT_MONTENEGRIN.search(words["cnr"]), words["cnr"]
        for language in ("bs", "cnr", "hr"):
            assert not EKAVIAN.search(words[language]), words[language]


@pytest.mark.parametrize("name", ALL)
def test_it_can_be_taken_into_the_database(name: str) -> None:
    assert parse(json.loads(json.dumps(content(name)))) == definition(name)


@pytest.mark.parametrize("name", ALL)
def test_no_two_answers_of_a_question_read_alike(name: str) -> None:
    for question in definition(name).questions:
        for parts in (
            [option.label for option in question.options],
            [item.text for item in question.items],
            list(question.point_labels.values()),
        ):
            for language in LANGUAGES:
                said = [words[language] for words in parts]
                assert len(said) == len(set(said)), (question.code, language)


@pytest.mark.parametrize(("one", "other"), list(combinations(ALL, 2)))
def test_what_shares_a_code_can_be_compared(one: str, other: str) -> None:
    left = {column.code: column for column in definition(one).columns()}
    right = {column.code: column for column in definition(other).columns()}

    for code in left.keys() & right.keys():
        mine, theirs = left[code], right[code]
        assert (mine.kind, mine.least, mine.most, mine.reversed, mine.scale, mine.unit) == (
            theirs.kind, theirs.least, theirs.most, theirs.reversed, theirs.scale, theirs.unit
        ), code  # fmt: skip
        assert [(option.code, option.label) for option in mine.options] == [
            (option.code, option.label) for option in theirs.options
        ], code


def test_the_questions_of_the_published_design_are_asked_of_both_groups() -> None:
    students, teachers, deans = (
        {column.code for column in definition(name).columns()} for name in (STUDENTS, TEACHERS, DEANS)
    )

    assert {
        "mobility",
        "english",
        "languages",
        "from_home",
        "met_home",
        "digital_tools",
        "hours",
    } <= students & teachers
    assert {
        "support", "offer_rules", "recognition", "obstacles", "priority", "att_equal",
        "swot_strengths", "swot_weaknesses", "swot_opportunities", "swot_threats",
    } <= students & teachers & deans  # fmt: skip


def test_the_kinds_of_questions_are_used() -> None:
    kinds = {question.kind for name in ALL for question in definition(name).questions}

    assert kinds == set(QuestionKind)


@pytest.mark.parametrize(
    ("name", "before", "same"),
    [
        (STUDENTS, "students_2026", {"year", "mobility", "from_home", "support", "digital_lost", "device"}),
        (
            TEACHERS,
            "teachers_2026",
            {"partner", "would", "needs", "digital_plan", "digital_avoid", "trained"},
        ),
    ],
)
def test_questions_kept_from_2026_keep_their_code_and_answers(name: str, before: str, same: set[str]) -> None:
    now = {column.code: column for column in definition(name).columns()}
    then = {column.code: column for column in definition(before).columns()}

    for code in same:
        assert (now[code].kind, now[code].least, now[code].most, now[code].reversed) == (
            then[code].kind, then[code].least, then[code].most, then[code].reversed
        ), code  # fmt: skip
        assert [option.code for option in now[code].options] == [
            option.code for option in then[code].options
        ], code


def test_only_teachers_are_asked_about_their_teaching() -> None:
    asked = {question.code: question for question in definition(TEACHERS).questions}

    for code in ("field", "teach_english", "partner", "would", "digital_teaching"):
        condition = asked[code].shown_if
        assert condition is not None
        assert not condition.holds({"role": "staff"}), code
        assert condition.holds({"role": "clinical"}), code
    office = asked["office"].shown_if
    assert office is not None
    assert office.holds({"role": "staff"})


@pytest.mark.parametrize("name", [STUDENTS, TEACHERS])
def test_only_who_took_part_is_asked_what_came_of_it(name: str) -> None:
    asked = {question.code: question for question in definition(name).questions}
    gain, country = asked["gain"].shown_if, asked["stay_country"].shown_if

    assert gain is not None
    assert country is not None
    assert gain.holds({"met_home": "yes"})
    assert not gain.holds({"met_home": "no"})
    assert country.holds({"been_abroad": "yes"})
    assert not country.holds({"been_abroad": "no"})


def test_scores_are_kept_under_the_same_key_wherever_they_are_asked() -> None:
    keys = {name: {key.code: key for key in definition(name).instruments} for name in ALL}

    assert {name: set(found) for name, found in keys.items()} == {
        STUDENTS: {"online_readiness", "home_attitude"},
        TEACHERS: {"online_readiness", "home_attitude", "online_teaching"},
        DEANS: {"home_attitude", "institution_ready"},
    }
    assert keys[STUDENTS]["online_readiness"] == keys[TEACHERS]["online_readiness"]
    assert keys[STUDENTS]["home_attitude"] == keys[TEACHERS]["home_attitude"] == keys[DEANS]["home_attitude"]
    assert keys[STUDENTS]["online_readiness"].reverse == {"digital_lost"}


def test_no_key_takes_the_code_of_another_instrument_of_the_library() -> None:
    own = {key.code for name in ALL for key in definition(name).instruments}

    assert not own & set(queries.supplied_instruments())
