"""Sixty phones in one room send their dots at the same moment, while the leader closes the vote."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from at_once import at_once
from biosint.situation.models import Ballot
from biosint.situation.operations import votes
from biosint.situation.queries import workshops as queries
from biosint.situation.states import Side
from clock import NOON
from factories import AdministratorFactory
from factories.workshops import StatementFactory, VoteFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 60
POSTGRESQL_AT_ONCE = 15


@pytest.fixture
def vote() -> Any:
    vote = VoteFactory()
    StatementFactory.create_batch(4, workshop=vote.workshop)
    return vote


def test_of_sixty_phones_at_once_none_is_lost_and_each_counts_once(vote: Any) -> None:
    statements = list(vote.workshop.statements.all())

    def phone(number: int) -> Any:
        client = Client()
        address = f"/situation/join/{vote.workshop.token}/"

        def sends() -> int:
            client.get(address)
            return client.post(address, {f"s{statements[number % 4].pk}": "2"}).status_code

        return sends

    phones = [phone(number) for number in range(PEOPLE)]
    # A server works on a bounded number of requests at a time, and each holds one connection.
    room = PEOPLE if connection.vendor == "sqlite" else POSTGRESQL_AT_ONCE
    outcome = [
        status for start in range(0, PEOPLE, room) for status in at_once(*phones[start : start + room])
    ]

    assert Counter(map(str, outcome)) == {"302": PEOPLE}
    ranked = queries.tally(vote, queries.statements_of(vote.workshop)).sides[Side.STRENGTH]
    assert [(one.dots, one.voters) for one in ranked] == [(30, 15)] * 4


def test_a_phone_that_sends_twice_at_once_counts_once(vote: Any) -> None:
    one = vote.workshop.statements.first()

    def sends(count: int) -> Any:
        return lambda: votes.cast(vote_id=vote.pk, seat="phone", dots={one.pk: count})

    outcome = at_once(sends(1), sends(2))

    assert all(isinstance(each, Ballot) for each in outcome), outcome
    assert Ballot.objects.count() == 1
    assert Ballot.objects.get().edition == 2


def test_a_ballot_is_either_in_the_result_or_told_that_it_came_too_late(vote: Any) -> None:
    one = vote.workshop.statements.first()
    board = AdministratorFactory(at=vote.workshop.consortium.coordinator)

    def closes() -> Any:
        return votes.close_vote(vote_id=vote.pk, by=board, at=NOON)

    def sends(seat: str) -> Any:
        return lambda: votes.cast(vote_id=vote.pk, seat=seat, dots={one.pk: 1})

    outcome = at_once(*(sends(str(number)) for number in range(10)), closes)

    counted = sum(isinstance(each, Ballot) for each in outcome)
    late = sum(isinstance(each, votes.VoteOver) for each in outcome)
    assert counted + late == 10, outcome
    assert Ballot.objects.count() == counted
