from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from biosint.exchange import copied
from biosint.exchange.models import Activity, CalendarFeed, Course, OpenTemplate
from biosint.exchange.operations import calendar, design, plans
from biosint.exchange.operations.forgetting_plans import forget_plans
from biosint.exchange.plan_differences import compared_plans
from biosint.exchange.queries.plan_work import plan_work
from biosint.exchange.states import ActivityKind, CourseState
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, OpenTemplateFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MONDAY = date(2026, 3, 16)


@pytest.fixture
def cast() -> Cast:
    return a_course(state=CourseState.DRAFT, start_date=MONDAY, end_date=MONDAY + timedelta(days=27))


def in_week(cast: Cast, week: int, **fields: Any) -> Activity:
    begins = datetime.combine(MONDAY, time(8), tzinfo=UTC) + timedelta(days=7 * (week - 1))
    return ActivityFactory(course=cast.course, opens_at=begins, due_at=begins + timedelta(days=4), **fields)


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_version_is_kept_compared_in_words_and_gone_back_to(cast: Cast, client_of: ClientOf) -> None:
    activity = in_week(cast, 1, title="Fever", hours=2)
    client, base = client_of(cast.teacher), f"/courses/{cast.course.slug}/design"
    client.post(f"{base}/versions/", {"name": "First", "key": "11111111-1111-4111-8111-111111111111"})
    design.write_activity(
        course_id=cast.course.pk, activity_id=activity.pk, title="Pain", by=cast.colleague, at=NOON
    )
    in_week(cast, 2, title="New")

    page = words_of(client.get(f"{base}/versions/compare/?from=1&to=0"))
    assert "<del>Fever</del>" in page
    assert "<ins>Pain</ins>" in page
    assert '<strong lang="en">New</strong> added' in page

    client.post(f"{base}/versions/1/back/")
    assert [one.title for one in cast.course.activities.all()] == ["Fever"]
    assert "Nothing: both are the same." in words_of(client.get(f"{base}/versions/compare/?from=1&to=0"))


def test_versions_that_do_not_exist_are_not_found(cast: Cast, client_of: ClientOf) -> None:
    base = f"/courses/{cast.course.slug}/design/versions"

    assert client_of(cast.teacher).get(f"{base}/compare/?from=7&to=0").status_code == 404
    assert client_of(cast.teacher).post(f"{base}/7/back/").status_code == 404
    assert client_of(cast.student()).get(f"{base}/").status_code == 404


def test_one_activity_that_moves_past_three_is_the_only_one_that_moved() -> None:
    before = [{"activity": key, "title": str(key)} for key in (1, 2, 3, 4)]
    after = [before[3], *before[:3]]

    assert [one.title for one in compared_plans(before, after)] == ["4"]


def test_a_copied_course_begins_on_its_own_day_without_keys_of_other_records(
    cast: Cast, client_of: ClientOf
) -> None:
    in_week(cast, 2, title="Review", kind="peer_review", settings={"reviews": 3, "rubric_id": 7})

    client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/design/copy/",
        {"title": "Fever again", "start_date": "2027-03-15", "with_dates": "on"},
    )

    course = Course.objects.get(title="Fever again")
    fresh = course.activities.get()
    assert course.end_date == date(2027, 4, 11)
    assert fresh.opens_at is not None
    assert fresh.opens_at.date() == date(2027, 3, 22)
    assert fresh.settings == {"reviews": 3}


def test_a_kind_copies_its_own_records(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied, "COPIES", {})

    @copied.copies(ActivityKind.POLL)
    def how(source: Activity, copy: Activity, by: Person) -> dict[str, Any]:
        return {"of": source.pk, "for": copy.pk, "by": by.pk}

    source = in_week(cast, 1, kind="poll", settings={"question_id": 3})

    course = plans.copy_course(
        course_id=cast.course.pk, title="B", start_date=MONDAY, with_dates=True, by=cast.teacher, at=NOON
    )

    fresh = course.activities.get()
    assert fresh.settings == {"of": source.pk, "for": fresh.pk, "by": cast.teacher.pk}


def test_a_shared_plan_is_found_by_visitors_until_it_is_withdrawn(cast: Cast, client_of: ClientOf) -> None:
    in_week(cast, 1, title="Fever", text="Read.")
    client = client_of(cast.teacher)
    client.post(
        f"/courses/{cast.course.slug}/design/share/",
        {
            "title": "Fever in two countries",
            "summary": "For nursing.",
            "licence": "CC-BY-4.0",
            "key": "11111111-1111-4111-8111-111111111111",
        },
    )
    template = OpenTemplate.objects.get()
    address = f"/courses/templates/{template.slug}/"

    page = words_of(Client().get(address))
    assert str(cast.teacher) in page
    assert "CC BY 4.0" in page
    assert "Fever in two countries" in words_of(Client().get("/courses/templates/?q=fever"))

    assert client_of(cast.student()).post(f"{address}withdraw/").status_code == 404
    client.post(f"{address}withdraw/")
    assert Client().get(address).status_code == 404
    assert "Fever in two countries" not in words_of(Client().get("/courses/templates/"))
    assert "withdrawn" in words_of(client.get(f"/courses/{cast.course.slug}/design/versions/"))


def test_a_withdrawn_template_cannot_be_withdrawn_again_or_taken_over(cast: Cast) -> None:
    template = OpenTemplateFactory(course=cast.course)
    plans.withdraw_template(template_id=template.pk, by=cast.colleague, at=NOON)

    template.refresh_from_db()
    assert (template.withdrawn_by, template.withdrawn_at) == (cast.colleague, NOON)
    with pytest.raises(Refused):
        plans.withdraw_template(template_id=template.pk, by=cast.teacher, at=NOON)
    with pytest.raises(OpenTemplate.DoesNotExist):
        plans.take_over(course_id=cast.course.pk, template_id=template.pk, by=cast.teacher, at=NOON)


@pytest.mark.parametrize("number", [3, 30])
def test_lists_ask_the_database_as_often_for_three_as_for_thirty(
    cast: Cast, client_of: ClientOf, count_queries: Any, number: int
) -> None:
    for place in range(number):
        OpenTemplateFactory(course=cast.course)
        plans.keep_version(course_id=cast.course.pk, name=f"V{place}", by=cast.teacher, at=NOON)
    client = client_of(cast.teacher)

    with count_queries(8):
        client.get(f"/courses/{cast.course.slug}/design/versions/")
    with count_queries(2):
        Client().get("/courses/templates/")


def test_who_closes_the_account_is_not_named_in_templates_and_their_calendar_is_closed(cast: Cast) -> None:
    name = str(cast.teacher)
    authors = [{"name": name, "institution": "A"}, {"name": "Somebody", "institution": "B"}]
    own = OpenTemplateFactory(course=cast.course, authors=authors)
    built = OpenTemplateFactory(
        builds_on=[{"title": "T", "authors": authors, "licence": "CC-BY-4.0", "slug": own.slug}]
    )
    other = OpenTemplateFactory(authors=authors)
    calendar.open_feed(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    forget_plans(cast.teacher)

    for template in (own, built, other):
        template.refresh_from_db()
    assert [one["name"] for one in own.authors] == ["…", "Somebody"]
    assert [one["name"] for one in built.builds_on[0]["authors"]] == ["…", "Somebody"]
    assert [one["name"] for one in other.authors] == [name, "Somebody"]
    assert not CalendarFeed.objects.exists()


def test_own_work_on_plans_is_in_the_export_without_the_secret_address(cast: Cast) -> None:
    plans.place_supplied(course_id=cast.course.pk, code="coil-4", by=cast.teacher, at=NOON)
    plans.keep_version(course_id=cast.course.pk, name="First", by=cast.teacher, at=NOON)
    feed = calendar.open_feed(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    records = list(plan_work(cast.teacher))

    assert [one.get("what") or one.get("version") or "calendar" for one in records] == [
        "placed",
        "First",
        "calendar",
    ]
    assert feed.word not in str(records)
