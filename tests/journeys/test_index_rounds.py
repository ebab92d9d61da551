"""A bank of one's own, peer review and what follows from a closed round, in a real browser: no barriers, on a phone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from biosint.indicators import api as indicators
from biosint.situation import api as situation
from biosint.situation.api import Entry, Opinion, Said
from browser import Axe, Visiting
from clock import NOON
from factories import (
    AdministratorFactory,
    InstitutionFactory,
    OutsideIndexFactory,
    QualityBoardFactory,
    consortium_of,
)


def held(scene: dict[str, Any], title: str, year: int, *, step: int, peer_review: bool = False) -> Any:
    """An open round of the bank of 2026 in which every faculty answered everything, each at its own height."""
    one = situation.draft_round(
        consortium=scene["consortium"],
        title=title,
        period_from=date(year, 1, 1),
        period_until=date(year, 12, 31),
        is_baseline=title == "Baseline",
        bank=scene["bank"],
        peer_review=peer_review,
        by=scene["board"],
        at=NOON,
    )
    situation.open_round(round_id=one.pk, by=scene["board"], at=NOON)
    for place, institution in enumerate(scene["places"]):
        entries = []
        for at, asked in enumerate(indicators.indicators_of(scene["bank"])):
            height = (place + at + step) % 5
            if asked.is_counted:
                continue
            given = (
                {"numerator": Decimal(5 * height), "denominator": Decimal(40)}
                if asked.has_base
                else {"answer": Decimal(height if asked.kind == "level" else height % 2)}
            )
            entries.append(Entry(indicator_id=asked.pk, edition=0, **given))
        situation.fill(
            participation_id=one.participations.get(institution=institution).pk,
            entries=entries,
            by=scene["offices"][place],
            at=NOON,
        )
    return one


@pytest.fixture
def scene() -> dict[str, Any]:
    """Six faculties, two closed rounds, and a third under peer review, in which one has a question to answer."""
    places = [InstitutionFactory(students=300 + n, teachers=40 + n) for n in range(6)]
    made: dict[str, Any] = {
        "places": places,
        "offices": [AdministratorFactory(at=place) for place in places],
        "board": QualityBoardFactory(at=places[0]),
        "consortium": consortium_of(places),
        "bank": indicators.load_bank(source=indicators.supplied_bank("2026"), by=None, at=NOON),
    }
    for title, year, step in (("Baseline", 2023, 0), ("Later", 2024, 1)):
        made[title] = held(made, title, year, step=step)
        situation.close_round(round_id=made[title].pk, by=made["board"], at=NOON)
    made["running"] = held(made, "Now", 2025, step=2, peer_review=True)
    part = made["running"].participations.get(institution=places[0])
    situation.hand_in(participation_id=part.pk, by=made["offices"][0], at=NOON)
    made["part"] = part
    made["reviewer"] = AdministratorFactory(at=part.review.reviewer)
    asked = made["bank"].indicators.get(code="S1")
    situation.say(
        review_id=part.review.pk,
        said=[Said(asked.pk, Opinion.ASKS, 1, "Where can one read the text?")],
        by=made["reviewer"],
        at=NOON,
    )
    OutsideIndexFactory(consortium=made["consortium"])
    made["draft"] = indicators.start_draft(
        came_from=made["bank"],
        consortium=made["consortium"],
        code="ours",
        title="Indicators of our own",
        by=made["board"],
        at=NOON,
    )
    return made


def test_pages_of_the_bank_and_of_rounds_have_no_barrier(
    scene: dict[str, Any], visitors: Visiting, axe: Axe
) -> None:
    later, running, slug = scene["Later"].pk, scene["running"].pk, scene["places"][0].slug
    draft = scene["draft"]
    one, side = draft.indicators.get(code="S1"), draft.dimensions.get(code="strategy")
    visitor = visitors(phone=True)
    visitor.sign_in(scene["board"])
    paths = [
        "/indicators/?framework=WFME+2",
        "/indicators/versions/2026/frameworks/",
        "/indicators/versions/ours/changes/",
        "/indicators/drafts/new/",
        "/indicators/drafts/upload/",
        f"/indicators/drafts/{draft.pk}/",
        f"/indicators/drafts/{draft.pk}/dimensions/{side.pk}/",
        f"/indicators/drafts/{draft.pk}/indicators/{one.pk}/",
        f"/indicators/drafts/{draft.pk}/in/sq/?dimension=strategy",
        "/situation/index/",
        "/situation/index/compare/",
        "/situation/index/rounds/new/",
        "/situation/index/formulas/",
        "/situation/index/formulas/new/",
        f"/situation/index/formulas/{scene['Later'].formula_id}/",
        f"/situation/index/rounds/{later}/order/",
        f"/situation/index/rounds/{later}/raise/{slug}/",
        f"/situation/index/rounds/{later}/benchmark/{slug}/",
        f"/situation/index/rounds/{later}/accreditation/{slug}/",
        f"/situation/index/rounds/{running}/",
        f"/situation/index/rounds/{running}/close/",
        f"/situation/index/rounds/{running}/at/{slug}/",
        f"/situation/index/rounds/{running}/answers/{slug}/",
    ]

    for path in paths:
        page = visitor.visit(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    reviewer = visitors(phone=True)
    reviewer.sign_in(scene["reviewer"])
    page = reviewer.visit(f"/situation/index/rounds/{running}/review/{slug}/of/strategy/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_value_is_asked_about_answered_and_agreed_on_phones(
    *, scripts: bool, scene: dict[str, Any], visitors: Visiting
) -> None:
    running, slug = scene["running"].pk, scene["places"][0].slug
    office, reviewer = visitors(phone=True, scripts=scripts), visitors(phone=True, scripts=scripts)
    office.sign_in(scene["offices"][0])
    reviewer.sign_in(scene["reviewer"])

    page = office.visit(f"/situation/index/rounds/{running}/at/{slug}/")
    page.get_by_role("link", name="Questions of the reviewer: 1").click()
    page.get_by_label("Your answer about S1").fill("On the site, under documents.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing waits for an answer")

    page = reviewer.visit(f"/situation/index/rounds/{running}/at/{slug}/")
    page.get_by_role("link", name="Review the values").click()
    strategy = page.locator("section", has=page.locator("#indicator-S1"))
    expect(strategy).to_contain_text("On the site, under documents.")
    strategy.get_by_label("agrees", exact=True).check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Curriculum and learning outcomes")

    page = office.visit(f"/situation/index/rounds/{running}/at/{slug}/")
    expect(page.locator("#strategy")).to_contain_text("agreed")


def test_a_keeper_tries_a_formula_and_puts_it_in_use(scene: dict[str, Any], visitors: Visiting) -> None:
    visitor = visitors()
    visitor.sign_in(scene["board"])

    page = visitor.visit("/situation/index/formulas/new/")
    page.get_by_label("Code", exact=True).fill("ours_2027")
    page.get_by_label("Title in English").fill("Our balanced index")
    page.get_by_role("group", name="How dimensions make the index").get_by_label("geometric").check()
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#preview")).to_contain_text("weighted geometric mean of the dimensions")
    page.get_by_role("button", name="Put this formula in use").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Our balanced index")
