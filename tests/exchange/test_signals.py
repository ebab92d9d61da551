"""When a team needs somebody: each threshold at its edge."""

from __future__ import annotations

import pytest

from biosint.exchange.mentions import mentioned
from biosint.exchange.signals import (
    DEFAULT,
    MemberFacts,
    Sign,
    TeamFacts,
    WeekOfPulse,
    Weight,
    signals,
    urgency,
)


def signs(**facts: object) -> list[Sign]:
    return [one.sign for one in signals(TeamFacts(**{"open_days": 30, **facts}))]  # type: ignore[arg-type]


def members(*days: int | None) -> list[MemberFacts]:
    return [MemberFacts(number, silent) for number, silent in enumerate(days)]


def week(*going: int, share: tuple[int, ...] = (4,)) -> WeekOfPulse:
    return WeekOfPulse(going, share)


@pytest.mark.parametrize(("days", "weight"), [(3, None), (4, Weight.SOON), (7, Weight.SOON), (8, Weight.NOW)])
def test_a_team_is_silent_from_the_fourth_day_on(days: int, weight: Weight | None) -> None:
    found = signals(TeamFacts(open_days=30, members=members(days, days + 2)))

    assert [(one.sign, one.weight) for one in found] == ([(Sign.TEAM_SILENT, weight)] if weight else [])


@pytest.mark.parametrize(("open_days", "expected"), [(3, []), (4, [Sign.NEVER_BEGAN])])
def test_a_team_that_never_wrote_is_silent_since_the_room_opened(
    open_days: int, expected: list[Sign]
) -> None:
    assert signs(open_days=open_days, members=members(None, None)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((0, 6), []),
        ((0, 7), [Sign.MEMBER_SILENT]),
        ((0, None), [Sign.MEMBER_SILENT]),
        ((3, 7), [Sign.MEMBER_SILENT]),
    ],
)
def test_one_is_silent_only_while_others_are_not(days: tuple[int | None, ...], expected: list[Sign]) -> None:
    assert signs(members=members(*days)) == expected


def test_a_member_cannot_be_silent_longer_than_the_room_is_open() -> None:
    assert signs(open_days=6, members=members(0, None)) == []


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([week(3, 3)], []),
        ([week(2, 3)], [Sign.PULSE_LOW]),
        ([week(4, 5), week(4, 3)], [Sign.PULSE_FALLS]),
        ([week(4, 4), week(4, 3)], []),
        ([week(5), week(1)], [Sign.PULSE_LOW]),
        ([week(4, share=(3, 4))], []),
        ([week(4, share=(2, 4))], [Sign.LOW_SHARE]),
        ([week(1), week(4)], []),
    ],
)
def test_the_pulse_warns_when_it_is_low_or_falls(weeks: list[WeekOfPulse], expected: list[Sign]) -> None:
    assert signs(members=members(0, 0), pulse=weeks) == expected


@pytest.mark.parametrize(
    ("due", "handed_in", "weight"),
    [
        (4, False, None),
        (3, False, Weight.SOON),
        (1, False, Weight.SOON),
        (0, False, Weight.NOW),
        (-2, False, Weight.NOW),
        (0, True, None),
    ],
)
def test_work_that_is_due_and_missing_warns(due: int, handed_in: bool, weight: Weight | None) -> None:
    found = signals(TeamFacts(open_days=30, members=members(0, 0), due_in_days=due, has_handed_in=handed_in))

    assert [one.weight for one in found] == ([weight] if weight else [])


def test_a_team_without_members_or_days_needs_nobody() -> None:
    assert signs(open_days=0, members=()) == []
    assert signs(members=members(0), overdue_tasks=DEFAULT.overdue_tasks - 1) == []
    assert signs(members=members(0), overdue_tasks=DEFAULT.overdue_tasks) == [Sign.TASKS_OVERDUE]


def test_the_most_pressing_team_comes_first() -> None:
    now = signals(TeamFacts(open_days=30, members=members(9)))
    soon = signals(TeamFacts(open_days=30, members=members(0, 8), overdue_tasks=5))

    assert urgency(now) < urgency(soon) < urgency([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello @Ana", [1]),
        ("Hello Ana", []),
        ("@ben peeters, and you?", [2]),
        ("@Ben!", [2, 3]),
        ("mail@Ana.example", []),
        ("@Anamarija", []),
        ("@", []),
    ],
)
def test_a_name_after_the_sign_calls_a_person(text: str, expected: list[int]) -> None:
    assert mentioned(text, {1: "Ana Kos", 2: "Ben Peeters", 3: "Ben Maes"}) == expected
