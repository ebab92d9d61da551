from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from biosint.curriculum.models import Syllabus, Unit
from biosint.curriculum.providers import search, waiting
from biosint.curriculum.states import Degree, SyllabusState
from factories import (
    ApprovedSyllabusFactory,
    DeanFactory,
    InstitutionFactory,
    OutcomeFactory,
    ProgrammeFactory,
    StudentFactory,
    SubmittedSyllabusFactory,
    SyllabusFactory,
    TeacherFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def draft(**more: Any) -> Syllabus:
    institution = InstitutionFactory()
    teacher = TeacherFactory(at=institution)
    unit = UnitFactory(programme=ProgrammeFactory(institution=institution), teachers=[teacher])
    return SyllabusFactory(unit=unit, written_by=teacher, **more)


def typed(edition: int = 0, **more: str) -> dict[str, str]:
    return {
        "edition": str(edition),
        "summary": "Infections.",
        "methods": "In teams with Mechelen.",
        "assessment": "A joint plan.",
        "international_ects": "1,5",
        "outcomes-TOTAL_FORMS": "2",
        "outcomes-INITIAL_FORMS": "0",
        "outcomes-0-text": "compare two systems",
        "outcomes-0-dimensions": "systems",
        "outcomes-1-text": "",
        **more,
    }


def test_a_teacher_writes_a_syllabus_and_a_dean_approves_it(client_of: Any) -> None:
    institution = InstitutionFactory()
    dean, teacher = DeanFactory(at=institution), TeacherFactory(at=institution)
    client_of(dean).post(
        f"/curriculum/at/{institution.slug}/programmes/new/",
        {"title": "Medicine", "degree": Degree.INTEGRATED, "field": "medicine"},
    )
    programme = institution.programmes.get()
    client = client_of(teacher)
    client.post(
        f"/curriculum/at/{institution.slug}/units/new/",
        {
            "programme": programme.pk,
            "code": "INF1",
            "title": "Infections",
            "ects": "4,5",
            "language": "sr",
            "teachers": teacher.pk,
        },
    )
    unit = Unit.objects.get(code="INF1")
    address = f"/curriculum/units/{unit.pk}/versions/1/"

    assert client.post(address + "write/", typed()).status_code == 302
    assert client.post(address + "submit/").status_code == 302
    assert "Approve this version" in client_of(dean).get(address).content.decode()
    assert client_of(dean).post(address + "approve/").status_code == 302

    syllabus = unit.syllabi.get()
    assert (unit.ects, syllabus.state) == (Decimal("4.5"), SyllabusState.APPROVED)
    assert syllabus.international_ects == Decimal("1.5")
    assert [row.dimensions for row in syllabus.outcomes.all()] == [["systems"]]
    assert "compare two systems" in Client().get(f"/curriculum/units/{unit.pk}/").content.decode()


def test_a_late_writer_keeps_their_words_and_sees_the_saved_ones(client_of: Any) -> None:
    syllabus = draft(edition=3, summary="Saved meanwhile by somebody.")

    answer = client_of(syllabus.written_by).post(
        f"/curriculum/units/{syllabus.unit_id}/versions/1/write/", typed(edition=2)
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile by somebody." in page
    assert "In teams with Mechelen." in page
    assert 'name="edition" value="3"' in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("international_ects", "many", "Enter a number"),
        ("international_ects", "7", "from 0 to 6"),
        ("international_ects", "-1", "greater than or equal to 0"),
        ("international_ects", "1.25", "1 decimal place"),
        ("outcomes-0-dimensions", "space", "not one of the available choices"),
        ("outcomes-0-text", "", "Write the outcome that these marks belong to"),
    ],
)
def test_bad_input_gets_a_sentence_and_is_kept(client_of: Any, field: str, value: str, says: str) -> None:
    syllabus = draft()

    answer = client_of(syllabus.written_by).post(
        f"/curriculum/units/{syllabus.unit_id}/versions/1/write/", typed(**{field: value})
    )

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "In teams with Mechelen." in answer.content.decode()
    syllabus.refresh_from_db()
    assert syllabus.edition == 0


def test_strangers_find_no_draft(client_of: Any) -> None:
    syllabus = draft()
    stranger = client_of(StudentFactory(at=syllabus.unit.programme.institution))

    for client in (Client(), stranger):
        assert client.get(f"/curriculum/units/{syllabus.unit_id}/").status_code == 404
        assert client.get(f"/curriculum/units/{syllabus.unit_id}/versions/1/").status_code == 404
    assert stranger.post(f"/curriculum/units/{syllabus.unit_id}/versions/1/approve/").status_code == 404


def test_a_colleague_who_does_not_write_is_told_why(client_of: Any) -> None:
    syllabus = draft()
    colleague = TeacherFactory(at=syllabus.unit.programme.institution)

    answer = client_of(colleague).get(f"/curriculum/units/{syllabus.unit_id}/versions/1/write/")

    assert answer.status_code == 403
    assert "Only a teacher of" in answer.content.decode()


def test_sending_back_needs_a_note(client_of: Any) -> None:
    unit = draft().unit
    Syllabus.objects.all().delete()
    syllabus = SubmittedSyllabusFactory(unit=unit)
    dean = client_of(DeanFactory(at=unit.programme.institution))
    address = f"/curriculum/units/{unit.pk}/versions/1/return/"

    dean.post(address, {"note": " "})
    syllabus.refresh_from_db()
    assert syllabus.state == SyllabusState.SUBMITTED

    dean.post(address, {"note": "Name the partner."})
    syllabus.refresh_from_db()
    assert syllabus.state == SyllabusState.RETURNED


def test_the_dean_sees_what_waits_and_the_teacher_what_came_back() -> None:
    institution = InstitutionFactory()
    teacher, dean = TeacherFactory(at=institution), DeanFactory(at=institution)
    programme = ProgrammeFactory(institution=institution)
    SubmittedSyllabusFactory(unit=UnitFactory(programme=programme, code="A1"))
    SyllabusFactory(
        unit=UnitFactory(programme=programme, code="B1", teachers=[teacher]),
        state=SyllabusState.RETURNED,
        note="Name the partner.",
    )

    assert ["A1" in str(row.title) for row in waiting(dean)] == [True]
    assert [str(row.why) for row in waiting(teacher)] == ["Name the partner."]
    assert list(waiting(StudentFactory(at=institution))) == []


def test_the_search_finds_what_the_reader_may_see() -> None:
    unit = ApprovedSyllabusFactory().unit
    UnitFactory(title="Infectious secrets")

    assert [found.title for found in search("infectious", person=None, limit=5)] == [str(unit)]


def approved_units(count: int) -> Any:
    institution = InstitutionFactory()
    programme = ProgrammeFactory(institution=institution)
    teacher = TeacherFactory(at=institution)
    for _n in range(count):
        syllabus = ApprovedSyllabusFactory(
            unit=UnitFactory(programme=programme, state="approved", teachers=[teacher])
        )
        OutcomeFactory(syllabus=syllabus)
    return institution, teacher


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_institution_costs_the_same_for_any_number_of_units(
    count: int, count_queries: Any
) -> None:
    institution, _teacher = approved_units(count)

    with count_queries(5):
        answer = Client().get(f"/curriculum/at/{institution.slug}/")

    assert answer.content.decode().count('<a href="/curriculum/units/') == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_institutions_costs_one_query(count: int, count_queries: Any) -> None:
    for _n in range(count):
        approved_units(1)

    with count_queries(1):
        assert Client().get("/curriculum/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_my_syllabi_costs_the_same_for_any_number(
    count: int, count_queries: Any, client_of: Any
) -> None:
    _institution, teacher = approved_units(count)
    client = client_of(teacher)

    with count_queries(5):
        assert client.get("/curriculum/mine/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_unit_costs_the_same_for_any_number_of_versions(count: int, count_queries: Any) -> None:
    first = ApprovedSyllabusFactory()
    for number in range(2, count + 1):
        ApprovedSyllabusFactory(unit=first.unit, number=number)

    with count_queries(4):
        assert Client().get(f"/curriculum/units/{first.unit_id}/").status_code == 200


def test_a_unit_is_corrected_on_its_page(client_of: Any) -> None:
    syllabus = draft(international_ects=4)
    teacher = syllabus.written_by
    address = f"/curriculum/units/{syllabus.unit_id}/change/"
    told = {
        "code": "MED9",
        "title": "Infections",
        "ects": "5,5",
        "language": "en",
        "teachers": teacher.pk,
    }
    client = client_of(teacher)

    assert 'value="6"' in client.get(address).content.decode()
    fewer = client.post(address, {**told, "ects": "3"})
    assert (fewer.status_code, "at least as many" in fewer.content.decode()) == (422, True)
    assert client.post(address, told).status_code == 302

    syllabus.unit.refresh_from_db()
    assert (syllabus.unit.code, syllabus.unit.ects) == ("MED9", Decimal("5.5"))
    assert client_of(TeacherFactory(at=syllabus.unit.programme.institution)).get(address).status_code == 403
