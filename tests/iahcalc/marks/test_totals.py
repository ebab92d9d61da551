from __future__ import annotations

from decimal import Decimal

import pytest

from iahcalc.marks import Group, Part, Standing, total_of


def part(
    key: int,
    points: float | None = None,
    standing: Standing | None = None,
    weight: int = 10,
    group: int | None = None,
) -> Part:
    given = Standing.MARKED if points is not None else Standing.WAITING
    return Part(
        key, Decimal(weight), standing or given, None if points is None else Decimal(str(points)), group
    )


def test_everything_marked_gives_one_total() -> None:
    found = total_of([part(1, 80, weight=60), part(2, 50, weight=40)])

    assert (found.low, found.high, found.so_far) == (68, 68, 68)
    assert found.is_settled


def test_missing_work_counts_nothing_and_is_told() -> None:
    found = total_of([part(1, 80), part(2, standing=Standing.MISSING)])

    assert (found.low, found.high, found.so_far, found.missing) == (40, 40, 80, 10)
    assert found.is_settled


def test_undecided_work_leaves_a_range() -> None:
    found = total_of([part(1, 80), part(2), part(3, standing=Standing.OPEN)])

    assert (round(found.low or 0, 2), round(found.high or 0, 2)) == (Decimal("26.67"), Decimal("93.33"))
    assert (found.undecided, found.is_settled) == (20, False)


def test_excused_work_leaves_its_weight_to_the_others() -> None:
    found = total_of(
        [part(1, 80, weight=30), part(2, 60, weight=10), part(3, standing=Standing.EXCUSED, weight=60)]
    )

    assert (found.low, found.excused) == (75, 60)


def test_the_weakest_of_a_group_is_left_out() -> None:
    parts = [part(1, 90, group=7), part(2, 30, group=7), part(3, 60, group=7), part(4, 10)]

    found = total_of(parts, {7: Group(drop_lowest=1)})

    assert found.dropped == {2}
    assert round(found.low or 0, 2) == Decimal("53.33")


def test_the_best_of_a_group_count_and_missing_work_is_the_weakest() -> None:
    parts = [part(1, 90, group=7), part(2, standing=Standing.MISSING, group=7), part(3, 60, group=7)]

    found = total_of(parts, {7: Group(best_of=2)})

    assert (found.dropped, found.low, found.missing) == ({2}, 75, 0)


def test_a_waiting_work_may_still_push_another_one_out() -> None:
    parts = [part(1, 90, group=7), part(2, 60, group=7), part(3, group=7)]

    found = total_of(parts, {7: Group(best_of=2)})

    assert (found.low, found.high, found.dropped) == (75, 95, frozenset())


def test_excused_work_uses_up_no_place_of_a_group() -> None:
    parts = [part(1, 90, group=7), part(2, standing=Standing.EXCUSED, group=7), part(3, 60, group=7)]

    assert total_of(parts, {7: Group(best_of=2)}).dropped == frozenset()


def test_one_activity_of_a_group_always_counts() -> None:
    assert total_of([part(1, 40, group=7)], {7: Group(drop_lowest=3)}).low == 40


def test_nothing_that_counts_gives_no_total() -> None:
    assert total_of([]).low is None
    assert total_of([part(1, standing=Standing.EXCUSED)]).is_settled is False


@pytest.mark.parametrize(
    "wrong",
    [part(1, 101), part(1, 80, weight=0), part(1, standing=Standing.MARKED), part(1, 5, Standing.MISSING)],
)
def test_impossible_parts_are_refused(wrong: Part) -> None:
    with pytest.raises(ValueError, match=r"weight|Points"):
        total_of([wrong])
