from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from biosint.exchange.plan_templates import PlanTemplate, supplied
from biosint.exchange.states import ActivityKind, Phase
from biosint.exchange.steps import moments_of, step_from
from biosint.exchange.timetable import on_wall, week_number
from biosint.exchange.workload import HOURS_A_CREDIT, Piece, load_of
from biosint.shared.words import is_cyrillic

PLANS = list(supplied().values())
MONDAY = date(2026, 3, 2)
ZONE = "Europe/Podgorica"
each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.code)


def test_there_are_plans_of_four_sizes_and_a_training() -> None:
    assert {plan.code: plan.weeks for plan in PLANS} == {
        "coil-4": 4,
        "coil-6": 6,
        "coil-8": 8,
        "coil-10": 10,
        "facilitators": 3,
    }


@each_plan
def test_a_plan_has_all_phases_in_order_and_says_everything_in_three_languages(plan: PlanTemplate) -> None:
    steps = plan.steps(language="en")
    serbian, albanian = plan.steps(language="sr"), plan.steps(language="sq")

    assert {step.phase for step in steps} == {phase.value for phase in Phase}
    assert all(len(step.text) > 60 for step in steps)
    assert all(is_cyrillic(step.title) for step in serbian)
    assert [one.title for one in steps if one.title in {other.title for other in albanian}] == []
    assert set(plan.title) == set(plan.summary) == {"en", "sr", "sq"}


@each_plan
def test_a_plan_is_weighted_whole_measured_before_and_after_and_meets_early(plan: PlanTemplate) -> None:
    steps = plan.steps(language="en")
    kinds = [(step.kind, step.due_at.day) for step in steps if step.due_at]

    assert sum(step.weight for step in steps) == 100
    surveys = sorted(day for kind, day in kinds if kind == ActivityKind.SURVEY)
    assert surveys[0] < 7
    assert surveys[-1] >= 7 * (plan.weeks - 1)
    assert min(day for kind, day in kinds if kind == ActivityKind.LIVE) < 7
    assert all(step.weight == 0 or step.kind in {"product", "peer_review", "quiz"} for step in steps)


@each_plan
def test_the_load_of_a_plan_is_even_and_worth_its_credits(plan: PlanTemplate) -> None:
    pieces = []
    for step in plan.steps(language="en"):
        moments, changes = moments_of(step, start=MONDAY, zone=ZONE)
        assert moments["opens_at"]
        assert moments["due_at"]
        assert moments["opens_at"] < moments["due_at"]
        assert not changes
        weeks = [week_number(moments[name], start=MONDAY, zone=ZONE) for name in ("opens_at", "due_at")]  # type: ignore[arg-type]  # set above
        assert 1 <= weeks[0] <= weeks[1] <= plan.weeks
        pieces.append(Piece(step.hours, step.phase, weeks[0], weeks[1]))
    load = load_of(pieces, weeks=plan.weeks)

    assert load.total == plan.hours
    assert load.uneven_weeks == load.full_weeks == []
    credit = {"coil-4": 1, "coil-6": 2, "coil-8": 3, "coil-10": 4, "facilitators": 1}[plan.code]
    assert HOURS_A_CREDIT[0] * credit <= plan.hours <= HOURS_A_CREDIT[1] * credit


@each_plan
def test_on_a_course_that_begins_in_the_middle_of_a_week_nothing_falls_on_a_weekend(
    plan: PlanTemplate,
) -> None:
    thursday = date(2026, 3, 5)

    for step in plan.steps(language="en", weekday=thursday.weekday()):
        moments, _changes = moments_of(step, start=thursday, zone=ZONE)
        due = moments["due_at"]
        assert due
        assert on_wall(due, ZONE).weekday() < 5
        assert moments["opens_at"]
        assert moments["opens_at"] < due


@each_plan
def test_steps_survive_being_kept_as_plain_values(plan: PlanTemplate) -> None:
    for step in plan.steps(language="en"):
        assert step_from(step.as_json()) == step


def test_hours_of_a_long_piece_are_shared_among_its_weeks_and_none_is_lost() -> None:
    load = load_of(
        [
            Piece(Decimal(6), "collaborate", 2, 4),
            Piece(Decimal(1), "prepare", 0, 0),
            Piece(Decimal(2), "conclude", 9, 12),
            Piece(Decimal(5), "", None, None),
        ],
        weeks=4,
    )

    assert [load.of_week(week) for week in range(1, 5)] == [1, 2, 2, 4]
    assert (load.undated, load.total, load.mean) == (5, 14, Decimal("2.25"))
    assert load.uneven_weeks == [1, 4]
