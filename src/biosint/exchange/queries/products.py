"""Works that were handed in: whose turn it is, versions, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from biosint.exchange.models import Activity, Application, Product, Team
from biosint.exchange.queries.activities import admission_of, mates_of
from biosint.exchange.queries.deadlines import Deadline, deadlines_of, team_of
from biosint.exchange.receipts import fingerprint_of
from biosint.exchange.rules.products import works_viewable_by
from biosint.exchange.states import ApplicationState

if TYPE_CHECKING:
    from biosint.files.api import StoredFile
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Workers:
    """Whose work it is that one person would hand in.

    Attributes:
        application: the person's own; None for who does not learn in the course.
        team: None where each learner works alone, or there is no team yet.
        members: all whose work it is.
        deadlines: of each of them, by key of the application.
    """

    application: Application | None
    team: Team | None
    members: Sequence[Application]
    deadlines: dict[int, Deadline]

    @property
    def due_at(self) -> datetime | None:
        """The latest due time among them: a team waits for whoever has more time."""
        return _latest([one.due_at for one in self.deadlines.values()])

    @property
    def closes_at(self) -> datetime | None:
        return _latest([one.closes_at for one in self.deadlines.values()])

    @property
    def is_extended(self) -> bool:
        return any(one.is_extended for one in self.deadlines.values())


def _latest(moments: Sequence[datetime | None]) -> datetime | None:
    known = [one for one in moments if one is not None]
    return max(known) if known and len(known) == len(moments) else None


def workers_for(person: Person, activity: Activity) -> Workers:
    """Return whose work a person hands in; the whole team where the activity is for teams."""
    application = admission_of(person, activity.course)
    if application is None:
        return Workers(None, None, [], {})
    application.course = activity.course
    team = None
    members: list[Application] = [application]
    if activity.for_teams and activity.course.teams_published_at is not None:
        membership = getattr(application, "membership", None)
        team = membership.team if membership is not None else None
        if team is not None:
            members = list(mates_of(application).select_related("membership"))
    return Workers(application, team, members, _deadlines(activity, members))


def workers_of(work: Product, activity: Activity) -> Workers:
    """Return whose work it is, as the team stands now."""
    found = Application.objects.filter(state=ApplicationState.ADMITTED).select_related("membership")
    members = list(
        found.filter(pk=work.application_id or 0)
        if work.team_id is None
        else found.filter(membership__team=work.team_id)
    )
    return Workers(work.application, work.team, members, _deadlines(activity, members))


def _deadlines(activity: Activity, members: Sequence[Application]) -> dict[int, Deadline]:
    deadlines = deadlines_of(activity.course, members)
    return {one.pk: deadlines.of(activity, application_id=one.pk, team_id=team_of(one)) for one in members}


def versions_by(
    activity: Activity, *, application: Application | None, team: Team | None
) -> QuerySet[Product]:
    """Return the versions of one work, the newest first."""
    whose = Q(team=team) if team is not None else Q(application=application, application__isnull=False)
    return (
        Product.objects.filter(whose, activity=activity)
        .select_related("handed_in_by")
        .prefetch_related("files", "contributors__learner")
    )


def versions_of_learner(activity: Activity, application: Application) -> QuerySet[Product]:
    """Return every version that is a learner's own or their team's, the newest first, for whoever marks it."""
    return (
        Product.objects.filter(
            Q(application=application) | Q(team__isnull=False, team=team_of(application)), activity=activity
        )
        .select_related("handed_in_by")
        .prefetch_related("files", "contributors__learner")
        .order_by("-handed_in_at", "-pk")
    )


def work_for(person: Person) -> QuerySet[Product]:
    """Return the works that a person may read, also from activities that were removed."""
    return (
        Product.objects.filter(works_viewable_by(person), activity__isnull=False)
        .select_related("handed_in_by", "team", "application__learner")
        .prefetch_related("files", "contributors__learner")
    )


def reads_work_file(person: Person | None, stored: StoredFile) -> bool:
    """Whether a person may download a file of a work: whoever may read the work may."""
    return person is not None and Product.objects.filter(works_viewable_by(person), files=stored).exists()


def is_intact(work: Product) -> bool:
    """Whether a work is still what its receipt says."""
    return work.fingerprint == fingerprint_of(
        public_id=work.public_id,
        number=work.number,
        at=work.handed_in_at,
        text=work.text,
        link=work.link,
        files=[(one.name, one.sha256) for one in work.files.all()],
    )


def teams_with_work(activity: Activity, *, missing: bool = False) -> QuerySet[Team]:
    """Return the teams of the course with the key of their newest work (``newest_work``), by number."""
    theirs = Product.objects.filter(activity=activity, team=OuterRef("pk"))
    found = Team.objects.filter(course=activity.course_id).annotate(
        newest_work=Subquery(theirs.order_by("-number").values("pk")[:1])
    )
    if missing:
        found = found.filter(~Exists(theirs))
    return found.prefetch_related("members__application__learner").order_by("number", "pk")


def learners_with_work(activity: Activity, *, missing: bool = False) -> QuerySet[Application]:
    """Return the learners of the course with the key of their newest work (``newest_work``), by name."""
    theirs = Product.objects.filter(activity=activity, application=OuterRef("pk"))
    found = Application.objects.filter(course=activity.course_id, state=ApplicationState.ADMITTED).annotate(
        newest_work=Subquery(theirs.order_by("-number").values("pk")[:1])
    )
    if missing:
        found = found.filter(~Exists(theirs))
    return found.select_related("learner", "institution").order_by("learner__name", "pk")


def works_in(keys: Sequence[int]) -> dict[int, Product]:
    """Return works with their files, by key; two queries."""
    return (
        Product.objects.select_related("handed_in_by")
        .prefetch_related("files")
        .in_bulk([key for key in keys if key])
    )
