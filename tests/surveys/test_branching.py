"""Conditions: what is shown to whom, what is dropped, and conditions that can never come true."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.http import QueryDict

from biosint.surveys.answering import read_answers
from biosint.surveys.conditions import Clause, Condition, Verb
from biosint.surveys.definitions import DefinitionFault, parse
from biosint.surveys.wording import condition_sentence
from factories.surveys import EVERY_KIND

Answers = dict[str, Any]


def sent(**fields: Any) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in {"consent": "yes", **fields}.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return form


def with_condition(code: str, condition: Any, *, section: int | None = None) -> dict[str, Any]:
    content = copy.deepcopy(EVERY_KIND)
    if section is not None:
        content["sections"][section]["shown_if"] = condition
        return content
    for part in content["sections"]:
        for question in part["questions"]:
            if question["code"] == code:
                question["shown_if"] = condition
    return content


@pytest.mark.parametrize(
    ("verb", "values", "answer", "holds"),
    [
        (Verb.IS, ("yes", "maybe"), "maybe", True),
        (Verb.IS, ("yes",), "no", False),
        (Verb.IS_NOT, ("yes",), "no", True),
        (Verb.IS_NOT, ("yes",), None, False),
        (Verb.CHOSEN, ("money", "time"), ["time"], True),
        (Verb.CHOSEN, ("money",), ["time"], False),
        (Verb.NOT_CHOSEN, ("money",), ["time"], True),
        (Verb.NOT_CHOSEN, ("money",), None, False),
        (Verb.AT_LEAST, (3,), 3, True),
        (Verb.AT_LEAST, (3,), 2.5, False),
        (Verb.AT_MOST, ("2026-01-01",), "2025-12-31", True),
    ],
)
def test_a_test_holds_for_the_answers_it_names(verb: Verb, values: Any, answer: Any, holds: bool) -> None:
    answers = {} if answer is None else {"asked": answer}

    assert Clause("asked", verb, values).holds(answers) is holds


def test_all_and_any() -> None:
    first, second = Clause("a", Verb.IS, (1,)), Clause("b", Verb.IS, (1,))

    assert not Condition((first, second)).holds({"a": 1})
    assert Condition((first, second), any_holds=True).holds({"a": 1})


def test_a_hidden_question_is_neither_demanded_nor_kept() -> None:
    definition = parse(EVERY_KIND)

    without = read_answers(definition, sent(abroad="no"))
    against = read_answers(definition, sent(abroad="no", where="RS"))
    shown = read_answers(definition, sent(abroad="yes"))
    answered = read_answers(definition, sent(abroad="yes", where="RS"))

    assert (without.faults, without.answers) == ({}, {"abroad": "no"})
    assert (against.faults, against.answers) == ({}, {"abroad": "no"})
    assert list(shown.faults) == ["where"]
    assert answered.answers == {"abroad": "yes", "where": "RS"}


def test_what_hangs_on_a_hidden_question_is_hidden_with_it() -> None:
    definition = parse(with_condition("since", {"all": [{"question": "where", "is": ["RS", "AL"]}]}))

    found = read_answers(definition, sent(abroad="no", where="RS", since="2020-10-01"))

    assert found.answers == {"abroad": "no"}


def test_a_hidden_section_is_dropped_as_a_whole() -> None:
    definition = parse(with_condition("", {"all": [{"question": "abroad", "is": "yes"}]}, section=2))

    found = read_answers(definition, sent(abroad="no", word="Anyway", confidence_a="5"))

    assert found.answers == {"abroad": "no"}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"all": [{"question": "word", "is": "x"}]}, "surely comes before"),
        ({"all": [{"question": "nothing", "is": "x"}]}, "surely comes before"),
        ({"all": [{"question": "abroad", "is": "perhaps"}]}, "nobody can answer"),
        ({"all": [{"question": "abroad", "chosen": "yes"}]}, "cannot be asked of"),
        ({"all": [{"question": "hours", "at_least": 61}]}, "nobody can answer"),
        ({"all": [{"question": "hours", "at_least": "many"}]}, "nobody can answer"),
        ({"all": [{"question": "since", "at_least": "soon"}]}, "nobody can answer"),
        ({"all": [{"question": "hours", "at_least": [1, 2]}]}, "needs a value"),
        ({"all": [{"question": "hours", "over": 1}]}, "one of is, is_not"),
        ({"all": []}, "nothing in it"),
        ({"all": [], "any": []}, "under “all” or under “any”"),
        (
            {"all": [{"question": "hours", "at_least": 30}, {"question": "hours", "at_most": 20}]},
            "exclude each other",
        ),
        (
            {"all": [{"question": "abroad", "is": "yes"}, {"question": "abroad", "is_not": "yes"}]},
            "exclude each other",
        ),
        (
            {"all": [{"question": "spoken", "chosen": "sr"}, {"question": "spoken", "not_chosen": "sr"}]},
            "exclude each other",
        ),
    ],
)
def test_a_condition_that_leads_nowhere_says_why(condition: Any, words: str) -> None:
    with pytest.raises(DefinitionFault, match=words):
        parse(with_condition("ways", condition))


@pytest.mark.parametrize(
    "condition",
    [
        {"any": [{"question": "hours", "at_least": 30}, {"question": "hours", "at_most": 20}]},
        {"all": [{"question": "hours", "at_least": 20}, {"question": "hours", "at_most": 20}]},
        {"all": [{"question": "hours", "at_least": 20}, {"question": "hours", "is_not": 20}]},
        {"all": [{"question": "since", "at_least": "2020-01-01"}, {"question": "hours", "at_most": 1}]},
        {"all": [{"question": "spoken", "chosen": ["sr", "sq"]}, {"question": "spoken", "not_chosen": "en"}]},
        {"all": [{"question": "support_net", "is_not": "good"}]},
        {"all": [{"question": "confidence_b", "at_least": 4}]},
        # YAML reads a bare yes as true.
        {"all": [{"question": "abroad", "is": True}]},
    ],
)
def test_a_condition_that_can_come_true_is_taken(condition: Any) -> None:
    content = with_condition("why", condition)

    assert parse(content).questions[-1].shown_if is not None


def test_a_question_and_its_section_must_not_exclude_each_other() -> None:
    content = with_condition("", {"all": [{"question": "abroad", "is": "yes"}]}, section=2)
    content["sections"][2]["questions"][-1]["shown_if"] = {"all": [{"question": "abroad", "is": "no"}]}

    with pytest.raises(DefinitionFault, match="exclude each other"):
        parse(content)


def test_in_a_random_order_no_question_of_the_section_comes_surely_before() -> None:
    content = copy.deepcopy(EVERY_KIND)
    content["sections"][1]["random_order"] = True

    with pytest.raises(DefinitionFault, match="surely comes before"):
        parse(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["sections"][0]["questions"][0].update(
            shown_if={"all": [{"question": "abroad", "is": "yes"}]}
        ),
        lambda content: content["sections"][0].update(random_order=True),
        lambda content: content["sections"][0].update(
            shown_if={"all": [{"question": "abroad", "is": "yes"}]}
        ),
    ],
)
def test_consent_is_always_asked_first(change: Any) -> None:
    content = copy.deepcopy(EVERY_KIND)
    change(content)

    with pytest.raises(DefinitionFault, match="always"):
        parse(content)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            {"all": [{"question": "abroad", "is": "yes"}]},
            "Only if you answered “Yes” to “Have you been abroad?”.",
        ),
        (
            {"any": [{"question": "hours", "at_least": 2.5}, {"question": "ways", "not_chosen": "none"}]},
            (
                "Only if you answered 2.5 or more to “How long do you learn online?” or you did not choose "
                "“Not at all” at “How do you meet others?”."
            ),
        ),
    ],
)
def test_a_condition_is_told_in_words(condition: Any, sentence: str) -> None:
    definition = parse(with_condition("why", condition))
    shown_if = definition.questions[-1].shown_if

    assert shown_if is not None
    assert condition_sentence(shown_if, definition.columns()) == sentence
