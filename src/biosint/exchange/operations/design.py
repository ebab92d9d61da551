"""Teachers plan a course together: every change knows what it replaces, and leaves a line that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.exchange.models import Activity, Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._plan_log import done_with, log, put_in_order
from biosint.exchange.rules import may_edit
from biosint.exchange.rules.design import may_change_activity
from biosint.exchange.states import PlanVerb
from biosint.exchange.steps import MOMENTS, differences, plain, state_of, week_of, zone_of_course
from biosint.exchange.timetable import DAYS_A_WEEK, moment_in_week, shifted
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

# An activity without a date that is moved into a week fills it: from its first morning to its last evening.
FIRST_MORNING, LAST_EVENING = time(8, 0), time(20, 0)
MOST_ACTIVITIES = 500


class Said(TypedDict, total=False):
    """What teachers say of an activity: fields of ``Activity``."""

    title: str
    text: str
    kind: str
    phase: str
    hours: Decimal
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    is_required: bool
    for_teams: bool
    weight: Decimal
    settings: dict[str, Any]
    outcomes: list[int]
    is_hidden: bool


class ActivityChanged(Fault):
    """A colleague has changed the activity since the person opened it. ``activity`` is how it stands now."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(
            _("%(colleague)s has changed “%(title)s” meanwhile. Look at both, then save again.")
            % {"colleague": activity.changed_by or _("A colleague"), "title": activity.title}
        )
        self.activity = activity


class PlanFull(Fault):
    """The plan holds as many activities as a course can."""


class CannotMove(Fault):
    """There is no place above, or below, in this week."""


def standing(course: Course, activity_id: int, *, seen_version: int | None) -> Activity:
    """Return an activity of a locked course, removed or not, if it is still as the person saw it.

    Raises:
        ActivityChanged: it is not. ``seen_version`` None trusts that nobody was in between.
    """
    activity = Activity.everything.select_related("changed_by").get(course=course, pk=activity_id)
    activity.course = course
    if seen_version is not None and activity.version != seen_version:
        raise ActivityChanged(activity)
    return activity


def stamp(activity: Activity, *, by: Person, at: datetime, fields: list[str]) -> None:
    activity.version += 1
    # Translations are of words: moving an activity does not make them old.
    activity.text_version += bool({"title", "text"} & set(fields))
    activity.changed_by, activity.changed_at = by, at
    activity.save(update_fields=[*fields, "version", "text_version", "changed_by", "changed_at"])


def require_room(course: Course, *, more: int = 1) -> None:
    if course.activities.count() + more > MOST_ACTIVITIES:
        raise PlanFull(
            _("A course holds at most %(most)s activities. Remove some first.") % {"most": MOST_ACTIVITIES}
        )


@transaction.atomic
def write_activity(
    *,
    course_id: int,
    by: Person,
    at: datetime,
    activity_id: int | None = None,
    seen_version: int | None = None,
    key: UUID | None = None,
    kept: Callable[[Activity], None] | None = None,
    **said: Unpack[Said],
) -> Activity:
    """Add an activity at the end of its week, or change one.

    Args:
        seen_version: as the person saw it; None trusts that nobody was in between.
        key: made with the empty form: the same form sent twice adds once.
        kept: writes what the kind keeps beside the activity, in this transaction.

    Raises:
        Refused: ``by`` does not teach the course, it is finished, or the activity is removed.
        ActivityChanged: a colleague was faster.
        PlanFull: there is no room for one more.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    if activity_id is None:
        if (sent := done_with(key)) is not None and sent.activity is not None:
            return sent.activity
        require_room(course)
        activity = Activity(course=course, position=course.activities.count() + 1)
    else:
        activity = standing(course, activity_id, seen_version=seen_version)
        require(may_change_activity(by, course, activity))
    before = state_of(activity)
    for name, value in said.items():
        setattr(activity, name, value)
    changed = differences(before, state_of(activity))
    if activity_id is None:
        activity.changed_by, activity.changed_at = by, at
        activity.save()
        log(course, PlanVerb.ADDED, title=activity.title, activity=activity, by=by, at=at, key=key)
    elif changed:
        stamp(activity, by=by, at=at, fields=[one["field"] for one in changed])
        log(course, PlanVerb.EDITED, title=activity.title, activity=activity, fields=changed, by=by, at=at)
    if kept is not None:
        kept(activity)
    put_in_order(course)
    return activity


@transaction.atomic
def move_in_week(
    *, course_id: int, activity_id: int, step: int, seen_version: int | None = None, by: Person, at: datetime
) -> Activity:
    """Move an activity one place up (``step`` −1) or down (+1) within its week.

    Raises:
        Refused, ActivityChanged: as in ``write_activity``.
        CannotMove: it is the first, or the last, of its week.
    """
    course = locked(course_id)
    activity = standing(course, activity_id, seen_version=seen_version)
    require(may_change_activity(by, course, activity))
    week = week_of(activity, course)
    mates = [one for one in course.activities.defer("text") if week_of(one, course) == week]
    place = next(index for index, one in enumerate(mates) if one.pk == activity.pk)
    if not 0 <= place + step < len(mates):
        raise CannotMove(
            _("“%(title)s” is at the end of its week already. Choose another week instead.")
            % {"title": activity.title}
        )
    other = mates[place + step]
    Activity.objects.filter(pk=other.pk).update(position=activity.position)
    fields = differences({"position": activity.position}, {"position": other.position})
    activity.position = other.position
    stamp(activity, by=by, at=at, fields=["position"])
    put_in_order(course)
    log(course, PlanVerb.MOVED, title=activity.title, activity=activity, fields=fields, by=by, at=at)
    return activity


@transaction.atomic
def move_to_week(
    *,
    course_id: int,
    activity_id: int,
    week: int,
    before_id: int = 0,
    seen_version: int | None = None,
    by: Person,
    at: datetime,
) -> Activity:
    """Move an activity into another week, on the same weekdays and hours; ``before_id`` says before which one.

    Raises:
        Refused, ActivityChanged: as in ``write_activity``.
    """
    course = locked(course_id)
    activity = standing(course, activity_id, seen_version=seen_version)
    require(may_change_activity(by, course, activity))
    now = week_of(activity, course)
    before = {"week": now, **state_of(activity)}
    if now != week:
        _place(activity, course, weeks=None if now is None else week - now, week=week)
    after = {"week": week, **state_of(activity)}
    stamp(activity, by=by, at=at, fields=list(MOMENTS))
    put_in_order(course, before={activity.pk: before_id})
    log(
        course,
        PlanVerb.MOVED,
        title=activity.title,
        activity=activity,
        fields=differences(before, after),
        by=by,
        at=at,
    )
    return activity


def _place(activity: Activity, course: Course, *, weeks: int | None, week: int) -> None:
    zone, start = zone_of_course(course), course.start_date
    if weeks is None:
        activity.opens_at = moment_in_week(week=week, day=1, clock=FIRST_MORNING, start=start, zone=zone)
        activity.due_at = moment_in_week(
            week=week, day=DAYS_A_WEEK, clock=LAST_EVENING, start=start, zone=zone
        )
        return
    for name in MOMENTS:
        moment = getattr(activity, name)
        if moment is not None:
            setattr(activity, name, shifted(moment, days=weeks * DAYS_A_WEEK, zone=zone))


@transaction.atomic
def remove_activity(
    *, course_id: int, activity_id: int, seen_version: int | None = None, by: Person, at: datetime
) -> Activity:
    """Take an activity out of the plan. What learners did in it is kept. Pressing twice is once.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
        ActivityChanged: a colleague has changed it since.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    activity = standing(course, activity_id, seen_version=None)
    if activity.removed_at is None:
        if seen_version is not None and activity.version != seen_version:
            raise ActivityChanged(activity)
        activity.removed_by, activity.removed_at = by, at
        stamp(activity, by=by, at=at, fields=["removed_by", "removed_at"])
        put_in_order(course)
        log(course, PlanVerb.REMOVED, title=activity.title, activity=activity, by=by, at=at)
    return activity


@transaction.atomic
def restore_activity(*, course_id: int, activity_id: int, by: Person, at: datetime) -> Activity:
    """Bring a removed activity back, with everything that was done in it. Pressing twice is once.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
        PlanFull: there is no room for one more.
    """
    course = locked(course_id)
    activity = standing(course, activity_id, seen_version=None)
    require(may_edit(by, course))
    if activity.removed_at is None:
        return activity
    require_room(course)
    activity.removed_by, activity.removed_at = None, None
    stamp(activity, by=by, at=at, fields=["removed_by", "removed_at"])
    put_in_order(course)
    log(course, PlanVerb.RESTORED, title=activity.title, activity=activity, by=by, at=at)
    return activity


@transaction.atomic
def shift_plan(*, course_id: int, days: int, key: UUID | None = None, by: Person, at: datetime) -> int:
    """Move every moment of the plan by whole days, at the same hours of the host's clock.

    Returns:
        how many activities have new dates.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    if not days or done_with(key) is not None:
        return 0
    zone = zone_of_course(course)
    moved = []
    for activity in course.activities.defer("text"):
        dated = False
        for name in MOMENTS:
            moment = getattr(activity, name)
            if moment is not None:
                setattr(activity, name, moment + _distance(moment, days=days, zone=zone))
                dated = True
        if dated:
            activity.version += 1
            activity.changed_by, activity.changed_at = by, at
            moved.append(activity)
    Activity.objects.bulk_update(moved, [*MOMENTS, "version", "changed_by", "changed_at"], batch_size=100)
    put_in_order(course)
    log(
        course,
        PlanVerb.SHIFTED,
        title=course.title,
        fields=[{"field": "days", "before": 0, "after": days}],
        key=key,
        by=by,
        at=at,
    )
    return len(moved)


def _distance(moment: datetime, *, days: int, zone: str) -> timedelta:
    return shifted(moment, days=days, zone=zone) - moment


@transaction.atomic
def align(
    *,
    course_id: int,
    links: dict[int, list[int]],
    seen_versions: dict[int, int],
    by: Person,
    at: datetime,
) -> list[Activity]:
    """Say which outcomes each activity serves. Activities that are not named stay as they are.

    Args:
        links: activity -> positions in the course's outcomes, from 0.
        seen_versions: activity -> as the person saw it.

    Raises:
        Refused: ``by`` does not teach the course, or it is finished.
        ActivityChanged: a colleague has changed one of those that would change.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    changed = []
    for activity in course.activities.select_related("changed_by").filter(pk__in=links):
        wanted = sorted(set(links[activity.pk]) & set(range(len(course.outcomes))))
        if sorted(activity.outcomes) == wanted:
            continue
        if activity.version != seen_versions.get(activity.pk, activity.version):
            raise ActivityChanged(activity)
        fields = [{"field": "outcomes", "before": plain(activity.outcomes), "after": wanted}]
        activity.outcomes = wanted
        stamp(activity, by=by, at=at, fields=["outcomes"])
        log(course, PlanVerb.EDITED, title=activity.title, activity=activity, fields=fields, by=by, at=at)
        changed.append(activity)
    return changed
