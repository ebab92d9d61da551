"""What the grade book keeps about one person, for their own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from biosint.exchange.models import Deviation, Excuse, Extension, Marking, Phrase

if TYPE_CHECKING:
    from biosint.people.api import Person


def own_marks(person: Person) -> Iterator[dict[str, Any]]:
    """Yield more time, excuses, what was found in works, and phrases of a marker. Marks themselves once released."""
    own = Q(application__learner=person) | Q(team__members__application__learner=person)
    for extension in Extension.objects.filter(own).select_related("activity__course"):
        yield {
            "course": extension.activity.course.title,
            "activity": extension.activity.title,
            "more_time_until": extension.until_at,
            "reason": extension.reason,
        }
    for excuse in Excuse.objects.filter(application__learner=person).select_related("activity__course"):
        yield {
            "course": excuse.activity.course.title,
            "activity": excuse.activity.title,
            "excused_at": excuse.given_at,
            "reason": excuse.reason,
        }
    released = Q(activity__marking_plan__released_at__isnull=False)
    for marking in Marking.objects.filter(own, released).select_related("activity__course"):
        yield {
            "course": marking.activity.course.title,
            "activity": marking.activity.title,
            "marked_at": marking.marked_at,
            "points": marking.points,
            "levels": marking.chosen,
            "comment": marking.comment,
        }
    deviations = Deviation.objects.filter(
        application__learner=person, marking__activity__marking_plan__released_at__isnull=False
    )
    for deviation in deviations.select_related("marking__activity__course"):
        yield {
            "course": deviation.marking.activity.course.title,
            "activity": deviation.marking.activity.title,
            "points_more_or_fewer": deviation.points,
            "reason": deviation.reason,
        }
    for phrase in Phrase.objects.filter(person=person):
        yield {"phrase": phrase.text, "kept_at": phrase.kept_at}
