"""Pages of workshops, votes, the TOWS matrix and objectives."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from biosint.situation.models import Ballot, Objective, Option, Statement, Vote, Workshop
from biosint.situation.queries import workshops as queries
from factories import AdministratorFactory, InstitutionFactory, StudentFactory, TeacherFactory, consortium_of
from factories.research import PublishedFindingFactory
from factories.workshops import (
    BallotFactory,
    ObjectiveFactory,
    OptionFactory,
    StatementFactory,
    VoteFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    consortium = consortium_of([InstitutionFactory(), InstitutionFactory()])
    return WorkshopFactory(consortium=consortium)


@pytest.fixture
def office(client_of: Any, workshop: Workshop) -> Any:
    return client_of(AdministratorFactory(at=workshop.consortium.coordinator))


@pytest.fixture
def teacher(client_of: Any, workshop: Workshop) -> Any:
    return client_of(TeacherFactory(at=workshop.consortium.coordinator))


def at(workshop: Workshop, more: str = "") -> str:
    return f"{workshop.get_absolute_url()}{more}"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(
    teacher: Any, workshop: Workshop, count_queries: Any, rows: int
) -> None:
    WorkshopFactory.create_batch(rows - 1, consortium=workshop.consortium)

    with count_queries(5):
        page = teacher.get("/situation/workshops/")

    assert page.content.decode().count("Where we stand") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_workshop_asks_as_often_for_one_statement_as_for_three(
    teacher: Any, workshop: Workshop, count_queries: Any, rows: int
) -> None:
    StatementFactory.create_batch(rows, workshop=workshop)

    with count_queries(7):
        page = teacher.get(at(workshop))

    assert page.content.decode().count("Teachers speak languages") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matrix_asks_as_often_for_one_option_as_for_three(
    teacher: Any, workshop: Workshop, count_queries: Any, rows: int
) -> None:
    for option in OptionFactory.create_batch(rows, workshop=workshop):
        ObjectiveFactory(option=option)

    with count_queries(7):
        page = teacher.get(at(workshop, "tows/"))

    assert page.content.decode().count("Four courses are open") == rows


def test_a_workshop_begins_with_proposals(office: Any, workshop: Workshop) -> None:
    PublishedFindingFactory(source__consortium=workshop.consortium, text="They pay.", bearing="opportunity")

    page = office.post(
        f"/situation/workshops/new/?consortium={workshop.consortium.slug}",
        {"title": "Spring", "language": "en", "institution": ""},
    )

    shown = office.get(page["Location"]).content.decode()
    assert "They pay." in shown
    assert "Proposed (1)" in shown
    assert "Grade B, Netherlands" in shown


def test_strangers_get_404_and_students_too(client_of: Any, workshop: Workshop) -> None:
    statement = StatementFactory(workshop=workshop)
    objective = ObjectiveFactory(option__workshop=workshop)
    for visitor in (
        client_of(StudentFactory(at=workshop.consortium.coordinator)),
        client_of(AdministratorFactory(at=InstitutionFactory())),
    ):
        for address in (
            at(workshop),
            at(workshop, "vote/"),
            at(workshop, "vote/board/"),
            at(workshop, "vote/qr.svg"),
            at(workshop, "tows/"),
            at(workshop, "swot.csv"),
            f"/situation/statements/{statement.pk}/",
            objective.get_absolute_url(),
        ):
            assert visitor.get(address).status_code == 404, address
        assert visitor.post(f"/situation/statements/{statement.pk}/move/").status_code == 404


def test_a_proposal_is_taken_or_put_aside_with_one_press(teacher: Any, workshop: Workshop) -> None:
    one = StatementFactory(workshop=workshop, state="proposed")

    teacher.post(f"/situation/statements/{one.pk}/move/", {"to": "kept"})
    one.refresh_from_db()
    assert one.state == "kept"
    teacher.post(f"/situation/statements/{one.pk}/move/", {"to": "discarded"})
    one.refresh_from_db()
    assert one.state == "discarded"


def test_statements_are_added_mended_joined_and_parted(office: Any, workshop: Workshop) -> None:
    office.post(at(workshop, "add/"), {"side": "S", "text": "We can."})
    office.post(at(workshop, "add/"), {"side": "S", "text": "We are able."})
    one, two = Statement.objects.order_by("pk")
    assert office.post(at(workshop, "add/"), {"side": "S", "text": ""}).status_code == 422

    office.post(f"/situation/statements/{one.pk}/", {"side": "S", "text": "We can do it."})
    office.post(f"/situation/statements/{two.pk}/merge/", {"into": str(one.pk)})

    two.refresh_from_db()
    assert two.merged_into == one
    assert "We can do it." in office.get(f"/situation/statements/{one.pk}/").content.decode()
    page = office.post(f"/situation/statements/{one.pk}/merge/", {"into": "nonsense"}, follow=True)
    assert "Choose a statement." in page.content.decode()
    office.post(f"/situation/statements/{two.pk}/part/")
    two.refresh_from_db()
    assert two.state == "kept"


def test_a_vote_from_the_wall_to_the_phone_and_back(office: Any, workshop: Workshop) -> None:
    one, two = StatementFactory.create_batch(2, workshop=workshop)
    phone = Client()
    assert "No vote is open yet" in phone.get(f"/situation/join/{workshop.token}/").content.decode()
    office.post(at(workshop, "vote/open/"), {"dots": "3", "most_on_one": "2", "is_hidden": "on"})
    vote = Vote.objects.get()

    page = phone.get(f"/situation/join/{workshop.token}/").content.decode()
    assert f'name="s{one.pk}"' in page
    sent = phone.post(
        f"/situation/join/{workshop.token}/", {f"s{one.pk}": "2", f"s{two.pk}": "1"}, follow=True
    )
    assert "Your dots are counted" in sent.content.decode()

    # Hidden until closed, also from the leader.
    wall = office.get(at(workshop, "vote/board/")).content.decode()
    assert "1 device has sent its dots" in wall
    assert "Dots:" not in wall
    office.post(at(workshop, f"vote/{vote.pk}/close/"))
    assert "Dots: 2, from devices: 1" in office.get(at(workshop, "vote/")).content.decode()
    assert "Dots: 2, from devices: 1" in phone.get(f"/situation/join/{workshop.token}/").content.decode()
    assert "Dots: 2, from devices: 1" in office.get(at(workshop)).content.decode()


def test_a_phone_keeps_what_it_gave_and_what_was_too_much(workshop: Workshop) -> None:
    one, two = StatementFactory.create_batch(2, workshop=workshop)
    VoteFactory(workshop=workshop)
    phone, address = Client(), f"/situation/join/{workshop.token}/"
    phone.get(address)

    many = phone.post(address, {f"s{one.pk}": "2", f"s{two.pk}": "2"})
    assert many.status_code == 422
    assert "you gave 4 dots and have 3" in many.content.decode()
    assert many.content.decode().count('value="2"') == 2
    phone.post(address, {f"s{one.pk}": "2", f"s{two.pk}": "x", "s": "1", "s²": "1"})

    assert 'value="2"' in phone.get(address).content.decode()
    assert Ballot.objects.get().dots == {str(one.pk): 2}


def test_a_phone_without_its_word_is_told_so(workshop: Workshop) -> None:
    one, _two = StatementFactory.create_batch(2, workshop=workshop)
    VoteFactory(workshop=workshop)
    address = f"/situation/join/{workshop.token}/"

    page = Client().post(address, {f"s{one.pk}": "1"})

    assert page.status_code == 422
    assert "Allow cookies" in page.content.decode()
    assert not Ballot.objects.exists()


def test_dots_that_come_too_late_are_told(workshop: Workshop) -> None:
    one, _two = StatementFactory.create_batch(2, workshop=workshop)
    vote = VoteFactory(workshop=workshop)
    phone, address = Client(), f"/situation/join/{workshop.token}/"
    phone.get(address)
    Vote.objects.filter(pk=vote.pk).update(closed_by=vote.opened_by, closed_at=vote.opened_at)

    page = phone.post(address, {f"s{one.pk}": "1"})

    assert page.status_code == 410
    assert "These dots came too late" in page.content.decode()


def test_live_pages_are_told_only_what_is_new(office: Any, workshop: Workshop, count_queries: Any) -> None:
    StatementFactory.create_batch(2, workshop=workshop)
    vote = VoteFactory(workshop=workshop)
    stamp = queries.live_stamp(workshop)
    phase = queries.phase_of(stamp)
    look = f"/situation/join/{workshop.token}/look/"

    # A phone that looks again costs the workshop's row and nothing more.
    with count_queries(1):
        assert Client().get(f"{look}?seen={phase}").status_code == 204
    assert office.get(at(workshop, f"vote/board/?seen={stamp}")).status_code == 204
    BallotFactory(vote=vote)
    queries.forget_live(workshop)
    assert Client().get(f"{look}?seen={phase}").status_code == 204
    assert (
        "1 device has sent its dots" in office.get(at(workshop, f"vote/board/?seen={stamp}")).content.decode()
    )
    office.post(at(workshop, f"vote/{vote.pk}/close/"))
    assert Client().get(f"{look}?seen={phase}")["HX-Redirect"] == f"/situation/join/{workshop.token}/"


def test_the_code_from_the_wall_leads_to_the_workshop(workshop: Workshop) -> None:
    right = Client().post("/situation/join/", {"code": f" {workshop.token.upper()} "})
    wrong = Client().post("/situation/join/", {"code": "nothing"})

    assert right["Location"] == f"/situation/join/{workshop.token}/"
    assert wrong.status_code == 422
    assert Client().get("/situation/join/nothing/").status_code == 404


def test_the_wall_shows_a_square_and_refuses_half_a_vote(office: Any, workshop: Workshop) -> None:
    assert office.get(at(workshop, "vote/qr.svg"))["Content-Type"] == "image/svg+xml"
    StatementFactory.create_batch(2, workshop=workshop)

    page = office.post(at(workshop, "vote/open/"), {"dots": "2", "most_on_one": "3"}, follow=True)

    assert "more than each participant has" in page.content.decode()
    assert not Vote.objects.exists()


def test_from_two_statements_to_an_objective(office: Any, workshop: Workshop) -> None:
    strength = StatementFactory(workshop=workshop)
    chance = StatementFactory(workshop=workshop, side="O", text="They want.")
    told = {"inside": [strength.pk], "outside": [chance.pk], "text": "Open our courses"}

    office.post(at(workshop, "tows/SO/"), told)
    option = Option.objects.get()
    page = office.post(
        f"/situation/options/{option.pk}/objective/",
        {
            "text": "Four courses",
            "measure": "courses",
            "target": "4",
            "unit": "courses",
            "due_date": "2199-01-01",
        },
    )

    objective = Objective.objects.get()
    assert page["Location"] == objective.get_absolute_url()
    shown = office.get(page["Location"]).content.decode()
    assert "They want." in shown
    assert "No strategy has taken it up yet" in shown
    assert office.get(at(workshop, "tows/XX/")).status_code == 404
    assert "One of the two sides is empty" in office.get(at(workshop, "tows/WT/")).content.decode()
    office.post(f"/situation/objectives/{objective.pk}/remove/")
    office.post(f"/situation/options/{option.pk}/remove/")
    assert not Option.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_date": "2001-01-01"}, "Choose a day to come"),
        ({"measure": ""}, "Choose an indicator, or say how it is measured"),
        ({"target": ""}, "This field is required"),
    ],
)
def test_an_objective_that_nobody_could_check_is_refused(
    office: Any, workshop: Workshop, wrong: dict[str, str], said: str
) -> None:
    option = OptionFactory(workshop=workshop)
    told = {"text": "Four", "measure": "courses", "target": "4", "due_date": "2199-01-01", **wrong}

    page = office.post(f"/situation/options/{option.pk}/objective/", told)

    assert page.status_code == 422
    assert said in page.content.decode()


def test_the_swot_is_taken_away_with_its_figures(office: Any, workshop: Workshop) -> None:
    StatementFactory(
        workshop=workshop, text="=1+1", figure={"value": "12", "source": "Index", "day": "2026-01-01"}
    )

    rows = list(csv.DictReader(io.StringIO(office.get(at(workshop, "swot.csv")).content.decode("utf-8-sig"))))

    assert [(row["side"], row["statement"], row["figure"]) for row in rows] == [("S", "'=1+1", "12")]


def test_a_workshop_is_closed_from_its_page(office: Any, workshop: Workshop) -> None:
    office.post(at(workshop, "close/"))

    assert "This workshop feeds the report" in office.get(at(workshop)).content.decode()


def test_a_machine_that_stuffs_the_box_is_stopped(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache

    StatementFactory.create_batch(2, workshop=workshop)
    VoteFactory(workshop=workshop)
    phone, address = Client(), f"/situation/join/{workshop.token}/"
    phone.get(address)
    assert phone.post(address, {}).status_code == 302
    (key,) = [key for key in cache._cache if "limit:workshop-vote:" in key]
    cache.set(key.split(":", 2)[2], 1200, 600)

    assert phone.post(address, {}).status_code == 429
    assert phone.get(address).status_code == 200
