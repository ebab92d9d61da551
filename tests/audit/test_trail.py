from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from biosint.audit import queries
from biosint.audit.api import Line, may_read, record
from biosint.people.api import Person
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    InstitutionFactory,
    LineFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.mark.django_db(transaction=True)
def test_a_line_is_refused_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="without the deed"):
        record("people.account.opened", PersonFactory(), by=None, at=NOON)


def test_a_coordinator_reads_what_the_people_of_the_house_did_and_no_more() -> None:
    here = InstitutionFactory()
    student, stranger = StudentFactory(at=here), StudentFactory()
    LineFactory(by_id=student.pk, subject_label="ours")
    LineFactory(by_id=stranger.pk, subject_label="theirs")
    LineFactory(by_id=None, subject_label="the platform's")

    assert [line.subject_label for line in queries.lines_for(CoordinatorFactory(at=here))] == ["ours"]
    assert queries.lines_for(SiteAdministratorFactory()).count() == Line.objects.count() == 3


def test_only_who_keeps_records_reads_the_trail() -> None:
    assert may_read(CoordinatorFactory())
    assert may_read(AdministratorFactory())
    assert may_read(SiteAdministratorFactory())
    assert not may_read(TeacherFactory())
    assert not may_read(StudentFactory())
    assert not may_read(PersonFactory())


def test_the_trail_is_narrowed_by_who_what_part_and_day() -> None:
    LineFactory(by_label="Ana Ilić", subject_label="Shared wards", subject_kind="exchange.edition", at=NOON)
    LineFactory(by_label="Noor Claes", subject_label="Profile", at=NOON - 2 * DAY)
    lines = Line.objects.all()

    assert queries.narrowed(lines, who="ana").count() == 1
    assert queries.narrowed(lines, what="wards").count() == 1
    assert queries.narrowed(lines, area="exchange").get().subject_label == "Shared wards"
    assert queries.narrowed(lines, since=NOON.date(), until=NOON.date()).count() == 1
    assert queries.narrowed(lines, who="ana", area="people").count() == 0


def test_the_pages_show_lines_and_the_history_of_a_record(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    coordinator = CoordinatorFactory(at=here)
    LineFactory(
        by_id=coordinator.pk,
        subject_kind="exchange.edition",
        subject_id="7",
        subject_label="Shared wards",
        details={"places": 12},
    )
    browser = client_of(coordinator)

    assert "Shared wards" in browser.get("/audit/").content.decode()
    assert "places: 12" in browser.get("/audit/exchange.edition/7/").content.decode()
    assert browser.get("/audit/?since=nonsense").status_code == 422
    assert "No line has all of these words" in browser.get("/audit/?who=nobody").content.decode()


def test_the_trail_is_closed_to_strangers(client_of: ClientOf, client: Client) -> None:
    LineFactory(by_id=PersonFactory().pk, subject_kind="exchange.edition", subject_id="7")

    assert client.get("/audit/").status_code == 302
    refused = client_of(StudentFactory()).get("/audit/")
    assert refused.status_code == 403
    assert "Only a coordinator or administrator" in refused.content.decode()
    assert client_of(CoordinatorFactory()).get("/audit/exchange.edition/7/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(client_of: ClientOf, count_queries: Any, rows: int) -> None:
    browser = client_of(SiteAdministratorFactory())
    for _row in range(rows):
        LineFactory()
    browser.get("/audit/")

    with count_queries(4):
        assert browser.get("/audit/").status_code == 200
