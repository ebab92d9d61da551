"""Files that arrive in parts: the rules of tus 1.0, and what happens when lines and servers break."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from tusclient.client import TusClient

from biosint.files import api as files
from biosint.files import operations, parts, purposes
from biosint.files.models import ArrivingFile, StoredFile
from biosint.files.operations.arriving import KEPT, quota
from biosint.people.api import Person
from biosint.shared import registries
from browser import session_of
from clock import NOON
from factories import PersonFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
KIND = "tests.films"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
# Where the settings of a served process keep what they cache.
CACHE_TABLE = "biosint_cache"
TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def _purpose() -> Iterator[None]:
    files.register_purpose(files.Purpose(KIND, frozenset({"pdf", "xlsx"})))
    yield
    del purposes._PURPOSES[KIND]


def described(**told: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items())


def begin(client: Client, size: int = len(PDF), name: str = "film.pdf", kind: str = KIND) -> Any:
    told = described(filename=name, kind=kind, subject="7")
    return client.post(
        "/files/arriving/", headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": told}
    )


def send(client: Client, url: str, content: bytes, offset: int, **headers: str) -> Any:
    return client.patch(
        url, content, content_type=PART, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def arriving(owner: Person, *, size: int = len(PDF), at: Any = NOON) -> ArrivingFile:
    return operations.begin_arrival(
        name="film.pdf", size=size, kind=KIND, subject="7", told="", by=owner, at=at
    )


def test_a_file_arrives_in_parts_and_is_taken_whole(client_of: ClientOf) -> None:
    owner = PersonFactory()
    client = client_of(owner)

    begun = begin(client, name="Филм 1.PDF")
    url = begun.headers["Location"]
    first = send(client, url, PDF[:1000], 0)
    asked = client.head(url, headers=TUS)
    last = send(client, url, PDF[1000:], 1000)

    assert (begun.status_code, first.status_code, asked.status_code, last.status_code) == (201, 204, 200, 204)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("1000", str(len(PDF)))
    assert asked.headers["Upload-Metadata"] == described(filename="Филм 1.PDF", kind=KIND, subject="7")
    assert asked.headers["Cache-Control"] == "no-store"
    assert last.headers["Upload-Offset"] == str(len(PDF))
    field = files.ArrivedFiles(owner=owner, kind=KIND, subject="7")
    (upload,) = field.clean(field.initial)
    stored = files.store(upload, kind=KIND, by=owner, at=NOON, allowed={"pdf"})
    with files.open_content(stored) as kept:
        assert kept.read() == PDF
    assert stored.name == "Филм 1.pdf"
    # Sent twice, the form still finds it; no new form offers it.
    again = files.ArrivedFiles(owner=owner, kind=KIND, subject="7")
    assert (again.initial, len(again.clean(field.initial))) == ([], 1)
    assert files.ArrivedFiles(owner=owner, kind=KIND, subject="8").initial == []


def test_what_the_server_speaks_is_told_to_everybody(client: Client) -> None:
    answer = client.options("/files/arriving/")

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,termination"


def test_other_versions_methods_and_visitors_are_turned_away(client: Client, client_of: ClientOf) -> None:
    signed_in = client_of(PersonFactory())

    assert client.post("/files/arriving/", headers=TUS).status_code == 401
    assert signed_in.post("/files/arriving/").status_code == 412
    assert signed_in.get("/files/arriving/", headers=TUS).status_code == 405
    assert signed_in.post("/files/arriving/", headers={**TUS, "Upload-Length": "-1"}).status_code == 400
    broken = {**TUS, "Upload-Length": "9", "Upload-Metadata": "filename ***"}
    assert signed_in.post("/files/arriving/", headers=broken).status_code == 400


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"size": 1_000_000_000}, 413, "the limit is"),
        ({"size": 0}, 400, "is empty"),
        ({"name": "film.exe"}, 415, "of these formats: pdf, xlsx"),
        ({"kind": "tests.other"}, 400, "not taken in this place"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    given: dict[str, Any], status: int, words: str, client_of: ClientOf
) -> None:
    answer = begin(client_of(PersonFactory()), **given)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not ArrivingFile.objects.exists()


def test_one_person_has_no_more_on_the_way_than_the_quota(client_of: ClientOf) -> None:
    owner = PersonFactory()
    for _number in range(quota() // settings.UPLOAD_BYTES):
        arriving(owner, size=settings.UPLOAD_BYTES)

    refused = begin(client_of(owner))

    assert refused.status_code == 413
    assert "on the way or waiting already" in refused.content.decode()
    assert begin(client_of(PersonFactory())).status_code == 201


def test_others_do_not_learn_that_a_file_is_on_its_way(client_of: ClientOf) -> None:
    owner = PersonFactory()
    url = f"/files/arriving/{arriving(owner).public_id}/"
    other = client_of(PersonFactory())

    assert other.head(url, headers=TUS).status_code == 404
    assert send(other, url, PDF, 0).status_code == 404
    assert other.delete(url, headers=TUS).status_code == 404
    assert client_of(owner).head(url, headers=TUS).headers["Upload-Offset"] == "0"


def test_a_part_fits_where_the_file_stands_or_changes_nothing(client_of: ClientOf) -> None:
    client = client_of(PersonFactory())
    url = begin(client).headers["Location"]
    send(client, url, PDF[:100], 0)

    repeated = send(client, url, PDF[:100], 0)
    too_long = send(client, url, PDF, 100)
    unread = client.patch(url, PDF, content_type="text/plain", headers={**TUS, "Upload-Offset": "100"})

    assert (repeated.status_code, repeated.headers["Upload-Offset"]) == (409, "100")
    assert (too_long.status_code, unread.status_code) == (413, 415)
    assert client.head(url, headers=TUS).headers["Upload-Offset"] == "100"


def test_of_two_that_send_at_once_the_second_is_told_to_wait(client_of: ClientOf) -> None:
    owner = PersonFactory()
    arrival = arriving(owner)

    with parts.held(arrival.public_id):
        second = send(client_of(owner), f"/files/arriving/{arrival.public_id}/", PDF, 0)

    assert second.status_code == 409
    assert "being sent already" in second.content.decode()
    assert parts.arrived(arrival.public_id) == 0


def test_networks_that_know_no_patch_are_served(client_of: ClientOf) -> None:
    client = client_of(PersonFactory())
    url = begin(client).headers["Location"]
    headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}

    assert client.post(url, PDF, content_type=PART, headers=headers).status_code == 204


@pytest.mark.parametrize("content", [b"MZ\x90\0 a program", b"<script>alert(1)</script>"])
def test_a_whole_file_that_is_not_what_its_name_says_is_not_kept(content: bytes, client_of: ClientOf) -> None:
    client = client_of(PersonFactory())
    url = begin(client, size=len(content)).headers["Location"]

    answer = send(client, url, content, 0)

    assert answer.status_code == 415
    assert "is not really a pdf file" in answer.content.decode()
    assert not ArrivingFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_giving_up_and_closing_the_account_leave_nothing_on_the_disk(client_of: ClientOf) -> None:
    owner = PersonFactory()
    given_up, forgotten = arriving(owner), arriving(owner)
    client = client_of(owner)
    label, rows = next(one for one in registries.EXPORTERS if one[0] == "files.arrivingfile")

    assert client.delete(f"/files/arriving/{given_up.public_id}/", headers=TUS).status_code == 204
    assert client.delete(f"/files/arriving/{given_up.public_id}/", headers=TUS).status_code == 404
    assert [row["name"] for row in rows(owner)] == ["film.pdf"], label
    operations.forget(owner)

    assert not parts.place_of(given_up.public_id).exists()
    assert not parts.place_of(forgotten.public_id).exists()


def test_what_nobody_goes_on_with_is_dropped_in_the_end() -> None:
    now = timezone.now()
    owner = PersonFactory()
    fresh, stale = arriving(owner, at=now), arriving(owner, at=now)
    days_ago = (now - KEPT - timedelta(minutes=1)).timestamp()
    stray = parts.folder() / "without-record"
    stray.touch()
    for place in (parts.place_of(stale.public_id), stray):
        os.utime(place, (days_ago, days_ago))

    dropped = operations.sweep(at=now)

    assert dropped == 2
    assert [one.pk for one in ArrivingFile.objects.all()] == [fresh.pk]
    assert parts.place_of(fresh.public_id).exists()
    assert not parts.place_of(stale.public_id).exists()
    assert not stray.exists()


def test_a_store_that_was_not_written_down_leaves_the_file_waiting() -> None:
    owner = PersonFactory()
    arrival = arriving(owner)
    parts.place_of(arrival.public_id).write_bytes(PDF)
    field = files.ArrivedFiles(owner=owner, kind=KIND, subject="7")

    with pytest.raises(files.FormatRefused):
        files.store(field.clean(field.initial)[0], kind=KIND, by=owner, at=NOON, allowed={"xlsx"})

    assert not StoredFile.objects.exists()
    assert files.ArrivedFiles(owner=owner, kind=KIND, subject="7").initial == [str(arrival.public_id)]


# --- a real server, an independent client ----------------------------------------------------------------


@pytest.fixture
def serve() -> Iterator[Callable[[], tuple[str, subprocess.Popen[bytes]]]]:
    """Starts the server of the embedded default, in a process of its own, on the database of this test."""
    started: list[subprocess.Popen[bytes]] = []
    kept = connection.settings_dict
    address = (
        f"postgresql://biosint@/{kept['NAME']}?host={quote(kept['HOST'], safe='/')}"
        if connection.vendor == "postgresql"
        else f"sqlite://{kept['NAME']}"
    )
    source = Path(__file__).parents[2] / "src"
    # Processes that share the tests have read their settings before the variables of this one were set.
    environ = {
        **os.environ,
        "BIOSINT_DATA_DIR": str(settings.DATA_DIR),
        "BIOSINT_DATABASE_URL": address,
        "PYTHONPATH": str(source),
    }

    def begin_serving() -> tuple[str, subprocess.Popen[bytes]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--no-log", "biosint.config.wsgi:application"]
        server = subprocess.Popen(command, env=environ, start_new_session=True)
        started.append(server)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    # Under its numbers the machine is the host of packages.
                    return f"http://localhost:{port}", server
            time.sleep(0.1)
        raise AssertionError("The server did not start.")

    if connection.vendor == "postgresql":  # there its cache is a table, which tests do without
        call_command("createcachetable", CACHE_TABLE)
    yield begin_serving
    for server in started:
        kill(server)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {CACHE_TABLE}")


def kill(server: subprocess.Popen[bytes]) -> None:
    """End a server with its page processes as a power cut would."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(10)


@pytest.mark.django_db(transaction=True)
def test_an_independent_client_loses_nothing_when_the_server_is_killed(
    serve: Callable[[], tuple[str, subprocess.Popen[bytes]]],
) -> None:
    owner = PersonFactory()
    content = b"%PDF-1.7\n" + os.urandom(3_000_000)
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(owner)}; {settings.CSRF_COOKIE_NAME}={'c' * 32}",
        "X-CSRFToken": "c" * 32,
    }
    address, server = serve()
    # The process that serves knows only the purposes of the platform itself.
    told = {"filename": "film.pdf", "kind": "exchange.work", "subject": "7"}
    uploader = TusClient(f"{address}/files/arriving/", headers=headers).uploader(
        file_stream=io.BytesIO(content), chunk_size=1_000_000, metadata=told
    )
    uploader.upload_chunk()
    url = uploader.url
    assert url is not None
    arrival = ArrivingFile.objects.get()
    assert parts.arrived(arrival.public_id) == 1_000_000

    # The next part is cut in the middle: the client has sent half of it when the server dies.
    line = HTTPConnection(urlsplit(address).netloc)
    line.putrequest("PATCH", urlsplit(url).path)
    cut = {**headers, **TUS, "Content-Type": PART, "Upload-Offset": "1000000", "Content-Length": "1000000"}
    for name, value in cut.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(content[1_000_000:1_500_000])
    time.sleep(0.5)
    kill(server)
    line.close()
    survived = parts.arrived(arrival.public_id)
    address, _server = serve()
    resumed = TusClient(f"{address}/files/arriving/", headers=headers).uploader(
        file_stream=io.BytesIO(content), url=address + urlsplit(url).path, chunk_size=1_000_000
    )

    assert 1_000_000 <= survived <= 1_500_000
    assert resumed.offset == survived
    resumed.upload()
    assert parts.place_of(arrival.public_id).read_bytes() == content
