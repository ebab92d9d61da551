from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from biosint.audit.api import Line
from biosint.shared.verdicts import Refused
from biosint.situation.formula_words import FAULT_WORDS, FORMULA_WORDS, fault_words, formula_words
from biosint.situation.models import FormulaVersion
from biosint.situation.operations import formulas as operations
from biosint.situation.queries import formulas as queries
from clock import NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    FormulaVersionFactory,
    InstitutionFactory,
    QualityBoardFactory,
    consortium_of,
)
from iahcalc.maturity import (
    FORMULA_FAULTS,
    FORMULA_SENTENCES,
    SUPPLIED_FORMULAS,
    FormulaFaulty,
    in_words,
    load_formula,
    parse_formula,
)

pytestmark = pytest.mark.django_db

OWN = "code: ours\ntitle: Our index\nmean: {of_dimensions: geometric}\n"


@pytest.fixture
def scene() -> dict[str, Any]:
    one, other = InstitutionFactory(), InstitutionFactory()
    return {
        "consortium": consortium_of([one, other]),
        "board": QualityBoardFactory(at=other),
        "office": AdministratorFactory(at=one),
    }


def test_our_words_are_those_of_the_calculation() -> None:
    assert {code: str(words) for code, words in FORMULA_WORDS.items()} == FORMULA_SENTENCES
    assert {code: str(words) for code, words in FAULT_WORDS.items()} == FORMULA_FAULTS
    assert formula_words(load_formula()) == [one.sentence for one in in_words(load_formula())]
    with pytest.raises(FormulaFaulty) as raised:
        parse_formula("code: x\ntitle: X\nmissing: 5")
    assert [fault_words(one) for one in raised.value.faults] == [str(raised.value)]


def test_supplied_formulas_are_in_use_once() -> None:
    first = operations.supply_formulas(at=NOON)

    assert operations.supply_formulas(at=NOON) == first
    assert [one.code for one in first] == list(SUPPLIED_FORMULAS)
    assert first[-1].formula == load_formula()


def test_a_consortium_adds_its_own_formula(scene: dict[str, Any]) -> None:
    added = operations.add_formula(consortium=scene["consortium"], source=OWN, by=scene["board"], at=NOON)

    assert str(added) == "Our index"
    assert added.formula.of_dimensions == "geometric"
    assert Line.objects.get(action="situation.formula.added").subject_label == "Our index"
    operations.supply_formulas(at=NOON)
    assert {one.code for one in queries.formulas_for(scene["consortium"])} == {"ours", *SUPPLIED_FORMULAS}
    stranger = consortium_of([InstitutionFactory()])
    assert {one.code for one in queries.formulas_for(stranger)} == set(SUPPLIED_FORMULAS)


def test_the_same_file_twice_changes_nothing_and_another_of_its_code_is_refused(
    scene: dict[str, Any],
) -> None:
    told = {"consortium": scene["consortium"], "by": scene["board"], "at": NOON}
    first = operations.add_formula(source=OWN, **told)

    assert operations.add_formula(source=OWN, **told) == first
    with pytest.raises(operations.FormulaKnown, match="another code"):
        operations.add_formula(source=OWN + "missing: nought\n", **told)
    with pytest.raises(operations.FormulaKnown, match="another code"):
        operations.add_formula(source="code: iah_index_2026\ntitle: Theirs", **told)
    assert FormulaVersion.objects.count() == 1


def test_a_file_with_faults_is_refused_with_all_of_them(scene: dict[str, Any]) -> None:
    with pytest.raises(operations.FormulaUnreadable) as raised:
        operations.add_formula(
            consortium=scene["consortium"], source="levels: 5\n", by=scene["board"], at=NOON
        )

    assert len(raised.value.sentences) == 3
    assert not FormulaVersion.objects.exists()


@pytest.mark.parametrize("who", ["office", "stranger"])
def test_only_those_who_plan_rounds_add_one(scene: dict[str, Any], who: str) -> None:
    person = scene.get(who) or CoordinatorFactory(at=InstitutionFactory())

    with pytest.raises(Refused):
        operations.add_formula(consortium=scene["consortium"], source=OWN, by=person, at=NOON)


def test_the_database_keeps_codes_apart_and_names_an_author(scene: dict[str, Any]) -> None:
    FormulaVersionFactory()
    with pytest.raises(IntegrityError):
        FormulaVersion.objects.create(code=SUPPLIED_FORMULAS[-1], title={}, source="", added_at=NOON)


def test_the_formula_of_a_consortium_has_an_author(scene: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        FormulaVersionFactory(consortium=scene["consortium"], code="ours")
