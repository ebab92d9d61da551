"""Results of peer reviews: teachers overrule and release them, and the points are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Activity, ReviewedWork
from biosint.exchange.operations.peer_review import ReviewedMeanwhile
from biosint.exchange.operations.scores import give_score
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.peer_review import people_of, standings_of
from biosint.exchange.rules.peer_review import asked_of, may_decide
from biosint.exchange.states import ScoreSource
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person

# Points of so many works are given in one transaction; a teacher releases more with another press.
MOST_AT_ONCE = 300


@transaction.atomic
def overrule(
    *, work_id: int, points: Decimal, because: str, seen_version: int, by: Person, at: datetime
) -> ReviewedWork:
    """Decide on a result otherwise than the reviews say. Those whose work it is read the reason with the result.

    Raises:
        ReviewedMeanwhile: another teacher decided since the page was opened.
    """
    work, activity = _locked_work(work_id)
    require(may_decide(by, activity))
    if work.version != seen_version:
        raise ReviewedMeanwhile(_("Another teacher has decided meanwhile. Look at it, then save again."))
    before = work.points
    work.points, work.overruled_because, work.overruled_by, work.overruled_at = points, because, by, at
    work.version += 1
    work.save()
    audit.record(
        "exchange.review_result.overruled",
        work,
        by=by,
        at=at,
        points=str(points),
        before=None if before is None else str(before),
        because=because,
    )
    if work.released_at is not None:
        _give(activity, work, by=by, at=at)
    return work


def _locked_work(work_id: int) -> tuple[ReviewedWork, Activity]:
    activity = locked_activity(ReviewedWork.objects.values_list("activity", flat=True).get(pk=work_id))
    return ReviewedWork.objects.get(pk=work_id, is_sample=False), activity


@transaction.atomic
def release(*, activity_id: int, by: Person, at: datetime) -> tuple[int, int]:
    """Show results to those whose works they are, and give the points. Works without any review stay open.

    Returns:
        How many works were released now, and how many are left for another press.
    """
    activity = locked_activity(activity_id)
    require(may_decide(by, activity))
    standings = standings_of(activity)
    ready = [
        work
        for work in ReviewedWork.objects.filter(activity=activity, is_sample=False).order_by("pk")
        if (work.overruled_at or work.pk in standings) and _is_news(work, standings)
    ]
    for work in ready[:MOST_AT_ONCE]:
        found = standings.get(work.pk)
        if work.overruled_at is None and found is not None:
            work.points = found.points
        work.spread = found.spread if found else None
        work.released_by, work.released_at = by, at
        work.version += 1
        work.save()
        _give(activity, work, by=by, at=at)
    now = min(len(ready), MOST_AT_ONCE)
    audit.record("exchange.review_results.released", activity, by=by, at=at, works=now)
    return now, len(ready) - now


def _is_news(work: ReviewedWork, standings: Mapping[int, object]) -> bool:
    if work.released_at is None:
        return True
    found = standings.get(work.pk)
    return work.overruled_at is None and getattr(found, "points", work.points) != work.points


def _give(activity: Activity, work: ReviewedWork, *, by: Person, at: datetime) -> None:
    """Give the points on the activity whose work it is; where the course itself asked for the work, on this one."""
    if work.points is None:
        return
    of = Activity.everything.filter(pk=asked_of(activity).of, course=activity.course_id).first() or activity
    for one in people_of(work):
        known = one.scores.filter(activity=of).first()
        is_overruled = work.overruled_at is not None
        # Points a teacher gave in the grade book after this decision are the newer decision.
        if (
            known is not None
            and known.source == ScoreSource.TEACHER
            and (work.overruled_at is None or known.given_at > work.overruled_at)
        ):
            continue
        give_score(
            activity=of,
            application=one,
            points=work.points,
            source=ScoreSource.TEACHER if is_overruled else ScoreSource.PEER,
            comment=work.overruled_because,
            seen_version=(known.version if known else 0) if is_overruled else None,
            by=by if is_overruled else None,
            at=at,
        )
