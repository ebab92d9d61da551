"""Foreign packages in activities: handing one in, working in it, counting what it tells."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from biosint.exchange.models import Activity, Application, Course
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.scores import give_score
from biosint.exchange.queries.activities import admission_of, mates_of
from biosint.exchange.queries.deadlines import Deadline, deadline_for
from biosint.exchange.queries.packages import activity_at, place_of
from biosint.exchange.rules import may_edit, teaches
from biosint.exchange.rules.packages import PackageSettings, may_begin, may_try_out, settings_of
from biosint.exchange.states import ScoreSource
from biosint.packages import api as packages
from biosint.packages.events import ResultRecorded
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.jobs.api import Job
    from biosint.people.api import Person


def hand_in_package(
    upload: File[bytes], *, activity_id: int, key: UUID, by: Person, at: datetime
) -> tuple[packages.PackageVersion, Job | None]:
    """Put a package, or a new version of it, into an activity. Learners who have begun stay with theirs.

    Raises:
        Fault: the package cannot be taken; see ``packages.hand_in``.
    """
    activity, course = _found(activity_id)
    require(may_edit(by, course))
    return packages.hand_in(upload, place=place_of(activity), key=key, by=by, at=at)


@transaction.atomic
def begin_package(*, activity_id: int, by: Person, at: datetime, anew: bool = False) -> packages.Attempt:
    """Begin the package of an activity, or go on with what was begun.

    Args:
        anew: begin another attempt once the last is done, where the teacher allows it.
    """
    activity, course = _found(activity_id)
    application = admission_of(by, course)
    deadline = deadline_for(activity, application) if application is not None else Deadline(None, None)
    require(may_begin(course, activity, application=application, at=at, closes_at=deadline.closes_at))
    wanted = settings_of(activity)
    attempt = packages.begin(place=place_of(activity), by=by, at=at, anew=anew, attempts=wanted.attempts)
    if wanted.is_done_when_opened and application is not None:
        note_progress(activity=activity, applications=[application], at=at, due_at=deadline.due_at)
    return attempt


@transaction.atomic
def try_out_package(*, activity_id: int, by: Person, at: datetime) -> packages.Attempt:
    """Let a teacher play the newest version as learners will; nothing of it counts."""
    activity, course = _found(activity_id)
    require(may_try_out(teaches_here=teaches(by, course)))
    return packages.try_out(place=place_of(activity), by=by, at=at)


def count_result(*, event: ResultRecorded, **_more: Any) -> None:
    """Turn what a package tells into progress and points. What comes after the end of the activity does not count.

    Called in the transaction in which the result is kept, so both happen or neither.
    """
    activity = activity_at(event.place)
    if activity is None:
        return
    course = activity.course
    application = (
        course.applications.filter(learner=event.person_id).select_related("membership__team").first()
    )
    # Whoever has left the course meanwhile, or is too late, keeps the state but no result.
    if application is None:
        return
    deadline = deadline_for(activity, application)
    if not may_begin(course, activity, application=application, at=event.at, closes_at=deadline.closes_at):
        return
    workers = _workers(course, activity, application)
    wanted = settings_of(activity)
    if event.is_done:
        note_progress(activity=activity, applications=workers, at=event.at, due_at=deadline.due_at)
    points = _points(event, wanted)
    if points is None:
        return
    for worker in workers:
        give_score(
            activity=activity,
            application=worker,
            points=points,
            source=ScoreSource.TOOL,
            by=None,
            at=event.at,
        )


def _found(activity_id: int) -> tuple[Activity, Course]:
    activity = Activity.everything.get(pk=activity_id)
    course = Course.objects.prefetch_related("teachings").get(pk=activity.course_id)
    return activity, course


def _points(event: ResultRecorded, wanted: PackageSettings) -> Any:
    return event.best_points if wanted.counts_best else event.points


def _workers(course: Course, activity: Activity, application: Application) -> list[Application]:
    if activity.for_teams and course.teams_published_at is not None:
        return list(mates_of(application))
    return [application]
