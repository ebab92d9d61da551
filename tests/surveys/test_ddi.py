"""The code book as DDI: valid, in every language, without a number that gives somebody away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from lxml import etree

from biosint.surveys import queries
from biosint.surveys.codebooks import study_of
from biosint.surveys.columns import UNTOLD, Column, Option
from biosint.surveys.definitions import parse
from biosint.surveys.formats import ddi
from biosint.surveys.formats.variables import variables_of
from biosint.surveys.states import ColumnKind
from biosint.surveys.tallies import hidden_away, tallies_of
from factories.surveys import SMALL

NAMES = {"d": ddi.SPACE}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def study(content: dict[str, Any], **more: Any) -> ddi.Study:
    made = study_of(
        parse(content),
        number="questionnaire-1-1",
        owner="Faculty",
        written_date=date(2026, 11, 23),
        instruments=content.get("instruments") or (),
    )
    return ddi.Study(**{**{name: getattr(made, name) for name in made.__slots__}, **more})


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    place = Path(__file__).resolve().parents[3] / "shared/data/standards/ddi-codebook/codebook.xsd"
    if not place.exists():
        pytest.skip("The reference data beside the repository is not here.")
    return etree.XMLSchema(etree.parse(place, etree.XMLParser(no_network=True)))


def check(schema: etree.XMLSchema, body: bytes) -> None:
    """The schema at hand is that of 2.6, which only adds to 2.5; so the file is read under its name."""
    newer = body.replace(b"ddi:codebook:2_5", b"ddi:codebook:2_6").replace(b'version="2.5"', b'version="2.6"')
    schema.assertValid(etree.fromstring(newer))


@pytest.mark.parametrize("template", sorted(queries.supplied_templates()))
def test_every_supplied_questionnaire_makes_a_valid_code_book(schema: etree.XMLSchema, template: str) -> None:
    check(schema, ddi.write(study(queries.supplied_templates()[template])))


def test_a_code_book_with_answers_is_valid_and_counts_them(schema: etree.XMLSchema) -> None:
    answers = [{"mobility": "yes", "obstacles": ["money"], "digital_a": 4, "age": 20 + n} for n in range(9)]
    answers += [{"mobility": "no", "age": 30} for _n in range(6)]
    variables = variables_of(parse(SMALL).columns())

    body = ddi.write(
        study(
            SMALL,
            cases=15,
            opened_date=date(2026, 11, 1),
            closed_date=date(2026, 11, 30),
            licence="CC BY 4.0",
            smallest=5,
            tallies=tallies_of(variables, answers, smallest=5),
        )
    )

    check(schema, body)
    root = fromstring(body)
    mobility = root.find(".//d:var[@name='mobility']", NAMES)
    assert mobility is not None
    assert [entry.text for entry in mobility.iterfind("d:catgry/d:catStat", NAMES)] == ["9", "6"]
    assert [entry.text for entry in mobility.iterfind("d:sumStat", NAMES)] == ["15", "0"]


def test_texts_stand_in_every_language_with_its_mark() -> None:
    root = fromstring(ddi.write(study(SMALL)))

    words = root.findall(".//d:var[@name='mobility']/d:qstn/d:qstnLit", NAMES)
    assert [(entry.get(LANG), entry.text) for entry in words] == [
        ("en", "Abroad?"),
        ("sr-Cyrl", "У иностранство?"),
    ]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({1: 10, 2: 3, 3: 7}, {1: 10, 2: None, 3: None}),
        ({1: 10, 2: 3, 3: 4}, {1: 10, 2: None, 3: None}),
        ({1: 10, 2: 5}, {1: 10, 2: 5}),
        ({1: 10, 2: 0, 3: 1}, {1: None, 2: 0, 3: None}),
    ],
)
def test_small_counts_are_hidden_and_never_only_one(
    counts: dict[int, int], shown: dict[int, int | None]
) -> None:
    assert hidden_away(counts, 5) == shown


def test_a_question_that_few_left_out_shows_nothing_of_who() -> None:
    variables = variables_of(parse(SMALL).columns())
    answers = [{"mobility": "yes"}] * 20 + [{}] * 2

    tally = tallies_of(variables, answers, smallest=5)["mobility"]

    assert (tally.answered, tally.missing, dict(tally.counts)) == (-1, -1, {1: None})


def test_answers_from_a_file_without_languages_make_a_valid_code_book(schema: etree.XMLSchema) -> None:
    columns = [
        Column(
            "a",
            ColumnKind.SINGLE,
            {UNTOLD: "A"},
            options=(Option("x", {UNTOLD: "X"}), Option("y", {UNTOLD: "Y"})),
        ),
        Column("b b", ColumnKind.NUMBER, {UNTOLD: "B"}, least=0.5, most=9, unit={"en": "hours"}),
        Column(
            "c",
            ColumnKind.RANK,
            {UNTOLD: "C"},
            options=(Option("1", {UNTOLD: "1"}), Option("2", {UNTOLD: "2"})),
        ),
    ]
    counted = tallies_of(
        variables_of(columns),
        [{"a": "x", "n": 12, "c": ["2", "1"]}, {"a": "y", "n": 30}],
        smallest=5,
        weight_code="n",
    )

    body = ddi.write(
        ddi.Study(
            number="answers-1",
            title={UNTOLD: "Answers of 2024"},
            abstract={},
            owner="Faculty",
            written_date=date(2026, 11, 23),
            columns=columns,
            cases=2,
            tallies=counted,
        )
    )

    check(schema, body)
    # A row may stand for many people: 12 and 30, not 1 and 1.
    assert dict(counted["a"].counts) == {1: 12, 2: 30}
    assert (counted["c_2"].answered, counted["c_2"].missing) == (12, 30)
