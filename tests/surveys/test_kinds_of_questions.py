"""Every kind of question: what it may hold, which columns it fills, how its answer is read."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from biosint.surveys import lists
from biosint.surveys.answering import Answered, day_from, given_back, read_answers
from biosint.surveys.columns import from_json
from biosint.surveys.definitions import DefinitionFault, Question, parse
from biosint.surveys.states import LANGUAGES, ColumnKind
from factories.surveys import EVERY_KIND

DEFINITION = parse(EVERY_KIND)


def sent(**fields: Any) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in {"consent": "yes", "abroad": "no", **fields}.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return form


def read(**fields: Any) -> Answered:
    return read_answers(DEFINITION, sent(**fields))


def entry(content: dict[str, Any], code: str) -> dict[str, Any]:
    return next(
        question
        for section in content["sections"]
        for question in section["questions"]
        if question["code"] == code
    )


def asked(code: str) -> Question:
    return next(question for question in DEFINITION.questions if question.code == code)


def test_the_columns_tell_what_each_answer_is() -> None:
    columns = {column.code: column for column in DEFINITION.columns()}

    assert {code: column.kind for code, column in columns.items()} == {
        "abroad": ColumnKind.SINGLE,
        "where": ColumnKind.SINGLE,
        "since": ColumnKind.DATE,
        "hours": ColumnKind.NUMBER,
        "spoken": ColumnKind.MULTIPLE,
        "confidence_a": ColumnKind.POINT,
        "confidence_b": ColumnKind.POINT,
        "confidence_c": ColumnKind.POINT,
        "support_office": ColumnKind.SINGLE,
        "support_net": ColumnKind.SINGLE,
        "wishes": ColumnKind.RANK,
        "ways": ColumnKind.MULTIPLE,
        "word": ColumnKind.TEXT,
        "why": ColumnKind.TEXT,
    }
    assert columns["hours"].unit == {"en": "hours a week"}
    assert columns["support_net"].label == {"en": "How good is the help with – the network"}
    assert columns["support_net"].options == asked("support").options
    assert columns["support_net"].scale == ""
    assert {"RS", "XK", "AL", "ME"} <= {option.code for option in columns["where"].options}


def test_a_code_book_survives_being_kept() -> None:
    for column in DEFINITION.columns():
        assert from_json(column.as_json()) == column


def test_a_code_book_kept_before_there_were_units_is_still_read() -> None:
    kept = DEFINITION.columns()[0].as_json()
    del kept["unit"], kept["instrument"]

    assert from_json(kept) == DEFINITION.columns()[0]


@pytest.mark.parametrize(
    ("fields", "answers"),
    [
        ({"since": "2020-10-01"}, {"since": "2020-10-01"}),
        ({"since": "1.10.2020."}, {"since": "2020-10-01"}),
        ({"hours": "2,5"}, {"hours": 2.5}),
        ({"spoken": ["Serbian", "", "sq"]}, {"spoken": ["sq", "sr"]}),
        ({"spoken": ["црногорски", "Shqip", "  albanian "]}, {"spoken": ["cnr", "sq"]}),
        ({"confidence_a": "5"}, {"confidence_a": 5}),
        ({"support_net": "good"}, {"support_net": "good"}),
        (
            {"wishes:money": "2", "wishes:time": "3", "wishes:friends": "1"},
            {"wishes": ["friends", "money", "time"]},
        ),
        ({"wishes:time": "1"}, {"wishes": ["time"]}),
        ({"ways": ["travel", "online"]}, {"ways": ["online", "travel"]}),
        ({"word": " Curious\x00 "}, {"word": "Curious"}),
    ],
)
def test_an_answer_is_kept_in_the_form_of_its_kind(fields: dict[str, Any], answers: dict[str, Any]) -> None:
    found = read(**fields)

    assert found.faults == {}
    assert found.answers == {"abroad": "no", **answers}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"since": "yesterday"}, "Please write a day"),
        ({"since": "2020-02-30"}, "Please write a day"),
        ({"since": "2014-12-31"}, "choose a day from 1 Jan 2015 to 31 Dec 2027"),
        ({"hours": "61"}, "number from 0 to 60"),
        ({"spoken": ["Klingon"]}, "do not know the language “Klingon”"),
        ({"spoken": ["en", "sr", "sq", "ro"]}, "no more than 3"),
        ({"support_net": "superb"}, "one of the answers shown"),
        ({"wishes:money": "1", "wishes:time": "1"}, "place 1 stands twice"),
        ({"wishes:money": "1", "wishes:time": "3"}, "places from 1 to 2"),
        ({"wishes:money": "first"}, "places from 1 to 1"),
        ({"ways": ["online", "guests", "travel"]}, "no more than 2"),
        ({"word": "x" * 301}, "shorten this to 300"),
        ({"abroad": "yes", "where": "ATLANTIS"}, "choose a country"),
    ],
)
def test_a_mistake_has_one_sentence_and_leaves_no_answer(fields: dict[str, Any], words: str) -> None:
    found = read(**fields)

    (code, fault), *others = found.faults.items()
    assert others == []
    assert words in fault
    assert code not in found.answers


def test_a_required_rank_wants_every_place() -> None:
    content = copy.deepcopy(EVERY_KIND)
    entry(content, "wishes")["required"] = True
    definition = parse(content)

    part = read_answers(definition, sent(**{"wishes:money": "1"}))
    none = read_answers(definition, sent())

    assert "from 1 to 3" in part.faults["wishes"]
    assert "Please answer" in none.faults["wishes"]


def test_a_rank_of_the_best_two_takes_two_places() -> None:
    content = copy.deepcopy(EVERY_KIND)
    entry(content, "wishes").update(most=2, required=True)
    definition = parse(content)

    found = read_answers(definition, sent(**{"wishes:time": "1", "wishes:money": "2"}))
    three = read_answers(definition, sent(**{"wishes:time": "1", "wishes:money": "2", "wishes:friends": "3"}))

    assert found.answers["wishes"] == ["time", "money"]
    assert "wishes" in three.faults


def test_what_was_typed_comes_back_with_a_mistake() -> None:
    form = sent(**{"spoken": ["Klingon", "sr"], "support_net": "good", "wishes:time": "1", "since": "soon"})

    kept = given_back(DEFINITION, form)

    assert kept["spoken"] == ["Klingon", "sr"]
    assert (kept["support_net"], kept["wishes:time"], kept["since"]) == ("good", "1", "soon")


@pytest.mark.parametrize(
    ("code", "change", "words"),
    [
        ("support", {"items": []}, "needs a row"),
        ("support", {"options": []}, "different answers"),
        ("wishes", {"most": 4}, "from 1 to 3"),
        ("ways", {"stay_last": ["never"]}, "stay last"),
        ("ways", {"most": 1.5}, "whole number"),
        ("spoken", {"most": 11}, "from 1 to 10"),
        ("since", {"earliest": "2028-01-01"}, "must not be after"),
        ("since", {"earliest": "January"}, "is not a day"),
        ("hours", {"least": "none"}, "is not a number"),
        ("confidence", {"point_labels": {"6": {"en": "More"}}}, "not a point"),
        ("confidence", {"point_labels": {"top": {"en": "More"}}}, "not a point"),
        ("confidence", {"least": 0.5}, "2 to 11 points"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(code: str, change: dict[str, Any], words: str) -> None:
    content = copy.deepcopy(EVERY_KIND)
    entry(content, code).update(change)

    with pytest.raises(DefinitionFault, match=words):
        parse(content)


def test_a_scale_may_begin_at_nought() -> None:
    content = copy.deepcopy(EVERY_KIND)
    entry(content, "confidence").update(least=0, most=10, point_labels={0: {"en": "Never"}})

    scale = next(question for question in parse(content).questions if question.code == "confidence")

    assert (scale.points[0], scale.points[-1]) == (0, 10)


@pytest.mark.parametrize("option", [*lists.countries()[::40], *lists.languages()[::30]])
def test_countries_and_languages_have_a_name_in_every_content_language(option: Any) -> None:
    assert set(option.label) == set(LANGUAGES)
    assert all(name and name != option.code for name in option.label.values())


@pytest.mark.parametrize(
    ("written", "day"), [("31.3.2027", "2027-03-31"), ("31. 3. 2027.", "2027-03-31"), ("3/31/2027", None)]
)
def test_days_are_read_as_people_of_the_region_write_them(written: str, day: str | None) -> None:
    found = day_from(written)

    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("language", "order"),
    [("sr", ["AL", "BA", "RS", "ME"]), ("en", ["AL", "BA", "ME", "RS"]), ("sq", ["BA", "ME", "RS", "AL"])],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(language: str, order: list[str]) -> None:
    with translation.override(language):
        codes = [code for code, _name in lists.by_name(lists.countries())]

    assert sorted(order, key=codes.index) == order
