"""Peer review: allocation, samples, drafts, results, what a teacher decides, two at once, a removed activity."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Activity, Application, Progress, Review, ReviewedWork, Score
from biosint.exchange.operations import peer_review as operations
from biosint.exchange.operations import review_results as deciding
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.operations.scores import give_score
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.queries.peer_review import standings_of
from biosint.exchange.rubrics import CriterionLeftOut
from biosint.exchange.states import ActivityKind, CourseState, ScoreSource
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import HOUR, NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, PersonFactory, ProductFactory
from factories.exchange_work import ThreadFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
CONTENT = {
    "criteria": [
        {
            "code": "clear",
            "title": "Clear for patients",
            "weight": "1",
            "levels": [
                {"points": "4", "text": "Everybody understands it"},
                {"points": "2", "text": "Some words are hard"},
                {"points": "0", "text": "For doctors only"},
            ],
        }
    ]
}


def a_peer_review(*, teams: int = 4, **settings: Any) -> tuple[Cast, list[Application], Activity]:
    """A running course with teams of one that have handed in, and a peer review of their works."""
    cast = a_course()
    learners = [cast.admitted() for _number in range(teams)]
    for number, learner in enumerate(learners, start=1):
        team = cast.team(learner, number=number)
        ProductFactory(team=team, number=1, text=f"Leaflet {number}", handed_in_by=learner.learner)
    cast.publish_teams()
    cast.move(CourseState.RUNNING)
    rubric = cast.course.rubrics.create(
        title="Leaflets", content=CONTENT, created_by=cast.teacher, created_at=NOON
    )
    activity = ActivityFactory(
        course=cast.course,
        kind=ActivityKind.PEER_REVIEW,
        settings={"rubric": rubric.pk, "each": 2, **settings},
    )
    return cast, learners, activity


def shared(cast: Cast, activity: Activity) -> int:
    return operations.share_out(activity_id=activity.pk, by=cast.teacher, at=NOON)


def of(learner: Application) -> list[Review]:
    return list(Review.objects.filter(reviewer__application=learner, work__is_sample=False).order_by("pk"))


def sent(review: Review, by: Application, *, level: int = 0, **given: Any) -> Review:
    said: dict[str, Any] = {"words": "Good.", "send": True, "seen_version": review.version, "at": NOON}
    return operations.write_review(
        review_id=review.pk, chosen={"clear": level}, by=by.learner, **{**said, **given}
    )


def a_sample(cast: Cast, activity: Activity, level: int = 1) -> ReviewedWork:
    return operations.write_sample(
        activity_id=activity.pk,
        title="Sample",
        text="Drink tea.",
        chosen={"clear": level},
        comment="Two words are hard.",
        by=cast.teacher,
        at=NOON,
    )


def test_every_work_gets_as_many_reviews_and_nobody_reviews_their_own() -> None:
    cast, learners, activity = a_peer_review()

    assert shared(cast, activity) == 8

    assert [work.reviews.count() for work in ReviewedWork.objects.all()] == [2, 2, 2, 2]
    for learner in learners:
        assert len(of(learner)) == 2
        assert all(review.work.team != learner.membership.team for review in of(learner))
    assert shared(cast, activity) == 8
    assert Review.objects.count() == 8


def test_a_work_that_came_late_gets_reviews_and_begun_ones_stay() -> None:
    cast, learners, activity = a_peer_review()
    shared(cast, activity)
    kept = of(learners[0])[0]
    sent(kept, learners[0], send=False)
    late = cast.admitted()
    ProductFactory(team=cast.team(late, number=5), number=1, handed_in_by=late.learner)

    shared(cast, activity)

    assert [work.reviews.count() for work in ReviewedWork.objects.all()] == [2] * 5
    kept.refresh_from_db()
    assert kept.begun_at == NOON


def test_a_newer_version_is_reviewed_until_somebody_has_begun() -> None:
    cast, learners, activity = a_peer_review()
    shared(cast, activity)
    review = of(learners[0])[0]
    author = review.work.team.members.get().application
    newer = ProductFactory(team=review.work.team, number=2, handed_in_by=author.learner)
    shared(cast, activity)
    review = of(learners[0])[0]
    sent(review, learners[0], send=False)
    for one in of(learners[0]):
        ProductFactory(team=one.work.team, number=3, handed_in_by=author.learner)

    shared(cast, activity)

    review.work.refresh_from_db()
    assert review.work.product.number in {1, 2}
    assert ReviewedWork.objects.get(team=newer.team).product.number >= 2


def test_teams_review_together() -> None:
    cast, learners, activity = a_peer_review(by="team")
    mate = cast.admitted()
    mate.membership = learners[0].membership.team.members.create(application=mate)
    shared(cast, activity)
    review = Review.objects.filter(reviewer__team=learners[0].membership.team).first()
    assert review is not None

    sent(review, learners[0], send=False)
    review.refresh_from_db()
    sent(review, mate, level=1)

    assert Progress.objects.filter(activity=activity, handed_in_at=NOON).count() == 2
    with pytest.raises(operations.NotAReviewer):
        sent(review, learners[1])


def test_samples_come_first_and_cannot_be_rated_twice() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)
    sample = a_sample(cast, activity)
    assert a_sample(cast, activity) == sample

    with pytest.raises(Refused, match="samples first"):
        sent(of(ana)[0], ana)
    rated = sent(Review.objects.get(reviewer__application=ana, work=sample), ana, level=0)
    assert rated.points == 100
    assert sent(rated, ana, level=1).points == 100
    sent(of(ana)[0], ana)


def test_who_rates_samples_as_the_teacher_did_counts_more() -> None:
    cast, learners, activity = a_peer_review(teams=3)
    for number, level in enumerate((0, 1, 2)):
        operations.write_sample(
            activity_id=activity.pk,
            title=f"Sample {number}",
            text="Tea.",
            chosen={"clear": level},
            comment="So.",
            by=cast.teacher,
            at=NOON,
        )
    for learner in learners:
        operations.ask_for_works(activity_id=activity.pk, by=learner.learner, at=NOON)
    steady, wild = learners[0], learners[1]
    for learner in (steady, wild):
        for review in Review.objects.filter(reviewer__application=learner, work__is_sample=True):
            right = review.work.chosen["clear"]
            sent(review, learner, level=right if learner is steady else (2 - right if right != 1 else 0))
    work = ReviewedWork.objects.get(team=learners[2].membership.team)
    sent(Review.objects.get(reviewer__application=steady, work=work), steady, level=0)
    sent(Review.objects.get(reviewer__application=wild, work=work), wild, level=2)

    standing = standings_of(activity)[work.pk]

    assert standing.points is not None
    assert standing.points > 50
    assert standing.is_apart
    assert standing.count == 2


def test_a_draft_is_kept_and_counts_for_nothing() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)

    draft = sent(of(ana)[0], ana, send=False)

    assert (draft.words, draft.points, draft.sent_at) == ("Good.", None, None)
    assert standings_of(activity) == {}
    assert not Progress.objects.exists()


def test_a_review_without_every_level_is_not_sent() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)

    with pytest.raises(CriterionLeftOut):
        operations.write_review(
            review_id=of(ana)[0].pk, chosen={}, words="", send=True, seen_version=0, by=ana.learner, at=NOON
        )


def test_a_reviewer_is_done_when_all_reviews_are_sent() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    Activity.objects.filter(pk=activity.pk).update(due_at=NOON - HOUR)
    shared(cast, activity)
    first, second = of(ana)

    sent(first, ana)
    assert Progress.objects.get(activity=activity, application=ana).done_at is None
    sent(second, ana)

    progress = Progress.objects.get(activity=activity, application=ana)
    assert (progress.done_at, progress.is_late) == (NOON, True)


def test_released_results_give_points_which_a_teacher_s_points_outlive() -> None:
    cast, learners, activity = a_peer_review()
    shared(cast, activity)
    for learner in learners:
        for review in of(learner):
            sent(review, learner, level=1)
    give_score(
        activity=activity,
        application=learners[0],
        points=Decimal(90),
        source=ScoreSource.TEACHER,
        seen_version=0,
        by=cast.teacher,
        at=NOON,
    )
    assert deciding.release(activity_id=activity.pk, by=cast.teacher, at=NOON) == (4, 0)
    assert deciding.release(activity_id=activity.pk, by=cast.teacher, at=NOON) == (0, 0)

    found = {
        score.application_id: (score.points, score.source)
        for score in Score.objects.filter(activity=activity)
    }
    assert found == {learners[0].pk: (Decimal(90), "teacher")} | {
        one.pk: (Decimal(50), "peer") for one in learners[1:]
    }


def test_a_teacher_overrules_with_a_reason_and_two_teachers_see_each_other() -> None:
    cast, learners, activity = a_peer_review()
    shared(cast, activity)
    for review in of(learners[0]):
        sent(review, learners[0], level=2)
    work = of(learners[0])[0].work
    deciding.release(activity_id=activity.pk, by=cast.teacher, at=NOON)
    work.refresh_from_db()

    deciding.overrule(
        work_id=work.pk,
        points=Decimal(80),
        because="It is clear.",
        seen_version=work.version,
        by=cast.teacher,
        at=NOON + HOUR,
    )

    with pytest.raises(operations.ReviewedMeanwhile):
        deciding.overrule(
            work_id=work.pk,
            points=Decimal(20),
            because="No.",
            seen_version=work.version,
            by=cast.colleague,
            at=NOON + HOUR,
        )
    score = Score.objects.get(application__membership__team=work.team)
    assert (score.points, score.source, score.comment) == (Decimal(80), "teacher", "It is clear.")


def test_learners_and_strangers_decide_nothing() -> None:
    cast, (ana, *_others), activity = a_peer_review()

    with pytest.raises(Refused, match="Only a teacher"):
        operations.share_out(activity_id=activity.pk, by=ana.learner, at=NOON)
    with pytest.raises(Refused, match="Only a teacher"):
        deciding.release(activity_id=activity.pk, by=ana.learner, at=NOON)
    with pytest.raises(operations.NotAReviewer):
        operations.ask_for_works(activity_id=activity.pk, by=cast.teacher, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_somebody_late_who_presses_twice_at_once_gets_works_once() -> None:
    cast, _learners, activity = a_peer_review()
    shared(cast, activity)
    late = cast.admitted()

    outcome = at_once(
        *[lambda: operations.ask_for_works(activity_id=activity.pk, by=late.learner, at=NOON)] * 3
    )

    assert sorted(map(str, outcome)) == ["0", "0", "2"]
    assert len(of(late)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_do_not_overwrite_each_other() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)
    review = of(ana)[0]

    outcome = at_once(*[lambda level=level: sent(review, ana, level=level) for level in (0, 1)])

    assert sum(isinstance(one, operations.ReviewedMeanwhile) for one in outcome) == 1
    review.refresh_from_db()
    assert review.version == 1


def test_a_review_sent_while_the_activity_is_removed_is_kept() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=NOON)

    assert sent(of(ana)[0], ana, at=NOON + HOUR).sent_at == NOON + HOUR
    with pytest.raises(Refused, match="removed"):
        sent(of(ana)[1], ana, at=NOON + 25 * HOUR)


def test_a_closed_account_leaves_points_without_words() -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)
    sent(of(ana)[0], ana)
    assert [row["text"] for row in own_work(ana.learner)] == ["Good."]

    forget_work(ana.learner)

    assert (of(ana)[0].words, of(ana)[0].points) == ("", 100)


# Pages


def base_of(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/"


def test_the_whole_way_on_pages(client_of: ClientOf) -> None:
    cast, learners, activity = a_peer_review(teams=2, each=1)
    ana, bo = learners
    base, teacher = base_of(activity), client_of(cast.teacher)
    levels = {"level_clear": "1"}
    assert "Write a sample" in teacher.get(base).content.decode()
    teacher.post(
        f"{base}review/samples/new/", {"title": "Tea", "text": "Tea.", "comment": "Hard words.", **levels}
    )
    teacher.post(f"{base}review/share/")
    hers = client_of(ana.learner)
    page = hers.get(base).content.decode()
    assert "after the samples" in page
    assert "Leaflet" not in page
    sample = Review.objects.get(reviewer__application=ana, work__is_sample=True)
    said = {"words": "<script>alert(1)</script>", "version": "0", "send": "yes"}
    shown = hers.post(f"{base}review/{sample.pk}/", {**said, "level_clear": "0"}, follow=True)
    assert "That is 50.00 points more" in shown.content.decode()
    assert "Hard words." in shown.content.decode()
    review = of(ana)[0]
    assert "Leaflet 2" in hers.get(f"{base}review/{review.pk}/").content.decode()
    assert hers.post(f"{base}review/{review.pk}/", said).status_code == 422
    hers.post(f"{base}review/{review.pk}/", {**said, **levels})
    assert "What others say" not in client_of(bo.learner).get(base).content.decode()
    assert "1 review" in teacher.get(f"{base}review/results/").content.decode()
    work = f"{base}review/results/{review.work_id}/"
    assert str(ana.learner) in teacher.get(work).content.decode()
    teacher.post(work, {"points": "75", "because": "Better than that.", "version": "0"})
    teacher.post(f"{base}review/release/")

    his = client_of(bo.learner)
    page = his.get(base).content.decode()
    assert "75.00 of 100 points" in page
    assert "Better than that." in page
    assert "<script>alert" not in page
    assert str(ana.learner) not in page
    his.post(f"{base}review/{review.pk}/answer/", {"helpful": "yes", "answer": "Thank you!"})
    assert "found it helpful" in hers.get(base).content.decode()


def test_strangers_and_others_find_no_review(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), activity = a_peer_review()
    shared(cast, activity)
    base, review = base_of(activity), of(ana)[0]

    assert client_of(PersonFactory()).get(base).status_code == 404
    assert client_of(bo.learner).get(f"{base}review/{review.pk}/").status_code == 404
    assert client_of(bo.learner).get(f"{base}review/results/").status_code == 404
    answer = client_of(bo.learner).post(f"{base}review/{review.pk}/answer/", {"helpful": "yes"})
    assert answer.status_code == 404
    other = ThreadFactory(activity__course=cast.course).activity
    assert client_of(ana.learner).get(f"{base_of(other)}review/{review.pk}/").status_code == 404


def test_a_removed_activity_tells_that_the_review_is_kept(client_of: ClientOf) -> None:
    cast, (ana, *_others), activity = a_peer_review()
    shared(cast, activity)
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=timezone.now())

    sent_page = client_of(ana.learner).post(
        f"{base_of(activity)}review/{of(ana)[0].pk}/",
        {"words": "Long words", "version": "0", "send": "yes", "level_clear": "0"},
        follow=True,
    )

    assert "Your work is kept" in sent_page.content.decode()
    assert Review.objects.filter(words="Long words").exists()


@pytest.mark.parametrize("teams", [3, 20])
def test_pages_cost_the_same_for_few_and_many_works(
    teams: int, client_of: ClientOf, count_queries: Any
) -> None:
    cast, learners, activity = a_peer_review(teams=teams)
    shared(cast, activity)
    for learner in learners[:3]:
        for review in of(learner):
            sent(review, learner)
    base = base_of(activity)
    teacher, hers = client_of(cast.teacher), client_of(learners[0].learner)
    teacher.get(base), hers.get(base)

    with count_queries(10):
        teacher.get(f"{base}review/results/")
    with count_queries(18):
        hers.get(base)
