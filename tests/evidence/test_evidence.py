from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from biosint.audit.api import Line
from biosint.evidence import api, rules
from biosint.evidence.models import Item
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import (
    CoordinatorFactory,
    DeanFactory,
    InstitutionFactory,
    PersonFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.evidence import ItemFactory

pytestmark = pytest.mark.django_db


def vouched(**fields: Any) -> Item:
    told: dict[str, Any] = {
        "kind": "evidence.training_held",
        "title": "Facilitator training",
        "quantity": 12,
        "occurred_at": NOON,
        "proof": "https://example.org/attendance.pdf",
        "at": NOON,
    }
    return api.vouch(**(told | fields))


def test_recording_outside_a_transaction_is_refused() -> None:
    institution = InstitutionFactory()
    connection = transaction.get_connection()
    was, connection.in_atomic_block = connection.in_atomic_block, False
    try:
        with pytest.raises(RuntimeError, match="outside a transaction"):
            api.record(
                kind="credentials.issued",
                subject=institution,
                institution=institution,
                occurred_at=NOON,
                proof="/",
                by=None,
            )
    finally:
        connection.in_atomic_block = was


def test_recording_again_renews_the_quantity_and_keeps_the_old_item() -> None:
    institution = InstitutionFactory()
    for quantity in (3, 5):
        api.record(
            kind="credentials.issued",
            subject=institution,
            institution=institution,
            occurred_at=NOON,
            proof="/",
            by=None,
            quantity=quantity,
        )

    assert api.total("credentials.issued", institution=institution) == 5
    assert Item.objects.count() == 2


def test_an_undeclared_kind_is_refused() -> None:
    institution = InstitutionFactory()

    with pytest.raises(KeyError):
        api.record(
            kind="x.y", subject=institution, institution=institution, occurred_at=NOON, proof="/", by=None
        )


def test_a_negative_quantity_is_refused() -> None:
    institution = InstitutionFactory()

    with pytest.raises(ValueError, match="negative"):
        api.record(
            kind="credentials.issued",
            subject=institution,
            institution=institution,
            occurred_at=NOON,
            proof="/",
            by=None,
            quantity=-1,
        )


def test_totals_count_from_the_first_day_and_stop_before_the_last() -> None:
    institution = InstitutionFactory()
    start = api.day_start(date(2026, 3, 1))
    end = api.day_start(date(2026, 4, 1))
    ItemFactory(institution=institution, occurred_at=start, quantity=1)
    ItemFactory(institution=institution, occurred_at=end - DAY, quantity=10)
    ItemFactory(institution=institution, occurred_at=end, quantity=100)

    assert api.total("evidence.training_held", institution=institution, since=start, until=end) == Decimal(11)


def test_the_list_a_figure_links_to_holds_exactly_what_it_counted(client: Client) -> None:
    institution = InstitutionFactory()
    start, end = api.day_start(date(2026, 3, 1)), api.day_start(date(2026, 4, 1))
    ItemFactory(institution=institution, occurred_at=start, title="First moment")
    ItemFactory(institution=institution, occurred_at=end, title="Too late")
    ItemFactory(occurred_at=start, title="Elsewhere")

    page = client.get(
        api.list_url(kind="evidence.training_held", institution=institution, since=start, until=end)
    ).content.decode()

    assert "First moment" in page
    assert "Too late" not in page
    assert "Elsewhere" not in page


def test_evidence_by_hand_carries_the_name_of_who_vouches_and_a_line_of_the_trail() -> None:
    institution = InstitutionFactory()
    coordinator = CoordinatorFactory(at=institution)

    item = vouched(institution=institution, by=coordinator)

    assert item.vouched_by == coordinator
    assert Line.objects.get(action="evidence.item.vouched").by_id == coordinator.pk


def test_the_same_evidence_sent_twice_counts_once() -> None:
    institution = InstitutionFactory()
    by = CoordinatorFactory(at=institution)

    assert vouched(institution=institution, by=by) == vouched(institution=institution, by=by)
    assert Item.objects.count() == 1


def test_what_the_platform_counts_itself_cannot_be_typed() -> None:
    institution = InstitutionFactory()

    with pytest.raises(api.NotByHand):
        vouched(kind="credentials.issued", institution=institution, by=CoordinatorFactory(at=institution))


@pytest.mark.parametrize("proof", ["", "javascript:alert(1)", "see my desk"])
def test_evidence_by_hand_needs_a_proof_that_opens(proof: str) -> None:
    institution = InstitutionFactory()

    with pytest.raises(api.ProofMissing):
        vouched(institution=institution, by=CoordinatorFactory(at=institution), proof=proof)


def test_only_officers_of_the_institution_vouch() -> None:
    institution = InstitutionFactory()

    for stranger in (
        CoordinatorFactory(at=InstitutionFactory()),
        StudentFactory(at=institution),
        TeacherFactory(at=institution),
    ):
        with pytest.raises(Refused):
            vouched(institution=institution, by=stranger)


@pytest.mark.parametrize("office", [None, *Office])
@pytest.mark.parametrize("kind", ["evidence.training_held", "exchange.secret"])
def test_may_view_equals_viewable_by(office: Office | None, kind: str) -> None:
    from factories import OfficeHeldFactory

    person = PersonFactory()
    if office:
        OfficeHeldFactory(person=person, office=office)
    item = ItemFactory(kind=kind)

    listed = Item.objects.filter(rules.viewable_by(person), pk=item.pk).exists()

    assert listed == bool(rules.may_view(person, item))


def test_visitors_see_no_proofs(client: Client) -> None:
    ItemFactory(proof_url="https://example.org/names.pdf")

    assert "names.pdf" not in client.get("/evidence/").content.decode()


def test_what_names_a_person_is_opened_by_officers_and_by_teachers_of_the_institution() -> None:
    item = ItemFactory(kind="credentials.issued")
    own, officer = TeacherFactory(at=item.institution), DeanFactory(at=InstitutionFactory())
    elsewhere, student = TeacherFactory(at=InstitutionFactory()), StudentFactory(at=item.institution)

    assert rules.may_open_proof(own, item)
    assert rules.may_open_proof(officer, item)
    assert "names a person" in str(rules.may_open_proof(elsewhere, item).reason)
    assert not rules.may_open_proof(student, item)
    assert not rules.may_open_proof(None, item)
    assert rules.may_open_proof(elsewhere, ItemFactory(kind="exchange.course_run"))


def test_the_site_says_what_it_could_not_read_in_a_filter(client: Client) -> None:
    assert client.get("/evidence/?kind=nonsense&since=yesterday&institution=nowhere").status_code == 200
    assert client.get("/evidence/?since=0001-01-01&until=9999-12-31").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries(number: int, client: Client, count_queries: Any) -> None:
    for _index in range(number):
        ItemFactory()

    with count_queries(4):
        client.get("/evidence/")


def test_a_form_with_mistakes_keeps_what_was_typed(client_of: Any) -> None:
    client = client_of(CoordinatorFactory(at=InstitutionFactory()))

    answer = client.post("/evidence/new/", {"title": "Training for buddies", "proof": "nonsense"})

    assert answer.status_code == 422
    assert "Training for buddies" in answer.content.decode()
