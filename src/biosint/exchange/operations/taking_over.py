"""Taking the grade book's proposals over as final marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.exchange.models import Application
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._marks import give_mark
from biosint.exchange.queries.gradebook import book_of, marked_activities
from biosint.exchange.rules import may_mark
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of some learners: marks ``given``, others ``kept`` (they differ), ``undecided`` ones left."""

    given: int = 0
    kept: int = 0
    undecided: int = 0

    def __add__(self, other: TakenOver) -> TakenOver:
        return TakenOver(self.given + other.given, self.kept + other.kept, self.undecided + other.undecided)


def learners_to_mark(course_id: int, *, after: int) -> list[int]:
    """Return the next learners' applications after a key, in the order of keys; none at the end."""
    return list(
        Application.objects.filter(course=course_id, state=ApplicationState.ADMITTED, pk__gt=after)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )


@transaction.atomic
def take_over(
    *,
    course_id: int,
    application_ids: Sequence[int],
    replaces: bool,
    seen_at: datetime,
    by: Person,
    at: datetime,
) -> TakenOver:
    """Write the proposed points of some learners as their final marks.

    A learner with undecided work is left alone. So is a mark that differs, unless ``replaces``; and even then
    one that was given after ``seen_at``, when the teacher pressed: nobody overwrites what they cannot have seen.
    Doing it twice is doing it once.
    """
    course = locked(course_id)
    require(may_mark(by, course))
    learners = list(
        course.applications.filter(pk__in=application_ids, state=ApplicationState.ADMITTED)
        .select_related("learner", "membership", "mark")
        .order_by("pk")
    )
    given = kept = undecided = 0
    for row in book_of(course, marked_activities(course), learners, at=at):
        mark = getattr(row.application, "mark", None)
        if row.proposed is None:
            undecided += 1
        elif mark is not None and mark.points == row.proposed:
            continue
        elif mark is not None and (not replaces or mark.marked_at > seen_at):
            kept += 1
        else:
            give_mark(
                application_id=row.application.pk,
                points=row.proposed,
                comment=mark.comment if mark is not None else "",
                seen_version=mark.version if mark is not None else 0,
                by=by,
                at=at,
            )
            given += 1
    return TakenOver(given, kept, undecided)
