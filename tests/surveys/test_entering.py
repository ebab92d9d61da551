"""Doors to a questionnaire: target groups with quotas, and tickets that answers cannot be joined to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.shared.verdicts import Refused
from biosint.surveys import operations
from biosint.surveys.models import AnswerSet, AskedGroup, AskedInstitution, Submission, Ticket
from biosint.surveys.operations import GroupWanted, PartWanted
from biosint.surveys.states import Entry
from biosint.surveys.tickets import code_from, digest_of, in_groups
from biosint.surveys.web.answering import _hand_out
from clock import NOON
from factories.people import CoordinatorFactory, StudentFactory
from factories.surveys import AnswerSetFactory, AskedGroupFactory, AskedInstitutionFactory

ANSWERS: dict[str, Any] = {
    "consent": "yes",
    "mobility": "yes",
    "digital_a": "4",
    "digital_b": "2",
    "age": "21",
}


def open_now(**more: Any) -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1), **more)


def form_of(answer_set: AnswerSet, *, begun_ago: timedelta = timedelta(), **more: str) -> dict[str, Any]:
    return {**ANSWERS, "key": _hand_out(answer_set, timezone.now() - begun_ago), **more}


def send(answer_set: AnswerSet, form: dict[str, Any], address: str = "") -> int:
    return Client().post(f"/surveys/a/{answer_set.token}/{address}", form).status_code


def page_of(answer_set: AnswerSet, address: str = "") -> tuple[int, str]:
    response = Client().get(f"/surveys/a/{answer_set.token}/{address}")
    return response.status_code, response.content.decode()


def with_ticket(code: str = "abcdefghjkmn") -> tuple[AnswerSet, AskedGroup]:
    answer_set = open_now(entry=Entry.TICKETS)
    group = AskedGroupFactory(asked__answer_set=answer_set)
    operations.add_tickets(places=[(code, (group.asked, group))])
    return answer_set, group


class TestGroups:
    pytestmark = pytest.mark.django_db

    def test_a_person_chooses_the_group_on_the_page(self) -> None:
        answer_set = open_now()
        AskedInstitutionFactory(answer_set=answer_set)
        group = AskedGroupFactory(asked__answer_set=answer_set, code="second")

        without = send(answer_set, form_of(answer_set))
        chosen = send(answer_set, form_of(answer_set, institution=f"{group.asked.institution.slug}/second"))

        assert (without, chosen) == (422, 303)
        submission = Submission.objects.get()
        assert (submission.group, submission.institution) == (group, group.asked.institution)

    def test_a_link_can_fix_the_group(self) -> None:
        answer_set = open_now()
        AskedInstitutionFactory(answer_set=answer_set)
        group = AskedGroupFactory(asked__answer_set=answer_set, code="second")

        status, page = page_of(answer_set, f"?at={group.asked.institution.slug}&group=second")

        assert status == 200
        assert "<select" not in page
        assert f'name="institution" value="{group.asked.institution.slug}/second"' in page

    def test_a_full_group_closes_politely_and_takes_what_was_begun_in_time(self) -> None:
        answer_set = open_now()
        group = AskedGroupFactory(asked__answer_set=answer_set, code="second", most=2)
        hour_ago = timedelta(hours=1)
        for _person in range(2):
            assert send(answer_set, form_of(answer_set)) == 303
        AskedGroup.objects.update(full_at=timezone.now() - timedelta(minutes=1))

        status, page = page_of(answer_set)
        begun_late = send(answer_set, form_of(answer_set))
        begun_in_time = send(answer_set, form_of(answer_set, begun_ago=hour_ago))

        assert (status, begun_late, begun_in_time) == (410, 410, 303)
        assert "thank you" in page
        assert Submission.objects.filter(group=group).count() == 3

    def test_the_moment_in_which_a_group_got_full_is_rounded_up(self) -> None:
        answer_set = AnswerSetFactory()
        group = AskedGroupFactory(asked__answer_set=answer_set, most=1)
        at = NOON + timedelta(minutes=7, seconds=13)

        operations.take_answer(
            answer_set=answer_set,
            institution=group.asked.institution,
            group=group,
            language="en",
            answers={},
            key=answer_set.public_id,
            begun_at=NOON,
            at=at,
        )

        group.refresh_from_db()
        assert group.full_at == NOON + timedelta(minutes=15)

    def test_a_full_group_on_a_page_with_others_cannot_be_chosen(self) -> None:
        answer_set = open_now()
        full = AskedGroupFactory(asked__answer_set=answer_set, full_at=timezone.now() - timedelta(hours=1))
        AskedGroupFactory(asked=full.asked)

        status, page = page_of(answer_set)
        sent = send(answer_set, form_of(answer_set, institution=f"{full.asked.institution.slug}/{full.code}"))

        assert (status, sent) == (200, 422)
        assert "enough have answered" in page

    def test_raising_the_wanted_number_opens_a_full_group_again(self) -> None:
        answer_set = AnswerSetFactory()
        group = AskedGroupFactory(asked__answer_set=answer_set, code="second", most=1, full_at=NOON)
        keeper = CoordinatorFactory(at=answer_set.owner)

        operations.set_groups(
            wanted={
                group.asked_id: PartWanted(
                    invited=90, groups=[GroupWanted("second", {"en": "Second year"}, 90, 10, 50)]
                )
            },
            by=keeper,
            at=NOON,
        )

        group.refresh_from_db()
        assert (group.full_at, group.most, group.least, group.invited) == (None, 50, 10, 90)

    def test_a_group_with_tickets_stays(self) -> None:
        answer_set, group = with_ticket()
        keeper = CoordinatorFactory(at=answer_set.owner)

        with pytest.raises(operations.GroupInUse, match="cannot be removed"):
            operations.set_groups(wanted={group.asked_id: PartWanted()}, by=keeper, at=NOON)

    def test_only_keepers_set_groups_and_make_tickets(self) -> None:
        asked = AskedInstitutionFactory()
        stranger = StudentFactory(at=asked.institution)

        with pytest.raises(Refused):
            operations.set_groups(wanted={asked.pk: PartWanted()}, by=stranger, at=NOON)
        with pytest.raises(Refused):
            operations.make_slips(asked_id=asked.pk, group_id=None, number=3, by=stranger, at=NOON)


@pytest.mark.django_db
def test_one_opened_page_serves_several_people_in_turn_each_counted_once() -> None:
    answer_set = open_now()
    key = _hand_out(answer_set, timezone.now())

    for filling in ("first", "second", "second"):
        assert send(answer_set, {**ANSWERS, "key": key, "filling": filling}) == 303

    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_the_script_that_opens_a_page_without_a_line_stands_above_the_pages_it_may_see() -> None:
    response = Client().get("/surveys/a/worker.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]


class TestTickets:
    pytestmark = pytest.mark.django_db

    def test_without_a_ticket_the_page_asks_for_one(self) -> None:
        answer_set, _group = with_ticket()

        assert page_of(answer_set)[0] == 200
        assert "Code on the ticket" in page_of(answer_set)[1]
        assert page_of(answer_set, "?ticket=wrong")[0] == 404
        assert send(answer_set, form_of(answer_set)) == 200
        assert not Submission.objects.exists()

    def test_a_ticket_opens_the_page_of_its_group_once(self) -> None:
        answer_set, group = with_ticket("abcdefghjkmn")

        status, page = page_of(answer_set, "?ticket=ABCD-efgh-jkmn")
        first = send(answer_set, form_of(answer_set, ticket="abcdefghjkmn"))
        second = send(answer_set, form_of(answer_set, ticket="abcdefghjkmn"))

        assert (status, first, second) == (200, 303, 410)
        assert "Second year" in page
        submission = Submission.objects.get()
        assert (submission.institution, submission.group) == (group.asked.institution, group)
        assert page_of(answer_set, "?ticket=abcdefghjkmn")[0] == 410

    def test_the_same_form_again_is_thanked_though_its_ticket_is_spent(self) -> None:
        answer_set, _group = with_ticket("abcdefghjkmn")
        form = form_of(answer_set, ticket="abcdefghjkmn")

        assert [send(answer_set, form), send(answer_set, form)] == [303, 303]
        assert Submission.objects.count() == 1

    def test_a_ticket_of_another_campaign_opens_nothing(self) -> None:
        with_ticket("abcdefghjkmn")
        other = open_now(entry=Entry.TICKETS)

        assert page_of(other, "?ticket=abcdefghjkmn")[0] == 404

    def test_a_ticket_knows_no_time_no_order_and_no_answer(self) -> None:
        assert {field.name for field in Ticket._meta.get_fields()} == {"digest", "asked", "group", "spent"}

    def test_keys_of_answers_tell_no_order(self) -> None:
        answer_set = open_now()
        for _person in range(12):
            send(answer_set, form_of(answer_set))

        keys = [submission.pk for submission in Submission.objects.order_by("key")]

        assert len(keys) == 12
        assert all(2**40 <= key < 2**52 for key in keys)
        assert max(keys) - min(keys) > 2**40

    def test_the_code_is_not_in_the_database(self) -> None:
        answer_set, group = with_ticket("abcdefghjkmn")
        keeper = CoordinatorFactory(at=answer_set.owner)
        codes = operations.make_slips(
            asked_id=group.asked_id, group_id=group.pk, number=5, by=keeper, at=NOON
        )

        kept = {ticket.digest for ticket in Ticket.objects.all()}

        assert kept == {digest_of(code) for code in ("abcdefghjkmn", *codes)}
        assert not kept & set(codes)
        assert [len(in_groups(code)) for code in codes] == [14] * 5

    def test_a_seed_always_gives_the_same_code(self) -> None:
        assert code_from("seed") == code_from("seed") != code_from("Seed")

    def test_rewriting_keeps_which_tickets_are_spent(self) -> None:
        answer_set, group = with_ticket("abcdefghjkmn")
        operations.add_tickets(places=[("bbbbbbbbbbbb", (group.asked, group))])
        send(answer_set, form_of(answer_set, ticket="abcdefghjkmn"))

        rewritten = operations.rewrite_spent_tickets(answer_set_id=answer_set.pk)

        assert rewritten == 1
        assert {ticket.digest: ticket.spent for ticket in Ticket.objects.all()} == {
            digest_of("abcdefghjkmn"): True,
            digest_of("bbbbbbbbbbbb"): False,
        }
        assert send(answer_set, form_of(answer_set, ticket="abcdefghjkmn")) == 410
        assert operations.unspent_of(["abcdefghjkmn", "bbbbbbbbbbbb"]) == {"bbbbbbbbbbbb"}


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_ticket_at_once_exactly_one_counts() -> None:
    answer_set, _group = with_ticket("abcdefghjkmn")
    forms = [form_of(answer_set, ticket="abcdefghjkmn") for _person in range(4)]

    statuses = at_once(*(lambda form=form: send(answer_set, form) for form in forms))

    assert sorted(statuses, key=str) == [303, 410, 410, 410]
    assert Submission.objects.count() == 1
    assert AskedInstitution.objects.get().tickets.get().spent


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_is_thanked_twice_and_counts_once() -> None:
    answer_set, _group = with_ticket("abcdefghjkmn")
    form = form_of(answer_set, ticket="abcdefghjkmn")

    statuses = at_once(*(lambda: send(answer_set, form) for _press in range(3)))

    assert statuses == [303, 303, 303]
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL marks each row with its transaction"
)
def test_rewritten_tickets_share_no_transaction_with_any_answer() -> None:
    answer_set, group = with_ticket("abcdefghjkmn")
    codes = ["abcdefghjkmn", *(letter * 12 for letter in "bcdef")]
    operations.add_tickets(places=[(code, (group.asked, group)) for code in codes[1:]])
    for code in codes:
        assert send(answer_set, form_of(answer_set, ticket=code)) == 303

    def transactions(table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT xmin::text FROM {table}")  # noqa: S608 -- the name of our own table
            return [row[0] for row in cursor.fetchall()]

    before = set(transactions("surveys_ticket"))
    operations.rewrite_spent_tickets(answer_set_id=answer_set.pk)
    after = set(transactions("surveys_ticket"))

    assert len(before) == len(codes)
    assert len(after) == 1
    assert not after & set(transactions("surveys_submission"))
