from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client

from biosint.exchange.models import CalendarFeed
from biosint.exchange.operations import calendar, design
from biosint.exchange.states import ApplicationState, CourseState
from biosint.institutions.states import TermKind
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import AcademicTermFactory, ActivityFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MONDAY = date(2026, 10, 19)
# The last Sunday of October: clocks go back between these two.
BEFORE, AFTER = datetime(2026, 10, 23, 15, 0, tzinfo=UTC), datetime(2026, 10, 30, 16, 0, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    found = a_course(state=CourseState.RUNNING, start_date=MONDAY, end_date=MONDAY + timedelta(days=27))
    found.host.time_zone = "Europe/Belgrade"
    found.host.save()
    return found


def lines(text: str) -> str:
    return " ".join(text.split())


def test_every_moment_stands_on_each_clock_with_what_speaks_against_it(
    cast: Cast, client_of: ClientOf
) -> None:
    cast.partner.time_zone = "Asia/Tokyo"
    cast.partner.save()
    ActivityFactory(course=cast.course, title="First call", kind="live", due_at=BEFORE)
    AcademicTermFactory(
        institution=cast.host,
        kind=TermKind.HOLIDAY,
        title="Autumn break",
        first_date=MONDAY,
        last_date=MONDAY + timedelta(days=6),
    )

    page = lines(
        client_of(cast.teacher).get(f"/courses/{cast.course.slug}/design/calendar/").content.decode()
    )

    assert "Fri 23 Oct, 17:00" in page
    assert "Sat 24 Oct, 00:00" in page
    assert "holiday (Autumn break)" in page
    assert "night" in page
    assert "1 time meets people" in page


@pytest.mark.parametrize("number", [3, 30])
def test_the_calendar_asks_the_database_as_often_for_three_as_for_thirty(
    cast: Cast, client_of: ClientOf, count_queries: Any, number: int
) -> None:
    for hours in range(number):
        ActivityFactory(course=cast.course, due_at=BEFORE + timedelta(hours=hours))
    client = client_of(cast.teacher)

    with count_queries(7):
        client.get(f"/courses/{cast.course.slug}/design/calendar/")


def test_a_calendar_reads_meetings_and_deadlines_also_after_clocks_have_changed(cast: Cast) -> None:
    ActivityFactory(
        course=cast.course,
        title="Call; one, two",
        kind="live",
        due_at=BEFORE,
        closes_at=BEFORE + timedelta(minutes=90),
    )
    ActivityFactory(course=cast.course, title="Essay", due_at=AFTER)
    ActivityFactory(course=cast.course, title="Secret", due_at=AFTER, is_hidden=True)
    learner = cast.admitted().learner
    feed = calendar.open_feed(course_id=cast.course.pk, by=learner, at=NOON)

    response = Client().get(f"/courses/feeds/{feed.word}.ics")

    read = icalendar.Calendar.from_ical(response.content)
    events = {str(one["summary"]): one for one in read.walk("VEVENT")}
    assert set(events) == {"Call; one, two", "Due: Essay"}
    call = events["Call; one, two"]
    assert call["dtstart"].dt == BEFORE
    assert call["dtend"].dt - call["dtstart"].dt == timedelta(minutes=90)
    assert events["Due: Essay"]["dtstart"].dt == AFTER
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_calendar_that_knows_the_state_gets_nothing_again_until_the_plan_changes(cast: Cast) -> None:
    activity = ActivityFactory(course=cast.course, due_at=AFTER)
    feed = calendar.open_feed(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    address = f"/courses/feeds/{feed.word}.ics"
    etag = Client().get(address).headers["ETag"]

    again = Client().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")

    design.write_activity(
        course_id=cast.course.pk, activity_id=activity.pk, title="New", by=cast.teacher, at=NOON
    )
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_renewed_address_kills_the_old_one(cast: Cast, client_of: ClientOf) -> None:
    client, page = client_of(cast.teacher), f"/courses/{cast.course.slug}/calendar/"
    client.post(page, {})
    client.post(page, {})
    old = CalendarFeed.objects.get().word

    client.post(page, {"renew": "1"})

    new = CalendarFeed.objects.get().word
    assert Client().get(f"/courses/feeds/{old}.ics").status_code == 404
    assert Client().get(f"/courses/feeds/{new}.ics").status_code == 200
    assert new in client.get(page).content.decode()

    client.post(page, {"close": "1"})
    assert Client().get(f"/courses/feeds/{new}.ics").status_code == 404


def test_who_takes_no_part_any_more_has_no_feed(cast: Cast) -> None:
    application = cast.admitted()
    feed = calendar.open_feed(course_id=cast.course.pk, by=application.learner, at=NOON)
    application.state = ApplicationState.WITHDRAWN
    application.save()

    assert Client().get(f"/courses/feeds/{feed.word}.ics").status_code == 404


def test_strangers_have_no_feed(cast: Cast, client_of: ClientOf) -> None:
    stranger = cast.student()

    assert client_of(stranger).get(f"/courses/{cast.course.slug}/calendar/").status_code == 404
    with pytest.raises(Refused):
        calendar.open_feed(course_id=cast.course.pk, by=stranger, at=NOON)
