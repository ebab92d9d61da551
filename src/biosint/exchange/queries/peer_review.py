"""Peer reviews: which works, who reviews what, and what the reviews amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.exchange.models import (
    Activity,
    Application,
    Product,
    Review,
    ReviewedWork,
    Reviewer,
    Rubric,
)
from biosint.exchange.rubrics import rubric_from
from biosint.exchange.rules.peer_review import asked_of

if TYPE_CHECKING:
    from biosint.exchange import rubrics
    from biosint.files.api import StoredFile
    from biosint.people.api import Person

# So many points of 100 apart, a teacher should look: one level of four in every criterion is 25.
APART = 20.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reviews of one work amount to so far, in points of 100.

    Attributes:
        points: weighted mean without the reviewers' leniency; None without a review.
        spread: weighted standard deviation; None with fewer than two reviews.
        gaps: key of each review -> its points, without leniency, above the mean of the work's other reviews.
    """

    points: Decimal | None
    spread: float | None
    count: int
    gaps: dict[int, float]

    @property
    def is_apart(self) -> bool:
        return any(abs(gap) >= APART for gap in self.gaps.values())


def works_of(activity: Activity) -> list[Product]:
    """Return the newest version of each work that a peer review is about, also of teams nobody is left in."""
    of = asked_of(activity).of
    newest: dict[tuple[int | None, int | None], Product] = {}
    for product in (
        Product.objects.filter(activity=of, activity__course=activity.course_id)
        if of
        else Product.objects.filter(activity=None, team__course=activity.course_id)
    ).order_by("-number", "-pk"):
        newest.setdefault((product.team_id, product.application_id), product)
    return sorted(newest.values(), key=lambda product: product.pk)


def rubric_of(activity: Activity) -> tuple[Rubric, rubrics.Rubric] | None:
    """Return the rubric as kept and as read; None where it was removed or never chosen."""
    kept = Rubric.objects.filter(pk=asked_of(activity).rubric, course=activity.course_id).first()
    return (kept, rubric_from(kept.content)) if kept else None


def reviewer_for(activity: Activity, application: Application) -> Reviewer | None:
    """Return the reviewer as whom a learner reviews, if works were shared out to them."""
    return Reviewer.objects.filter(_as_whom(activity, application), activity=activity).first()


def _as_whom(activity: Activity, application: Application) -> Q:
    if asked_of(activity).by_teams:
        membership = getattr(application, "membership", None)
        return Q(team=membership.team_id) if membership else Q(pk__in=[])
    return Q(application=application)


def reviews_by(reviewer: Reviewer | None) -> QuerySet[Review]:
    """Return what a reviewer has to review and has reviewed, samples first."""
    found = Review.objects.filter(reviewer=reviewer) if reviewer else Review.objects.none()
    return found.select_related("work__product", "work__team", "work__application__learner").order_by(
        "-work__is_sample", "pk"
    )


def own_works(activity: Activity, application: Application) -> QuerySet[ReviewedWork]:
    """Return a learner's own works, or those of their team."""
    membership = getattr(application, "membership", None)
    own = Q(application=application)
    if membership is not None:
        own |= Q(team=membership.team_id)
    return ReviewedWork.objects.filter(own, activity=activity)


def received(activity: Activity, application: Application) -> list[tuple[ReviewedWork, list[Review]]]:
    """Return a learner's works whose results are released, each with its reviews."""
    works = own_works(activity, application).filter(released_at__isnull=False).select_related("overruled_by")
    by_work: dict[int, list[Review]] = {work.pk: [] for work in works}
    for review in Review.objects.filter(work__in=by_work, sent_at__isnull=False).select_related(
        "reviewer__application__learner", "reviewer__team"
    ):
        by_work[review.work_id].append(review)
    return [(work, by_work[work.pk]) for work in works]


def people_of(work: ReviewedWork) -> list[Application]:
    """Return the learners whose work it is."""
    if work.application_id is not None:
        return list(Application.objects.filter(pk=work.application_id))
    return list(Application.objects.filter(membership__team=work.team_id).order_by("pk"))


def standings_of(activity: Activity) -> dict[int, Standing]:
    """Return what the reviews of each work amount to, by key of the work.

    Each reviewer counts by their precision in the samples; leniency is taken out (``iahcalc.reviews``).
    """
    import numpy as np

    from iahcalc import reviews

    sent = list(
        Review.objects.filter(work__activity=activity, sent_at__isnull=False)
        .order_by("pk")
        .values_list("pk", "work_id", "reviewer_id", "points", "work__is_sample", "work__points")
    )
    given = [row for row in sent if not row[4]]
    voices = {key: place for place, key in enumerate(sorted({row[2] for row in sent}))}
    works = {key: place for place, key in enumerate(sorted({row[1] for row in given}))}
    samples = {key: place for place, key in enumerate(sorted({row[1] for row in sent if row[4]}))}
    deviations = np.full((len(voices), len(samples)), np.nan)
    for _pk, work, reviewer, points, is_sample, reference in sent:
        if is_sample and points is not None and reference is not None:
            deviations[voices[reviewer], samples[work]] = float(points - reference)
    found = reviews.combine(
        reviews.Ratings(
            np.array([voices[row[2]] for row in given], dtype=np.intp),
            np.array([works[row[1]] for row in given], dtype=np.intp),
            np.array([float(row[3] or 0) for row in given]),
        ),
        reviewers=len(voices),
        works=len(works),
        weights=reviews.reviewer_weights(deviations),
        deviations=deviations,
    )
    gaps: dict[int, dict[int, float]] = {key: {} for key in works}
    for (pk, work, *_rest), gap in zip(given, found.gaps.tolist(), strict=True):
        if gap == gap:  # noqa: PLR0124 -- nan is the only number that differs from itself
            gaps[work][pk] = gap
    return {
        key: Standing(
            points=Decimal(str(round(min(100.0, max(0.0, float(found.results[place]))), 2))),
            spread=float(found.spreads[place]) if found.counts[place] > 1 else None,
            count=int(found.counts[place]),
            gaps=gaps[key],
        )
        for key, place in works.items()
    }


NOTHING = Standing(points=None, spread=None, count=0, gaps={})


def with_standings(
    works: Sequence[ReviewedWork], standings: dict[int, Standing]
) -> list[tuple[ReviewedWork, Standing]]:
    return [(work, standings.get(work.pk, NOTHING)) for work in works]


def reads_reviewed_file(person: Person | None, stored: StoredFile) -> bool:
    """Whether a person reviews the work to which a file belongs."""
    if person is None:
        return False
    return (
        Review.objects.filter(work__product__files=stored)
        .filter(
            Q(reviewer__application__learner=person) | Q(reviewer__team__members__application__learner=person)
        )
        .exists()
    )
