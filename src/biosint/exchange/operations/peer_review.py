"""Peer review: works are shared out, reviewed, and their results decided and released by teachers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Activity, Application, Review, ReviewedWork, Reviewer, Team
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.rubrics import note_used
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.queries.peer_review import own_works, rubric_of, works_of
from biosint.exchange.rubrics import points_of
from biosint.exchange.rules.peer_review import asked_of, may_begin, may_decide, may_review
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange import rubrics
    from biosint.people.api import Person


class NoRubric(Fault):
    """The peer review has no rubric, so nothing can be rated."""


class ReviewedMeanwhile(Fault):
    """Somebody of the team changed the review, or another teacher decided, after the page was opened."""


@transaction.atomic
def share_out(*, activity_id: int, by: Person, at: datetime) -> int:
    """Share all works out among all reviewers; return how many reviews are given out.

    Reviews that are begun stay. Others move where a work came late. Nobody gets their own work.
    """
    from iahcalc.reviews import allocate

    activity = locked_activity(activity_id)
    require(may_decide(by, activity))
    _take_in_works(activity)
    _take_in_reviewers(activity)
    works = list(ReviewedWork.objects.filter(activity=activity, is_sample=False).order_by("pk"))
    voices = list(Reviewer.objects.filter(activity=activity).order_by("pk"))
    place_of = {work.pk: place for place, work in enumerate(works)}
    begun: dict[int, set[int]] = {voice.pk: set() for voice in voices}
    planned: dict[int, set[int]] = {voice.pk: set() for voice in voices}
    for key, work, begun_at in Review.objects.filter(work__in=place_of).values_list(
        "reviewer_id", "work_id", "begun_at"
    ):
        (begun if begun_at else planned)[key].add(place_of[work])
    own = _own_works(activity, voices, works)
    shared = allocate(
        own,
        works=len(works),
        each=asked_of(activity).each,
        seed=activity.pk,
        begun=list(begun.values()),
        planned=list(planned.values()),
    )
    new = []
    for voice, mine in zip(voices, shared, strict=True):
        gone = [works[place].pk for place in planned[voice.pk] - set(mine)]
        if gone:
            Review.objects.filter(reviewer=voice, work__in=gone, begun_at=None).delete()
        known = begun[voice.pk] | planned[voice.pk]
        new += [Review(reviewer=voice, work=works[place]) for place in mine if place not in known]
    new += _samples_for(activity, voices)
    Review.objects.bulk_create(new)
    count = sum(len(mine) for mine in shared)
    audit.record("exchange.reviews.shared_out", activity, by=by, at=at, reviews=count, works=len(works))
    return count


def _samples_for(activity: Activity, voices: list[Reviewer]) -> list[Review]:
    """Return the reviews of samples that reviewers still lack."""
    known = set(
        Review.objects.filter(work__activity=activity, work__is_sample=True).values_list(
            "reviewer_id", "work_id"
        )
    )
    samples = list(ReviewedWork.objects.filter(activity=activity, is_sample=True))
    return [
        Review(reviewer=voice, work=sample)
        for voice in voices
        for sample in samples
        if (voice.pk, sample.pk) not in known
    ]


def _take_in_works(activity: Activity) -> None:
    """Note each work that is there; a newer version takes the place of one that nobody has begun to review."""
    known = {
        (work.team_id, work.application_id): work
        for work in ReviewedWork.objects.filter(activity=activity, is_sample=False)
    }
    busy = set(
        Review.objects.filter(work__activity=activity, begun_at__isnull=False).values_list(
            "work_id", flat=True
        )
    )
    new = []
    for product in works_of(activity):
        team, application = product.team_id, product.application_id
        work = known.get((team, application))
        if work is None:
            new.append(
                ReviewedWork(activity=activity, team_id=team, application_id=application, product=product)
            )
        elif work.product_id != product.pk and work.pk not in busy:
            work.product = product
            work.save(update_fields=["product"])
    ReviewedWork.objects.bulk_create(new)


def _take_in_reviewers(activity: Activity) -> None:
    if asked_of(activity).by_teams:
        teams = (
            Team.objects.filter(course=activity.course_id).exclude(members=None).values_list("pk", flat=True)
        )
        new = [Reviewer(activity=activity, team_id=key) for key in teams]
    else:
        learners = Application.objects.filter(course=activity.course_id, state=ApplicationState.ADMITTED)
        new = [Reviewer(activity=activity, application=one) for one in learners.order_by("pk")]
    # A learner who came at the same moment is known already.
    Reviewer.objects.bulk_create(new, ignore_conflicts=True)


def _own_works(activity: Activity, voices: list[Reviewer], works: list[ReviewedWork]) -> list[set[int]]:
    """Return for each reviewer the positions of the works that are their own or their team's."""
    team_of = dict(
        Application.objects.filter(course=activity.course_id, membership__isnull=False).values_list(
            "pk", "membership__team"
        )
    )
    own: dict[tuple[str, int], set[int]] = {}
    for place, work in enumerate(works):
        team = work.team_id or team_of.get(work.application_id or 0)
        if work.application_id:
            own.setdefault(("learner", work.application_id), set()).add(place)
        # What a mate wrote alone may be reviewed by a learner, not by the team that the mate is in.
        if team:
            own.setdefault(("team" if work.application_id else "both", team), set()).add(place)
    found = []
    for voice in voices:
        team = voice.team_id or team_of.get(voice.application_id or 0) or 0
        mine = own.get(("both", team), set()) | own.get(("learner", voice.application_id or 0), set())
        found.append(mine | own.get(("team", team), set()) if voice.team_id else set(mine))
    return found


@transaction.atomic
def ask_for_works(*, activity_id: int, by: Person, at: datetime) -> int:
    """Give a learner, or their team, works to review that have the fewest reviews; return how many are new.

    It is how somebody who came after the works were shared out gets theirs.
    """
    activity = locked_activity(activity_id)
    application = _application(activity, by)
    require(may_review(by, activity, at=at, closes_at=due_for(activity, application).closes_at))
    reviewer = _reviewer(activity, application)
    mine = set(Review.objects.filter(reviewer=reviewer).values_list("work_id", flat=True))
    samples = ReviewedWork.objects.filter(activity=activity, is_sample=True).exclude(pk__in=mine)
    _take_in_works(activity)
    others = ReviewedWork.objects.filter(activity=activity, is_sample=False)
    for one in people_of_reviewer(reviewer):
        others = others.exclude(pk__in=own_works(activity, one).values("pk"))
    room = asked_of(activity).each - others.filter(pk__in=mine).count()
    fewest = others.exclude(pk__in=mine).annotate(times=Count("reviews")).order_by("times", "pk")
    new = [Review(reviewer=reviewer, work=work) for work in [*samples, *fewest[: max(0, room)]]]
    Review.objects.bulk_create(new)
    return len(new)


def people_of_reviewer(reviewer: Reviewer) -> list[Application]:
    """Return the learners who review as this reviewer."""
    found = Application.objects.filter(state=ApplicationState.ADMITTED).select_related("membership")
    if reviewer.team_id is not None:
        return list(found.filter(membership__team=reviewer.team_id).order_by("pk"))
    return list(found.filter(pk=reviewer.application_id or 0))


def _application(activity: Activity, by: Person) -> Application:
    application = (
        Application.objects.filter(course=activity.course_id, learner=by, state=ApplicationState.ADMITTED)
        .select_related("membership")
        .first()
    )
    if application is None:
        raise NotAReviewer(_("Only learners of the course review works."))
    return application


class NotAReviewer(Fault):
    """Somebody without a place in the course, or without a team where teams review, wants to review."""


def _reviewer(activity: Activity, application: Application) -> Reviewer:
    if not asked_of(activity).by_teams:
        return Reviewer.objects.get_or_create(activity=activity, application=application)[0]
    membership = getattr(application, "membership", None)
    if membership is None:
        raise NotAReviewer(_("Teams review together here. You can review once you are in a team."))
    return Reviewer.objects.get_or_create(activity=activity, team_id=membership.team_id)[0]


@transaction.atomic
def write_review(
    *,
    review_id: int,
    chosen: Mapping[str, int],
    words: str,
    send: bool,
    seen_version: int,
    by: Person,
    at: datetime,
) -> Review:
    """Keep a review as a draft, or send it. A sent one may be changed while the activity is open; a sample not.

    Raises:
        CriterionLeftOut: it is sent without a level for every criterion.
        ReviewedMeanwhile: a mate changed it since the page was opened.
        Refused: the activity is closed, or samples are not rated yet.
    """
    activity = locked_activity(Review.objects.values_list("work__activity", flat=True).get(pk=review_id))
    review = Review.objects.select_related("work", "reviewer").get(pk=review_id)
    application = _application(activity, by)
    require(may_review(by, activity, at=at, closes_at=due_for(activity, application).closes_at))
    if _reviewer(activity, application) != review.reviewer:
        raise NotAReviewer(_("This work is reviewed by somebody else."))
    if review.work.is_sample and review.sent_at:
        # Whoever has seen what the teacher gave has no measure of their own any more.
        return review
    require(may_begin(review.work, open_samples=open_samples_of(review.reviewer)))
    # What was sent stays sent: changed, it is sent again.
    send = send or review.sent_at is not None
    if (review.chosen, review.words, review.sent_at is not None) == (dict(chosen), words, send):
        return review
    if review.version != seen_version:
        raise ReviewedMeanwhile(
            _("This review was changed on another page meanwhile. Look at it, then save again.")
        )
    rubric = _rubric(activity, at=at)
    review.begun_at = review.begun_at or at
    review.chosen, review.words = dict(chosen), words
    if send:
        review.points, review.sent_at = points_of(rubric, chosen), at
    review.version += 1
    review.save()
    if send:
        audit.record("exchange.review.sent", review, by=by, at=at)
        _judge(activity, review.reviewer, at=at)
    return review


def open_samples_of(reviewer: Reviewer) -> int:
    """Return how many samples a reviewer has still to rate."""
    rated = Review.objects.filter(reviewer=reviewer, sent_at__isnull=False).values("work_id")
    samples = ReviewedWork.objects.filter(activity=reviewer.activity_id, is_sample=True)
    return samples.exclude(pk__in=rated).count()


def _rubric(activity: Activity, *, at: datetime) -> rubrics.Rubric:
    found = rubric_of(activity)
    if found is None:
        raise NoRubric(_("This peer review has no rubric. A teacher of the course can choose one."))
    kept, rubric = found
    note_used(kept, at=at)
    return rubric


def _judge(activity: Activity, reviewer: Reviewer, *, at: datetime) -> None:
    """Note what the reviewer has done: all samples and as many works as there are for them."""
    rows = Review.objects.filter(reviewer=reviewer)
    done = not rows.filter(sent_at=None).exists() and not open_samples_of(reviewer)
    for one in people_of_reviewer(reviewer):
        note_progress(
            activity=activity,
            applications=[one],
            at=at,
            handed_in=True,
            done=done,
            due_at=due_for(activity, one).due_at,
        )


@transaction.atomic
def answer_review(*, review_id: int, is_helpful: bool, answer: str, by: Person, at: datetime) -> Review:
    """Say whether a review helped, and one sentence to the reviewer; again to change it."""
    review = Review.objects.select_related("work__activity").get(pk=review_id)
    application = _application(review.work.activity, by)
    own = own_works(review.work.activity, application).filter(released_at__isnull=False)
    if not own.filter(pk=review.work_id).exists():
        raise NotAReviewer(_("Only those whose work was reviewed answer a review."))
    review.is_helpful, review.answer = is_helpful, answer
    review.save(update_fields=["is_helpful", "answer"])
    audit.record("exchange.review.answered", review, by=by, at=at)
    return review


@transaction.atomic
def write_sample(
    *,
    activity_id: int,
    title: str,
    text: str,
    chosen: Mapping[str, int],
    comment: str,
    by: Person,
    at: datetime,
) -> ReviewedWork:
    """Keep a sample with the teacher's own rating. Everybody who reviews gets it before works of others."""
    activity = locked_activity(activity_id)
    require(may_decide(by, activity))
    points = points_of(_rubric(activity, at=at), chosen)
    # The same form sent twice is one sample.
    sample, is_new = ReviewedWork.objects.get_or_create(
        activity=activity,
        is_sample=True,
        title=title,
        text=text,
        defaults={"chosen": dict(chosen), "comment": comment, "points": points},
    )
    if is_new:
        voices = Reviewer.objects.filter(activity=activity)
        Review.objects.bulk_create([Review(reviewer=voice, work=sample) for voice in voices])
        audit.record("exchange.sample.written", sample, by=by, at=at, points=str(points))
    return sample
