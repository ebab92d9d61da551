"""A faculty puts students forward: letters, not applications; who applies uses its places."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Application, PutForward
from biosint.exchange.operations import groups as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.queries.own_work import own_work
from biosint.jobs import api as jobs
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from exchange.cast import Cast
from exchange.test_guests import FORM
from exchange.test_web import open_now
from factories import CoordinatorFactory, PersonFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LIST = "Ana Kos <ana@example.org>\nben@example.org;Ben Horvat\n\nno address here\nANA@example.org Ana again\n"


def letters() -> list[Any]:
    while jobs.run_due():
        pass
    return mail.outbox


def put(cast: Cast, text: str = LIST, by: Person | None = None, **fields: Any) -> operations.Outcome:
    return operations.put_forward(
        **{
            "course_id": cast.course.pk,
            "institution_id": cast.partner.pk,
            "text": text,
            "by": by or cast.colleague,
            "at": timezone.now(),
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ana Kos\tana@example.org", ("Ana Kos", "ana@example.org")),
        ('"Kos, Ana" <ana@example.org>', ("Kos Ana", "ana@example.org")),
        ("ana@example.org", ("ana", "ana@example.org")),
        ("Ђорђе ana@example.org", ("Ђорђе", "ana@example.org")),
    ],
)
def test_lines_are_read_as_people_copy_them(line: str, found: tuple[str, str]) -> None:
    assert operations.read_list(line).people == [found]


@pytest.mark.parametrize(
    "line", ["Ana Kos", "ana@", "a@example.org b@example.org", "@", "ana@exa mple.org x@"]
)
def test_lines_without_one_address_are_named(line: str) -> None:
    assert operations.read_list(f"ok@example.org\n{line}").wrong == [2]


def test_each_gets_one_letter_and_who_applies_uses_a_place_of_the_faculty(client: Client) -> None:
    cast = open_now()

    outcome = put(cast)
    again = put(cast)

    assert (outcome.new, outcome.known, outcome.wrong) == (2, 0, [4])
    assert (again.new, again.known) == (0, 2)
    assert not Application.objects.exists()
    sent = letters()
    assert sorted(letter.to[0] for letter in sent) == ["ana@example.org", "ben@example.org"]
    assert cast.partner.name in sent[0].body
    assert PutForward.objects.filter(letter_at__isnull=False).count() == 2
    link = re.search(r"http\S+", next(one for one in sent if one.to == ["ana@example.org"]).body)
    assert link is not None
    address = re.sub(r"^https?://[^/]+", "", link[0])
    page = client.get(address, follow=True)
    if not page.redirect_chain or "/apply/" not in page.redirect_chain[-1][0]:
        page = client.post(address, follow=True)
    form = {name: value for name, value in FORM.items() if name not in {"name", "email"}}
    done = client.post(f"/courses/{cast.course.slug}/apply/", form, follow=True)
    assert done.status_code == 200
    assert Application.objects.get().institution == cast.partner


def test_an_account_that_was_there_is_left_as_it_is_and_not_told() -> None:
    cast = open_now()
    kept = PersonFactory(email="ana@example.org", name="Ana of another name")

    put(cast, "Ana Kos <ana@example.org>")

    kept.refresh_from_db()
    assert kept.name == "Ana of another name"
    assert PutForward.objects.get().name == "Ana Kos"


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_send_one_letter_each() -> None:
    cast = open_now()

    at_once(lambda: put(cast), lambda: put(cast, by=cast.colleague))

    assert PutForward.objects.count() == 2
    assert len(letters()) == 2


def test_a_killed_worker_goes_on_where_it_stopped() -> None:
    cast = open_now()
    put(cast)
    first, _second = operations.letters_to_send(cast.course.pk)
    operations.send_group_letter(put_forward_id=first, at=timezone.now())

    sent = letters()
    operations.send_group_letter(put_forward_id=first, at=timezone.now())

    assert len(sent) == 2
    assert len(mail.outbox) == 2


def test_only_ones_own_faculty_and_only_while_the_course_is_open() -> None:
    cast = open_now()
    with pytest.raises(Refused):
        put(cast, by=PersonFactory())
    with pytest.raises(operations.NotOfThisCourse):
        put(cast, by=cast.teacher)
    assert put(cast, by=CoordinatorFactory(at=cast.partner)).new == 2
    with pytest.raises(operations.NobodyNamed):
        put(cast, "nobody")
    with pytest.raises(operations.TooMany):
        put(cast, "\n".join(f"p{number}@example.org" for number in range(operations.MOST_AT_ONCE + 1)))
    cast.course.apply_until_date = timezone.localdate() - timezone.timedelta(days=1)
    cast.course.save()
    with pytest.raises(Refused, match="over"):
        put(cast)


def test_the_page_shows_what_was_typed_and_how_it_stands(client_of: ClientOf) -> None:
    cast = open_now()
    page = f"/courses/{cast.course.slug}/group/"
    theirs = client_of(cast.colleague)

    sent = theirs.post(
        page, {"institution": cast.partner.pk, "text": "<b>Ana</b> ana@example.org\nx"}, follow=True
    ).content.decode()

    assert "1 person gets a letter now." in sent
    assert "several: 2." in sent
    assert "has not applied yet" in sent
    assert "<b>Ana" not in sent
    assert theirs.post(page, {"institution": cast.partner.pk, "text": "x"}).status_code == 422
    assert client_of(PersonFactory()).get(page).status_code == 403
    assert "Put a group forward" in theirs.get(f"/courses/{cast.course.slug}/applications/").content.decode()
    coordinator = client_of(CoordinatorFactory(at=cast.partner))
    assert "Put a group forward" in coordinator.get(f"/courses/{cast.course.slug}/").content.decode()
    assert (
        "Put a group forward"
        not in client_of(PersonFactory()).get(f"/courses/{cast.course.slug}/").content.decode()
    )


def test_who_leaves_is_taken_from_the_list() -> None:
    cast = open_now()
    put(cast)
    ana = PutForward.objects.get(email="ana@example.org").learner
    assert any(record.get("put_forward_by") for record in own_work(ana))

    forget_work(ana)

    assert PutForward.objects.count() == 1
