from __future__ import annotations

import pytest

from iahcalc.marks import GradingTable, Overlap, convert

# Cumulated from the top: 10 to 10 %, 9 to 30 %, 8 to 60 %, 7 to 85 %, 6 to 100 %.
HOME = GradingTable(("10", "9", "8", "7", "6"), (10, 20, 30, 25, 15))


@pytest.mark.parametrize(
    ("position", "lowest", "middle", "highest"),
    [
        ((0, 5), "10", "10", "10"),
        ((0, 10), "10", "10", "10"),  # touching a border is no overlap
        ((5, 15), "9", "10", "10"),  # the middle lies on the border: the better one
        ((5, 45), "8", "9", "10"),
        ((85, 100), "6", "6", "6"),
        ((0, 100), "6", "8", "10"),
    ],
)
def test_a_range_is_laid_over_the_other_table(
    position: tuple[int, int], lowest: str, middle: str, highest: str
) -> None:
    found = [convert(position, 100, HOME, overlap=overlap).grade for overlap in Overlap]

    assert found == [lowest, middle, highest]


def test_groups_of_different_size_are_compared_without_rounding() -> None:
    # A third of three people ends exactly where a third of 300,000 does.
    table = GradingTable(("A", "B"), (100_000, 200_000))

    assert convert((0, 1), 3, table, overlap=Overlap.LOWEST).grade == "A"
    assert convert((1, 2), 3, table, overlap=Overlap.HIGHEST).grade == "B"


def test_a_grade_that_nobody_got_is_never_given() -> None:
    table = GradingTable(("20", "19", "18"), (0, 50, 50))

    assert convert((0, 1), 10, table, overlap=Overlap.HIGHEST).grade == "19"


def test_ranges_are_told_from_the_top() -> None:
    assert HOME.ranges[1] == (0.1, 0.3)
    assert HOME.total == 100


@pytest.mark.parametrize(
    ("grades", "counts"), [(("10",), (1, 2)), (("10", "10"), (1, 2)), (("10", "9"), (-1, 2)), (("10",), (0,))]
)
def test_impossible_tables_are_refused(grades: tuple[str, ...], counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="grade"):
        GradingTable(grades, counts)


@pytest.mark.parametrize("position", [(0, 0), (-1, 1), (0, 11)])
def test_somebody_stands_inside_the_group(position: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="position"):
        convert(position, 10, HOME, overlap=Overlap.MIDDLE)
