"""Which answers a device may keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from biosint.people.api import Person
from biosint.shared.reading import READER
from factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_page_names_its_reader_without_telling_who_it_is(client_of: Callable[[Person], Client]) -> None:
    one, other = PersonFactory(), PersonFactory()
    first, again, second = (
        client_of(one).get("/"),
        client_of(one).get("/courses/mine/"),
        client_of(other).get("/"),
    )

    assert first[READER] == again[READER] != second[READER]
    assert len(first[READER]) == 16
    assert 'data-reads="/ui/reading-worker.js"' in first.content.decode()


def test_nothing_is_kept_for_visitors_and_parts_of_pages(
    client: Client, client_of: Callable[[Person], Client]
) -> None:
    person = PersonFactory()

    assert READER not in client.get("/").headers
    assert "data-reads" not in client.get("/").content.decode()
    assert READER not in client_of(person).get("/", headers={"HX-Request": "true"}).headers
    # Not marked: names of many people.
    assert READER not in client_of(person).get("/search/?q=a").headers


def test_the_worker_may_look_after_the_whole_site(client: Client) -> None:
    answer = client.get("/ui/reading-worker.js")

    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
