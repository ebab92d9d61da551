"""Where places are free, and who waits for them in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from biosint.exchange.models import Application
from biosint.exchange.states import PLACE_TAKEN, ApplicationState

if TYPE_CHECKING:
    from biosint.exchange.models import Course

# A guest who has not opened the link in the letter: nobody knows yet whether the address is theirs.
UNPROVEN = Q(learner__is_guest=True, learner__last_login=None)


@dataclass(frozen=True, slots=True)
class Quota:
    """The places that one group of applicants shares: an institution's students, or people from elsewhere.

    ``institution_id`` is None for those from elsewhere; ``theirs`` finds the group's applications.
    """

    institution_id: int | None
    places: int
    theirs: Q


def quotas_of(course: Course) -> list[Quota]:
    """Return the quotas of a course; each application belongs to exactly one."""
    parts = list(course.participations.order_by("institution").values_list("institution_id", "places"))
    within = [Quota(key, places, Q(institution=key)) for key, places in parts]
    others = Q(institution=None) | ~Q(institution__in=[key for key, _places in parts])
    return [*within, Quota(None, course.outsider_places, others)]


def quota_of(application: Application) -> Quota:
    """Return the quota from which an application gets its place."""
    *within, others = quotas_of(application.course)
    return next((one for one in within if one.institution_id == application.institution_id), others)


def taken_in(course: Course, quota: Quota, *, besides: Application | None = None) -> int:
    """Return how many places of a quota are given or kept for somebody; ``besides``: one who is not counted."""
    found = course.applications.filter(quota.theirs, state__in=PLACE_TAKEN)
    return found.exclude(pk=besides.pk).count() if besides else found.count()


def queue(course: Course, quota: Quota) -> QuerySet[Application]:
    """Return who waits for a place of the quota, whoever waits longest first."""
    return course.applications.filter(quota.theirs, state=ApplicationState.WAITING).order_by(
        "waiting_since", "pk"
    )


def number_in_queue(application: Application) -> int | None:
    """Return the learner's number on the waiting list, 1 for the next one; None for who does not wait."""
    if application.state != ApplicationState.WAITING:
        return None
    since = application.waiting_since
    before = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=application.pk)
    return queue(application.course, quota_of(application)).filter(before).count() + 1


def free_for_waiting(course: Course) -> int:
    """Return how many places are free that somebody on the waiting list could have. Two queries."""
    taken: Counter[int | None] = Counter()
    waiting: Counter[int | None] = Counter()
    places: dict[int | None, int] = dict(course.participations.values_list("institution_id", "places"))
    rows = (
        course.applications.filter(state__in=[*PLACE_TAKEN, ApplicationState.WAITING])
        .exclude(UNPROVEN, state=ApplicationState.WAITING)
        .order_by()
        .values_list("institution_id", "state")
        .annotate(count=Count("pk"))
    )
    for institution, state, count in rows:
        quota = institution if institution in places else None
        (waiting if state == ApplicationState.WAITING else taken)[quota] += count
    places[None] = course.outsider_places
    return sum(min(count, max(places[quota] - taken[quota], 0)) for quota, count in waiting.items())
