from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Application, Mark
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import may_mark
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class MarkedMeanwhile(Fault):
    """Another teacher gave or changed this mark after the table was opened."""


@transaction.atomic
def give_mark(
    *, application_id: int, points: int, comment: str, seen_version: int, by: Person, at: datetime
) -> Mark:
    """Give an admitted learner points.

    Args:
        points: 0 to 100.
        seen_version: version of the mark the teacher saw, 0 for none: nobody overwrites a
            colleague's mark without having seen it.

    Raises:
        MarkedMeanwhile: the mark changed since it was seen.
    """
    course = locked(Application.objects.values_list("course_id", flat=True).get(pk=application_id))
    require(may_mark(by, course))
    application = course.applications.select_related("learner").get(
        pk=application_id, state=ApplicationState.ADMITTED
    )
    mark = Mark.objects.filter(application=application).select_related("marked_by").first()
    if mark is not None and (mark.points, mark.comment) == (points, comment):
        return mark
    if mark is not None and mark.version != seen_version:
        raise MarkedMeanwhile(
            _("%(teacher)s has given %(learner)s %(points)s points meanwhile. Look at it, then save again.")
            % {"teacher": mark.marked_by, "learner": application.learner, "points": mark.points}
        )
    mark = mark or Mark(application=application, version=0)
    mark.points = points
    mark.comment = comment
    mark.marked_by = by
    mark.marked_at = at
    mark.version += 1
    mark.save()
    audit.record("exchange.mark.given", mark, by=by, at=at, points=points)
    return mark
