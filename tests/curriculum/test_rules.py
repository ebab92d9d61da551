from __future__ import annotations

import pytest

from biosint.curriculum import rules
from biosint.curriculum.models import Unit
from biosint.curriculum.states import MOVES, SyllabusState, UnitState
from biosint.people.api import Office, Person
from factories import (
    InstitutionFactory,
    OfficeHeldFactory,
    OutcomeFactory,
    PersonFactory,
    ProgrammeFactory,
    SubmittedSyllabusFactory,
    SyllabusFactory,
    TeacherFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def in_office(office: Office, institution: object) -> Person:
    person = PersonFactory()
    OfficeHeldFactory(person=person, office=office, institution=institution)
    return person


@pytest.mark.parametrize(
    ("office", "allowed"),
    [
        (Office.STUDENT, set()),
        (Office.TEACHER, {"add"}),
        (Office.ADMINISTRATOR, {"keep", "add", "write"}),
        (Office.COORDINATOR, {"keep", "add", "write", "decide"}),
        (Office.QUALITY_BOARD, set()),
        (Office.DEAN, {"keep", "decide"}),
    ],
)
def test_each_office_may_do_its_part(office: Office, allowed: set[str]) -> None:
    institution = InstitutionFactory()
    unit = UnitFactory(programme=ProgrammeFactory(institution=institution))
    waiting = SubmittedSyllabusFactory(unit=unit)
    person = in_office(office, institution)

    verdicts = {
        "keep": rules.may_keep_programmes(person, institution),
        "add": rules.may_add_unit(person, institution),
        "write": rules.may_write(person, unit),
        "decide": rules.may_decide(person, waiting),
    }

    assert {deed for deed, verdict in verdicts.items() if verdict} == allowed
    assert all(str(verdict.reason) for verdict in verdicts.values() if not verdict)


@pytest.mark.parametrize("office", Office)
def test_an_office_elsewhere_allows_nothing(office: Office) -> None:
    unit = UnitFactory()
    person = in_office(office, InstitutionFactory())

    assert not rules.may_keep_programmes(person, unit.programme.institution)
    assert not rules.may_add_unit(person, unit.programme.institution)
    assert not rules.may_write(person, unit)
    assert not rules.may_decide(person, SubmittedSyllabusFactory(unit=unit))


def test_only_a_named_teacher_writes() -> None:
    institution = InstitutionFactory()
    named, other = TeacherFactory(at=institution), TeacherFactory(at=institution)
    unit = UnitFactory(programme=ProgrammeFactory(institution=institution), teachers=[named])

    assert rules.may_write(named, unit)
    assert not rules.may_write(other, unit)


def test_nobody_approves_what_they_submitted() -> None:
    institution = InstitutionFactory()
    coordinator = in_office(Office.COORDINATOR, institution)
    syllabus = SubmittedSyllabusFactory(
        unit=UnitFactory(programme=ProgrammeFactory(institution=institution)), submitted_by=coordinator
    )

    verdict = rules.may_decide(coordinator, syllabus)

    assert not verdict
    assert "Somebody else" in str(verdict.reason)


def test_international_credits_need_a_marked_outcome() -> None:
    institution = InstitutionFactory()
    teacher = TeacherFactory(at=institution)
    unit = UnitFactory(programme=ProgrammeFactory(institution=institution), teachers=[teacher])
    syllabus = SyllabusFactory(unit=unit, international_ects=2)

    assert "Write at least one" in str(rules.may_submit(teacher, syllabus).reason)
    OutcomeFactory(syllabus=syllabus, dimensions=[])
    assert "Mark at least one" in str(rules.may_submit(teacher, syllabus).reason)
    OutcomeFactory(syllabus=syllabus, dimensions=["ethics"])
    assert rules.may_submit(teacher, syllabus)


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(SyllabusState)


@pytest.mark.parametrize("office", [None, *Office])
def test_may_view_and_viewable_by_say_the_same(office: Office | None) -> None:
    institution = InstitutionFactory()
    person = in_office(office, institution) if office else None
    here = ProgrammeFactory(institution=institution)
    for state in UnitState:
        UnitFactory(programme=here, state=state)
        UnitFactory(state=state)

    listed = set(Unit.objects.filter(rules.viewable_by(person)))

    assert listed == {unit for unit in Unit.objects.all() if rules.may_view(person, unit)}
