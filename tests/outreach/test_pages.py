from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import transaction
from django.test import Client

from biosint.evidence import api as evidence
from biosint.exchange.api import CourseState
from biosint.outreach.models import Activity, Enquiry
from clock import NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    CourseFactory,
    InstitutionFactory,
    PersonFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.consortium import ConsortiumFactory
from factories.impact import ComparisonVersionFactory
from factories.outreach import ActivityEntryFactory, EnquiryFactory, NewsFactory, PublishedPracticeFactory
from factories.strategies import DocumentFactory
from factories.workplan import DeliverableFactory, WorkPackageFactory

pytestmark = pytest.mark.django_db

ENTRY = {
    "title": "Talk at the chamber",
    "held_date": "2026-03-02",
    "kind": "talk",
    "place": "Čačak",
    "language": "sr",
    "target_groups": ["teachers"],
    "reached": "40",
    "reached_how": "list of attendance",
    "proof_link": "https://example.org/programme",
    "shows_funding": "on",
}
ASKED = {
    "name": "Mira Kos",
    "organisation": "Regional hospital",
    "email": "mira@example.org",
    "purpose": "To train our mentors.",
    "consent": "on",
}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_costs_the_same_however_long_it_is(rows: int, client: Client, count_queries: Any) -> None:
    project = ConsortiumFactory()
    for _row in range(rows):
        ActivityEntryFactory(consortium=project)

    with count_queries(4):
        answer = client.get("/results/activities/")

    assert answer.content.decode().count('<th scope="row">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_news_costs_the_same_however_long_it_is(rows: int, client: Client, count_queries: Any) -> None:
    NewsFactory.create_batch(rows)

    with count_queries(2):
        assert client.get("/results/news/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_enquiries_cost_the_same_however_many(rows: int, client_of: Any, count_queries: Any) -> None:
    EnquiryFactory.create_batch(rows)
    client = client_of(CoordinatorFactory(at=InstitutionFactory()))

    with count_queries(4):
        assert client.get("/results/enquiries/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_results_cost_the_same_however_many(rows: int, client: Client, count_queries: Any) -> None:
    project = ConsortiumFactory()
    package = WorkPackageFactory(consortium=project)
    for _row in range(rows):
        DocumentFactory(public_since=NOON)
        CourseFactory(state=CourseState.FINISHED)
        DeliverableFactory(
            work_package=package, state="approved", reviewed_by=PersonFactory(), reviewed_at=NOON
        )
        ComparisonVersionFactory(published=True)
        PublishedPracticeFactory()
        NewsFactory()

    with count_queries(9):
        answer = client.get("/results/")

    assert answer.status_code == 200


def test_a_figure_of_the_results_opens_to_what_it_counted(client: Client) -> None:
    project = ConsortiumFactory(members=[InstitutionFactory()])
    with transaction.atomic():
        for member in (project.coordinator, InstitutionFactory()):
            evidence.record(
                kind="strategies.document_adopted",
                subject=DocumentFactory(),
                institution=member,
                occurred_at=NOON,
                proof="/strategies/",
                by=None,
            )

    page = client.get("/results/").content.decode()

    # The second institution is no member: neither the figure nor the list behind it counts it.
    address = re.search(
        r'href="(/evidence/\?kind=strategies.document_adopted[^"]*)" aria-label="[^"]*: 1"', page
    )
    assert address is not None
    assert client.get(address[1].replace("&amp;", "&")).content.decode().count('<th scope="row">') == 2


def test_the_catalogue_says_licence_and_date_and_search_engines_read_it(client: Client) -> None:
    DocumentFactory(title="</script><b>Strategy", public_since=NOON)
    DocumentFactory(title="Draft")

    page = client.get("/results/catalogue/").content.decode()

    read = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert read is not None
    [item] = json.loads(read[1])["itemListElement"]
    assert item["item"]["name"] == "</script><b>Strategy"
    assert item["item"]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert item["item"]["datePublished"] == "2026-03-02"
    assert "Draft" not in page
    assert client.get("/results/catalogue/?kind=courses").context["page"].paginator.count == 0
    assert client.get("/results/catalogue/?kind=nonsense").context["page"].paginator.count == 1


def test_only_approved_public_deliverables_are_shown(client: Client) -> None:
    package = WorkPackageFactory(consortium=ConsortiumFactory())
    approved: dict[str, Any] = {"state": "approved", "reviewed_by": PersonFactory(), "reviewed_at": NOON}
    DeliverableFactory(work_package=package, title="Open guide", **approved)
    DeliverableFactory(work_package=package, title="Audit letter", level="sensitive", **approved)
    DeliverableFactory(work_package=package, title="Not yet")

    page = client.get("/results/catalogue/").content.decode()

    assert "Open guide" in page
    assert "Audit letter" not in page
    assert "Not yet" not in page


def test_empty_pages_teach(client: Client) -> None:
    assert "No figures yet" in client.get("/results/").content.decode()
    assert "No activity yet" in client.get("/results/activities/").content.decode()
    assert "Nothing fits" in client.get("/results/activities/?kind=talk").content.decode()
    assert "No news yet" in client.get("/results/news/").content.decode()
    assert "Nothing published yet" in client.get("/results/catalogue/").content.decode()


def test_a_filter_that_cannot_be_read_filters_nothing(client: Client) -> None:
    ActivityEntryFactory()

    answer = client.get("/results/activities/?kind=xyz&since=never&institution=nowhere&page=99")

    assert len(answer.context["page"].object_list) == 1


def test_a_teacher_enters_an_activity(client_of: Any) -> None:
    project = ConsortiumFactory()
    client = client_of(TeacherFactory(at=project.coordinator))

    assert client.get("/results/activities/new/").status_code == 200
    answer = client.post("/results/activities/new/", {**ENTRY, "institution": project.coordinator.pk})

    activity = Activity.objects.get()
    assert answer.url == activity.get_absolute_url()
    assert activity.held_date == date(2026, 3, 2)
    assert "list of attendance" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"proof_link": ""}, "Give the address of a page that proves it"),
        ({"reached_how": ""}, "Say how the people were counted"),
        ({"held_date": "2199-01-01"}, "The log speaks of what has happened"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(wrong: dict[str, str], sentence: str, client_of: Any) -> None:
    project = ConsortiumFactory()
    client = client_of(TeacherFactory(at=project.coordinator))

    answer = client.post(
        "/results/activities/new/", {**ENTRY, "institution": project.coordinator.pk, **wrong}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Talk at the chamber" in page


def test_who_has_nothing_to_enter_is_told_who_has(client_of: Any) -> None:
    answer = client_of(TeacherFactory(at=InstitutionFactory())).get("/results/activities/new/")

    assert answer.status_code == 403
    assert "teachers of member institutions" in answer.content.decode()


def test_names_stay_inside(client: Client, client_of: Any) -> None:
    activity = ActivityEntryFactory(entered_by=PersonFactory(name="Zlata Zlatić"))

    assert "Zlata" not in client.get(activity.get_absolute_url()).content.decode()
    assert (
        "Zlata"
        not in client_of(StudentFactory(at=activity.institution))
        .get(activity.get_absolute_url())
        .content.decode()
    )
    assert (
        "Zlata"
        in client_of(TeacherFactory(at=InstitutionFactory()))
        .get(activity.get_absolute_url())
        .content.decode()
    )


def test_an_entry_is_withdrawn_with_a_reason(client: Client, client_of: Any) -> None:
    activity = ActivityEntryFactory()
    keeper = client_of(AdministratorFactory(at=activity.institution))
    address = f"{activity.get_absolute_url()}withdraw/"

    assert client_of(TeacherFactory(at=activity.institution)).get(address).status_code == 403
    assert keeper.post(address, {"reason": ""}).status_code == 422
    assert keeper.post(address, {"reason": "Entered twice"}).status_code == 302

    assert client.get(activity.get_absolute_url()).status_code == 404
    assert "Entered twice" in keeper.get(activity.get_absolute_url()).content.decode()


def test_news_is_written_corrected_and_taken_down(client: Client, client_of: Any) -> None:
    writer = client_of(CoordinatorFactory(at=InstitutionFactory()))
    words = {"title_en": "We begin", "text_en": "A **start**.", "title_sr": "Почињемо", "text_sr": "Почетак."}

    assert writer.post("/results/news/new/", {**words, "text_sr": ""}).status_code == 422
    address = writer.post("/results/news/new/", words).url
    assert "<strong>start</strong>" in client.get(address).content.decode()
    assert writer.get(f"{address}correct/").status_code == 200
    assert writer.post(f"{address}correct/", {**words, "title_en": "We begin now"}).status_code == 302
    assert "corrected on" in client.get(address).content.decode()
    assert writer.post(f"{address}take-down/").status_code == 302
    assert client.get(address).status_code == 404
    assert client_of(TeacherFactory(at=InstitutionFactory())).get("/results/news/new/").status_code == 403


def test_the_feed_speaks_the_language_of_its_reader(client: Client) -> None:
    NewsFactory(title={"en": "Hello", "sr": "Здраво"}, text={"en": "<script>x</script> **b**", "sr": "а"})

    english = ET.fromstring(client.get("/results/news/feed.atom").content)  # noqa: S314 -- our own page
    latin = client.get("/results/news/feed.atom", headers={"accept-language": "sr-latn"}).content.decode()

    atom = "{http://www.w3.org/2005/Atom}"
    assert english.findtext(f"{atom}entry/{atom}title") == "Hello"
    assert "<script" not in (english.findtext(f"{atom}entry/{atom}summary") or "")
    assert "Zdravo" in latin


def test_somebody_from_outside_asks_and_a_coordinator_answers(client: Client, client_of: Any) -> None:
    coordinator = client_of(CoordinatorFactory(at=ConsortiumFactory().coordinator))

    assert client.get("/results/use/").status_code == 200
    assert client.post("/results/use/", ASKED).url == "/results/use/thanks/"
    assert client.get("/results/use/thanks/").status_code == 200

    enquiry = Enquiry.objects.get()
    assert "Regional hospital" in coordinator.get("/").content.decode()
    assert "To train our mentors." in coordinator.get("/results/enquiries/").content.decode()
    address = f"/results/enquiries/{enquiry.public_id}/answer/"
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, {"outcome": "Visit in May"}).status_code == 302
    assert "Visit in May" in coordinator.get("/results/enquiries/").content.decode()
    assert coordinator.get(address).status_code == 403
    forget = f"/results/enquiries/{enquiry.public_id}/forget/"
    assert client_of(TeacherFactory(at=InstitutionFactory())).post(forget).status_code == 403
    assert coordinator.post(forget).status_code == 302
    assert "mira@example.org" not in coordinator.get("/results/enquiries/").content.decode()


def test_without_consent_nothing_is_kept(client: Client) -> None:
    answer = client.post("/results/use/", {**ASKED, "consent": ""})

    assert answer.status_code == 422
    assert "Without your yes" in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_machine_is_thanked_and_not_heard(client: Client) -> None:
    assert client.post("/results/use/", {**ASKED, "website": "https://spam.example"}).status_code == 302

    assert not Enquiry.objects.exists()


def test_a_sixth_enquiry_in_an_hour_has_to_wait(client: Client) -> None:
    codes = [client.post("/results/use/", ASKED).status_code for _time in range(6)]

    assert codes == [302, 302, 302, 302, 302, 429]


def test_enquiries_are_for_coordinators(client: Client, client_of: Any) -> None:
    assert client.get("/results/enquiries/").status_code == 302
    assert client_of(TeacherFactory(at=InstitutionFactory())).get("/results/enquiries/").status_code == 403


def test_search_finds_news_and_activities(client: Client) -> None:
    NewsFactory(title={"sr": "Болница без граница"}, text={"sr": "а"})
    ActivityEntryFactory(title="Hospital open day")

    assert "Болница без граница" in client.get("/search/?q=граница").content.decode()
    assert "Hospital open day" in client.get("/search/?q=open day").content.decode()
