from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosint.packages.readings import Reading, reached, read_state, together
from biosint.packages.states import Standard

POINTS = st.one_of(st.none(), st.integers(0, 100).map(Decimal))
READINGS = st.builds(
    Reading,
    is_done=st.booleans(),
    passed=st.sampled_from([None, True, False]),
    points=POINTS,
    seconds=st.integers(0, 9999),
)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, Reading()),
        (
            {
                "cmi.core.lesson_status": "passed",
                "cmi.core.score.raw": "80",
                "cmi.core.total_time": "0001:02:03.5",
            },
            Reading(True, True, Decimal("80.00"), 3723),
        ),
        (
            {"cmi.core.lesson_status": "incomplete", "cmi.core.score.raw": "10"},
            Reading(False, None, Decimal("10.00")),
        ),
        # Raw 7 of 5 to 9 is half of the way.
        (
            {
                "cmi.core.lesson_status": "completed",
                "cmi.core.score.raw": "7",
                "cmi.core.score.min": "5",
                "cmi.core.score.max": "9",
            },
            Reading(True, None, Decimal("50.00")),
        ),
        # The passing score decides where there is one (SCORM 1.2 RTE 3.4.4).
        (
            {
                "cmi.core.lesson_status": "completed",
                "cmi.core.score.raw": "60",
                "cmi.student_data.mastery_score": "70",
            },
            Reading(True, False, Decimal("60.00")),
        ),
        ({"cmi.core.score.raw": "nan"}, Reading()),
        ({"cmi.core.score.raw": "1e9"}, Reading(points=Decimal("100.00"))),
        ({"cmi.core.score.raw": [1]}, Reading()),
        ({"opened": True}, Reading(is_done=True)),
    ],
)
def test_scorm_12_says(state: dict[str, Any], expected: Reading) -> None:
    assert read_state(Standard.SCORM_12, state) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            {
                "cmi.completion_status": "completed",
                "cmi.success_status": "passed",
                "cmi.score.scaled": "0.855",
                "cmi.total_time": "P1DT1H2M3.4S",
            },
            Reading(True, True, Decimal("85.50"), 90123),
        ),
        ({"cmi.score.scaled": "-0.4"}, Reading(points=Decimal("0.00"))),
        ({"cmi.success_status": "failed"}, Reading(True, False)),
        ({"cmi.success_status": "passed", "cmi.completion_status": "incomplete"}, Reading(False, True)),
        (
            {"cmi.scaled_passing_score": "0.7", "cmi.score.scaled": "0.5"},
            Reading(True, False, Decimal("50.00")),
        ),
        ({"cmi.completion_threshold": "0.8", "cmi.progress_measure": "0.9"}, Reading(True)),
    ],
)
def test_scorm_2004_says(state: dict[str, Any], expected: Reading) -> None:
    assert read_state(Standard.SCORM_2004, state) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (None, Reading()),
        ("text", Reading()),
        (
            {
                "completion": True,
                "success": False,
                "score": {"raw": 3, "min": 0, "max": 4},
                "duration": "PT12.3S",
            },
            Reading(True, False, Decimal("75.00"), 12),
        ),
        ({"completion": True, "score": {"scaled": True}}, Reading(True)),
    ],
)
def test_h5p_says(result: Any, expected: Reading) -> None:
    assert read_state(Standard.H5P, {"result": result}) == expected


@given(before=READINGS, now=READINGS)
def test_what_was_done_is_never_lost(before: Reading, now: Reading) -> None:
    after = reached(before, now)

    assert after.is_done == (before.is_done or now.is_done)
    assert after.seconds == max(before.seconds, now.seconds)
    if before.is_done:
        assert (after.points or 0) >= (before.points or 0)
        assert after.passed or not before.passed
    assert reached(after, now) == after


def test_parts_are_put_together() -> None:
    first = Reading(True, True, Decimal(80), 60)

    assert together([first], 2) == Reading(False, True, Decimal("80.00"), 60)
    assert together([first, Reading(True)], 2) == Reading(True, True, Decimal("80.00"), 60)
    assert together([first, Reading(True, False, Decimal(55), 5)], 2) == Reading(
        True, False, Decimal("67.50"), 65
    )
    assert together([], 1) == Reading()
