from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.faults import TooFewAnswers
from iahcalc.maturity import Indicator, Kind, change, earned, gains, index, load_formula, standing

FORMULA = load_formula()
ASKED = [
    Indicator("S1", "strategy", Kind.LEVEL, weight=2),
    Indicator("S2", "strategy", Kind.YES_NO),
    Indicator("L1", "learning", Kind.COUNT_PER_100, cap=20),
    Indicator("L2", "learning", Kind.RATIO, cap=50),
    Indicator("L3", "learning", Kind.RATIO, weight=2),
]
ANSWERS: dict[str, float | None] = {"S1": 2, "S2": 1, "L1": 5, "L2": 60, "L3": 30}


@pytest.mark.parametrize(
    ("kind", "cap", "value", "expected"),
    [
        (Kind.YES_NO, None, 1, 1),
        (Kind.YES_NO, None, 0, 0),
        (Kind.LEVEL, None, 3, 0.75),
        (Kind.RATIO, None, 35, 0.35),
        (Kind.RATIO, 10, 5, 0.5),
        (Kind.RATIO, 10, 40, 1),
        (Kind.COUNT_PER_100, 20, 30, 1),
        (Kind.COUNT_PER_100, 20, 0, 0),
        (Kind.LEVEL, None, None, None),
        (Kind.RATIO, None, float("nan"), None),
    ],
)
def test_answers_earn_their_share(
    kind: Kind, cap: float | None, value: float | None, expected: float | None
) -> None:
    assert earned(Indicator("X", "d", kind, cap=cap), value, formula=FORMULA) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.YES_NO, 0.5),
        (Kind.LEVEL, 5),
        (Kind.LEVEL, 1.5),
        (Kind.RATIO, 101),
        (Kind.RATIO, -1),
        (Kind.COUNT_PER_100, float("inf")),
    ],
)
def test_impossible_answers_are_refused(kind: Kind, value: float) -> None:
    cap = 20 if kind is Kind.COUNT_PER_100 else None

    with pytest.raises(ValueError, match="is not an answer to the indicator X"):
        earned(Indicator("X", "d", kind, cap=cap), value, formula=FORMULA)


def test_the_index_follows_its_formula_worked_by_hand() -> None:
    found = index(ASKED, ANSWERS, dimension_weights={"strategy": 1, "learning": 1.5})

    strategy, learning = found.dimensions
    assert strategy.value == pytest.approx((2 * 0.5 + 1) / 3 * 100)
    assert learning.value == pytest.approx((0.25 + 1 + 2 * 0.3) / 4 * 100)
    assert strategy.value is not None
    assert learning.value is not None
    assert found.value == pytest.approx((strategy.value + 1.5 * learning.value) / 2.5)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert found.formula == "iah_index_2026"
    assert "seeded bootstrap" in found.interval


def test_the_interval_is_the_same_every_time() -> None:
    assert index(ASKED, ANSWERS) == index(ASKED, ANSWERS)


def test_missing_answers_are_left_out_and_named() -> None:
    found = index(ASKED, {**ANSWERS, "S2": None})

    strategy = found.dimensions[0]
    assert strategy.value == 50
    assert (strategy.answered, strategy.indicators, strategy.missing) == (1, 2, ("S2",))


def test_a_dimension_answered_to_less_than_half_has_no_value_and_neither_has_the_index() -> None:
    found = index(ASKED, {"S2": 1, "L1": 5, "L2": 60, "L3": 30})

    assert found.dimensions[0].value is None
    assert found.dimensions[0].low is None
    assert found.dimensions[1].value is not None
    assert (found.value, found.low, found.high) == (None, None, None)
    half = index(ASKED, {"S1": 2, "L3": 30})
    assert half.value is not None


@settings(max_examples=25, deadline=None)
@given(levels=st.lists(st.integers(0, 4), min_size=2, max_size=6), weight=st.floats(0.5, 3))
def test_the_index_stays_on_its_scale_and_rises_with_every_answer(levels: list[int], weight: float) -> None:
    asked = [
        Indicator(f"I{place}", f"d{place % 2}", Kind.LEVEL, weight=weight) for place in range(len(levels))
    ]
    values: dict[str, float | None] = {f"I{place}": level for place, level in enumerate(levels)}

    found = index(asked, values)

    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9
    assert found.high <= 100 + 1e-9
    if levels[0] < 4:
        better = index(asked, {**values, "I0": levels[0] + 1}).value
        assert better is not None
        assert better > found.value


def test_two_rounds_are_compared_over_what_both_answered() -> None:
    after: dict[str, float | None] = {**ANSWERS, "S1": 4, "L1": 10, "S2": None}

    found = change(ASKED, ANSWERS, after)

    strategy, learning = found.dimensions
    assert found.left_out == ("S2",)
    assert (strategy.before, strategy.after, strategy.change) == (50, 100, 50)
    assert learning.change == pytest.approx(0.25 / 4 * 100)
    assert found.change == pytest.approx((50 + 6.25) / 2)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.change <= found.high
    assert change(ASKED, ANSWERS, ANSWERS).change == 0


def test_a_change_without_enough_common_answers_has_no_value() -> None:
    found = change(ASKED, ANSWERS, {"S2": 1, "L3": 40})

    assert found.change is None
    assert found.dimensions[0].change is None
    assert found.dimensions[1].change == pytest.approx(10)


def test_gains_across_institutions_carry_both_tests() -> None:
    before: dict[str, float | None] = {"Foča": 30, "Tirana": 42, "Podgorica": 36, "Leuven": 70, "Iași": None}
    after: dict[str, float | None] = {
        "Foča": 48,
        "Tirana": 55,
        "Podgorica": 50,
        "Leuven": 71,
        "Iași": 60,
        "Niš": 40,
    }

    found = gains(before, after)

    assert found.institutions == ("Foča", "Leuven", "Podgorica", "Tirana")
    assert found.left_out == ("Iași", "Niš")
    assert found.gain == pytest.approx((18 + 13 + 14 + 1) / 4)
    assert found.means is not None
    assert found.ranks is not None
    assert found.means.n == 4
    assert found.means.further_effects[-1].value == pytest.approx(found.gain)


def test_equal_gains_leave_the_test_of_means_undefined() -> None:
    found = gains({"a": 10, "b": 20}, {"a": 15, "b": 25})

    assert found.means is None
    assert found.ranks is not None
    assert gains({"a": 10, "b": 20}, {"a": 10, "b": 20}).ranks is None
    with pytest.raises(TooFewAnswers):
        gains({"a": 10}, {"a": 15})


def test_peers_are_shown_only_when_none_can_be_told_apart() -> None:
    found = standing(60, [20, 40, 60, 80, 90])

    assert (found.median, found.share_below, found.peers) == (60, 0.5, 5)
    with pytest.raises(TooFewAnswers):
        standing(60, [20, 40, 60])


def test_wrong_banks_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one indicator"):
        index([], {})
    with pytest.raises(ValueError, match="same code"):
        index([ASKED[0], ASKED[0]], {})
    with pytest.raises(ValueError, match="no indicator X9"):
        index(ASKED, {"X9": 1})
    with pytest.raises(ValueError, match="weight of the dimension strategy"):
        index(ASKED, ANSWERS, dimension_weights={"strategy": 0})
    with pytest.raises(ValueError, match="must be above 0"):
        Indicator("X", "d", Kind.LEVEL, weight=0)
    with pytest.raises(ValueError, match="takes no cap"):
        Indicator("X", "d", Kind.LEVEL, cap=3)
    with pytest.raises(ValueError, match="needs a cap"):
        Indicator("X", "d", Kind.COUNT_PER_100)
    with pytest.raises(ValueError, match="cap of the indicator X"):
        Indicator("X", "d", Kind.RATIO, cap=0)
