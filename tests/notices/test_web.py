from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biosint.people.api import Person
from clock import NOON
from factories import NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/notices/"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_notices(
    rows: int, client_of: Callable[[Person], Client], count_queries: Any
) -> None:
    ana = PersonFactory()
    NoticeFactory.create_batch(rows, person=ana)
    client = client_of(ana)
    client.get(LIST)

    # Session, person, number of notices, one page of them, unread ones.
    with count_queries(5):
        page = client.get(LIST).content.decode()

    assert page.count("You have a place in “Shared wards”") == rows


def test_an_empty_list_says_what_it_is_for(client_of: Callable[[Person], Client]) -> None:
    assert "No notices yet" in client_of(PersonFactory()).get(LIST).content.decode()


def test_opening_a_notice_reads_it_and_leads_on(client_of: Callable[[Person], Client]) -> None:
    notice = NoticeFactory(url="/courses/1/")

    answer = client_of(notice.person).get(reverse("notices:open", args=[notice.pk]))

    assert answer.headers["Location"] == "/courses/1/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_nobody_opens_the_notice_of_another(client_of: Callable[[Person], Client]) -> None:
    notice = NoticeFactory()

    assert client_of(PersonFactory()).get(reverse("notices:open", args=[notice.pk])).status_code == 404


def test_all_can_be_marked_as_read(client_of: Callable[[Person], Client]) -> None:
    notice = NoticeFactory()
    client = client_of(notice.person)

    assert "Mark all as read" in client.get(LIST).content.decode()
    client.post(reverse("notices:read-all"))

    assert "Mark all as read" not in client.get(LIST).content.decode()
    assert NoticeFactory(person=notice.person, read_at=NOON).read_at == NOON
