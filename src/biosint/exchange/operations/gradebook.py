"""How marks of a course are put together: groups, lateness, more time, excuses, showing them to learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.models import (
    Activity,
    ActivityGroup,
    Application,
    Course,
    Excuse,
    Extension,
    LateRule,
    MarkingPlan,
    Product,
    Progress,
    TeamMember,
)
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations.products import judge_works_anew
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.rules.gradebook import may_give_time, may_release, may_set_up_book
from biosint.exchange.states import ApplicationState
from biosint.jobs import api as jobs
from biosint.notices import api as notices
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

TOLD_AT_ONCE = 100


class ReasonMissing(Fault):
    """More time and excuses are given for a reason that others can read later."""


@dataclass(frozen=True)
class GroupAsked:
    """A group as teachers want it; ``activities``: keys of its activities."""

    title: str
    drop_lowest: int
    best_of: int | None
    activities: Sequence[int]


@transaction.atomic
def set_late_rule(
    *, course_id: int, grace_minutes: int, points_per_day: Decimal, at_most: Decimal, by: Person, at: datetime
) -> LateRule:
    """Settle what late work costs in a course; it holds for all its work at once, also earlier work."""
    course = locked(course_id)
    require(may_set_up_book(by, course))
    rule, _fresh = LateRule.objects.update_or_create(
        course=course,
        defaults={"grace_minutes": grace_minutes, "points_per_day": points_per_day, "at_most": at_most},
    )
    audit.record(
        "exchange.late_rule.set",
        course,
        by=by,
        at=at,
        grace_minutes=grace_minutes,
        points_per_day=str(points_per_day),
        at_most=str(at_most),
    )
    return rule


@transaction.atomic
def set_groups(*, course_id: int, groups: Sequence[GroupAsked], by: Person, at: datetime) -> None:
    """Settle of which activities not all count. Groups that are not named are taken apart."""
    course = locked(course_id)
    require(may_set_up_book(by, course))
    ActivityGroup.objects.filter(course=course).exclude(title__in=[asked.title for asked in groups]).delete()
    MarkingPlan.objects.filter(activity__course=course).update(group=None)
    for asked in groups:
        group, _fresh = ActivityGroup.objects.update_or_create(
            course=course,
            title=asked.title,
            defaults={"drop_lowest": asked.drop_lowest, "best_of": asked.best_of},
        )
        for activity in course.activities.filter(pk__in=asked.activities):
            MarkingPlan.objects.update_or_create(activity=activity, defaults={"group": group})
    audit.record(
        "exchange.groups.set",
        course,
        by=by,
        at=at,
        groups=[f"{asked.title}: -{asked.drop_lowest}/{asked.best_of or '*'}" for asked in groups],
    )


@transaction.atomic
def extend(
    *,
    activity_id: int,
    until_at: datetime,
    reason: str,
    application_id: int | None = None,
    team_id: int | None = None,
    by: Person,
    at: datetime,
) -> Extension:
    """Give one learner or one team more time, beforehand or afterwards; work that came meanwhile is judged anew.

    Raises:
        ReasonMissing: no reason was given.
    """
    activity = Activity.objects.get(pk=activity_id)
    course = locked(activity.course_id)
    require(may_give_time(by, course))
    _need(reason)
    who: dict[str, Any] = (
        {"team": course.teams.get(pk=team_id)}
        if team_id is not None
        else {"application": course.applications.get(pk=application_id or 0, state=ApplicationState.ADMITTED)}
    )
    before = Extension.objects.filter(activity=activity, **who).values_list("until_at", flat=True).first()
    extension, _fresh = Extension.objects.update_or_create(
        activity=activity,
        **who,
        defaults={"until_at": until_at, "reason": reason, "given_by": by, "given_at": at},
    )
    _judge_anew(course, activity, extension)
    audit.record(
        "exchange.extension.given",
        activity,
        by=by,
        at=at,
        until=until_at.isoformat(),
        before=before.isoformat() if before else None,
        reason=reason,
        **{name: found.pk for name, found in who.items()},
    )
    return extension


def _judge_anew(course: Course, activity: Activity, extension: Extension) -> None:
    activity.course = course
    theirs = Progress.objects.filter(activity=activity).select_related("application__membership")
    theirs = (
        theirs.filter(application=extension.application_id)
        if extension.team_id is None
        else theirs.filter(application__membership__team=extension.team_id)
    )
    for progress in theirs:
        came, due = progress.handed_in_at or progress.done_at, due_for(activity, progress.application).due_at
        progress.is_late = came is not None and due is not None and came > due
        progress.save(update_fields=["is_late"])
    teams = TeamMember.objects.filter(application=extension.application_id).values("team")
    of_team = Q(team=extension.team_id) if extension.team_id is not None else Q(team__in=teams)
    judge_works_anew(
        activity,
        Product.objects.filter(
            of_team | Q(application__isnull=False, application=extension.application_id), activity=activity
        ),
    )


def _need(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Write the reason, so that a colleague understands it later."))


@transaction.atomic
def excuse(*, activity_id: int, application_id: int, reason: str, by: Person, at: datetime) -> Excuse:
    """Let an activity not count for one learner.

    Raises:
        ReasonMissing: no reason was given.
    """
    activity = Activity.objects.get(pk=activity_id)
    course = locked(activity.course_id)
    require(may_give_time(by, course))
    _need(reason)
    application = course.applications.get(pk=application_id, state=ApplicationState.ADMITTED)
    given, _fresh = Excuse.objects.update_or_create(
        activity=activity,
        application=application,
        defaults={"reason": reason, "given_by": by, "given_at": at},
    )
    audit.record("exchange.excuse.given", activity, by=by, at=at, application=application.pk, reason=reason)
    return given


@transaction.atomic
def take_back_excuse(*, activity_id: int, application_id: int, by: Person, at: datetime) -> None:
    """Let an activity count again for one learner. Twice is once."""
    activity = Activity.objects.get(pk=activity_id)
    require(may_give_time(by, locked(activity.course_id)))
    gone, _each = Excuse.objects.filter(activity=activity, application=application_id).delete()
    if gone:
        audit.record("exchange.excuse.taken_back", activity, by=by, at=at, application=application_id)


@transaction.atomic
def release(*, activity_id: int, by: Person, at: datetime) -> MarkingPlan:
    """Show learners the marks of an activity, now and from now on; who has one is told once. Twice is once."""
    activity = Activity.objects.get(pk=activity_id)
    require(may_release(by, locked(activity.course_id)))
    plan, _fresh = MarkingPlan.objects.get_or_create(activity=activity)
    if plan.released_at is None:
        plan.released_by, plan.released_at = by, at
        plan.save(update_fields=["released_by", "released_at"])
        audit.record("exchange.marks.released", activity, by=by, at=at)
        jobs.enqueue("exchange.tell_released", by=None, at=at, key=str(activity.pk), activity_id=activity.pk)
    return plan


@transaction.atomic
def tell_released(*, activity_id: int, url: str, at: datetime) -> int:
    """Tell the next learners that their marks are there; return how many were told, 0 when all have been.

    The notices and how far it has come stand or fall together, so a killed worker tells nobody twice.
    """
    plan = MarkingPlan.objects.select_for_update(of=["self"]).get(activity=activity_id)
    activity = Activity.everything.select_related("course").get(pk=activity_id)
    waiting = (
        Application.objects.filter(
            scores__activity=activity, state=ApplicationState.ADMITTED, pk__gt=plan.told_up_to
        )
        .select_related("learner")
        .order_by("pk")[:TOLD_AT_ONCE]
    )
    told = 0
    for application in waiting:
        notices.tell(
            application.learner,
            kind="exchange.marks",
            title=format_lazy(gettext_lazy("Your marks for “{activity}”"), activity=activity.title),
            text=gettext_lazy("Marks and feedback are there to read."),
            url=url,
            at=at,
        )
        plan.told_up_to = application.pk
        told += 1
    plan.save(update_fields=["told_up_to"])
    return told
