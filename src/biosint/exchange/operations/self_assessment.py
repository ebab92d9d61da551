"""Self-ratings of learners. They are nobody's but the learner's: the trail does not tell them either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Application, SelfDistribution, SelfRating
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.rules.self_assessment import HIGHEST, STEP, earlier_of, statements_of
from biosint.exchange.rules.working import may_send, may_take_part
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import Fault, all_of, require

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person


class RatingUnfit(Fault):
    """Not one value from 0 to 4 for each statement, or somebody who does not learn here."""


@transaction.atomic
def rate_oneself(*, activity_id: int, values: Sequence[int], by: Person, at: datetime) -> SelfRating:
    """Keep how a learner rates what they can; again to change it while the activity is open.

    Raises:
        Refused: the person has no place in the course, or the activity is closed.
        RatingUnfit: the values do not fit the statements.
    """
    activity = locked_activity(activity_id)
    application = (
        Application.objects.filter(course=activity.course_id, learner=by, state=ApplicationState.ADMITTED)
        .select_related("membership")
        .first()
    )
    closes_at = due_for(activity, application).closes_at if application else None
    require(all_of([may_take_part(by, activity), may_send(activity, at=at, closes_at=closes_at)]))
    statements = statements_of(activity, earlier_of(activity))
    if application is None:
        raise RatingUnfit(_("Only learners of the course rate themselves."))
    if len(values) != len(statements) or not all(0 <= value <= HIGHEST for value in values):
        raise RatingUnfit(_("The statements have changed meanwhile. Look at them, then send again."))
    rating, is_new = SelfRating.objects.update_or_create(
        activity=activity, application=application, defaults={"values": list(values), "rated_at": at}
    )
    if is_new:
        audit.record("exchange.self_rating.kept", activity, by=by, at=at)
        _grow(activity, len(statements))
    note_progress(activity=activity, applications=[application], at=at)
    return rating


def _grow(activity: Activity, statements: int) -> None:
    """Take the distribution anew when five more have rated."""
    people = SelfRating.objects.filter(activity=activity).count()
    shown, _is_new = SelfDistribution.objects.get_or_create(activity=activity)
    if people % STEP or people <= shown.people:
        return
    counts = [[0] * (HIGHEST + 1) for _statement in range(statements)]
    for values in SelfRating.objects.filter(activity=activity).values_list("values", flat=True):
        for row, value in zip(counts, values, strict=True):
            row[value] += 1
    shown.people, shown.counts = people, counts
    shown.save(update_fields=["people", "counts"])
