from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from biosint.consortium import api as consortium
from biosint.institutions.api import Institution
from biosint.outreach.models import Activity, Enquiry, News, Practice, PracticeUse
from biosint.outreach.rules import LOGGERS, practices_viewable_by, viewable_by
from biosint.outreach.states import EnquiryState, PracticeState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.files.api import StoredFile
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Reach:
    """What a list of activities comes to. Withdrawn entries do not count."""

    activities: int
    people: int
    uncounted: int  # activities at which nobody counted
    without_emblem: int


def activities_for(
    person: Person | None,
    *,
    institution: Institution | None = None,
    kind: str = "",
    group: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Activity]:
    """Return the log, the latest first, narrowed to what was asked for. ``until`` is included."""
    found = Activity.objects.filter(viewable_by(person)).select_related("institution")
    if institution is not None:
        found = found.filter(institution=institution)
    if kind:
        found = found.filter(kind=kind)
    if group:
        # A quoted word in the stored list; works alike on every database.
        found = found.filter(target_groups__icontains=f'"{group}"')
    if since is not None:
        found = found.filter(held_date__gte=since)
    if until is not None:
        found = found.filter(held_date__lte=until)
    return found


def reach_of(activities: QuerySet[Activity]) -> Reach:
    """Sum a list up, in one query."""
    sums = (
        activities.filter(withdrawn_at=None)
        .order_by()
        .aggregate(
            activities=Count("pk"),
            people=Sum("reached"),
            uncounted=Count("pk", filter=Q(reached=None)),
            without_emblem=Count("pk", filter=Q(shows_funding=False)),
        )
    )
    return Reach(sums["activities"], sums["people"] or 0, sums["uncounted"], sums["without_emblem"])


def institutions_logged_by(person: Person, project: Consortium | None) -> QuerySet[Institution]:
    """Return the member institutions for which a person may enter activities."""
    if project is None:
        return Institution.objects.none()
    return consortium.members_of(project).filter(pk__in=person.institutions_as(*LOGGERS))


def logging_institutions() -> QuerySet[Institution]:
    """Return the institutions that have a line in the log, by name: the choices of its filter."""
    return Institution.objects.filter(
        pk__in=Activity.objects.filter(withdrawn_at=None).values("institution_id")
    ).order_by("name", "pk")


def news_shown() -> QuerySet[News]:
    """Return the news everybody sees, the newest first."""
    return News.objects.filter(taken_down_at=None)


def enquiries() -> QuerySet[Enquiry]:
    """Return all enquiries, those that wait first. Whoever shows them asks ``may_read_enquiries``."""
    return Enquiry.objects.select_related("answered_by").order_by("-state", "-received_at", "-pk")


def new_enquiries() -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(state=EnquiryState.NEW).order_by("received_at", "pk")


def proves_activity_of(person: Person, stored: StoredFile) -> bool:
    """Whether a proof file belongs to an entry the person may see."""
    return Activity.objects.filter(viewable_by(person), proof_file=stored).exists()


def practices_for(person: Person | None) -> QuerySet[Practice]:
    """Return the practices a person may see: those that wait first, then the latest published."""
    return (
        Practice.objects.filter(practices_viewable_by(person))
        .select_related("institution", "written_by", "reviewed_by")
        .annotate(use_count=Count("uses"), waits=Q(state=PracticeState.SUBMITTED))
        .order_by("-waits", "-reviewed_at", "-written_at", "-pk")
    )


def with_uses(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    return practices.prefetch_related(
        Prefetch("uses", PracticeUse.objects.select_related("institution").order_by("told_at", "pk"))
    )


def practices_to_review() -> QuerySet[Practice]:
    """Return the practices that nobody has read yet. Whoever shows them asks ``may_review_practice``."""
    return (
        Practice.objects.filter(state=PracticeState.SUBMITTED)
        .select_related("institution")
        .order_by("written_at", "pk")
    )
