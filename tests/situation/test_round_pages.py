from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from biosint.indicators import api as indicators
from biosint.indicators.api import BankVersion, IndicatorKind
from biosint.situation.models import Round, Value
from biosint.situation.operations import closing, filling
from biosint.situation.operations import rounds as operations
from biosint.situation.operations.filling import Entry
from biosint.situation.queries import rounds
from biosint.situation.states import RoundState
from biosint.situation.web import sentences, tables
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    BankVersionFactory,
    ClosedRoundFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    OpenRoundFactory,
    QualityBoardFactory,
    RoundFactory,
    RoundParticipationFactory,
    StudentFactory,
    ValueFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> BankVersion:
    """Two dimensions: a level and a share in one, a counted level in the other."""
    version = BankVersionFactory()
    first = DimensionFactory(bank=version, code="strategy", title={"en": "Leadership"})
    IndicatorFactory(dimension=first, code="S1")
    IndicatorFactory(
        dimension=first,
        code="S2",
        kind=IndicatorKind.RATIO,
        numerator={"en": "teachers trained"},
        denominator={"en": "all teachers"},
    )
    IndicatorFactory(
        dimension=DimensionFactory(bank=version, code="learning", title={"en": "Learning"}),
        code="L1",
        counted_kind="exchange.course_run",
        counted_steps=[1, 2, 4, 6],
    )
    return version


@pytest.fixture
def scene(bank: BankVersion) -> dict[str, Any]:
    home, partner = InstitutionFactory(), InstitutionFactory()
    consortium = consortium_of([home, partner])
    running = OpenRoundFactory(consortium=consortium, bank=bank)
    part = RoundParticipationFactory(round=running, institution=home)
    RoundParticipationFactory(round=running, institution=partner)
    return {
        "home": home,
        "partner": partner,
        "consortium": consortium,
        "round": running,
        "part": part,
        "board": QualityBoardFactory(at=home),
        "office": AdministratorFactory(at=home),
        "address": f"/situation/index/rounds/{running.pk}/at/{home.slug}/",
    }


def typed(**more: str) -> dict[str, str]:
    return {"S1-edition": "0", "S1-answer": "3", "S2-edition": "0", **more}


def closed(scene: dict[str, Any], bank: BankVersion, title: str, year: int, levels: tuple[int, int]) -> Round:
    """A round that went its whole way through the operations."""
    asked = {one.code: one for one in indicators.indicators_of(bank)}
    one = operations.draft_round(
        consortium=scene["consortium"],
        title=title,
        period_from=date(year, 1, 1),
        period_until=date(year, 12, 31),
        is_baseline=title == "Baseline",
        bank=bank,
        by=scene["board"],
        at=NOON,
    )
    operations.open_round(round_id=one.pk, by=scene["board"], at=NOON)
    for place, level in zip((scene["home"], scene["partner"]), levels, strict=True):
        filling.fill(
            participation_id=one.participations.get(institution=place).pk,
            entries=[Entry(indicator_id=asked["S1"].pk, edition=0, answer=Decimal(level), note="=1+1")],
            by=AdministratorFactory(at=place),
            at=NOON,
        )
    return closing.close_round(round_id=one.pk, by=scene["board"], at=NOON)


def test_an_office_gives_its_values_page_by_page(client_of: Any, scene: dict[str, Any]) -> None:
    client = client_of(scene["office"])

    answer = client.post(
        scene["address"] + "strategy/",
        typed(**{"S2-numerator": "1 012,5", "S2-denominator": "2025", "onward": "1"}),
    )

    assert answer.headers["location"] == scene["address"] + "learning/"
    values = {value.indicator.code: value for value in Value.objects.select_related("indicator")}
    assert values["S1"].answer == 3
    assert (values["S2"].numerator, values["S2"].denominator) == (Decimal("1012.5"), 2025)
    page = client.get(scene["address"]).content.decode()
    assert "3: Step 3." in page
    assert "1,012.5 of 2,025" in page
    assert "kind=exchange.course_run" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("S1-answer", "7", "Select a valid choice"),
        ("S2-numerator", "many", "Write a number such as 12 or 12.5"),
        ("S2-numerator", "1.250,5", "Write a number such as 12 or 12.5"),
        ("S2-numerator", "NaN", "Write a number such as 12 or 12.5"),
        ("S2-numerator", "1e40", "no more than"),
        ("S2-numerator", "-3", "A count cannot be below 0"),
        ("S2-numerator", "50", "cannot be larger than the whole"),
        ("S2-denominator", "0", "must be above 0"),
        ("S2-denominator", "", "Give both numbers"),
        ("S2-evidence_url", "javascript:alert(1)", "begins with https://"),
        ("S2-evidence_url", "//elsewhere.example", "begins with https://"),
    ],
)
def test_bad_figures_get_a_sentence_and_stay_on_the_page(
    client_of: Any, scene: dict[str, Any], field: str, value: str, says: str
) -> None:
    told = typed(**{"S2-numerator": "4", "S2-denominator": "40", "S2-note": "From our records."})

    answer = client_of(scene["office"]).post(scene["address"] + "strategy/", {**told, field: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "From our records." in page
    assert not Value.objects.exists()


def test_who_comes_second_sees_what_the_first_saved(client_of: Any, scene: dict[str, Any]) -> None:
    first, second = client_of(scene["office"]), client_of(scene["board"])
    first.post(scene["address"] + "strategy/", typed())

    answer = second.post(scene["address"] + "strategy/", typed(**{"S1-answer": "1"}))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{scene['office']} saved “3”" in page
    assert 'name="S1-edition" value="1"' in page
    assert Value.objects.get().answer == 3
    second.post(scene["address"] + "strategy/", typed(**{"S1-answer": "1", "S1-edition": "1"}))
    assert Value.objects.get().answer == 1


def test_a_page_of_an_unknown_dimension_is_not_there(client_of: Any, scene: dict[str, Any]) -> None:
    assert client_of(scene["office"]).get(scene["address"] + "weather/").status_code == 404


def test_strangers_find_no_round(client_of: Any, scene: dict[str, Any]) -> None:
    stranger = client_of(AdministratorFactory(at=InstitutionFactory()))

    for address in (scene["address"], f"/situation/index/rounds/{scene['round'].pk}/"):
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert stranger.post(f"/situation/index/rounds/{scene['round'].pk}/close/").status_code == 404


def test_a_partner_does_not_see_values_before_the_round_closes(client_of: Any, scene: dict[str, Any]) -> None:
    partner = client_of(AdministratorFactory(at=scene["partner"]))

    assert partner.get(scene["address"]).status_code == 403
    assert partner.get(scene["address"] + "strategy/").status_code == 403


def test_only_who_may_fill_a_round_is_asked_to(client_of: Any, scene: dict[str, Any]) -> None:
    student = StudentFactory(at=scene["home"])

    assert scene["address"] in client_of(scene["office"]).get("/situation/index/").content.decode()
    assert scene["address"] not in client_of(student).get("/situation/index/").content.decode()


def test_a_round_is_planned_opened_and_closed_on_its_pages(client_of: Any, bank: BankVersion) -> None:
    place = InstitutionFactory()
    consortium_of([place])
    board = client_of(QualityBoardFactory(at=place))
    told = {
        "title": "Spring",
        "period_from": "2025-01-01",
        "period_until": "2025-06-30",
        "is_baseline": "on",
        "bank": bank.pk,
    }

    assert (
        board.post("/situation/index/rounds/new/", {**told, "period_until": "2024-01-01"}).status_code == 422
    )
    board.post("/situation/index/rounds/new/", told)
    again = board.post("/situation/index/rounds/new/", told)
    one = Round.objects.get()
    address = f"/situation/index/rounds/{one.pk}/"
    assert "another round" in again.content.decode()
    assert "Open the round" in board.get(address).content.decode()
    board.post(address + "open/")
    assert "0 of 2 values given" in board.get(address).content.decode()
    board.post(address + "close/")

    one.refresh_from_db()
    assert one.state == RoundState.CLOSED
    assert "no institution answered enough" in board.get(address).content.decode()


def test_a_draft_is_thrown_away_on_its_page(client_of: Any, scene: dict[str, Any], bank: BankVersion) -> None:
    wrong = RoundFactory(consortium=scene["consortium"], bank=bank)

    answer = client_of(scene["board"]).post(f"/situation/index/rounds/{wrong.pk}/discard/", follow=True)

    assert "thrown away" in answer.content.decode()
    assert not Round.objects.filter(pk=wrong.pk).exists()


def test_who_works_in_two_consortia_sees_the_index_of_each(client_of: Any, scene: dict[str, Any]) -> None:
    other = consortium_of([scene["partner"], scene["home"]])

    page = client_of(scene["office"]).get(f"/situation/index/?consortium={other.slug}").content.decode()

    assert f"?consortium={scene['consortium'].slug}" in page
    assert "Nothing is measured yet" in page


def test_a_round_whose_period_still_runs_stays_open(client_of: Any, scene: dict[str, Any]) -> None:
    Round.objects.update(period_until=date(2999, 1, 1))

    answer = client_of(scene["board"]).post(
        f"/situation/index/rounds/{scene['round'].pk}/close/", follow=True
    )

    assert "2999-01-01" in answer.content.decode()
    scene["round"].refresh_from_db()
    assert scene["round"].state == RoundState.OPEN


def test_an_office_is_told_why_it_cannot_close(client_of: Any, scene: dict[str, Any]) -> None:
    page = client_of(scene["office"]).get(f"/situation/index/rounds/{scene['round'].pk}/")

    assert "Only a member of a quality board" in page.content.decode()


def test_the_index_page_teaches_while_nothing_is_measured(client_of: Any) -> None:
    alone = client_of(StudentFactory(at=InstitutionFactory()))
    assert "in no consortium yet" in alone.get("/situation/index/").content.decode()

    place = InstitutionFactory()
    consortium_of([place])
    page = client_of(StudentFactory(at=place)).get("/situation/index/").content.decode()
    assert "Nothing is measured yet" in page


def test_the_index_page_says_the_finding_and_the_own_place(
    client_of: Any, scene: dict[str, Any], bank: BankVersion
) -> None:
    closed(scene, bank, "Baseline", 2023, (1, 2))
    closed(scene, bank, "Later", 2024, (3, 1))

    page = client_of(scene["office"]).get("/situation/index/").content.decode()

    # Strategy 1/4 of 100 and learning 0, both of weight 1: 12.5 and 25 before, 37.5 and 12.5 now.
    assert "went from 18.8 to 25.0 points: +6.2 points" in page
    assert "could also come about by chance" in page
    assert f"Lower than before: {scene['partner'].short_name}." in page
    assert "+25.0" in page
    assert "strongest in “Leadership” and weakest in “Learning”" in page
    assert "Fill in" in page


def test_one_closed_round_stands_without_a_comparison(
    client_of: Any, scene: dict[str, Any], bank: BankVersion
) -> None:
    closed(scene, bank, "Baseline", 2023, (1, 2))

    page = client_of(scene["office"]).get("/situation/index/").content.decode()

    assert "from 12 to 25 points" in page
    assert "One closed round stands so far" in page


def test_a_closed_part_tells_its_change_since_the_baseline(
    client_of: Any, scene: dict[str, Any], bank: BankVersion
) -> None:
    closed(scene, bank, "Baseline", 2023, (1, 2))
    later = closed(scene, bank, "Later", 2024, (3, 1))

    page = client_of(scene["office"]).get(f"/situation/index/rounds/{later.pk}/at/{scene['partner'].slug}/")

    assert "Since “Baseline”" in page.content.decode()
    assert "\N{MINUS SIGN}12.5 points" in page.content.decode()


def test_every_figure_can_be_taken_away_and_no_cell_is_a_formula(
    client_of: Any, scene: dict[str, Any], bank: BankVersion
) -> None:
    one = closed(scene, bank, "Baseline", 2023, (1, 2))
    client = client_of(scene["office"])

    values = client.get(f"/situation/index/rounds/{one.pk}/values.csv")
    results = client.get("/situation/index/results.csv")

    rows = list(csv.DictReader(io.StringIO(values.content.decode("utf-8-sig"))))
    assert [row["note"] for row in rows if row["indicator"] == "S1"] == ["'=1+1", "'=1+1"]
    told = list(csv.DictReader(io.StringIO(results.content.decode("utf-8-sig"))))
    assert [float(row["points"]) for row in told if row["part"] == "index"] == [12.5, 25.0]
    assert client.get(f"/situation/index/rounds/{scene['round'].pk}/values.csv").status_code == 404


@pytest.mark.parametrize("words", ["=A1", "+1", "-1", "@x", "\tx"])
def test_words_that_begin_like_a_formula_are_quoted(words: str) -> None:
    assert tables.cell(words) == f"'{words}"


def test_small_chances_are_not_written_as_nought() -> None:
    words = (sentences.p_value(0.00001), sentences.p_value(0.0312))

    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in words] == ["p < 0.001", "p = 0.031"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_page_costs_the_same_for_any_number_of_institutions(
    count: int, client_of: Any, count_queries: Any, bank: BankVersion
) -> None:
    places = [InstitutionFactory() for _n in range(count)]
    consortium = consortium_of(places)
    for year in (2023, 2024):
        one = ClosedRoundFactory(
            consortium=consortium, bank=bank, period_from=date(year, 1, 1), period_until=date(year, 9, 1)
        )
        for place in places:
            RoundParticipationFactory(round=one, institution=place, index=year - 2000)
    client = client_of(AdministratorFactory(at=places[0]))

    with count_queries(8):
        assert client.get("/situation/index/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_page_costs_the_same_for_any_number_of_institutions(
    count: int, client_of: Any, count_queries: Any, bank: BankVersion
) -> None:
    places = [InstitutionFactory() for _n in range(count)]
    one = OpenRoundFactory(consortium=consortium_of(places), bank=bank)
    for place in places:
        RoundParticipationFactory(round=one, institution=place)
    client = client_of(AdministratorFactory(at=places[0]))

    with count_queries(6):
        assert client.get(f"/situation/index/rounds/{one.pk}/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_part_costs_the_same_for_any_number_of_values(
    count: int, client_of: Any, count_queries: Any, scene: dict[str, Any]
) -> None:
    for _n in range(count):
        ValueFactory(
            participation=scene["part"],
            indicator=IndicatorFactory(dimension=scene["round"].bank.dimensions.first()),
        )
    client = client_of(scene["office"])

    with count_queries(10):
        assert client.get(scene["address"]).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_to_fill_costs_the_same_for_any_number_of_indicators(
    count: int, client_of: Any, count_queries: Any, scene: dict[str, Any]
) -> None:
    for _n in range(count):
        IndicatorFactory(dimension=scene["round"].bank.dimensions.first())
    client = client_of(scene["office"])

    with count_queries(9):
        assert client.get(scene["address"] + "strategy/").status_code == 200


def test_the_list_of_reminders_costs_two_queries_and_one_a_bank(
    scene: dict[str, Any], count_queries: Any
) -> None:
    RoundFactory(consortium=scene["consortium"])
    with count_queries(2):
        rows = rounds.open_participations_at(frozenset({scene["home"].pk}))

    assert [(filled, asked) for _part, filled, asked in rows] == [(0, 2)]


def test_a_closed_round_is_later_than_it_was_opened() -> None:
    assert ClosedRoundFactory().closed_at == NOON + DAY
