from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.test import Client

from biosint.files import api as files
from biosint.gateways import papers
from biosint.portal import demonstration
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.states import Side
from iahcalc import maturity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return demonstration.build()


def test_a_visitor_reads_a_public_report_that_holds_every_link_of_the_analysis(
    world: World, client: Client
) -> None:
    report = world.kept["situation_report"]

    paper = papers.from_plain(report.paper)
    anchors = {part.anchor for part in paper.parts}
    words = "\n".join(part.text for part in paper.parts)
    assert {
        "abstract",
        "methods",
        "participants",
        "open-answers",
        "index",
        "literature",
        "swot",
        "objectives",
        "limitations",
        "checklist",
    } <= anchors
    assert "matched by their code" in words
    assert "No difference of" in words
    assert papers.pdf(paper).startswith(b"%PDF")
    assert client.get(report.get_absolute_url()).status_code == 200


def test_the_workshop_of_the_demonstration_agreed_on_every_side(world: World) -> None:
    tally = situation.ranking(world.kept["workshop"])

    assert tally.ballots == 23
    assert all(tally.sides[side] for side in Side)
    assert any(one.statement.figure for ranked in tally.sides.values() for one in ranked)


def test_the_index_of_every_institution_is_worked_out_again_from_the_open_bundle(world: World) -> None:
    report = world.kept["situation_report"]
    with files.open_content(report.bundle) as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    rows = {
        name: list(csv.DictReader(io.StringIO(held[f"index/{name}.csv"])))
        for name in ("indicators", "figures", "results")
    }
    asked = [
        maturity.Indicator(
            code=row["code"],
            dimension=row["dimension"],
            kind=maturity.Kind(row["kind"]),
            weight=float(row["weight"]),
            cap=float(row["cap"]) if row["cap"] else None,
        )
        for row in rows["indicators"]
    ]
    weights = {row["dimension"]: float(row["dimension_weight"]) for row in rows["indicators"]}
    printed = {
        row["institution"]: float(row["value"])
        for row in rows["results"]
        if row["part"] == "index" and row["value"]
    }

    again = {}
    for place in printed:
        figures = {
            row["indicator"]: float(row["figure"]) if row["figure"] else None
            for row in rows["figures"]
            if row["institution"] == place
        }
        found = maturity.index(
            asked,
            figures,
            dimension_weights=weights,
            formula=maturity.parse_formula(held["index/formula.yaml"]),
        )
        again[place] = found.value

    assert len(printed) >= 5
    assert again == pytest.approx(printed, abs=1e-9)
