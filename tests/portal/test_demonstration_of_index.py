from __future__ import annotations

import pytest

from biosint.curriculum.figures import credit_share
from biosint.curriculum.queries import counted_units, waiting_for_approval
from biosint.people.api import Person
from biosint.portal.demonstration import index, syllabus
from biosint.portal.demonstration.world import World, begin
from biosint.situation import api as situation
from biosint.situation.api import Participation, RoundState
from factories import consortium_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    told = begin()
    consortium_of(told.institutions.values())
    syllabus.tell(told)
    index.tell(told)
    return told


def test_the_demonstration_shows_unequal_gains_and_one_loss(world: World) -> None:
    baseline, later, running = world.kept["index_rounds"]
    compared = situation.comparison(baseline, later)

    changes = {pair.name: pair.change for pair in compared.pairs}
    lost = [name for name, change in changes.items() if change is not None and change < 0]
    known = [change for change in changes.values() if change is not None]
    assert lost == ["Leotar Nursing"]
    assert len(known) == 9
    assert max(known) - min(known) > 20
    assert running.state == RoundState.OPEN
    assert Participation.objects.filter(round=later, index__gt=5, index__lt=90).count() == 9


def test_every_faculty_has_a_unit_in_two_versions(world: World) -> None:
    units = list(counted_units())
    share = credit_share(units)

    assert len(units) == 9
    assert share.gain > 8
    (waiting,) = waiting_for_approval(world.dean("berat"))
    assert waiting.number == 2
    assert Person.objects.count() > 100
