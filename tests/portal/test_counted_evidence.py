from __future__ import annotations

import pytest

from biosint.evidence import api as evidence
from biosint.indicators import api as indicators
from biosint.people.api import Person
from biosint.shared.registries import EXPORTERS
from clock import NOON
from factories import (
    ApprovedSyllabusFactory,
    BankVersionFactory,
    ClosedRoundFactory,
    PersonFactory,
    UnitFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def test_every_kind_that_the_bank_counts_is_declared_by_some_app() -> None:
    bank = indicators.load_bank(source=indicators.supplied_bank(), by=None, at=NOON)
    known = {kind.code for kind in evidence.kinds()}

    counted = {one.counted_kind for one in indicators.indicators_of(bank) if one.is_counted}

    assert counted <= known


def exported(person: Person, label: str) -> int:
    return sum(len(list(export(person))) for name, export in EXPORTERS if name == label)


def test_what_a_person_gave_wrote_and_decided_is_in_their_records() -> None:
    person = PersonFactory()
    BankVersionFactory(loaded_by=person)
    ClosedRoundFactory(closed_by=person)
    ValueFactory(filled_by=person)
    ApprovedSyllabusFactory(decided_by=person)
    UnitFactory(teachers=[person], programme__created_by=person)

    labels = ("indicators.bankversion", "situation.round", "situation.value", "curriculum.syllabus")
    assert [exported(person, label) for label in labels] == [1, 1, 1, 1]
    assert exported(person, "curriculum.unit") == 2
