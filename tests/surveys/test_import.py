"""Files of answers: every kind of bad file ends in a sentence, every good one in all or nothing."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from biosint.files.api import FileEmpty, FileTooLarge, FormatRefused
from biosint.jobs.api import Cancelled, run_due
from biosint.shared.verdicts import Refused
from biosint.surveys import operations
from biosint.surveys.models import AnswerSet, Intake, IntakeState, Submission
from biosint.surveys.tables import Unreadable
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, TeacherFactory
from factories.surveys import AnswerSetFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).resolve().parents[1] / "survey_files"


def received(content: bytes, name: str = "answers.csv", *, target: AnswerSet | None = None) -> Intake:
    institution = target.owner if target else InstitutionFactory()
    by = CoordinatorFactory(at=institution)
    intake = operations.receive(
        ContentFile(content, name=name),
        target=target,
        institution=institution,
        title="Answers",
        by=by,
        at=NOON,
    )
    return operations.check(intake_id=intake.pk, by=by)


def imported(intake: Intake) -> AnswerSet:
    by = CoordinatorFactory(at=intake.institution)
    operations.start_writing(intake_id=intake.pk, by=by, at=NOON)
    return operations.write(intake_id=intake.pk, by=by, at=NOON)


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "fault", "words"),
    [
        (b"", "empty.csv", FileEmpty, "is empty"),
        (b"\n \n", "blank.csv", Unreadable, "is empty"),
        (b"a,b\n", "head.csv", Unreadable, "no answers below"),
        (b",,\n1,2,3\n", "nameless.csv", Unreadable, "should name the columns"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture.csv", FormatRefused, "not really"),
        (b"PK\x03\x04broken", "broken.xlsx", FormatRefused, "not really"),
        (b"%PDF-1.7", "report.pdf", FormatRefused, "cannot be used here"),
        (b'a,b\n1,"open\n2,3\n', "quote.csv", Unreadable, "quotation marks"),
        (
            b"Dear colleagues, we have, as you know, asked everybody, and here is what they said\nOne, yes.\nNo.\nA third\n",
            "letter.csv",
            Unreadable,
            "not a table",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    content: bytes, name: str, fault: type[Exception], words: str
) -> None:
    with pytest.raises(fault, match=words):
        received(content, name)

    assert not Intake.objects.exists()


def rewritten(sheet: bytes) -> bytes:
    """A workbook whose only sheet holds these bytes."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a", "b"], [1, 2]]))) as sound,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as broken,
    ):
        for name in sound.namelist():
            broken.writestr(name, sheet if name.endswith("sheet1.xml") else sound.read(name))
    return made.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET + ROW + b'<row r="2"><c r="A2"><v>1</v></broken>',
        b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + SHEET + ROW + b"&l9;</sheetData></worksheet>",
    ],
    ids=["cut off", "entities"],
)
def test_a_broken_or_hostile_sheet_is_refused_with_a_sentence(sheet: bytes) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        received(rewritten(sheet), "x.xlsx")


def test_a_sheet_that_claims_a_row_without_end_is_read_to_the_last_row_there_can_be() -> None:
    far = b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>'

    with pytest.raises(Unreadable, match="no answers below"):
        received(rewritten(SHEET + ROW + far), "x.xlsx")


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    settings.UPLOAD_BYTES = 1000

    with pytest.raises(FileTooLarge, match="the limit is"):
        received(b"a,b\n" + b"1,2\n" * 500)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Град;Одговор\nЧачак;да\n".encode("cp1251"), "cyrillic.csv"),
        ("Град;Одговор\nЧачак;да\n".encode("utf-16"), "utf16.csv"),
        ("Град\tОдговор\nЧачак\tда\n".encode(), "tabs.tsv"),
        ("\ufeffГрад,Одговор\r\nЧачак,да\r\n".encode(), "bom.csv"),
        ("Град|Одговор\nЧачак|да\n".encode(), "bars.txt"),
        ("\ufeffsep=;\r\nГрад;Одговор\r\nЧачак;да\r\n".encode(), "named.csv"),
    ],
)
def test_delimiters_and_encodings_are_found_out(content: bytes, name: str) -> None:
    intake = received(content, name)

    assert intake.layout["header"] == ["Град", "Одговор"]
    assert imported(intake).submissions.get().answers == {"Град": "Чачак", "Одговор": "да"}


def test_latin_letters_of_an_old_code_page_are_guessed_and_marked_for_a_look() -> None:
    intake = received("grad,odgovor\nČačak,možda\nNikšić,da\n".encode("cp1250"))

    assert intake.layout["is_guess"] is True
    assert intake.plan["inferred"][0]["options"][1]["code"] == "Čačak"


def test_a_wrongly_read_file_can_be_read_again() -> None:
    intake = received("grad,odgovor\nČačak,da\nNiš,ne\n".encode("iso8859-2"))
    by = CoordinatorFactory(at=intake.institution)

    operations.read_differently(intake_id=intake.pk, encoding="iso8859-2", sheet="", by=by, at=NOON)
    operations.check(intake_id=intake.pk, by=by)
    answers = imported(Intake.objects.get()).submissions.order_by("pk")

    assert [submission.answers["grad"] for submission in answers] == ["Čačak", "Niš"]


def test_a_workbook_is_read_with_its_numbers_and_gaps() -> None:
    intake = received(
        workbook([["group", "points"], ["a", 1.5], ["b", None], [None, None], ["a", 3]]), "x.xlsx"
    )

    answers = [submission.answers for submission in imported(intake).submissions.order_by("pk")]

    assert answers == [{"group": "a", "points": 1.5}, {"group": "b"}, {"group": "a", "points": 3}]


def test_rows_with_mistakes_are_named_and_left_out() -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory(slug="cacak")])
    content = (
        "institution,mobility,obstacles,digital_a,age\n"
        "cacak,yes,money;time,4,21\n"
        "cacak,Yes,,5,22\n"
        "cacak,perhaps,,4,20\n"
        "paris,no,,4,20\n"
        "cacak,no,,9,20\n"
        "cacak,no,,3,twelve\n"
        "cacak,no,,3,20,surplus\n"
        "cacak,yes,money;time,4,21\n"
    )

    intake = received(content.encode(), target=target)

    assert intake.report["usable"] == 3
    assert [row for row, _text in intake.report["faults"]] == [4, 5, 6, 7, 8]
    assert intake.report["duplicates"] == 1
    assert intake.report["duplicate_rows"] == [9]
    assert not Submission.objects.exists()
    imported(intake)
    assert [entry.answers for entry in target.submissions.order_by("pk")] == [
        {"mobility": "yes", "obstacles": ["money", "time"], "digital_a": 4, "age": 21},
        {"mobility": "yes", "digital_a": 5, "age": 22},
        # Told as the same as row 2, and kept: two people may answer alike.
        {"mobility": "yes", "obstacles": ["money", "time"], "digital_a": 4, "age": 21},
    ]


def test_rows_that_one_person_sent_twice_are_left_out() -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory()])
    content = b"sent at,mobility,age\n08:00:01,yes,20\n08:00:01,yes,20\n08:00:07,yes,20\n"

    imported(received(content, target=target))

    assert target.submissions.count() == 2


def test_the_same_file_counts_once() -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory()])
    content = b"mobility,age\nyes,20\nno,30\n"
    imported(received(content, target=target))

    with pytest.raises(operations.AlreadyImported, match="It counts once"):
        imported(received(content, target=target))

    assert target.submissions.count() == 2


def test_a_file_without_usable_rows_is_not_imported() -> None:
    target = AnswerSetFactory()

    with pytest.raises(operations.NothingUsable):
        imported(received(b"mobility\nmaybe\nperhaps\n", target=target))


def test_what_an_interrupted_import_left_is_hidden_and_taken_away() -> None:
    intake = received(b"group,points\na,1\nb,2\n")
    by = CoordinatorFactory(at=intake.institution)
    operations.start_writing(intake_id=intake.pk, by=by, at=NOON)
    half = AnswerSetFactory(
        version=None,
        token=None,
        opens_at=None,
        closes_at=None,
        owner=intake.institution,
        created_by=by,
        is_complete=False,
    )
    operations.add_rows(answer_set=half, rows=[(None, "", {"group": "a"}, NOON.date())])
    Intake.objects.filter(pk=intake.pk).update(staging=half)

    answer_set = operations.write(intake_id=intake.pk, by=by, at=NOON)

    assert answer_set.submissions.count() == 2
    assert Submission.objects.count() == 2
    assert not AnswerSet.objects.filter(is_complete=False).exists()


def test_a_refused_import_leaves_nothing_hidden() -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory()])
    content = b"mobility,age\nyes,20\nno,30\n"
    first, second = received(content, target=target), received(content, target=target)
    by = CoordinatorFactory(at=target.owner)
    for intake in (first, second):
        operations.start_writing(intake_id=intake.pk, by=by, at=NOON)
    operations.write(intake_id=first.pk, by=by, at=NOON)

    with pytest.raises(operations.AlreadyImported):
        operations.write(intake_id=second.pk, by=by, at=NOON)

    second.refresh_from_db()
    assert second.state == IntakeState.CHECKED
    assert second.staging is None
    assert Submission.objects.count() == 2


def test_a_cancelled_import_leaves_nothing_hidden() -> None:
    content = "group,points\n" + "".join(f"a,{place}\n" for place in range(6000))
    intake = received(content.encode())
    by = CoordinatorFactory(at=intake.institution)
    operations.start_writing(intake_id=intake.pk, by=by, at=NOON)

    def stop(_done: int, _total: int, _step: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        operations.write(intake_id=intake.pk, by=by, at=NOON, report_to=stop)

    assert not Submission.objects.exists()
    assert not AnswerSet.objects.exists()


def test_only_keepers_of_the_institution_bring_files_in() -> None:
    institution = InstitutionFactory()

    with pytest.raises(Refused):
        operations.receive(
            ContentFile(b"a,b\n1,2\n", name="a.csv"),
            target=None,
            institution=institution,
            title="",
            by=TeacherFactory(at=institution),
            at=NOON,
        )


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("bfi.csv", 2800, 29),
        ("attitude.csv", 30, 7),
        ("hair_eye_color.csv", 32, 4),
        ("ucb_admissions.csv", 24, 4),
    ],
)
def test_public_answer_files_come_in_whole(name: str, rows: int, columns: int) -> None:
    intake = received((FILES / name).read_bytes(), name)

    assert (intake.report["usable"], intake.report["fault_count"]) == (rows, 0)
    assert len(imported(intake).columns) == columns


def test_a_large_file_is_read_and_written_by_jobs(client_of: Any) -> None:
    institution = InstitutionFactory()
    by = CoordinatorFactory(at=institution)
    numbers = random.Random(2026)
    lines = [f"{numbers.choice('abc')},{numbers.randint(1, 5)},{'x' * 120}{number}" for number in range(9000)]
    upload = SimpleUploadedFile("large.csv", ("group,points,note\n" + "\n".join(lines)).encode())
    client = client_of(by)

    asked = client.post(
        "/surveys/imports/new/", {"file": upload, "title": "Large", "institution": institution.pk}
    )
    run_due()
    intake = Intake.objects.get()
    page = client.get(f"/surveys/imports/{intake.pk}/")
    written = client.post(f"/surveys/imports/{intake.pk}/write/")
    run_due()

    intake.refresh_from_db()
    assert asked.status_code == 302
    assert "/jobs/" in asked["Location"]
    assert page.status_code == 200
    assert "/jobs/" in written["Location"]
    assert intake.state == IntakeState.DONE
    assert intake.target is not None
    assert intake.target.submissions.count() == 9000


def test_a_small_file_goes_from_page_to_answers(client_of: Any) -> None:
    institution = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=institution))
    upload = SimpleUploadedFile("small.csv", b"group,points\na,1\nb,2\na,oops\n")

    received_page = client.post(
        "/surveys/imports/new/", {"file": upload, "title": "", "institution": institution.pk}, follow=True
    )
    intake = Intake.objects.get()
    changed = client.post(
        f"/surveys/imports/{intake.pk}/",
        {"use_0": "single|group", "use_1": "", "weight": "", "hides_small_groups": "on"},
    )
    client.post(f"/surveys/imports/{intake.pk}/write/")

    assert received_page.status_code == 200
    assert changed.status_code == 302
    assert [entry.answers for entry in Submission.objects.order_by("pk")] == [
        {"group": "a"},
        {"group": "b"},
        {"group": "a"},
    ]


def test_a_bad_file_on_the_page_keeps_the_form_and_says_why(client_of: Any) -> None:
    institution = InstitutionFactory()
    client = client_of(CoordinatorFactory(at=institution))
    upload = SimpleUploadedFile("a.csv", b"a,b\n")

    response = client.post(
        "/surveys/imports/new/", {"file": upload, "title": "My answers", "institution": institution.pk}
    )

    assert response.status_code == 422
    assert "no answers below" in response.content.decode()
    assert "My answers" in response.content.decode()
