"""The host of packages: what it answers, to whom, and what it never gives away."""

from __future__ import annotations

import gzip
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.config import doctor
from biosint.packages import operations, origins, tickets
from biosint.packages.models import Attempt, ItemState
from biosint.packages.web.serving import span_of
from clock import NOON
from factories import PersonFactory
from packages.making import PAGE_12, manifest_12, packed, upload

pytestmark = pytest.mark.django_db
LONG_PAGE = PAGE_12 + "<p>Wash your hands.</p>" * 60
SITE = "http://localhost"
# The tests' site is localhost, so packages play at its twin.
HOST = {"HTTP_HOST": "127.0.0.1"}


@pytest.fixture
def attempt() -> Attempt:
    content = packed(
        {
            "imsmanifest.xml": manifest_12(),
            "index.html": LONG_PAGE,
            "Media/Film.MP4": bytes(range(256)) * 40,
            "слика.txt": "Нада",
            "notes.pdf": b"%PDF-1.4",
        }
    )
    operations.hand_in(upload(content), place="tests.host:1", key=uuid.uuid4(), by=PersonFactory(), at=NOON)
    return operations.begin(place="tests.host:1", by=PersonFactory(name="Ана <b>"), at=NOON)


def ticket(attempt: Attempt) -> str:
    return f"/play/{tickets.ticket_for(attempt, site=SITE, language='en')}/"


def shelf(attempt: Attempt, path: str) -> str:
    mark = tickets.shelf_mark(version_id=attempt.version_id, person_id=attempt.person_id, at=timezone.now())
    return f"/files/{mark}/{path}"


def fetched(client: Client, address: str, **headers: str) -> tuple[Any, bytes]:
    """An answer of the host, read to its end, as a server does."""
    answer = client.get(
        address, **HOST, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return answer, b"".join(answer) if answer.streaming else answer.content


def tell(client: Client, address: str, content: Any, **more: Any) -> Any:
    body = content if isinstance(content, (bytes, str)) else json.dumps(content)
    return client.post(address, body, content_type="application/json", **HOST, **more)


def test_files_come_from_that_host_alone(client: Client, attempt: Attempt) -> None:
    there, _content = fetched(client, shelf(attempt, "index.html"))

    assert there.status_code == 200
    assert client.get(shelf(attempt, "index.html")).status_code == 404
    assert client.get(ticket(attempt)).status_code == 404


@pytest.mark.parametrize("path", ["/", "/courses/", "/account/login/", "/static/built/app.css", "/audit/"])
def test_that_host_leads_people_to_the_site_and_tells_scripts_nothing(client: Client, path: str) -> None:
    client.force_login(PersonFactory())

    typed = client.get(path, **HOST)
    asked = client.get(path, **HOST, headers={"Sec-Fetch-Dest": "empty"})

    assert (typed.status_code, typed.headers["Location"]) == (302, SITE + path)
    assert asked.status_code == 404
    assert client.post(path, **HOST).status_code == 404
    assert not typed.cookies
    assert "Set-Cookie" not in asked.headers


def test_a_page_of_a_package_carries_its_policy_and_no_cookie(client: Client, attempt: Attempt) -> None:
    page, _content = fetched(client, shelf(attempt, "index.html"))

    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["worker-src"] == "blob:"
    assert policy["frame-ancestors"] == f"'self' {SITE}"
    assert "allow-top-navigation" not in policy["sandbox"]
    assert "allow-popups" not in policy["sandbox"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert not page.cookies
    assert (
        client.get(shelf(attempt, "index.html"), **HOST, headers={"Service-Worker": "script"}).status_code
        == 404
    )


def test_marks_are_for_one_version_and_end_with_the_next_week(client: Client, attempt: Attempt) -> None:
    now = timezone.now()
    mark = tickets.shelf_mark(version_id=7, person_id=3, at=now)

    assert tickets.read_shelf_mark(mark, at=now + tickets.WEEK) == 7
    for wrong, at in (
        (mark, now + 2 * tickets.WEEK),
        (mark, now - tickets.WEEK),
        (mark.replace("7.", "8."), now),
        ("x", now),
    ):
        with pytest.raises(tickets.NotOurs):
            tickets.read_shelf_mark(wrong, at=at)
    assert client.get("/files/7.3.1~forged/index.html", **HOST).status_code == 404


def test_files_are_found_in_any_script_and_with_mixed_capitals(client: Client, attempt: Attempt) -> None:
    assert fetched(client, shelf(attempt, "слика.txt"))[1].decode() == "Нада"
    assert fetched(client, shelf(attempt, "MEDIA/film.mp4"))[0].status_code == 200
    assert client.get(shelf(attempt, "../settings.py"), **HOST).status_code in {302, 404}
    assert client.get(shelf(attempt, "gone.html"), **HOST).status_code == 404
    assert client.get(shelf(attempt, "index.html%00"), **HOST).status_code == 404
    saved, _content = fetched(client, shelf(attempt, "notes.pdf"))
    assert "attachment" in saved.headers["Content-Disposition"]


def test_text_is_sent_packed_and_asked_for_again_costs_nothing(client: Client, attempt: Attempt) -> None:
    page, content = fetched(client, shelf(attempt, "index.html"), Accept_Encoding="gzip, br")
    plain, _content = fetched(client, shelf(attempt, "index.html"))
    again, nothing = fetched(client, shelf(attempt, "index.html"), If_None_Match=page.headers["ETag"])

    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content).decode() == LONG_PAGE
    assert "Content-Encoding" not in plain.headers
    assert (again.status_code, nothing) == (304, b"")


def test_videos_are_sent_in_parts(client: Client, attempt: Attempt) -> None:
    film = shelf(attempt, "Media/Film.MP4")

    part, content = fetched(client, film, Range="bytes=10-19")
    after, _nothing = fetched(client, film, Range="bytes=99999-")

    assert (part.status_code, part.headers["Content-Range"]) == (206, "bytes 10-19/10240")
    assert content == bytes(range(10, 20))
    assert part.headers["Content-Type"] == "video/mp4"
    assert (after.status_code, after.headers["Content-Range"]) == (416, "bytes */10240")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("", (0, 99)),
        ("bytes=0-", (0, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=5-500", (5, 99)),
        ("bytes=9-3", None),
        ("bytes=100-", None),
        ("bytes=-0", None),
        ("bytes=-", (0, 99)),
        ("bytes=1-2,5-6", (0, 99)),
        ("pages=1", (0, 99)),
    ],
)
def test_ranges(wanted: str, expected: tuple[int, int] | None) -> None:
    assert span_of(wanted, 100) == expected


def test_a_player_opens_reports_and_finds_its_state_again(client: Client, attempt: Attempt) -> None:
    address = ticket(attempt)
    page = client.get(address, **HOST)
    opened = tell(client, f"{address}open/", {}).json()

    told = tell(
        client,
        f"{address}report/",
        {
            "opening": 1,
            "sequence": 1,
            "item": "one",
            "state": {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "64"},
        },
    )
    again = tell(client, f"{address}open/", {}).json()

    assert page.status_code == 200
    assert "Ана &lt;b&gt;" not in page.content.decode()
    assert opened["learner"]["name"] == "Ана <b>"
    assert told.json() == {"done": True, "passed": True, "points": 64.0}
    assert again["opening"] == 2
    assert again["items"]["one"]["state"]["cmi.core.score.raw"] == "64"


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[]",
        {"opening": 1},
        {"opening": True, "sequence": 1, "item": "one", "state": {}},
        {"opening": 1, "sequence": 2**40, "item": "one", "state": {}},
        {"opening": 1, "sequence": 1, "item": "one", "state": []},
        {"opening": 1, "sequence": 1, "item": "one", "state": {"a": "\x00"}},
        '{"opening": 1, "sequence": 1, "item": "one", "state": {"a": NaN}}',
        '{"opening": 1, "sequence": 1, "item": "one", "state": {"a": "\\ud800"}}',
        '{"opening": 1, "sequence": 1, "item": "one", "state": ' + '{"a":' * 60 + "1" + "}" * 60 + "}",
        {"opening": 1, "sequence": 1, "item": "one", "state": {"a": "x" * 500_000}},
        {"opening": 5, "sequence": 1, "item": "one", "state": {}},
    ],
)
def test_what_is_no_report_changes_nothing(client: Client, attempt: Attempt, content: Any) -> None:
    address = ticket(attempt)
    tell(client, f"{address}open/", {})

    assert tell(client, f"{address}report/", content).status_code == 400
    assert not ItemState.objects.exists()


def test_tickets_are_for_one_attempt_and_for_half_a_day(
    client: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ticket(attempt)
    assert client.get(address.replace("/play/", "/play/x"), **HOST).status_code == 404
    assert tell(client, f"{address}report/", {}, HTTP_ORIGIN="http://localhost").status_code == 404
    Attempt.objects.filter(pk=attempt.pk).update(person=PersonFactory())
    assert client.get(address, **HOST).status_code == 404
    monkeypatch.setattr(tickets, "TICKET_LIFE", timedelta(seconds=-1))
    assert client.get(address, **HOST).status_code == 403
    assert tell(client, f"{address}open/", {}).status_code == 401


@pytest.mark.parametrize(
    ("site", "origin", "said"),
    [
        ("http://127.0.0.1:8000", "", ""),
        ("https://iah.example.edu", "", "is not set"),
        ("https://iah.example.edu", "https://iah.example.edu:443", "site's own address"),
        ("https://iah.example.edu", "https://iah.example.edu:8443", "in its port alone"),
        ("https://iah.example.edu", "http://packages.example.org", "both begin with https"),
        ("https://iah.example.edu", "https://packages.example.org", ""),
    ],
)
def test_the_doctor_says_what_the_origin_lacks(settings: Any, site: str, origin: str, said: str) -> None:
    settings.SITE_URL, settings.PACKAGES_ORIGIN = site, origin
    found = next(one for one in doctor._settings() if one.subject.startswith("Packages"))

    assert said in found.advice
    assert bool(origins.fault()) == bool(said)
    assert found.fault == bool(said and origin)


def test_a_set_origin_is_known_by_its_host(settings: Any, client: Client, attempt: Attempt) -> None:
    settings.SITE_URL, settings.PACKAGES_ORIGIN = "https://iah.example.edu", "https://packages.example.org"
    settings.ALLOWED_HOSTS = ["iah.example.edu", "packages.example.org"]
    host = {"HTTP_HOST": "packages.example.org", "secure": True}

    page = client.get(shelf(attempt, "index.html"), **host)
    assert b"".join(page)

    assert page.status_code == 200
    assert "frame-ancestors 'self' https://iah.example.edu;" in page.headers["Content-Security-Policy"]
    assert (
        client.get(shelf(attempt, "index.html"), HTTP_HOST="iah.example.edu", secure=True).status_code == 404
    )
    settings.PACKAGES_ORIGIN = "https://iah.example.edu"
    assert (
        client.get(shelf(attempt, "index.html"), HTTP_HOST="iah.example.edu", secure=True).status_code == 404
    )
