"""Self-assessment: one's own change, and what teachers see in steps of five."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from biosint.exchange.models import Activity, Application, SelfDistribution, SelfRating
from biosint.exchange.operations import self_assessment as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.states import ActivityKind
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, PersonFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def two_moments() -> tuple[Cast, list[Application], Activity, Activity]:
    cast, learners, _team = running()
    first = ActivityFactory(
        course=cast.course,
        kind=ActivityKind.SELF_ASSESSMENT,
        settings={"statements": ["I explain fever", "I <i>ask</i> first"]},
    )
    last = ActivityFactory(
        course=cast.course, kind=ActivityKind.SELF_ASSESSMENT, settings={"of": first.pk, "statements": []}
    )
    return cast, learners, first, last


def rated(activity: Activity, by: Application, *values: int) -> SelfRating:
    return operations.rate_oneself(activity_id=activity.pk, values=values, by=by.learner, at=NOON)


def test_a_learner_sees_the_own_change_alone(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), first, last = two_moments()
    base = f"/courses/{cast.course.slug}/pages/{last.pk}/"
    rated(first, ana, 1, 2)

    client_of(ana.learner).post(f"{base}rate/", {"value_0": "4", "value_1": "3"})

    page = client_of(ana.learner).get(base).content.decode()
    assert "How your rating changed" in page
    assert "<i>ask" not in page
    assert "How your rating changed" not in client_of(bo.learner).get(base).content.decode()
    assert client_of(PersonFactory()).get(base).status_code == 404


def test_teachers_see_distributions_in_steps_of_five(client_of: ClientOf) -> None:
    cast, learners, first, _last = two_moments()
    for learner in learners:
        rated(first, learner, 0, 0)
    base = f"/courses/{cast.course.slug}/pages/{first.pk}/"
    assert "once five people" in client_of(cast.teacher).get(base).content.decode()

    rated(first, cast.admitted(), 4, 4)
    rated(first, cast.admitted(), 2, 2)
    rated(first, learners[0], 3, 3)

    assert SelfDistribution.objects.get().counts == [[4, 0, 0, 0, 1]] * 2
    assert "How 5 learners rate themselves" in client_of(cast.teacher).get(base).content.decode()


@pytest.mark.parametrize("values", [(1,), (1, 5), (1, -1), (1, 2, 3)])
def test_values_that_do_not_fit_are_not_kept(values: tuple[int, ...]) -> None:
    _cast, (ana, *_others), first, _last = two_moments()

    with pytest.raises(operations.RatingUnfit):
        rated(first, ana, *values)


def test_nobody_rates_in_a_closed_one() -> None:
    _cast, (ana, *_others), first, _last = two_moments()
    Activity.objects.filter(pk=first.pk).update(closes_at=NOON - HOUR)

    with pytest.raises(Refused, match="closed"):
        rated(first, ana, 1, 1)


def test_a_closed_account_leaves_no_rating() -> None:
    _cast, (ana, *_others), first, _last = two_moments()
    rated(first, ana, 1, 3)
    assert [row["text"] for row in own_work(ana.learner)] == ["1, 3"]

    forget_work(ana.learner)

    assert not SelfRating.objects.exists()
