from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from biosint.quizzes.content import (
    ContentFault,
    NumberKey,
    answer_from,
    arranged,
    as_json,
    check,
    drawn,
    from_json,
    mark,
    matches_text,
    number_in,
)
from biosint.quizzes.content.question import Accepted, Option, Pair, Question
from biosint.quizzes.states import QuestionKind
from factories.quizzes import ESSAY, SAMPLES

CHOICE, MULTIPLE, ORDER, MATCH, NUMBER, TEXT = (SAMPLES[kind] for kind in QuestionKind)


@pytest.mark.parametrize(
    ("question", "answer", "share"),
    [
        (CHOICE, "a", 100),
        (CHOICE, "b", 0),
        (CHOICE, None, 0),
        (MULTIPLE, ["a", "b"], 100),
        (MULTIPLE, ["a"], 50),
        (MULTIPLE, ["a", "b", "c"], 50),
        (MULTIPLE, ["c", "d"], 0),
        (MULTIPLE, ["a", "b", "c", "d"], 0),
        (ORDER, ["a", "b", "c", "d"], 100),
        # The first put last: two of three neighbours still follow each other.
        (ORDER, ["b", "c", "d", "a"], Decimal(200) / 3),
        (ORDER, ["d", "c", "b", "a"], 0),
        (ORDER, {"a": "1"}, 0),
        (MATCH, {"a": "a", "b": "b"}, 100),
        (MATCH, {"a": "a", "b": "c"}, 50),
        (MATCH, {"a": "b"}, 0),
        (NUMBER, "125", 100),
        (NUMBER, "125,5 mg", 100),
        (NUMBER, "125.51", 0),
        (NUMBER, "13", 50),
        (NUMBER, "one hundred", 0),
        (TEXT, "ТАХИКАРДИЈА", 100),
        (TEXT, " Tachycardia ", 100),
        (TEXT, "bradycardia", 0),
    ],
)
def test_an_answer_gets_its_share_of_the_points(question: Question, answer: Any, share: Any) -> None:
    assert mark(question, answer).share == Decimal(share)


def test_a_text_without_key_waits_for_a_teacher_unless_it_is_empty() -> None:
    assert mark(ESSAY, "Because.").share is None
    assert mark(ESSAY, None).share == 0


def test_three_thirds_are_the_whole() -> None:
    third = Decimal("33.33333")
    question = Question(
        kind=QuestionKind.MULTIPLE,
        title="",
        text={"en": "?"},
        options=tuple(Option(code, {"en": code}, third) for code in "abc"),
    )

    assert mark(question, ["a", "b", "c"]).is_right
    assert mark(question, ["a"]).points(Decimal(3)) == Decimal("1.00")


def test_partners_that_read_the_same_are_the_same() -> None:
    question = Question(
        kind=QuestionKind.MATCH,
        title="",
        text={"en": "?"},
        pairs=(Pair("a", {"en": "1"}, {"en": "odd"}), Pair("b", {"en": "3"}, {"en": "odd"})),
    )

    assert mark(question, {"a": "b", "b": "b"}).is_right


def test_a_relative_tolerance_counts_from_the_value_and_both_ends_belong_to_it() -> None:
    question = Question(
        kind=QuestionKind.NUMBER,
        title="",
        text={"en": "?"},
        numbers=(NumberKey(Decimal("0.3"), Decimal("0.1"), is_relative=True),),
    )

    assert mark(question, "0.33").is_right
    assert mark(question, "0,27").is_right
    assert mark(question, "0.331").share == 0


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 250,5", "1250.5"),
        ("−4", "-4"),
        ("+.5", "0.5"),
        ("3e-2", "0.03"),
        ("6,02·10^23", "6.02E+23"),
        ("1e999999", None),
        ("1,2,3", None),
        ("NaN", None),
        ("٣", "3"),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: str | None) -> None:
    found = number_in(typed)

    assert found == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("typed", "accepted", "fits"),
    [
        ("Djurdja", "Ђурђа", False),
        ("Đurđa", "Ђурђа", True),
        ("đurda", "Ђурђа", True),
        ("ЉУБАВ", "ljubav", True),
        ("straße", "STRASSE", True),
        ("café  au lait", "cafe au lait", True),
        ("a*b", r"a\*b", True),
        ("axb", r"a\*b", False),
        ("acute otitis media", "acute*media", True),
        ("acute media", "acute * media", False),
        ("aa", "a*aa", False),
        ("", "*", True),
    ],
)
def test_a_text_is_compared_as_people_mean_it(typed: str, accepted: str, fits: bool) -> None:
    assert matches_text(typed, accepted) is fits


def test_case_and_accents_count_where_the_teacher_says_so() -> None:
    assert not matches_text("ph", "pH", case=True)
    assert not matches_text("resume", "résumé", accents=True)
    assert matches_text("résumé", unicodedata.normalize("NFD", "résumé"), accents=True)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_texts_is_fast_and_never_breaks(typed: str, accepted: str) -> None:
    assert matches_text(typed, accepted) in (True, False)
    assert matches_text(typed, typed.replace("*", r"\*")) or "\0" in typed or "\\*" in typed


@given(st.text(max_size=70))
def test_whatever_is_typed_for_a_number_is_judged(typed: str) -> None:
    assert mark(NUMBER, typed).share in {Decimal(0), Decimal(50), Decimal(100)}


@given(st.sampled_from(list(SAMPLES.values())), st.dictionaries(st.text(max_size=3), st.text(max_size=5)))
def test_a_form_from_anywhere_is_read_and_judged(question: Question, fields: dict[str, str]) -> None:
    form = QueryDict(mutable=True)
    for name, word in fields.items():
        form[f"q0{name}"] = word

    share = mark(question, answer_from(question, form, "q0")).share

    assert share is not None
    assert 0 <= share <= 100


def test_answers_are_read_from_the_form() -> None:
    form = QueryDict("q0=b&q1=c&q1=a&q1=zz&q2-a=2&q2-b=1&q2-c=3&q2-d=4&q3-a=b&q3-b=zz&q4=+5+&q5=x")

    read = [answer_from(question, form, f"q{number}") for number, question in enumerate(SAMPLES.values())]

    assert read == ["b", ["c", "a"], ["b", "a", "c", "d"], {"a": "b"}, "5", "x"]


def test_half_an_order_is_kept_as_it_stands() -> None:
    assert answer_from(ORDER, QueryDict("q-a=2&q-b=2"), "q") == {"a": "2", "b": "2"}


@pytest.mark.parametrize("question", [*SAMPLES.values(), ESSAY])
def test_a_question_comes_back_from_json_as_it_went(question: Question) -> None:
    check(question)

    assert from_json(as_json(question)) == question


@pytest.mark.parametrize(
    "question",
    [
        Question(QuestionKind.CHOICE, "", {"en": "?"}, options=(Option("a", {"en": "x"}),)),
        Question(
            QuestionKind.CHOICE, "", {"en": "?"}, options=(Option("a", {"en": "x"}), Option("b", {"en": "y"}))
        ),
        Question(QuestionKind.CHOICE, "", {"en": " "}, options=CHOICE.options),
        Question(QuestionKind.MATCH, "", {"en": "?"}, pairs=MATCH.pairs[1:]),
        Question(QuestionKind.NUMBER, "", {"en": "?"}),
        Question(QuestionKind.NUMBER, "", {"en": "?"}, numbers=(NumberKey(Decimal("NaN")),)),
        Question(QuestionKind.TEXT, "", {"en": "?"}, accepted=(Accepted("x", Decimal(50)),)),
        Question(QuestionKind.TEXT, "", {"en": "?"}, points=Decimal(0)),
        Question(QuestionKind.TEXT, "", {"en": "x" * 20_001}),
    ],
)
def test_what_cannot_be_asked_or_marked_is_not_kept(question: Question) -> None:
    with pytest.raises(ContentFault):
        check(question)


def test_orders_follow_from_the_seed_alone() -> None:
    words = list("abcdefgh")

    first = arranged(words, seed="s", place="q1", name=str)

    # Written down once: an order that a later version of Python drew otherwise would change attempts.
    assert first == arranged(reversed(words), seed="s", place="q1", name=str)
    assert first != arranged(words, seed="t", place="q1", name=str)
    assert sorted(first) == words
    assert drawn(words, 3, seed="s", place="q1", name=str) == first[:3]
    assert drawn(words, 99, seed="s", place="q1", name=str) == first
