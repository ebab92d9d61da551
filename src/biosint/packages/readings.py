"""What a package's own report means: done, passed, points, time. Pure.

Sources: SCORM 1.2 Run-Time Environment (cmi.core.*), SCORM 2004 RTE (cmi.completion_status, cmi.success_status,
cmi.score.*), xAPI 1.0.3 (result). Reports come from foreign scripts: nothing in them is trusted to have its type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from biosint.packages.states import Standard

LONGEST = 366 * 24 * 3600
VERBS = {
    "initialized", "attempted", "interacted", "answered", "progressed", "completed", "passed", "failed", "experienced",
    "consumed", "mastered", "scored", "terminated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says. ``points`` are 0 to 100; ``seconds`` are all time so far."""

    is_done: bool = False
    passed: bool | None = None
    points: Decimal | None = None
    seconds: int = 0


def read_state(standard: Standard, state: Mapping[str, Any]) -> Reading:
    """Read the state of one part of a package.

    Args:
        state: SCORM: elements by their full names, ``{"cmi.core.lesson_status": "passed"}``; H5P: ``{"result": {…}}``
            beside the content's own state; of an asset ``{"opened": true}``.
    """
    if state.get("opened") is True:
        return Reading(is_done=True)
    if standard == Standard.SCORM_12:
        return _scorm_12(state)
    if standard == Standard.SCORM_2004:
        return _scorm_2004(state)
    return _h5p(state.get("result"))


def _scorm_12(state: Mapping[str, Any]) -> Reading:
    status = str(state.get("cmi.core.lesson_status", "")).lower()
    raw = _number(state.get("cmi.core.score.raw"))
    points = _points(raw, state.get("cmi.core.score.min"), state.get("cmi.core.score.max"))
    passed = {"passed": True, "failed": False}.get(status)
    mastery = _number(state.get("cmi.student_data.mastery_score"))
    # SCORM 1.2 RTE 3.4.4: with a mastery score and a score, passing follows from the two.
    if mastery is not None and raw is not None and status in {"completed", "passed", "failed"}:
        passed = raw >= mastery
    return Reading(
        is_done=status in {"passed", "failed", "completed"},
        passed=passed,
        points=points,
        seconds=_clock(str(state.get("cmi.core.total_time", ""))),
    )


def _scorm_2004(state: Mapping[str, Any]) -> Reading:
    completion = str(state.get("cmi.completion_status", "")).lower()
    success = str(state.get("cmi.success_status", "")).lower()
    scaled = _number(state.get("cmi.score.scaled"))
    points = _scaled_or_raw(
        scaled, state.get("cmi.score.raw"), state.get("cmi.score.min"), state.get("cmi.score.max")
    )
    passed = {"passed": True, "failed": False}.get(success)
    passing = _number(state.get("cmi.scaled_passing_score"))
    if passing is not None and scaled is not None:
        passed = scaled >= passing
    progress = _number(state.get("cmi.progress_measure"))
    threshold = _number(state.get("cmi.completion_threshold"))
    if progress is not None and threshold is not None:
        completion = "completed" if progress >= threshold else "incomplete"
    return Reading(
        is_done=completion == "completed" or (passed is not None and completion != "incomplete"),
        passed=passed,
        points=points,
        seconds=_duration(str(state.get("cmi.total_time", ""))),
    )


def _h5p(result: Any) -> Reading:
    if not isinstance(result, Mapping):
        return Reading()
    score = result.get("score")
    score = score if isinstance(score, Mapping) else {}
    points = _scaled_or_raw(
        _number(score.get("scaled")), score.get("raw"), score.get("min"), score.get("max")
    )
    success = result.get("success")
    return Reading(
        is_done=result.get("completion") is True,
        passed=success if isinstance(success, bool) else None,
        points=points,
        seconds=_duration(str(result.get("duration", ""))),
    )


def reached(before: Reading, now: Reading) -> Reading:
    """Return what holds for one part after another report: what was done stays, a later try can only raise it.

    A package that is opened again says “incomplete, 0 points” at first; nobody shall lose a result by looking.
    """
    seconds = max(before.seconds, now.seconds)
    if not before.is_done:
        return Reading(now.is_done, now.passed, now.points, seconds)
    if not now.is_done:
        return Reading(before.is_done, before.passed, before.points, seconds)
    told = [points for points in (before.points, now.points) if points is not None]
    verdicts = [passed for passed in (before.passed, now.passed) if passed is not None]
    return Reading(
        is_done=True,
        passed=any(verdicts) if verdicts else None,
        points=max(told) if told else None,
        seconds=seconds,
    )


def together(readings: Iterable[Reading], parts: int) -> Reading:
    """Put the parts of a package together.

    Args:
        parts: how many parts there are to do; a part without a report is not done.

    Done when every part is; passed when none is failed and one is passed; points are the mean of the parts that
    tell points (a part without points counts for nothing, neither way).
    """
    known = list(readings)
    told = [one.points for one in known if one.points is not None]
    verdicts = [one.passed for one in known if one.passed is not None]
    return Reading(
        is_done=sum(one.is_done for one in known) >= parts > 0,
        passed=None if not verdicts else all(verdicts),
        points=_rounded(sum(told, Decimal(0)) / len(told)) if told else None,
        seconds=min(sum(one.seconds for one in known), LONGEST),
    )


def _number(given: Any) -> float | None:
    if isinstance(given, bool) or given in ("", None):
        return None
    try:
        number = float(given)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _scaled_or_raw(scaled: float | None, raw: Any, least: Any, most: Any) -> Decimal | None:
    return _points(_number(raw), least, most) if scaled is None else _bounded(scaled * 100)


def _points(raw: float | None, least: Any, most: Any) -> Decimal | None:
    """Bring a raw score to 0 to 100; without limits it is taken to be there already, as SCORM 1.2 says."""
    if raw is None:
        return None
    low, high = _number(least) or 0.0, _number(most)
    if high is None or high <= low:
        return _bounded(raw)
    return _bounded((raw - low) / (high - low) * 100)


def _bounded(points: float) -> Decimal:
    return _rounded(Decimal(repr(min(max(points, 0.0), 100.0))))


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _clock(text: str) -> int:
    """Seconds of ``HHHH:MM:SS.SS`` (CMITimespan)."""
    found = re.fullmatch(r"(\d{2,4}):(\d{2}):(\d{2})(?:\.\d{1,2})?", text.strip())
    if found is None:
        return 0
    hours, minutes, seconds = (int(part) for part in found.groups())
    return min(hours * 3600 + minutes * 60 + seconds, LONGEST)


def _duration(text: str) -> int:
    """Seconds of an ISO 8601 duration; months and years do not occur in a session and are left out."""
    found = re.fullmatch(
        r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?)?", text.strip()
    )
    if found is None:
        return 0
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return min(days * 86400 + hours * 3600 + minutes * 60 + seconds, LONGEST)
