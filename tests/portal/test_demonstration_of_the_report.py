from __future__ import annotations

import pytest
from django.test import Client

from biosint.gateways import papers
from biosint.portal import demonstration
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.states import Side

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
