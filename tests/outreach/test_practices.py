from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from biosint.evidence import api as evidence
from biosint.notices.api import Notice
from biosint.outreach import operations, rules
from biosint.outreach.models import Practice
from biosint.outreach.states import PRACTICE_MOVES, PracticeState
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    AdministratorFactory,
    CoordinatorFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.outreach import PracticeFactory, PracticeUseFactory, PublishedPracticeFactory

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Ten minutes of silence",
    "language": "en",
    "need": "Quiet students said nothing.",
    "deed": "Everybody **writes** first.",
    "outcome": "All spoke.",
    "effort": "Ten minutes.",
}


def review(practice: Practice, *, accept: bool, words: str = "", **who: Any) -> Practice:
    by = who.get("by") or TeacherFactory(at=InstitutionFactory())
    return operations.review_practice(practice_id=practice.pk, accept=accept, review=words, by=by, at=NOON)


def test_a_practice_counts_once_a_colleague_of_another_institution_has_read_it() -> None:
    practice = PracticeFactory()

    review(practice, accept=True)

    assert evidence.total("outreach.practice_published", institution=practice.institution) == 1
    assert Notice.objects.get().person == practice.written_by


def test_colleagues_of_the_same_institution_do_not_review_it() -> None:
    practice = PracticeFactory()

    with pytest.raises(Refused, match="of another institution than"):
        review(practice, accept=True, by=CoordinatorFactory(at=practice.institution))


def test_a_writer_who_teaches_at_two_places_does_not_review_it() -> None:
    writer = TeacherFactory(at=InstitutionFactory())
    practice = PracticeFactory(written_by=writer)

    assert not rules.may_review_practice(writer, practice)


def test_what_is_sent_back_says_why_and_comes_again() -> None:
    practice = PracticeFactory()
    with pytest.raises(operations.ReviewMissing):
        review(practice, accept=False, words=" ")
    review(practice, accept=False, words="How many students?")

    operations.rewrite_practice(practice_id=practice.pk, **WORDS, by=practice.written_by, at=NOON)

    practice.refresh_from_db()
    assert practice.state == PracticeState.SUBMITTED
    assert not evidence.items(kinds=["outreach.practice_published"]).exists()


def test_a_published_practice_is_not_written_anew() -> None:
    practice = PublishedPracticeFactory()

    with pytest.raises(Refused, match="sent back"):
        operations.rewrite_practice(practice_id=practice.pk, **WORDS, by=practice.written_by, at=NOON)


def test_taking_it_up_counts_for_the_institution_that_does() -> None:
    practice = PublishedPracticeFactory()
    teacher = TeacherFactory(at=InstitutionFactory())
    place = InstitutionFactory._meta.model.objects.get(pk__in=teacher.institutions_as(Office.TEACHER))

    operations.use_practice(practice_id=practice.pk, institution=place, note="Both", by=teacher, at=NOON)

    assert evidence.total("outreach.practice_used", institution=place) == 1
    with pytest.raises(operations.UsedAlready):
        operations.use_practice(practice_id=practice.pk, institution=place, note="x", by=teacher, at=NOON)


def test_nobody_takes_up_their_own_or_an_unread_practice() -> None:
    own, unread = PublishedPracticeFactory(), PracticeFactory()

    assert not rules.may_use_practice(TeacherFactory(at=own.institution), own, own.institution)
    elsewhere = InstitutionFactory()
    assert not rules.may_use_practice(TeacherFactory(at=elsewhere), unread, elsewhere)


@pytest.mark.parametrize("office", list(Office))
def test_teachers_and_officers_write(office: Office) -> None:
    held = OfficeHeldFactory(office=office)

    assert bool(rules.may_write_practice(held.person, held.institution)) == (office in rules.PRACTITIONERS)


def test_may_view_practice_equals_practices_viewable_by() -> None:
    practices = [PracticeFactory(), PublishedPracticeFactory()]
    people = [
        None,
        SiteAdministratorFactory(),
        *[OfficeHeldFactory(office=office).person for office in Office],
    ]

    for person in people:
        seen = set(Practice.objects.filter(rules.practices_viewable_by(person)))
        assert seen == {each for each in practices if rules.may_view_practice(person, each)}


def test_every_state_of_a_practice_has_its_moves() -> None:
    assert PRACTICE_MOVES.keys() == set(PracticeState)


def test_the_database_publishes_nothing_unread() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeFactory(state="published")


def test_from_writing_to_reuse_through_the_pages(client: Client, client_of: Any) -> None:
    writer = TeacherFactory(at=InstitutionFactory())
    [home] = writer.institutions_as(Office.TEACHER)
    board = client_of(QualityBoardFactory(at=InstitutionFactory()))
    author = client_of(writer)

    assert (
        author.post("/results/practices/new/", {**WORDS, "institution": home, "need": ""}).status_code == 422
    )
    address = author.post("/results/practices/new/", {**WORDS, "institution": home}).url
    assert client.get(address).status_code == 404
    assert "Review a good practice" in board.get("/").content.decode()
    assert board.get(f"{address}review/").status_code == 200
    assert board.post(f"{address}review/", {"decision": "send_back", "review": ""}).status_code == 422
    board.post(f"{address}review/", {"decision": "send_back", "review": "How many?"})
    assert "How many?" in author.get(f"{address}rewrite/").content.decode()
    assert author.post(f"{address}rewrite/", WORDS).status_code == 302
    board.post(f"{address}review/", {"decision": "publish", "review": "Clear."})

    assert "<strong>writes</strong>" in client.get(address).content.decode()
    assert "Clear." not in client.get(address).content.decode()
    other = TeacherFactory(at=InstitutionFactory())
    [place] = other.institutions_as(Office.TEACHER)
    user = client_of(other)
    assert user.get(f"{address}use/").status_code == 200
    assert user.post(f"{address}use/", {"institution": place, "note": "In our first term"}).status_code == 302
    assert user.post(f"{address}use/", {"institution": place, "note": "Again"}).status_code == 422
    assert "In our first term" in client.get(address).content.decode()
    assert "Ten minutes of silence" in client.get("/search/?q=silence").content.decode()


def test_who_may_not_is_told_who_may(client_of: Any) -> None:
    practice = PublishedPracticeFactory()
    student = client_of(StudentFactory(at=practice.institution))
    colleague = client_of(AdministratorFactory(at=practice.institution))

    assert student.get("/results/practices/new/").status_code == 403
    assert colleague.get(f"{practice.get_absolute_url()}use/").status_code == 403
    assert colleague.get(f"{practice.get_absolute_url()}review/").status_code == 403
    assert colleague.get(f"{practice.get_absolute_url()}rewrite/").status_code == 403
    assert "has told before" in colleague.get(practice.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(rows: int, client: Client, count_queries: Any) -> None:
    for _row in range(rows):
        PracticeUseFactory()

    with count_queries(2):
        assert "taken up by others: 1" in client.get("/results/practices/").content.decode()


def test_an_empty_list_teaches(client: Client) -> None:
    assert "No practice yet" in client.get("/results/practices/").content.decode()
