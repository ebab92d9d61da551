from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.curriculum import operations, queries
from biosint.curriculum.models import Syllabus, Unit
from biosint.curriculum.operations import WrittenOutcome
from biosint.curriculum.states import Degree, IocDimension, SyllabusState, UnitState
from biosint.evidence import api as evidence
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    DeanFactory,
    InstitutionFactory,
    ProgrammeFactory,
    SyllabusFactory,
    TeacherFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def faculty() -> dict[str, Any]:
    institution = InstitutionFactory()
    teacher = TeacherFactory(at=institution)
    unit = operations.add_unit(
        programme=ProgrammeFactory(institution=institution),
        code="INF1",
        title="Infectious diseases",
        ects=Decimal(6),
        language="en",
        teachers=[teacher],
        by=teacher,
        at=NOON,
    )
    return {
        "institution": institution,
        "teacher": teacher,
        "dean": DeanFactory(at=institution),
        "unit": unit,
    }


def written(syllabus: Syllabus, by: Person, ects: str, *outcomes: WrittenOutcome) -> Syllabus:
    return operations.write(
        syllabus_id=syllabus.pk,
        edition=syllabus.edition,
        summary="Infections of the regions.",
        methods="",
        assessment="",
        international_ects=Decimal(ects),
        outcomes=outcomes or (WrittenOutcome("compare two systems", (IocDimension.SYSTEMS,)),),
        by=by,
        at=NOON,
    )


def approved(faculty: dict[str, Any], ects: str, at: Any = NOON) -> Syllabus:
    """One round of write, submit, approve; starts a new version unless the first one is still open."""
    unit: Unit = faculty["unit"]
    syllabus = unit.syllabi.exclude(state=SyllabusState.APPROVED).first() or operations.start_version(
        unit_id=unit.pk, by=faculty["teacher"], at=at
    )
    written(syllabus, faculty["teacher"], ects)
    operations.submit(syllabus_id=syllabus.pk, by=faculty["teacher"], at=at)
    return operations.approve(syllabus_id=syllabus.pk, by=faculty["dean"], at=at)


def gained(faculty: dict[str, Any]) -> Decimal:
    return evidence.total(operations.INTERNATIONALISED, institution=faculty["institution"])


def test_the_first_approved_version_is_only_the_starting_point(faculty: dict[str, Any]) -> None:
    approved(faculty, "1")

    faculty["unit"].refresh_from_db()
    assert faculty["unit"].state == UnitState.APPROVED
    assert gained(faculty) == 0


def test_a_later_version_is_evidence_of_the_credits_it_adds(faculty: dict[str, Any]) -> None:
    approved(faculty, "1")

    approved(faculty, "2.5", NOON + DAY)

    assert gained(faculty) == Decimal("1.5")
    (item,) = evidence.items(kinds=[operations.INTERNATIONALISED])
    assert item.proof_url == f"/curriculum/units/{faculty['unit'].pk}/versions/2/"
    assert item.unit == "ECTS"


def test_credits_that_were_lost_and_regained_count_once(faculty: dict[str, Any]) -> None:
    for ects in ("0", "3", "1", "3"):
        approved(faculty, ects)

    assert gained(faculty) == 3


def test_credits_before_and_after_stand_beside_the_unit(faculty: dict[str, Any]) -> None:
    approved(faculty, "0.5")
    approved(faculty, "2")

    (unit,) = queries.units_of(faculty["institution"])

    assert (unit.ects_before, unit.ects_after) == (Decimal("0.5"), Decimal(2))
    assert [outcome.text for outcome in queries.outcomes_of(unit)] == ["compare two systems"]


def test_the_second_of_two_writers_overwrites_nothing(faculty: dict[str, Any]) -> None:
    opened = faculty["unit"].syllabi.get()
    office = AdministratorFactory(at=faculty["institution"])
    written(opened, office, "2")

    with pytest.raises(operations.WrittenMeanwhile, match="while you were writing"):
        written(opened, faculty["teacher"], "5")

    opened.refresh_from_db()
    assert opened.international_ects == 2


@pytest.mark.parametrize("ects", ["6.5", "-1"])
def test_a_unit_cannot_be_more_international_than_it_is_long(faculty: dict[str, Any], ects: str) -> None:
    with pytest.raises(operations.MoreThanTheUnit, match="from 0 to 6"):
        written(faculty["unit"].syllabi.get(), faculty["teacher"], ects)


def test_a_submitted_version_is_closed_until_it_comes_back(faculty: dict[str, Any]) -> None:
    syllabus = written(faculty["unit"].syllabi.get(), faculty["teacher"], "1")
    operations.submit(syllabus_id=syllabus.pk, by=faculty["teacher"], at=NOON)

    with pytest.raises(Refused, match="no longer be changed"):
        written(syllabus, faculty["teacher"], "2")
    with pytest.raises(Refused, match="already been submitted"):
        operations.submit(syllabus_id=syllabus.pk, by=faculty["teacher"], at=NOON)

    operations.send_back(syllabus_id=syllabus.pk, note="Name the partner.", by=faculty["dean"], at=NOON)
    syllabus.refresh_from_db()
    assert syllabus.note == "Name the partner."
    assert written(syllabus, faculty["teacher"], "2").international_ects == 2


def test_an_approved_version_never_changes(faculty: dict[str, Any]) -> None:
    syllabus = approved(faculty, "1")

    with pytest.raises(Refused):
        written(syllabus, faculty["teacher"], "2")
    with pytest.raises(Refused):
        operations.approve(syllabus_id=syllabus.pk, by=faculty["dean"], at=NOON)


def test_only_one_version_is_open_at_a_time(faculty: dict[str, Any]) -> None:
    with pytest.raises(operations.VersionOpen):
        operations.start_version(unit_id=faculty["unit"].pk, by=faculty["teacher"], at=NOON)
    with pytest.raises(IntegrityError, match="syllabus"), transaction.atomic():
        SyllabusFactory(unit=faculty["unit"], number=2)


def test_a_new_version_begins_as_a_copy(faculty: dict[str, Any]) -> None:
    first = approved(faculty, "1")

    second = operations.start_version(unit_id=faculty["unit"].pk, by=faculty["teacher"], at=NOON)

    assert (second.number, second.summary) == (2, first.summary)
    assert [row.text for row in second.outcomes.all()] == [row.text for row in first.outcomes.all()]


def test_a_code_stands_for_one_unit_of_a_programme(faculty: dict[str, Any]) -> None:
    with pytest.raises(operations.CodeTaken, match="INF1"):
        operations.add_unit(
            programme=faculty["unit"].programme,
            code="INF1",
            title="Another",
            ects=Decimal(3),
            language="en",
            teachers=[],
            by=faculty["teacher"],
            at=NOON,
        )


def changed(faculty: dict[str, Any], **more: Any) -> Unit:
    unit: Unit = faculty["unit"]
    told = {
        "code": unit.code,
        "title": unit.title,
        "ects": unit.ects,
        "language": unit.language,
        "is_compulsory": unit.is_compulsory,
        "teachers": [faculty["teacher"]],
    }
    return operations.change_unit(unit_id=unit.pk, by=faculty["teacher"], at=NOON, **{**told, **more})


def test_a_unit_is_corrected(faculty: dict[str, Any]) -> None:
    colleague = TeacherFactory(at=faculty["institution"])

    unit = changed(faculty, title="Infections", ects=Decimal(5), teachers=[colleague])

    assert (unit.title, unit.ects, list(unit.teachers.all())) == ("Infections", 5, [colleague])


def test_a_teacher_of_another_institution_cannot_be_named(faculty: dict[str, Any]) -> None:
    with pytest.raises(operations.NotATeacher):
        changed(faculty, teachers=[TeacherFactory(at=InstitutionFactory())])


def test_a_unit_keeps_as_many_credits_as_its_versions_need(faculty: dict[str, Any]) -> None:
    approved(faculty, "3")

    with pytest.raises(operations.FewerThanInternational, match="has 3 international"):
        changed(faculty, ects=Decimal("2.5"))


def test_a_unit_cannot_take_the_code_of_another(faculty: dict[str, Any]) -> None:
    UnitFactory(programme=faculty["unit"].programme, code="OTHER")

    with pytest.raises(operations.CodeTaken, match="OTHER"):
        changed(faculty, code="OTHER")


def test_a_programme_is_entered_once() -> None:
    institution = InstitutionFactory()
    dean = DeanFactory(at=institution)
    told = {"institution": institution, "title": "Nursing", "degree": Degree.FIRST, "field": "nursing"}
    operations.start_programme(**told, by=dean, at=NOON)

    with pytest.raises(operations.ProgrammeKnown, match="Nursing"):
        operations.start_programme(**told, by=dean, at=NOON)


def test_credits_outside_the_range_break_the_constraint() -> None:
    with pytest.raises(IntegrityError, match="unit_ects"), transaction.atomic():
        UnitFactory(ects=0)
    with pytest.raises(IntegrityError, match="not_negative"), transaction.atomic():
        SyllabusFactory(international_ects=-1)
