"""The pages of a bank of one's own, through a client without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from biosint.indicators import queries
from biosint.indicators.bankfile import write_bank
from biosint.indicators.models import BankVersion
from biosint.indicators.operations import drafting, loading
from clock import NOON
from factories import (
    BankVersionFactory,
    CoordinatorFactory,
    DimensionFactory,
    IndicatorFactory,
    InstitutionFactory,
    QualityBoardFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client_of: Any) -> dict[str, Any]:
    one = InstitutionFactory()
    bank = loading.load_bank(source=loading.supplied_bank("2026"), by=None, at=NOON)
    board = QualityBoardFactory(at=one)
    consortium = consortium_of([one])
    return {"bank": bank, "board": board, "consortium": consortium, "client": client_of(board)}


def start(scene: dict[str, Any]) -> BankVersion:
    answer = scene["client"].post(
        "/indicators/drafts/new/",
        {
            "came_from": scene["bank"].pk,
            "consortium": scene["consortium"].pk,
            "code": "ours",
            "title": "Our own",
        },
    )
    draft = BankVersion.objects.get(code="ours")
    assert answer.url == f"/indicators/drafts/{draft.pk}/"
    return draft


def told_of(client: Client, url: str) -> dict[str, Any]:
    """What a form holds when its page is opened."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_a_keeper_starts_changes_translates_and_publishes(scene: dict[str, Any]) -> None:
    client = scene["client"]
    draft = start(scene)
    one = draft.indicators.get(code="S1")
    page = reverse("indicators:edit_indicator", args=[draft.pk, one.pk])

    told = told_of(client, page)
    assert client.post(page, {**told, "title": "A strategy in daily use", "weight": "3"}).status_code == 302
    one.refresh_from_db()
    assert (one.title["en"], one.weight, one.title["sr"]) == (
        "A strategy in daily use",
        3,
        "Стратегија која се користи",
    )

    desk = reverse("indicators:translate", args=[draft.pk, "ro"]) + "?dimension=strategy"
    key = f"indicator:{one.pk}:title"
    assert f'name="{key}"' in client.get(desk).content.decode()
    client.post(desk, {key: "O strategie", f"{key}:seen": ""})
    one.refresh_from_db()
    assert one.title["ro"] == "O strategie"

    overview = client.get(reverse("indicators:draft", args=[draft.pk])).content.decode()
    assert "A strategy in daily use" in overview
    changes = client.get(reverse("indicators:changes", args=["ours"])).content.decode()
    assert "A strategy in daily use" in changes
    assert "title, weight" in changes

    client.post(reverse("indicators:publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert not draft.is_draft
    assert client.get(page).status_code == 403


def test_a_conflict_shows_what_stands_and_the_next_saving_decides(scene: dict[str, Any]) -> None:
    client = scene["client"]
    draft = start(scene)
    one = draft.indicators.get(code="S1")
    page = reverse("indicators:edit_indicator", args=[draft.pk, one.pk])
    seen = told_of(client, page)
    client.post(page, {**seen, "weight": "4"})

    answer = client.post(page, {**seen, "weight": "5"})

    assert answer.status_code == 409
    assert "What stands now" in answer.content.decode()
    form = answer.context["form"]
    assert (form["edition"].value(), form["weight"].value()) == ("2", "5")
    assert client.post(page, {**seen, "edition": "2", "weight": "5"}).status_code == 302
    one.refresh_from_db()
    assert one.weight == 5


def test_a_translation_conflict_keeps_both_words(scene: dict[str, Any]) -> None:
    draft = start(scene)
    key = f"indicator:{draft.indicators.get(code='S1').pk}:title"
    desk = reverse("indicators:translate", args=[draft.pk, "nl"]) + "?dimension=strategy"
    scene["client"].post(desk, {key: "Eerste", f"{key}:seen": ""})

    answer = scene["client"].post(desk, {key: "Tweede", f"{key}:seen": ""})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Eerste" in page
    assert "Tweede" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "ratio"}, "numerator"),
        ({"level_2": ""}, "level_2"),
        ({"counted_kind": "exchange.course_run", "counted_steps": "one"}, "counted_steps"),
        ({"counted_kind": "exchange.course_run", "counted_steps": "1"}, "__all__"),
        ({"code": "S2"}, "code"),
        ({"weight": "0"}, "weight"),
    ],
)
def test_a_wrong_indicator_is_said_beside_its_field(
    scene: dict[str, Any], change: dict[str, str], field: str
) -> None:
    draft = start(scene)
    page = reverse("indicators:edit_indicator", args=[draft.pk, draft.indicators.get(code="S1").pk])

    answer = scene["client"].post(page, {**told_of(scene["client"], page), **change})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_dimensions_and_indicators_are_added_and_removed_on_pages(scene: dict[str, Any]) -> None:
    client = scene["client"]
    draft = start(scene)
    fresh = reverse("indicators:new_dimension", args=[draft.pk])
    assert client.post(fresh, {**told_of(client, fresh), "code": "strategy", "title": "X"}).status_code == 422
    client.post(fresh, {**told_of(client, fresh), "code": "clinic", "title": "Clinic"})
    side = draft.dimensions.get(code="clinic")
    page = reverse("indicators:new_indicator", args=[draft.pk]) + "?dimension=clinic"
    told = {
        **told_of(client, page),
        "code": "K1",
        "title": "Cases in English",
        "asks": "Are there cases in English?",
        "evidence_asked": "The list.",
        "kind": "yes_no",
        "unit": "yes or no",
        "references": "WFME 2\nIMPI graduates",
    }
    assert client.post(page, told).status_code == 302
    added = draft.indicators.get(code="K1")
    assert (added.dimension, added.references) == (side, ["WFME 2", "IMPI graduates"])

    client.post(reverse("indicators:remove_dimension", args=[draft.pk, side.pk]))
    assert draft.dimensions.filter(pk=side.pk).exists()
    client.post(reverse("indicators:remove_indicator", args=[draft.pk, added.pk]))
    client.post(reverse("indicators:remove_dimension", args=[draft.pk, side.pk]))
    assert not draft.dimensions.filter(pk=side.pk).exists()
    edit = reverse("indicators:edit_dimension", args=[draft.pk, draft.dimensions.get(code="people").pk])
    assert client.post(edit, {**told_of(client, edit), "weight": "2"}).status_code == 302
    client.post(reverse("indicators:discard", args=[draft.pk]))
    assert not BankVersion.objects.filter(pk=draft.pk).exists()


def test_a_download_can_be_uploaded_under_another_code(scene: dict[str, Any]) -> None:
    downloaded = scene["client"].get(reverse("indicators:file", args=["2026"]))
    assert downloaded["Content-Disposition"] == 'attachment; filename="indicators-2026.yaml"'
    source = downloaded.content.replace(b"code: '2026'", b"code: ours-2")

    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("bank.yaml", content)
        return scene["client"].post(
            "/indicators/drafts/upload/", {"consortium": scene["consortium"].pk, "file": file}
        )

    assert send(downloaded.content).status_code == 422
    assert send(b"title: x").status_code == 422
    answer = send(source)
    draft = BankVersion.objects.get(code="ours-2")
    assert answer.url == f"/indicators/drafts/{draft.pk}/"
    assert draft.indicators.count() == 36


def test_strangers_find_no_draft_and_nobody_else_starts_one(scene: dict[str, Any], client_of: Any) -> None:
    draft = start(scene)
    stranger = client_of(CoordinatorFactory(at=InstitutionFactory()))

    assert stranger.get(reverse("indicators:draft", args=[draft.pk])).status_code == 404
    assert stranger.get(reverse("indicators:file", args=["ours"])).status_code == 404
    assert stranger.get("/indicators/drafts/new/").status_code == 403
    assert stranger.get("/indicators/drafts/upload/").status_code == 403
    assert Client().get(reverse("indicators:changes", args=["2026"])).status_code == 200


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ({"framework": "WFME 8", "kind": "yes_no"}, None),
        ({"origin": "counted"}, None),
        ({"words": "strategy used"}, {"S1"}),
        ({"words": "nothing such as this"}, set()),
    ],
)
def test_the_bank_is_searched_by_words_kind_framework_and_origin(
    scene: dict[str, Any], search: dict[str, str], codes: set[str] | None
) -> None:
    page = Client().get("/indicators/", {"bank": "2026", **search})

    shown = {one.code for one in page.context["indicators"]}
    if codes is None:
        every = list(queries.indicators_of(scene["bank"]))
        codes = {
            one.code
            for one in every
            if ("framework" not in search or "WFME 8" in one.references)
            and ("kind" not in search or one.kind == search["kind"])
            and ("origin" not in search or one.is_counted)
        }
        assert 0 < len(codes) < len(every)
    assert shown == codes


def test_the_frameworks_page_shows_which_theme_has_which_indicators_and_which_none(
    scene: dict[str, Any],
) -> None:
    page = Client().get(reverse("indicators:frameworks", args=["2026"]))

    rows = {row["framework"].code: row for row in page.context["frameworks"]}
    themes = {theme.code: [one.code for one in own] for theme, own in rows["WFME"]["themes"]}
    wanted = {
        number: [
            one.code for one in queries.indicators_of(scene["bank"]) if f"WFME {number}" in one.references
        ]
        for number in "12345678"
    }
    assert themes == wanted
    assert rows["WFME"]["covered"] == sum(1 for own in wanted.values() if own)
    assert "none" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_a_draft_cost_the_same_for_any_number_of_indicators(
    count: int, count_queries: Any, client_of: Any
) -> None:
    one = InstitutionFactory()
    came_from = BankVersionFactory()
    side = DimensionFactory(bank=came_from)
    for _n in range(count):
        IndicatorFactory(dimension=side)
    board = QualityBoardFactory(at=one)
    draft = drafting.start_draft(
        came_from=came_from, consortium=consortium_of([one]), code="ours", title="Ours", by=board, at=NOON
    )
    client = client_of(board)
    client.get("/")

    with count_queries(15):
        assert client.get(f"/indicators/drafts/{draft.pk}/").status_code == 200
    with count_queries(10):
        assert client.get(f"/indicators/drafts/{draft.pk}/in/sq/?dimension={side.code}").status_code == 200
    with count_queries(2):
        assert Client().get(f"/indicators/versions/{came_from.code}/frameworks/").status_code == 200
    assert write_bank(queries.content_of(draft)).startswith("code: ours")
