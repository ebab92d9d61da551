"""The grade book: how each learner stands with each marked activity, and what it amounts to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from biosint.exchange.models import (
    Activity,
    ActivityGroup,
    Application,
    Course,
    Excuse,
    MarkingPlan,
    Progress,
    Score,
)
from biosint.exchange.queries.deadlines import Deadlines, deadlines_of, team_of
from biosint.exchange.states import ApplicationState, CourseState, ScoreSource
from iahcalc.marks import Group, Part, Standing, Total, total_of

LOWEST = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner in one activity. ``points`` count (after lateness); ``given`` is what the marker gave."""

    activity_id: int
    standing: Standing
    points: Decimal | None = None
    given: Decimal | None = None
    lost: Decimal = LOWEST
    days_late: int = 0
    comment: str = ""
    due_at: datetime | None = None
    is_extended: bool = False
    is_overdue: bool = False
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One learner with all marked activities, in their order, and what they amount to."""

    application: Application
    cells: tuple[Cell, ...]
    total: Total

    @property
    def proposed(self) -> int | None:
        """Final points, halves upwards; None while something is undecided."""
        return final_points(self.total)


def final_points(total: Total) -> int | None:
    if not total.is_settled or total.low is None:
        return None
    return int(total.low.quantize(Decimal(1), ROUND_HALF_UP))


def marked_activities(course: Course) -> list[Activity]:
    """Return the activities that count for the final mark, in order, with how they are marked."""
    return list(
        course.activities.filter(weight__gt=0).select_related("marking_plan").defer("text", "settings")
    )


def removed_with_scores(course: Course) -> QuerySet[Activity]:
    """Return removed activities in which somebody has points; these are kept and do not count."""
    return (
        Activity.everything.filter(course=course, removed_at__isnull=False, weight__gt=0)
        .annotate(score_count=Count("scores"))
        .filter(score_count__gt=0)
        .defer("text", "settings")
        .order_by("position", "pk")
    )


def learners_in_book(
    course: Course, *, team: int = 0, institution: int = 0, only: str = ""
) -> QuerySet[Application]:
    """Return the admitted learners of a course by name.

    Args:
        team: number of a team; 0 for all.
        institution: key of an institution; 0 for all.
        only: “unmarked” for learners with work that nobody has marked, “late” for those with late work.
    """
    found = course.applications.filter(state=ApplicationState.ADMITTED)
    if team:
        found = found.filter(membership__team__number=team)
    if institution:
        found = found.filter(institution=institution)
    done = Progress.objects.filter(
        application=OuterRef("pk"), activity__weight__gt=0, activity__removed_at=None
    )
    if only == "unmarked":
        scored = Score.objects.filter(application=OuterRef("application"), activity=OuterRef("activity"))
        found = found.filter(Exists(done.filter(~Exists(scored), Q(handed_in_at__isnull=False))))
    if only == "late":
        found = found.filter(Exists(done.filter(is_late=True)))
    return found.select_related("learner", "institution", "membership__team", "mark__marked_by").order_by(
        "learner__name", "pk"
    )


def groups_of(course: Course) -> dict[int, Group]:
    return {
        group.pk: Group(drop_lowest=group.drop_lowest, best_of=group.best_of)
        for group in ActivityGroup.objects.filter(course=course)
    }


def book_of(
    course: Course,
    activities: Sequence[Activity],
    applications: Sequence[Application],
    *,
    at: datetime,
    to_learner: bool = False,
) -> list[Row]:
    """Return the rows of some learners; six queries at any number of learners and activities.

    Args:
        activities: of ``marked_activities``.
        applications: with their team, if they have one.
        to_learner: a teacher's points count as waiting until they are released.
    """
    keys = [one.pk for one in applications]
    deadlines = deadlines_of(course, applications)
    groups = groups_of(course)
    scores = _scores(keys)
    progress = _progress(keys)
    excused = set(Excuse.objects.filter(application__in=keys).values_list("application_id", "activity_id"))
    rows = []
    for application in applications:
        reader = _Reader(course, deadlines, at, to_learner=to_learner, application=application)
        cells = [
            reader.cell(
                activity,
                score=scores[application.pk].get(activity.pk),
                came=progress[application.pk].get(activity.pk),
                is_excused=(application.pk, activity.pk) in excused,
            )
            for activity in activities
        ]
        rows.append(_row(application, activities, cells, groups))
    return rows


# Points, comment and source of a score; only what the book shows is read of many thousand.
_Scored = tuple[Decimal, str, str]


def _scores(keys: Sequence[int]) -> Mapping[int, Mapping[int, _Scored]]:
    found: dict[int, dict[int, _Scored]] = defaultdict(dict)
    told = Score.objects.filter(application__in=keys).order_by()
    for learner, activity, points, comment, source in told.values_list(
        "application_id", "activity_id", "points", "comment", "source"
    ):
        found[learner][activity] = (points, comment, source)
    return found


def _progress(keys: Sequence[int]) -> Mapping[int, Mapping[int, datetime]]:
    """When the work of each learner came, by activity."""
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    came = Progress.objects.filter(application__in=keys, activity__weight__gt=0).order_by()
    for learner, activity, handed_in_at, done_at in came.values_list(
        "application_id", "activity_id", "handed_in_at", "done_at"
    ):
        moment = handed_in_at or done_at
        if moment is not None:
            found[learner][activity] = moment
    return found


class _Reader:
    """Tells how one learner stands with an activity."""

    def __init__(
        self,
        course: Course,
        deadlines: Deadlines,
        at: datetime,
        *,
        to_learner: bool,
        application: Application,
    ) -> None:
        self.is_finished = course.state == CourseState.FINISHED
        self.deadlines = deadlines
        self.at = at
        self.to_learner = to_learner
        self.application_id = application.pk
        self.team_id = team_of(application)

    def cell(
        self, activity: Activity, *, score: _Scored | None, came: datetime | None, is_excused: bool
    ) -> Cell:
        deadline = self.deadlines.of(activity, application_id=self.application_id, team_id=self.team_id)
        cell = Cell(activity.pk, Standing.OPEN, due_at=deadline.due_at, is_extended=deadline.is_extended)
        if is_excused:
            return replace(cell, standing=Standing.EXCUSED)
        days = self.deadlines.days_late(came, deadline)
        if score is not None and not (self.to_learner and is_held_back(activity, score[2])):
            points, comment, _source = score
            lost = min(self.deadlines.rule.points_lost(days), points)
            return replace(
                cell,
                standing=Standing.MARKED,
                points=points - lost,
                given=points,
                lost=lost,
                days_late=days,
                comment=comment,
            )
        if came is not None or score is not None:
            return replace(cell, standing=Standing.WAITING, days_late=days)
        if self.is_finished or self.deadlines.is_over(deadline, at=self.at):
            return replace(cell, standing=Standing.MISSING)
        return replace(cell, is_overdue=deadline.due_at is not None and self.at > deadline.due_at)


def is_held_back(activity: Activity, source: str) -> bool:
    """Whether a learner does not see points yet: a teacher's are shown when they are released."""
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    return source == ScoreSource.TEACHER and (plan is None or plan.released_at is None)


def _row(
    application: Application, activities: Sequence[Activity], cells: list[Cell], groups: Mapping[int, Group]
) -> Row:
    total = total_of(
        [
            Part(activity.pk, activity.weight, cell.standing, cell.points, _group(activity))
            for activity, cell in zip(activities, cells, strict=True)
        ],
        groups,
    )
    if total.dropped:
        cells = [_dropped(cell) if cell.activity_id in total.dropped else cell for cell in cells]
    return Row(application, tuple(cells), total)


def _dropped(cell: Cell) -> Cell:
    return replace(cell, is_dropped=True)


def _group(activity: Activity) -> int | None:
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    return plan.group_id if plan is not None else None


def waiting_counts(course: Course) -> dict[int, int]:
    """Return how many works wait for a marker, by activity."""
    scored = Score.objects.filter(application=OuterRef("application"), activity=OuterRef("activity"))
    return dict(
        Progress.objects.filter(
            ~Exists(scored),
            activity__course=course,
            activity__weight__gt=0,
            activity__removed_at=None,
            application__state=ApplicationState.ADMITTED,
            handed_in_at__isnull=False,
        )
        .order_by()
        .values_list("activity_id")
        .annotate(count=Count("pk"))
    )
