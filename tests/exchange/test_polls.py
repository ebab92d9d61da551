"""Polls: one vote a person, what an anonymous poll keeps, when results are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Activity, Application, Ballot, Poll, PollCount, Progress
from biosint.exchange.operations import polls as operations
from biosint.exchange.states import ActivityKind
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, PersonFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
OPTIONS = [{"key": 1, "text": "Tea"}, {"key": 2, "text": "<b>Syrup</b>"}]


def a_poll(**settings: Any) -> tuple[Cast, list[Application], Activity]:
    cast, learners, _team = running()
    activity = ActivityFactory(
        course=cast.course, kind=ActivityKind.POLL, settings={"options": OPTIONS, **settings}
    )
    return cast, [*learners, cast.admitted()], activity


def voted(activity: Activity, learner: Application, *options: int) -> bool:
    return operations.vote(activity_id=activity.pk, options=options, by=learner.learner, at=NOON)


def counts(activity: Activity) -> dict[int, int]:
    return dict(PollCount.objects.filter(poll__activity=activity).values_list("option", "votes"))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_are_one_vote() -> None:
    _cast, (ana, *_others), activity = a_poll(anonymous=True)

    outcome = at_once(*[lambda: voted(activity, ana, 1)] * 3)

    assert sorted(map(str, outcome)) == ["False", "False", "True"]
    assert counts(activity) == {1: 1, 2: 0}
    assert Poll.objects.get().turnout == 1


def test_an_anonymous_poll_keeps_no_ballots_and_an_open_one_does() -> None:
    _cast, (ana, bo, *_others), activity = a_poll(anonymous=True)
    voted(activity, ana, 2)
    assert not Ballot.objects.exists()
    Activity.objects.filter(pk=activity.pk).update(settings={"options": OPTIONS, "several": True})

    voted(activity, bo, 1, 2)

    assert Ballot.objects.count() == 2
    assert counts(activity) == {1: 1, 2: 2}
    assert Progress.objects.filter(activity=activity, done_at=NOON).count() == 2


@pytest.mark.parametrize("options", [(), (3,), (1, 2)])
def test_a_vote_that_does_not_fit_is_not_counted(options: tuple[int, ...]) -> None:
    _cast, (ana, *_others), activity = a_poll()

    with pytest.raises(operations.VoteUnfit):
        voted(activity, ana, *options)


def test_who_does_not_learn_here_does_not_vote_nor_after_the_close() -> None:
    cast, (ana, *_others), activity = a_poll()
    with pytest.raises(Refused):
        operations.vote(activity_id=activity.pk, options=[1], by=PersonFactory(), at=NOON)
    with pytest.raises(operations.VoteUnfit):
        operations.vote(activity_id=activity.pk, options=[1], by=cast.teacher, at=NOON)
    Activity.objects.filter(pk=activity.pk).update(closes_at=NOON - HOUR)
    with pytest.raises(Refused, match="closed"):
        voted(activity, ana, 1)


def test_anonymous_results_wait_for_the_close_and_five_votes(client_of: ClientOf) -> None:
    cast, learners, activity = a_poll(anonymous=True)
    page = f"/courses/{cast.course.slug}/pages/{activity.pk}/"
    teacher = client_of(cast.teacher)
    for learner in learners[:4]:
        voted(activity, learner, 1)
    assert "once it is closed" in teacher.get(page).content.decode()
    Activity.objects.filter(pk=activity.pk).update(closes_at=timezone.now() - DAY)
    assert "Fewer than 5" in teacher.get(page).content.decode()
    Activity.objects.filter(pk=activity.pk).update(closes_at=None)
    voted(activity, learners[4], 2)
    Activity.objects.filter(pk=activity.pk).update(closes_at=timezone.now() - DAY)

    assert "Votes: 5 people" in teacher.get(page).content.decode()

    Activity.objects.filter(pk=activity.pk).update(closes_at=None)
    with pytest.raises(Refused, match="have been shown"):
        voted(activity, cast.admitted(), 1)


def test_open_results_are_seen_after_voting(client_of: ClientOf) -> None:
    cast, (ana, *_others), activity = a_poll()
    page = f"/courses/{cast.course.slug}/pages/{activity.pk}/"
    hers = client_of(ana.learner)
    assert "when you have voted" in hers.get(page).content.decode()

    hers.post(f"{page}vote/", {"choice": "2"})

    shown = hers.get(page).content.decode()
    assert "Votes: 1 people" in shown
    assert "<b>Syrup" not in shown
    assert client_of(PersonFactory()).post(f"{page}vote/", {"choice": "2"}).status_code == 404


def test_a_vote_while_the_poll_is_removed_is_kept(client_of: ClientOf) -> None:
    cast, (ana, *_others), activity = a_poll()
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=timezone.now())

    sent = client_of(ana.learner).post(
        f"/courses/{cast.course.slug}/pages/{activity.pk}/vote/", {"choice": "1"}, follow=True
    )

    assert "Your work is kept" in sent.content.decode()
    assert counts(activity) == {1: 1, 2: 0}


def test_a_vote_while_a_teacher_hides_the_poll_is_kept_for_a_day(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), activity = a_poll()
    page = f"/courses/{cast.course.slug}/pages/{activity.pk}/"
    hidden = {"is_hidden": True, "changed_by": cast.teacher}
    Activity.objects.filter(pk=activity.pk).update(changed_at=timezone.now() - HOUR, **hidden)

    sent = client_of(ana.learner).post(f"{page}vote/", {"choice": "1"}, follow=True)

    assert "there again when the activity is shown" in sent.content.decode()
    assert counts(activity) == {1: 1, 2: 0}
    assert client_of(ana.learner).get(page).status_code == 404
    Activity.objects.filter(pk=activity.pk).update(changed_at=timezone.now() - 2 * DAY)
    assert client_of(bo.learner).post(f"{page}vote/", {"choice": "1"}).status_code == 404
