import io
import zipfile

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from biosint.files import api as files
from biosint.files import formats
from biosint.files.operations import clean_name
from clock import NOON
from factories import PersonFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20)
PDF = b"%PDF-1.7\n1 0 obj\n"


def workbook() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def letter() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def open_document(extension: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", formats.FORMATS[extension].media_type)
        package.writestr("content.xml", "<a/>")
    return made.getvalue()


def store(name: str, content: bytes, **more: object) -> files.StoredFile:
    return files.store(
        SimpleUploadedFile(name, content), kind="tests.minutes", by=PersonFactory(), at=NOON, **more
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PDF),
        ("map.png", PNG),
        ("budget.XLSX", workbook()),
        ("letter.docx", letter()),
        ("answers.csv", "Питање;Одговор\n1;да\n".encode()),
        ("plan.odt", open_document("odt")),
        ("notes.txt", "Šta je urađeno".encode("cp1250")),
    ],
)
def test_a_file_that_is_what_its_name_says_is_kept_whole(name: str, content: bytes) -> None:
    stored = store(name, content)

    with files.open_content(stored) as kept:
        assert kept.read() == content
    assert stored.size == len(content)
    assert stored.media_type == formats.FORMATS[name.rpartition(".")[2].lower()].media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PNG),
        ("minutes.pdf", b"MZ\x90\0 a program"),
        ("budget.xlsx", letter()),
        ("letter.docx", b"PK\x03\x04 broken"),
        ("notes.txt", PNG),
        ("plan.odt", workbook()),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(files.FormatRefused, match="is not really a"):
        store(name, content)


def test_a_format_that_is_not_allowed_is_refused_with_those_that_are() -> None:
    with pytest.raises(files.FormatRefused, match="of these formats: csv, ods, xlsx"):
        store("page.html", b"<script>", allowed=files.TABLES)
    with pytest.raises(files.FormatRefused, match="“file” cannot be used"):
        store("...", b"something")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(files.FileEmpty):
        store("minutes.pdf", b"")


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(files.FileTooLarge, match="the limit is 10"):
        store("minutes.pdf", PDF, maximum=10)


def test_a_package_that_unpacks_to_far_more_is_refused() -> None:
    bomb = io.BytesIO(workbook())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", bytes(20_000_000))

    with pytest.raises(files.FileUnsafe):
        store("budget.xlsx", bomb.getvalue())


def test_equal_contents_share_one_place() -> None:
    first, second = store("a.pdf", PDF), store("b.pdf", PDF)

    assert first.place == second.place
    assert first.sha256 == second.sha256


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ana\\Zapisnik šč.PDF", "Zapisnik šč.pdf"),
        ('a"b\r\nX: y.pdf', "a b X y.pdf"),
        ("...", "file"),
        ("Записник.docx", "Записник.docx"),
        ("x" * 300 + ".pdf", "x" * 137 + ".pdf"),
    ],
)
def test_names_are_cleaned_but_stay_readable(given: str, kept: str) -> None:
    assert clean_name(given) == kept
