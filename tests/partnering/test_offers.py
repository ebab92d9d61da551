"""Offers: made once, found in either script, changed by their teacher, ending by their date."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.notices.api import Notice
from biosint.partnering.models import Offer
from biosint.partnering.operations import offers as operations
from biosint.partnering.queries import offers as queries
from biosint.partnering.queries.offers import Search
from biosint.partnering.rules import offers as rules
from biosint.partnering.states import OfferState
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    InstitutionFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
    UnitFactory,
)
from factories.partnering import ContactFactory, OfferFactory

pytestmark = pytest.mark.django_db

ClientOf = Callable[..., Client]
TODAY = NOON.date()


def made(teacher: Person | None = None, **fields: Any) -> Offer:
    institution = fields.pop("institution", None) or InstitutionFactory()
    teacher = teacher or TeacherFactory(at=institution)
    return operations.make_offer(
        **{
            "key": uuid.uuid4(),
            "institution": institution,
            "title": "Sepsis across borders",
            "text": "Mixed teams compare treatments.",
            "subject": "0912",
            "keywords": ["sepsis"],
            "start_date": TODAY,
            "end_date": TODAY + timedelta(days=69),
            "until_date": TODAY + timedelta(days=60),
            "by": teacher,
            "at": NOON,
            **fields,
        }
    )


def titles(search: Search, today: date = TODAY) -> list[str]:
    return [offer.title for offer in queries.offers_found(search, today=today)]


@pytest.mark.parametrize("words", ["сепса", "sepsa", "SEPS", "ђаковица", "Djakov", "Medicina seps"])
def test_words_find_an_offer_in_either_script(words: str) -> None:
    made(title="Сепса у Ђаковици", keywords=["Đakovica", "medicina"])
    made(title="Liver", keywords=[], subject="0421", text="Law.")

    assert titles(Search(words=words)) == ["Сепса у Ђаковици"]


@pytest.mark.parametrize(
    ("search", "seen"),
    [
        (Search(kind="course"), True),
        (Search(kind="lecture"), False),
        (Search(subject="0912"), True),
        (Search(subject="09"), True),
        (Search(subject="0421"), False),
        (Search(language="en", language_level="B2"), True),
        (Search(language_level="A2"), False),
        (Search(level="7"), False),
        (Search(format="coil"), True),
        (Search(country="RS"), True),
        (Search(country="BE"), False),
        (Search(from_date=TODAY + timedelta(days=69)), True),
        (Search(from_date=TODAY + timedelta(days=70)), False),
        (Search(until_date=TODAY - timedelta(days=1)), False),
        (Search(words="nothing"), False),
    ],
)
def test_every_filter_takes_and_leaves_out(search: Search, *, seen: bool) -> None:
    made(institution=InstitutionFactory(country="RS"))

    assert bool(titles(search)) is seen


def test_pressing_twice_makes_one_offer() -> None:
    institution = InstitutionFactory()
    teacher, key = TeacherFactory(at=institution), uuid.uuid4()

    first, second = (made(teacher, institution=institution, key=key) for _time in range(2))

    assert first == second
    assert Offer.objects.count() == 1


def test_only_a_teacher_of_the_institution_offers_for_it() -> None:
    here, there = InstitutionFactory(), InstitutionFactory()

    for person in (StudentFactory(at=here), TeacherFactory(at=there)):
        with pytest.raises(Refused):
            made(person, institution=here)


def test_a_change_from_an_old_page_is_not_lost_unseen() -> None:
    offer = made()
    operations.change_offer(offer_id=offer.pk, seen_version=1, by=offer.teacher, at=NOON, title="Wards")

    with pytest.raises(operations.ChangedMeanwhile):
        operations.change_offer(offer_id=offer.pk, seen_version=1, by=offer.teacher, at=NOON, title="Other")

    assert titles(Search(words="wards")) == ["Wards"]
    assert titles(Search(words="across")) == []


def test_an_offer_is_paused_and_ends_with_its_last_day() -> None:
    offer = made()

    assert titles(Search(), offer.until_date) == [offer.title]
    assert titles(Search(), offer.until_date + timedelta(days=1)) == []
    operations.move_offer(offer_id=offer.pk, to=OfferState.PAUSED, by=offer.teacher, at=NOON)
    assert titles(Search()) == []
    with pytest.raises(Refused, match="last day"):
        operations.move_offer(
            offer_id=offer.pk, to=OfferState.OPEN, by=offer.teacher, at=NOON + timedelta(days=90)
        )


def test_only_its_teacher_moves_an_offer_and_an_administrator_closes_it() -> None:
    offer = made()

    with pytest.raises(Refused):
        operations.move_offer(offer_id=offer.pk, to=OfferState.PAUSED, by=TeacherFactory(), at=NOON)
    operations.move_offer(offer_id=offer.pk, to=OfferState.CLOSED, by=SiteAdministratorFactory(), at=NOON)

    assert Offer.objects.get().state == OfferState.CLOSED


def test_a_teacher_is_reminded_once_of_each_last_day() -> None:
    offer = made(until_date=TODAY + timedelta(days=5))

    assert operations.remind_of_ends(today=TODAY, at=NOON) == 1
    assert operations.remind_of_ends(today=TODAY, at=NOON) == 0
    operations.change_offer(
        offer_id=offer.pk, seen_version=1, by=offer.teacher, at=NOON, until_date=TODAY + timedelta(days=6)
    )
    assert operations.remind_of_ends(today=TODAY, at=NOON) == 1
    assert Notice.objects.filter(person=offer.teacher).count() == 2


def test_lists_and_the_rule_of_one_offer_agree() -> None:
    offers = [OfferFactory(state=state) for state in OfferState] + [
        OfferFactory(until_date=TODAY - timedelta(days=1))
    ]
    asker = ContactFactory(offer=offers[1]).asker

    for person in (None, offers[2].teacher, asker, SiteAdministratorFactory(), StudentFactory()):
        listed = set(Offer.objects.filter(rules.viewable_by(person, today=TODAY)))
        assert listed == {offer for offer in offers if rules.may_view(person, offer, today=TODAY)}


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_costs_the_same_for_any_number_of_offers(rows: int, count_queries: Any) -> None:
    for number in range(rows):
        operations.index_words(OfferFactory(title=f"Sepsis {number}"))
    client = Client()

    # How many, one page; three choosers.
    with count_queries(5):
        client.get("/course-partners/?q=sepsis&subject=09")


@pytest.mark.parametrize("rows", [3, 30])
def test_a_page_with_suggestions_costs_the_same_for_any_number_of_offers(
    rows: int, count_queries: Any
) -> None:
    offers = [OfferFactory(title=f"Sepsis {number}") for number in range(rows)]
    client = Client()

    # The offer; offers that share, terms of their institutions; units, terms.
    with count_queries(5):
        client.get(offers[0].get_absolute_url())


@pytest.mark.parametrize(
    "query", ["subject=%27", "from_date=0000-00-00", "order=x", "country=..", "page=-3", "kind=x"]
)
def test_nonsense_in_an_address_filters_nothing(query: str) -> None:
    OfferFactory(title="Shared wards")

    answer = Client().get(f"/course-partners/?{query}")

    assert "Shared wards" in answer.content.decode()


def test_a_teacher_takes_an_offer_over_from_a_unit(client_of: ClientOf) -> None:
    institution = InstitutionFactory()
    teacher = TeacherFactory(at=institution)
    unit = UnitFactory(
        programme__institution=institution, teachers=[teacher], title="Infections", language="sr"
    )
    client, address = client_of(teacher), f"/course-partners/new/?from=unit-{unit.pk}"

    assert 'value="Infections"' in client.get(address).content.decode()
    today = timezone.localdate()
    answer = client.post(
        address,
        {
            "key": str(uuid.uuid4()),
            "kind": "course",
            "title": "Infections",
            "institution": institution.pk,
            "text": "<script>alert(1)</script>",
            "subject": "0912",
            "keywords": "Сепса, sepsa,  Sepsa , shock",
            "language": "sr",
            "language_level": "B1",
            "format": "coil",
            "start_date": today,
            "end_date": today,
            "until_date": today,
        },
        follow=True,
    )

    offer = Offer.objects.get()
    assert (offer.unit, offer.keywords) == (unit, ["Sepsa", "shock"])
    assert "<script>alert" not in answer.content.decode()


def test_strangers_get_404_for_what_is_not_shown() -> None:
    offer = OfferFactory(state=OfferState.PAUSED)

    assert Client().get(offer.get_absolute_url()).status_code == 404


def test_no_mail_address_stands_on_the_page_of_an_offer(client_of: ClientOf) -> None:
    offer = OfferFactory()

    page = client_of(TeacherFactory()).get(offer.get_absolute_url()).content.decode()

    assert offer.teacher.name in page
    assert offer.teacher.email not in page
