"""Points of learners for single activities."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Activity, Application, Score
from biosint.exchange.states import ScoreSource
from biosint.shared.verdicts import Fault

if TYPE_CHECKING:
    from biosint.people.api import Person


class ScoredMeanwhile(Fault):
    """Somebody gave or changed these points after the page was opened."""


@transaction.atomic
def give_score(
    *,
    activity: Activity,
    application: Application,
    points: Decimal,
    source: ScoreSource,
    comment: str = "",
    seen_version: int | None = None,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> Score:
    """Keep points of a learner for an activity. The calling operation has asked its own rule.

    Args:
        points: 0 to 100.
        seen_version: version of the score the teacher saw, 0 for none; None for a score that no person gives.
            Such a score never replaces one that a teacher gave.
        reason: why points change, for the history.
        by: the teacher; None for a score that no person gives.

    Raises:
        ScoredMeanwhile: the score changed since it was seen.
    """
    # One learner's points change one after the other, also the first ones, of which there is no row yet.
    Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    score = Score.objects.filter(activity=activity, application=application).first()
    points = points.quantize(Decimal("0.01"))
    if score is not None:
        if seen_version is None and score.source == ScoreSource.TEACHER:
            return score
        if (score.points, score.comment, score.source) == (points, comment, source):
            return score
        if seen_version is not None and score.version != seen_version:
            raise ScoredMeanwhile(
                _("%(learner)s has got %(points)s points meanwhile. Look at them, then save again.")
                % {"learner": application.learner, "points": score.points}
            )
    before = score.points if score else None
    score = score or Score(activity=activity, application=application, version=0)
    score.points = points
    score.source = source
    score.comment = comment
    score.given_by = by
    score.given_at = at
    score.version += 1
    score.save()
    audit.record(
        "exchange.score.given",
        score,
        by=by,
        at=at,
        points=str(points),
        before=None if before is None else str(before),
        source=str(source),
        activity=activity.pk,
        application=application.pk,
        **({"reason": reason} if reason else {}),
    )
    return score
