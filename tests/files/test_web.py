from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from biosint.files import api as files
from biosint.files import rules
from biosint.people.api import Person
from clock import NOON
from factories import PersonFactory

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7\nminutes"


@pytest.fixture
def minutes() -> Iterator[files.StoredFile]:
    """A file that only the person who stored it may read."""
    files.register_reader("tests.minutes", lambda person, stored: person == stored.stored_by)
    upload = SimpleUploadedFile("Записник 1.pdf", CONTENT)
    yield files.store(upload, kind="tests.minutes", by=PersonFactory(), at=NOON)
    # Only this kind: the others are needed by every test that comes after.
    rules._READERS.pop("tests.minutes", None)


def test_who_may_read_a_file_gets_it_as_a_download(
    minutes: files.StoredFile, client_of: Callable[[Person], Client]
) -> None:
    assert minutes.stored_by is not None
    response = client_of(minutes.stored_by).get(files.download_url(minutes))

    assert b"".join(response.streaming_content) == CONTENT
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_file_that_has_not_changed_is_not_sent_again(
    minutes: files.StoredFile, client_of: Callable[[Person], Client]
) -> None:
    assert minutes.stored_by is not None
    response = client_of(minutes.stored_by).get(
        files.download_url(minutes), headers={"If-None-Match": f'"{minutes.sha256}"'}
    )

    assert response.status_code == 304


def test_strangers_and_visitors_do_not_learn_that_a_file_exists(
    minutes: files.StoredFile, client: Client, client_of: Callable[[Person], Client]
) -> None:
    assert client_of(PersonFactory()).get(files.download_url(minutes)).status_code == 404
    assert client.get(files.download_url(minutes)).status_code == 404


def test_a_kind_that_no_app_answers_for_is_read_by_nobody(
    minutes: files.StoredFile, client_of: Callable[[Person], Client]
) -> None:
    assert minutes.stored_by is not None
    rules._READERS.pop("tests.minutes")

    assert client_of(minutes.stored_by).get(files.download_url(minutes)).status_code == 404


def test_two_apps_cannot_answer_for_one_kind(minutes: files.StoredFile) -> None:
    with pytest.raises(ValueError, match=r"tests\.minutes"):
        files.register_reader("tests.minutes", lambda _person, _stored: True)
