from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from biosint.evidence import api as evidence
from biosint.indicators import queries, readings
from biosint.indicators.contents import BankFaulty
from biosint.indicators.models import BankVersion, Indicator
from biosint.indicators.operations import loading as operations
from biosint.indicators.providers import search
from biosint.indicators.readings import BadFigure, Missing
from biosint.indicators.rules import may_load_bank
from biosint.indicators.states import Base, IndicatorKind
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    BankVersionFactory,
    CoordinatorFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    StudentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> BankVersion:
    return operations.load_bank(source=operations.supplied_bank("2026"), by=None, at=NOON)


def test_the_supplied_bank_has_six_dimensions_and_36_indicators_in_three_languages(bank: BankVersion) -> None:
    indicators = list(queries.indicators_of(bank))

    assert [row.indicator_count for row in queries.dimensions_of(bank)] == [6] * 6
    assert len(indicators) == 36
    for indicator in indicators:
        texts = [indicator.title, indicator.asks, indicator.evidence_asked, indicator.unit, *indicator.levels]
        texts += [indicator.numerator, indicator.denominator] if indicator.has_base else []
        assert all({"en", "sr", "sq"} == set(text) for text in texts), indicator.code
        assert indicator.references, indicator.code


def test_the_supplied_bank_holds_every_kind_and_counts_evidence(bank: BankVersion) -> None:
    indicators = list(queries.indicators_of(bank))

    assert {indicator.kind for indicator in indicators} == set(IndicatorKind.values)
    assert {indicator.counted_kind for indicator in indicators if indicator.is_counted} == {
        "strategies.document_adopted",
        "curriculum.unit_internationalised",
        "exchange.learner_completed",
        "exchange.course_run",
        "exchange.credit_recognised",
        "credentials.issued",
        "situation.answers_collected",
    }


def test_loading_the_same_file_twice_changes_nothing(bank: BankVersion) -> None:
    again = operations.load_bank(source=operations.supplied_bank("2026"), by=None, at=NOON)

    assert again == bank
    assert Indicator.objects.count() == 36


def test_a_version_in_use_never_changes(bank: BankVersion) -> None:
    with pytest.raises(operations.BankChanged, match="new code"):
        operations.load_bank(source=operations.supplied_bank("2026") + b"\n# corrected\n", by=None, at=NOON)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: row.pop("levels"), "incomplete"),
        (lambda row: row["levels"].pop(), "incomplete"),
        (lambda row: row.update(kind="feeling"), "no kind"),
        (lambda row: row.update(kind="count_per_100"), "incomplete"),
        (lambda row: row["title"].pop("sq"), "not written in all"),
        (lambda row: row.update(unit="parsec"), "not written in all"),
    ],
)
def test_an_incomplete_indicator_is_named(change: Any, says: str) -> None:
    told = yaml.safe_load(operations.supplied_bank("2026"))
    change(told["dimensions"][0]["indicators"][0])

    with pytest.raises(BankFaulty, match=says):
        operations.load_bank(source=yaml.safe_dump(told).encode(), by=None, at=NOON)

    assert not BankVersion.objects.exists()


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", b"- only\n- a list\n", b"title: no code\n", b"{"])
def test_a_file_that_is_no_bank_is_refused_with_a_sentence(source: bytes) -> None:
    with pytest.raises(BankFaulty, match="not an indicator bank"):
        operations.load_bank(source=source, by=None, at=NOON)


@pytest.mark.parametrize(
    "source",
    [
        b"code: x\ntitle: {en: a, sr: a, sq: a}\n",
        b"code: x\ntitle: {en: a, sr: a, sq: a}\npublished_on: soon\n",
    ],
)
def test_a_bank_without_its_parts_is_refused_with_a_sentence(source: bytes) -> None:
    with pytest.raises(BankFaulty, match="Look at this"):
        operations.load_bank(source=source, by=None, at=NOON)


@pytest.mark.parametrize("office", Office)
def test_who_may_put_a_bank_in_use(office: Office) -> None:
    person = PersonFactory()
    OfficeHeldFactory(person=person, office=office)

    assert bool(may_load_bank(person)) is (office in {Office.COORDINATOR, Office.QUALITY_BOARD})
    assert not may_load_bank(None)


def test_a_student_cannot_load_one() -> None:
    with pytest.raises(Refused):
        operations.load_bank(
            source=operations.supplied_bank("2026"), by=StudentFactory(at=InstitutionFactory()), at=NOON
        )


def test_the_command_loads_it_and_names_a_fault(tmp_path: Any, capsys: Any) -> None:
    call_command("load_indicators")
    assert "2026 is in use" in capsys.readouterr().out

    broken = tmp_path / "broken.yaml"
    broken.write_text("title: nothing")
    with pytest.raises(CommandError, match="not an indicator bank"):
        call_command("load_indicators", str(broken))


@pytest.mark.parametrize(
    ("kind", "answer", "numerator", "denominator", "fault"),
    [
        (IndicatorKind.YES_NO, 2, None, None, BadFigure.NOT_YES_NO),
        (IndicatorKind.YES_NO, 1, None, None, None),
        (IndicatorKind.LEVEL, 5, None, None, BadFigure.NOT_A_LEVEL),
        (IndicatorKind.LEVEL, -1, None, None, BadFigure.NOT_A_LEVEL),
        (IndicatorKind.LEVEL, "2.5", None, None, BadFigure.NOT_A_LEVEL),
        (IndicatorKind.LEVEL, None, None, None, None),
        (IndicatorKind.RATIO, None, 5, 4, BadFigure.PART_EXCEEDS_WHOLE),
        (IndicatorKind.RATIO, None, -1, 4, BadFigure.NEGATIVE),
        (IndicatorKind.RATIO, None, 1, 0, BadFigure.BASE_NOT_POSITIVE),
        (IndicatorKind.RATIO, None, 1, None, BadFigure.HALF_ANSWERED),
        (IndicatorKind.RATIO, None, None, None, None),
        (IndicatorKind.COUNT_PER_100, None, 5, 4, None),
    ],
)
def test_bad_figures_are_named(
    kind: IndicatorKind, answer: Any, numerator: Any, denominator: Any, fault: BadFigure | None
) -> None:
    def exact(value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    found = readings.fault_in(
        Indicator(kind=kind),
        answer=exact(answer),
        numerator=exact(numerator),
        denominator=exact(denominator),
    )

    assert found is fault


def test_a_typed_share_is_read_in_per_cent() -> None:
    reading = readings.read(
        Indicator(kind=IndicatorKind.RATIO), numerator=Decimal(3), denominator=Decimal(12)
    )

    assert reading.figure == 25


def test_what_is_not_known_is_missing_and_not_nought() -> None:
    counted = Indicator(
        kind=IndicatorKind.COUNT_PER_100,
        counted_kind="exchange.learner_completed",
        counted_base=Base.STUDENTS,
    )

    reading = readings.read_counted(
        counted, quantity=Decimal(4), institution=InstitutionFactory(students=None)
    )

    assert (reading.figure, reading.missing) == (None, Missing.BASE_UNKNOWN)
    assert readings.read(Indicator(kind=IndicatorKind.LEVEL)).missing is Missing.NOT_ANSWERED


def test_counted_figures_follow_their_base_and_steps() -> None:
    institution = InstitutionFactory(students=400, teachers=50)
    per_students = Indicator(kind=IndicatorKind.COUNT_PER_100, counted_kind="x.y", counted_base=Base.STUDENTS)
    level = Indicator(kind=IndicatorKind.LEVEL, counted_kind="x.y", counted_steps=[1, 2, 4, 6])
    typed = Indicator(kind=IndicatorKind.RATIO, counted_kind="x.y", counted_base=Base.TYPED)

    def figure(indicator: Indicator, quantity: int, base: int | None = None) -> Decimal | None:
        return readings.read_counted(
            indicator,
            quantity=Decimal(quantity),
            institution=institution,
            typed_base=None if base is None else Decimal(base),
        ).figure

    assert figure(per_students, 20) == 5
    assert [figure(level, quantity) for quantity in (0, 1, 3, 4, 9)] == [0, 1, 2, 3, 4]
    assert (figure(typed, 6, 360), figure(typed, 6)) == (Decimal(600) / 360, None)


def test_the_bank_is_open_to_everyone_in_their_language(bank: BankVersion) -> None:
    visitor = Client()

    assert "A strategy that is used" in visitor.get("/indicators/").content.decode()
    only = visitor.get("/indicators/?dimension=people").content.decode()
    assert "Teachers trained" in only
    assert "A strategy that is used" not in only
    serbian = visitor.get("/indicators/2026/S1/", headers={"accept-language": "sr"}).content.decode()
    assert "Стратегија која се користи" in serbian
    counted = visitor.get("/indicators/2026/L1/").content.decode()
    assert evidence.list_url(kind="exchange.learner_completed") in counted


@pytest.mark.parametrize("address", ["/indicators/2026/Z9/", "/indicators/1999/S1/"])
def test_an_unknown_indicator_is_not_there(bank: BankVersion, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_empty_bank_teaches_and_offers_the_supplied_one(client_of: Any) -> None:
    coordinator = client_of(CoordinatorFactory(at=InstitutionFactory()))
    assert "Only a coordinator" in Client().get("/indicators/").content.decode()
    assert "<form" in coordinator.get("/indicators/").content.decode()

    coordinator.post("/indicators/load/")

    assert BankVersion.objects.get().code == "2027"


def test_the_search_finds_by_word_and_by_code(bank: BankVersion) -> None:
    assert [found.title for found in search("s1", person=None, limit=5)] == ["S1 A strategy that is used"]
    assert len(list(search("international", person=None, limit=2))) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_bank_page_costs_three_queries(count: int, count_queries: Any) -> None:
    bank = BankVersionFactory()
    dimension = DimensionFactory(bank=bank)
    for _n in range(count):
        IndicatorFactory(dimension=dimension)

    with count_queries(3):
        assert Client().get("/indicators/").status_code == 200
