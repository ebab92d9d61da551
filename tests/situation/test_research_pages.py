"""Pages of the desk research."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from biosint.consortium.api import Consortium
from biosint.situation.models import Finding, Grading, Source
from factories import AdministratorFactory, InstitutionFactory, StudentFactory, TeacherFactory, consortium_of
from factories.research import FindingFactory, GradingFactory, PublishedFindingFactory, SourceFactory

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Seen from home",
    "kind": "report",
    "authors": "Visser, Anna",
    "year": "2024",
    "country": "NL",
}


@pytest.fixture
def consortium() -> Consortium:
    return consortium_of([InstitutionFactory(), InstitutionFactory()])


@pytest.fixture
def teacher(client_of: Any, consortium: Consortium) -> Any:
    return client_of(TeacherFactory(at=consortium.coordinator))


@pytest.fixture
def office(client_of: Any, consortium: Consortium) -> Any:
    return client_of(AdministratorFactory(at=consortium.coordinator))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_asks_the_database_as_often_for_one_row_as_for_three(
    teacher: Any, consortium: Consortium, count_queries: Any, rows: int
) -> None:
    FindingFactory.create_batch(rows, source__consortium=consortium)

    with count_queries(13):
        page = teacher.get("/situation/research/")

    assert page.content.decode().count("Nine in ten programmes") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_source_asks_as_often_for_one_finding_as_for_three(
    teacher: Any, consortium: Consortium, count_queries: Any, rows: int
) -> None:
    source = SourceFactory(consortium=consortium)
    for finding in FindingFactory.create_batch(rows, source=source):
        GradingFactory(finding=finding)

    with count_queries(10):
        page = teacher.get(source.get_absolute_url())

    assert page.content.decode().count("Nine in ten programmes") == rows


def test_without_a_source_the_table_teaches(teacher: Any) -> None:
    page = teacher.get("/situation/research/").content.decode()

    assert "No source yet" in page
    assert "/situation/research/sources/new/" in page


def test_students_see_nothing_and_strangers_get_404(client_of: Any, consortium: Consortium) -> None:
    source = SourceFactory(consortium=consortium)
    student = client_of(StudentFactory(at=consortium.coordinator))
    stranger = client_of(TeacherFactory(at=InstitutionFactory()))

    for visitor in (student, stranger):
        assert b"no institution of a consortium" in visitor.get("/situation/research/").content
        assert visitor.get(source.get_absolute_url()).status_code == 404
        for name in ("literature.csv", "literature.xlsx", "references.txt", "references.ris"):
            assert visitor.get(f"/situation/research/{name}").status_code == 404


def test_from_a_source_to_a_published_finding(teacher: Any, office: Any, consortium: Consortium) -> None:
    page = teacher.post(f"/situation/research/sources/new/?consortium={consortium.slug}", FORM)
    source = Source.objects.get()
    assert page["Location"] == f"/situation/research/sources/{source.pk}/findings/new/"
    told = {
        "text": "Nine in ten.",
        "countries": "netherlands; BE",
        "theme": "own",
        "own_theme": "home",
        "bearing": "threat",
    }
    teacher.post(page["Location"], told)
    finding = Finding.objects.get()
    assert (finding.countries, finding.theme, finding.bearing) == (["BE", "NL"], "home", "threat")
    teacher.post(f"/situation/research/findings/{finding.pk}/grade/", {"grade": "B", "because": "official"})

    office.post(f"/situation/research/findings/{finding.pk}/publish/")

    finding.refresh_from_db()
    assert finding.is_published
    assert b"Take back to mend it" in office.get(source.get_absolute_url()).content


def test_a_twin_is_told_before_it_is_there_and_added_when_asked_for_again(
    teacher: Any, consortium: Consortium
) -> None:
    twin = SourceFactory(consortium=consortium, title="Seen from Home")

    page = teacher.post("/situation/research/sources/new/", FORM)
    assert page.status_code == 422
    assert "A source of this title is here already" in page.content.decode()
    assert Source.objects.count() == 1

    teacher.post("/situation/research/sources/new/", {**FORM, "although": str(twin.pk)})
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"doi": "abc"}, "This is not a DOI"),
        ({"url": "nothing at all"}, "Enter a valid URL"),
        ({"kind": "web"}, "A web page needs its address"),
        ({"read_date": "2199-01-01"}, "This day has not come yet"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(teacher: Any, wrong: dict[str, str], said: str) -> None:
    page = teacher.post("/situation/research/sources/new/", {**FORM, **wrong})

    assert page.status_code == 422
    assert said in page.content.decode()


def test_an_unknown_country_is_named(teacher: Any, consortium: Consortium) -> None:
    source = SourceFactory(consortium=consortium)

    page = teacher.post(
        f"/situation/research/sources/{source.pk}/findings/new/",
        {
            "text": "So.",
            "countries": "Belgium, Ruritania",
            "theme": "own",
            "own_theme": "x",
            "bearing": "context",
        },
    )

    assert "We do not know these countries: Ruritania" in page.content.decode()


def test_the_second_reader_does_not_see_the_first_grade_while_grading(
    teacher: Any, office: Any, consortium: Consortium
) -> None:
    finding = FindingFactory(source__consortium=consortium, grade="C")
    GradingFactory(finding=finding, grade="C", because="Only two wards")
    source = finding.source.get_absolute_url()

    assert b"Only two wards" not in office.get(source).content
    assert b"Only two wards" not in office.get(f"/situation/research/findings/{finding.pk}/grade/").content
    office.post(f"/situation/research/findings/{finding.pk}/grade/", {"grade": "B"})

    assert b"Only two wards" in office.get(source).content
    assert Grading.objects.count() == 2


RIS = "TY  - JOUR\nTI  - Known\nDO  - 10.1234/abc\nER  - \nTY  - RPRT\nTI  - New one\nPY  - 2020\nER  - \n"


def test_an_import_shows_first_and_writes_only_what_is_ticked(teacher: Any, consortium: Consortium) -> None:
    SourceFactory(consortium=consortium, title="Known here", doi="10.1234/abc")
    address = f"/situation/research/import/?consortium={consortium.slug}"

    shown = teacher.post(address, {"file": SimpleUploadedFile("list.ris", RIS.encode())}).content.decode()
    assert "A source with this DOI is here already." in shown
    assert "Entries found: 2. New: 1." in shown
    assert Source.objects.count() == 1

    teacher.post(address, {"text": RIS, "step": "take", "row": ["0", "1"]})
    assert set(Source.objects.values_list("title", "doi", "year")) == {
        ("Known here", "10.1234/abc", 2024),
        ("New one", "", 2020),
    }


def test_a_file_that_is_none_is_refused_with_what_to_do(teacher: Any) -> None:
    for told in ({"text": "Dear all"}, {"file": SimpleUploadedFile("x.ris", b"\x00\x81\x98")}, {}):
        page = teacher.post("/situation/research/import/", told)

        assert page.status_code == 422
        assert Source.objects.count() == 0


def test_the_files_hold_what_the_table_shows(teacher: Any, consortium: Consortium) -> None:
    PublishedFindingFactory(source__consortium=consortium, source__title="=1+1", text="Half.")
    FindingFactory(source__consortium=consortium, countries_written=" BE ")

    table = teacher.get("/situation/research/literature.csv?country=NL").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["title"], row["finding"], row["countries"], row["grade"]) for row in rows] == [
        ("'=1+1", "Half.", "Netherlands", "B")
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(teacher.get("/situation/research/literature.xlsx").content), read_only=True
    )
    assert len(list(book["literature"].iter_rows())) == 3
    listed = teacher.get("/situation/research/references.txt").content.decode()
    assert "Visser A., De Smet J. (2024). =1+1." in listed
    assert teacher.get("/situation/research/references.ris").content.decode().count("TY  - RPRT") == 2


def test_a_page_for_writers_refuses_readers_with_a_reason(client_of: Any, consortium: Consortium) -> None:
    from factories import DeanFactory

    dean = client_of(DeanFactory(at=consortium.coordinator))
    source = SourceFactory(consortium=consortium)

    page = dean.get(f"/situation/research/sources/{source.pk}/findings/new/")

    assert page.status_code == 403
    assert "write the desk research" in page.content.decode()
