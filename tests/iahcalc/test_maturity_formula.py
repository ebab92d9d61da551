"""A formula as a file: read, written, put in words, and every way in which a file can be wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.maturity import (
    FORMULA_FAULTS,
    SUPPLIED_FORMULAS,
    Disputed,
    Formula,
    FormulaFaulty,
    Indicator,
    Kind,
    Mean,
    Missing,
    change,
    formula_file,
    in_words,
    index,
    load_formula,
    parse_formula,
    write_formula,
)

ASKED = [
    Indicator("S1", "strategy", Kind.LEVEL),
    Indicator("S2", "strategy", Kind.YES_NO),
    Indicator("L1", "learning", Kind.RATIO),
    Indicator("L2", "learning", Kind.RATIO, weight=3),
]
ANSWERS: dict[str, float | None] = {"S1": 1, "S2": 1, "L1": 16, "L2": 81}
PLAIN = "code: mine\ntitle: Mine\n"


def faults(source: str | bytes) -> list[str]:
    with pytest.raises(FormulaFaulty) as raised:
        parse_formula(source)
    assert str(raised.value) == " ".join(fault.sentence for fault in raised.value.faults)
    return [fault.code for fault in raised.value.faults]


@pytest.mark.parametrize("name", SUPPLIED_FORMULAS)
def test_a_supplied_formula_is_named_like_its_file_and_reads_back_as_it_is_written(name: str) -> None:
    formula = load_formula(name)

    assert formula.name == name
    assert parse_formula(write_formula(formula)) == formula
    assert parse_formula(formula_file(name).encode()) == formula


def test_the_formula_of_2026_has_five_bands_in_three_languages_and_a_day() -> None:
    formula = load_formula("iah_index_2026")

    assert [band.start for band in formula.bands] == [0, 20, 40, 60, 80]
    assert all(set(band.name) == {"en", "sr", "sq"} for band in formula.bands)
    assert formula.valid_from == date(2026, 1, 1)
    assert "Efron" in formula.sources["interval"]


@pytest.mark.parametrize(
    ("points", "name"),
    [(0, "Beginning"), (19.99, "Beginning"), (20, "Emerging"), (55.6, "Developing"), (100, "Leading")],
)
def test_an_index_lies_in_the_band_that_it_has_reached(points: float, name: str) -> None:
    band = load_formula().band(points)

    assert band is not None
    assert band.name["en"] == name


def test_without_an_index_or_without_bands_there_is_no_band() -> None:
    assert load_formula().band(None) is None
    assert Formula("x", {}).band(50) is None


def test_a_short_file_takes_everything_else_from_the_formula_of_2026() -> None:
    found = parse_formula(PLAIN)

    supplied = load_formula()
    assert found.title == {"en": "Mine"}
    assert (found.levels, found.least_answered, found.draws) == (
        supplied.levels,
        supplied.least_answered,
        supplied.draws,
    )
    assert (found.bands, found.dimension_weights) == ((), {})


def test_a_geometric_index_is_worked_by_hand() -> None:
    formula = parse_formula(PLAIN + "mean: {of_indicators: geometric, of_dimensions: geometric}")

    found = index(ASKED, ANSWERS, formula=formula)

    strategy = (0.25 * 1) ** (1 / 2)
    learning = (0.16 * 0.81**3) ** (1 / 4)
    assert [row.value for row in found.dimensions] == pytest.approx([100 * strategy, 100 * learning])
    assert found.value == pytest.approx(100 * (strategy * learning) ** (1 / 2))


def test_in_a_geometric_mean_nothing_counts_less_than_the_floor() -> None:
    formula = parse_formula(PLAIN + "mean: {of_dimensions: geometric}\nfloor: 0.04")

    found = index(ASKED, {"S1": 0, "S2": 0, "L1": 100, "L2": 100}, formula=formula)

    assert found.dimensions[0].value == 0
    assert found.value == pytest.approx((4 * 100) ** 0.5)


def test_levels_weights_and_missing_answers_follow_the_file() -> None:
    formula = parse_formula(
        PLAIN + "levels: [0, 0.1, 0.3, 0.6, 1]\ndimension_weights: {strategy: 3}\nmissing: nought"
    )

    found = index(
        ASKED, {"S1": 2, "L2": 40}, formula=formula, dimension_weights={"strategy": 9, "learning": 1}
    )

    assert [row.value for row in found.dimensions] == pytest.approx([15, 30])
    assert found.value == pytest.approx((3 * 15 + 30) / 4)
    assert [row.answered for row in found.dimensions] == [1, 1]
    assert found.dimensions[0].missing == ("S2",)


def test_where_missing_answers_earn_nought_a_change_counts_every_indicator() -> None:
    formula = parse_formula(PLAIN + "missing: nought")

    found = change(ASKED, {"S1": 4, "L2": 40}, {"S1": 4, "S2": 1, "L2": 40}, formula=formula)

    assert found.left_out == ()
    assert (found.before, found.after) == (pytest.approx(40), pytest.approx(65))


def test_a_geometric_change_is_the_difference_of_its_two_indices() -> None:
    formula = parse_formula(PLAIN + "mean: {of_dimensions: geometric}")
    later = {**ANSWERS, "L1": 60}

    found = change(ASKED, ANSWERS, later, formula=formula)

    start, end = index(ASKED, ANSWERS, formula=formula).value, index(ASKED, later, formula=formula).value
    assert start is not None
    assert end is not None
    assert found.change == pytest.approx(end - start)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= end - start <= found.high


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.floats(0, 100), min_size=2, max_size=2))
def test_a_geometric_index_never_exceeds_the_arithmetic_one(values: list[float]) -> None:
    asked = [Indicator("A", "a", Kind.RATIO), Indicator("B", "b", Kind.RATIO)]
    answers = dict(zip("AB", values, strict=True))
    even = index(asked, answers, formula=parse_formula(PLAIN)).value
    geometric = index(
        asked, answers, formula=parse_formula(PLAIN + "mean: {of_dimensions: geometric}\nfloor: 0.0001")
    ).value

    assert even is not None
    assert geometric is not None
    assert geometric <= even + 0.01 + 1e-9


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: [", ["not_yaml"]),
        (b"\xff\xfe\x00", ["not_yaml"]),
        ("- a\n- b", ["not_a_mapping"]),
        ("", ["not_a_mapping"]),
        ("x" * 70_000, ["too_large"]),
        ("code: &a mine\ntitle: *a", ["anchors"]),
        ("title: Mine", ["no_code"]),
        ("code: Mit Raum\ntitle: Mine", ["no_code"]),
        ("code: mine", ["no_title"]),
        (PLAIN + "colour: red", ["unknown_key"]),
        (PLAIN + "mean: {of_dimensions: harmonic}", ["not_a_choice"]),
        (PLAIN + "missing: [1]", ["not_a_choice"]),
        (PLAIN + "disputed: perhaps", ["not_a_choice"]),
        (PLAIN + "levels: [0, 1]", ["levels"]),
        (PLAIN + "levels: [0, .5, .4, .8, 1]", ["levels"]),
        (PLAIN + "levels: [0, .1, .2, .3, .4]", ["levels"]),
        (PLAIN + "least_answered: yes", ["not_a_number"]),
        (PLAIN + "least_answered: 50", ["not_a_number"]),
        (PLAIN + "least_answered: .nan", ["not_a_number"]),
        (PLAIN + "interval: {draws: 100.5}", ["not_a_number"]),
        (PLAIN + "interval: {draws: 10}", ["not_a_number"]),
        (PLAIN + "interval: {draws: .inf}", ["not_a_number"]),
        (PLAIN + "dimension_weights: [1, 2]", ["weights_unknown"]),
        (PLAIN + "dimension_weights: {strategy: 0}", ["weight"]),
        (PLAIN + "bands: [{from: 5, name: Low}]", ["bands"]),
        (PLAIN + "bands: [{from: 0, name: Low}, {from: 0, name: High}]", ["bands"]),
        (PLAIN + "bands: [{from: 0}]", ["bands"]),
        (PLAIN + "bands: 5", ["bands"]),
        (PLAIN + "valid_from: soon", ["not_a_date"]),
        ("code: mine\ntitle: [1]", ["not_words"]),
        (PLAIN + "levels: 5\nmissing: 5", ["levels", "not_a_choice"]),
    ],
)
def test_every_fault_of_a_file_has_its_sentence(source: str | bytes, expected: list[str]) -> None:
    assert faults(source) == expected


def test_no_fault_is_only_listed() -> None:
    cases = next(mark for mark in test_every_fault_of_a_file_has_its_sentence.pytestmark)  # type: ignore[attr-defined]  # pytest puts it there

    assert {code for _, codes in cases.args[1] for code in codes} == FORMULA_FAULTS.keys()


def test_a_fault_names_what_stood_there_and_what_may_stand_there() -> None:
    with pytest.raises(
        FormulaFaulty, match="“of_dimensions” is “harmonic”; it must be one of these: arithmetic, geometric"
    ):
        parse_formula(PLAIN + "mean: {of_dimensions: harmonic}")


def test_the_words_follow_the_numbers() -> None:
    supplied = [one.code for one in in_words(load_formula())]
    own = in_words(
        Formula(
            "own",
            {},
            of_indicators=Mean.GEOMETRIC,
            of_dimensions=Mean.GEOMETRIC,
            levels=(0, 0.1, 0.3, 0.6, 1),
            missing=Missing.NOUGHT,
            disputed=Disputed.MISSING,
            dimension_weights={"strategy": 2.0},
            draws=500,
        )
    )

    assert supplied == [
        "earned",
        "levels_even",
        "dimension_arithmetic",
        "index_arithmetic",
        "left_out",
        "interval",
    ]
    assert [one.code for one in own] == [
        "earned",
        "levels",
        "dimension_geometric",
        "index_geometric",
        "weights",
        "nought",
        "disputed_missing",
        "interval",
    ]
    assert own[1].sentence == "The levels 0 to 4 earn 0, 0.1, 0.3, 0.6, 1."
    assert (
        own[4].sentence == "These weights of dimensions stand in the place of those of the bank: strategy 2."
    )
    assert "(500 times)" in own[-1].sentence


def test_an_unknown_supplied_formula_is_named() -> None:
    with pytest.raises(KeyError, match="iah_index_1999"):
        load_formula("iah_index_1999")
