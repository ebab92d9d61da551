"""Works of one activity, one after the other, for those who mark them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from biosint.exchange.models import (
    Activity,
    Application,
    AtWork,
    Contribution,
    Marking,
    MarkingPlan,
    Progress,
    Score,
    Team,
)
from biosint.exchange.queries.deadlines import team_of
from biosint.exchange.queries.products import versions_by
from biosint.exchange.states import ApplicationState
from biosint.exchange.works import Work

if TYPE_CHECKING:
    from biosint.people.api import Person

# Whoever opened a work so long ago, and has not saved it, has probably gone.
STILL_AT_WORK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose work is marked as one: a learner or a team. ``code`` tells nothing about who it is."""

    code: str
    application_id: int | None = None
    team_id: int | None = None
    team_number: int | None = None
    came_at: datetime | None = None
    is_marked: bool = False


def is_anonymous(activity: Activity) -> bool:
    """Whether markers do not see names: from the setting until the marks are released."""
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    return plan is not None and plan.is_anonymous and plan.released_at is None


def is_of_teams(activity: Activity) -> bool:
    return activity.for_teams and activity.course.teams_published_at is not None


def code_of(activity: Activity, *, application_id: int | None, team_id: int | None) -> str:
    """Return the name of a work in addresses. It is made with the platform's key, so nobody can guess whose it is."""
    told = f"{activity.pk}:{application_id or ''}:{team_id or ''}".encode()
    return blake2b(told, key=settings.SECRET_KEY.encode()[:64], digest_size=6, person=b"marking").hexdigest()


def queue_of(activity: Activity, *, only: str = "", team: int = 0) -> list[Unit]:
    """Return the works to mark, by team and name, or in an order that tells nothing; six queries at most.

    Args:
        only: “waiting” for those that were handed in and are not marked.
        team: number of a team; 0 for all. Not asked where names are hidden.
    """
    anonymous = is_anonymous(activity)
    # A learner without a team works alone, also where all others work in teams.
    units = (
        [*_teams(activity), *_learners(activity, alone=True)]
        if is_of_teams(activity)
        else _learners(activity)
    )
    if team and not anonymous:
        units = [unit for unit in units if unit.team_number == team]
    if only == "waiting":
        units = [unit for unit in units if unit.came_at is not None and not unit.is_marked]
    return sorted(units, key=lambda unit: unit.code) if anonymous else units


def _learners(activity: Activity, *, alone: bool = False) -> list[Unit]:
    learners = activity.course.applications.filter(state=ApplicationState.ADMITTED).order_by(
        "membership__team__number", "learner__name", "pk"
    )
    if alone:
        learners = learners.filter(membership=None)
    came = _came(activity)
    scored = set(Score.objects.filter(activity=activity).values_list("application_id", flat=True))
    return [
        Unit(
            code=code_of(activity, application_id=key, team_id=None),
            application_id=key,
            team_number=number,
            came_at=came.get(key),
            is_marked=key in scored,
        )
        for key, number in learners.values_list("pk", "membership__team__number")
    ]


def _teams(activity: Activity) -> list[Unit]:
    came = _came(activity)
    arrived: dict[int, datetime] = {}
    members = activity.course.teams.filter(members__application__state=ApplicationState.ADMITTED).values_list(
        "pk", "number", "members__application_id"
    )
    numbers: dict[int, int] = {}
    for key, number, learner in members.order_by("number", "pk"):
        numbers[key] = number
        if learner in came:
            arrived[key] = max(arrived.get(key, came[learner]), came[learner])
    marked = set(
        Marking.objects.filter(activity=activity, team__isnull=False).values_list("team_id", flat=True)
    )
    return [
        Unit(
            code=code_of(activity, application_id=None, team_id=key),
            team_id=key,
            team_number=number,
            came_at=arrived.get(key),
            is_marked=key in marked,
        )
        for key, number in numbers.items()
    ]


def _came(activity: Activity) -> dict[int, datetime]:
    done = Progress.objects.filter(activity=activity).order_by()
    return {
        learner: moment
        for learner, handed_in_at, done_at in done.values_list("application_id", "handed_in_at", "done_at")
        if (moment := handed_in_at or done_at) is not None
    }


@dataclass(frozen=True)
class Desk:
    """One work with everything its marker needs."""

    activity: Activity
    unit: Unit
    members: tuple[Application, ...]
    team: Team | None
    marking: Marking | None
    scores: tuple[Score, ...]

    @property
    def application(self) -> Application | None:
        return self.members[0] if self.team is None and self.members else None

    @property
    def version(self) -> int:
        """Grows with each change by anybody: of the marking, or of the points of one of the learners."""
        return (self.marking.version if self.marking else 0) + sum(score.version for score in self.scores)

    @cached_property
    def deviations(self) -> dict[int, tuple[str, str]]:
        """Key of an application -> points more or fewer, and why."""
        if self.marking is None:
            return {}
        return {one.application_id: (str(one.points), one.reason) for one in self.marking.deviations.all()}


def desk_of(activity: Activity, unit: Unit) -> Desk:
    """Return a work as it stands now; four queries."""
    learners = Application.objects.filter(
        course=activity.course_id, state=ApplicationState.ADMITTED
    ).select_related("learner", "institution", "membership__team")
    if unit.team_id is not None:
        members = tuple(learners.filter(membership__team=unit.team_id).order_by("learner__name", "pk"))
        team = Team.objects.get(pk=unit.team_id)
    else:
        members, team = tuple(learners.filter(pk=unit.application_id or 0)), None
    marking = (
        Marking.objects.filter(activity=activity, application=unit.application_id, team=unit.team_id)
        .select_related("marked_by", "rubric")
        .first()
    )
    scores = Score.objects.filter(activity=activity, application__in=members).select_related("given_by")
    return Desk(activity, unit, members, team, marking, tuple(scores))


def others_at_work(
    activity: Activity, codes: Collection[str], *, person: Person, at: datetime
) -> list[AtWork]:
    """Return colleagues who have one of these works open just now."""
    return list(
        AtWork.objects.filter(activity=activity, code__in=codes, seen_at__gt=at - STILL_AT_WORK)
        .exclude(person=person)
        .select_related("person")
    )


def products_in(activity: Activity, application: Application | None, team: Team | None) -> Sequence[Work]:
    """Return the versions of a work to hand in, the newest first."""
    return [
        Work(
            product.handed_in_at,
            product.text,
            links=((product.link, product.link),) if product.link else (),
            files=tuple(
                (one.name, reverse("files:download", args=[one.public_id, one.name]))
                for one in product.files.all()
            ),
        )
        for product in versions_by(activity, application=application, team=team)
    ]


def contributions_of(
    activity: Activity, application: Application | None, _team: Team | None
) -> Sequence[Work]:
    """Return what a learner wrote in a discussion, the newest first."""
    if application is None:
        return ()
    written = Contribution.objects.filter(thread__activity=activity, author=application.learner_id)
    return [Work(one.written_at, one.text) for one in written.order_by("-written_at", "-pk")[:100]]


def marking_for(activity: Activity, application: Application) -> Marking | None:
    """Return what a learner may read of how their own or their team's work was marked; None before the release."""
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    if plan is None or plan.released_at is None:
        return None
    team = team_of(application) if is_of_teams(activity) else None
    whose: dict[str, Any] = {"application": application} if team is None else {"team": team}
    return Marking.objects.filter(activity=activity, **whose).select_related("rubric").first()
