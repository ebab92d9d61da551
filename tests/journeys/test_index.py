"""The index and the syllabi in a real browser: no barriers, on a phone, without scripts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from biosint.curriculum import api as curriculum
from biosint.indicators import api as indicators
from biosint.situation import api as situation
from biosint.situation.api import Entry, Value
from browser import Axe, Visiting
from clock import NOON
from factories import (
    AdministratorFactory,
    ApprovedSyllabusFactory,
    InstitutionFactory,
    OutcomeFactory,
    ProgrammeFactory,
    QualityBoardFactory,
    TeacherFactory,
    UnitFactory,
    consortium_of,
)


def held(title: str, year: int, levels: tuple[int, int], places: list[Any]) -> Any:
    """A round of the supplied bank in which two faculties answered everything alike."""
    consortium = places[0].coordinated_consortia.first() or consortium_of(places)
    bank = indicators.load_bank(source=indicators.supplied_bank("2026"), by=None, at=NOON)
    board = QualityBoardFactory(at=places[0])
    one = situation.draft_round(
        consortium=consortium,
        title=title,
        period_from=date(year, 1, 1),
        period_until=date(year, 12, 31),
        is_baseline=title == "Baseline",
        bank=bank,
        by=board,
        at=NOON,
    )
    situation.open_round(round_id=one.pk, by=board, at=NOON)
    for place, level in zip(places, levels, strict=True):
        entries = [
            Entry(
                indicator_id=asked.pk,
                edition=0,
                **(
                    {"numerator": Decimal(level), "denominator": Decimal(40)}
                    if asked.has_base
                    else {"answer": Decimal(level if asked.kind == "level" else level % 2)}
                ),
            )
            for asked in indicators.indicators_of(bank)
            if not asked.is_counted
        ]
        situation.fill(
            participation_id=one.participations.get(institution=place).pk,
            entries=entries if level else [],
            by=AdministratorFactory(at=place),
            at=NOON,
        )
    return one, board


def test_pages_of_the_index_have_no_barrier(visitors: Visiting, axe: Axe) -> None:
    places = [InstitutionFactory(students=300, teachers=40), InstitutionFactory(students=500, teachers=60)]
    for title, year, levels in (("Baseline", 2023, (1, 2)), ("Later", 2024, (3, 2))):
        closed, board = held(title, year, levels, places)
        situation.close_round(round_id=closed.pk, by=board, at=NOON)
    running, _board = held("Now", 2025, (0, 0), places)
    part = f"/situation/index/rounds/{running.pk}/at/{places[0].slug}/"
    visitor = visitors(phone=True)
    visitor.sign_in(AdministratorFactory(at=places[0]))

    for path in (
        "/situation/index/",
        f"/situation/index/rounds/{closed.pk}/",
        f"/situation/index/rounds/{closed.pk}/at/{places[1].slug}/",
        f"/situation/index/rounds/{running.pk}/",
        part,
        part + "strategy/",
        part + "learning/",
        "/indicators/",
        "/indicators/2026/S1/",
    ):
        page = visitor.visit(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_office_gives_values_on_a_phone(*, scripts: bool, visitors: Visiting) -> None:
    places = [InstitutionFactory(students=300), InstitutionFactory(students=300)]
    held("Now", 2025, (0, 0), places)
    visitor = visitors(phone=True, scripts=scripts)
    visitor.sign_in(AdministratorFactory(at=places[0]))

    page = visitor.visit("/situation/index/")
    page.get_by_role("link", name="Fill in “Now”").click()
    page.get_by_role("link", name="Give the values", exact=True).click()
    page.get_by_label("3: It is adopted and people know who does what.").check()
    page.get_by_label("euros spent on it").fill("1 250,5")
    page.get_by_label("euros of the development budget").fill("20000")
    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Curriculum and learning outcomes")
    values = {value.indicator.code: value for value in Value.objects.select_related("indicator")}
    assert (values["S1"].answer, values["S4"].numerator) == (3, Decimal("1250.5"))


def test_pages_of_syllabi_have_no_barrier(visitors: Visiting, axe: Axe) -> None:
    place = InstitutionFactory()
    teacher = TeacherFactory(at=place)
    unit = UnitFactory(
        programme=ProgrammeFactory(institution=place), state=curriculum.UnitState.APPROVED, teachers=[teacher]
    )
    OutcomeFactory(syllabus=ApprovedSyllabusFactory(unit=unit))
    curriculum.start_version(unit_id=unit.pk, by=teacher, at=NOON)
    visitor = visitors(phone=True)
    visitor.sign_in(teacher)

    for path in (
        "",
        "mine/",
        f"at/{place.slug}/",
        f"at/{place.slug}/units/new/",
        f"units/{unit.pk}/",
        f"units/{unit.pk}/versions/2/",
        f"units/{unit.pk}/versions/2/write/",
    ):
        page = visitor.visit(f"/curriculum/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
