"""Objectives of workshops in documents: from one page to the other without typing a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.shared.verdicts import Refused
from biosint.situation.models import Objective
from biosint.strategies import operations, queries
from biosint.strategies.models import Document, TakenObjective
from biosint.strategies.objectives import with_objective
from clock import NOON
from factories import CoordinatorFactory, InstitutionFactory, TeacherFactory, consortium_of
from factories.strategies import DocumentFactory, TakenObjectiveFactory
from factories.workshops import ObjectiveFactory

pytestmark = pytest.mark.django_db

START = {"value": "12 %", "source": "Index, First", "day": "2026-03-02", "url": "/x/", "number": 12.0}


@pytest.fixture
def scene() -> dict[str, Any]:
    home = InstitutionFactory()
    consortium = consortium_of([InstitutionFactory(), home])
    return {
        "home": home,
        "document": DocumentFactory(institution=home),
        "writer": CoordinatorFactory(at=home),
        "objective": ObjectiveFactory(
            option__workshop__consortium=consortium,
            text="Half of our courses are open.",
            measure="share of courses",
            baseline=START,
            target=Decimal("52.5"),
            unit="%",
            due_date=date(2028, 12, 31),
        ),
    }


def take(scene: dict[str, Any], **more: Any) -> Any:
    told = {"document_id": scene["document"].pk, "objective_id": scene["objective"].pk, "by": scene["writer"]}
    return operations.take_up(**{**told, **more}, at=NOON)


def test_one_press_writes_the_next_version_with_the_figure_and_the_target(scene: dict[str, Any]) -> None:
    version = take(scene)

    assert version.number == 2
    assert version.text.endswith(
        "# Objectives from our workshops\n\n- **Half of our courses are open.** Measured by: share of courses. "
        "From 12 % (Index, First) to 52.5 % by 31 Dec 2028.\n"
    )
    taken = TakenObjective.objects.get()
    assert (taken.version, taken.document) == (version, scene["document"])
    with pytest.raises(operations.NothingChanged, match="already"):
        take(scene)


def test_the_objective_tells_where_it_went(scene: dict[str, Any], client_of: Any) -> None:
    take(scene)

    page = client_of(scene["writer"]).get(scene["objective"].get_absolute_url()).content.decode()

    assert scene["document"].get_absolute_url() in page
    assert queries.uses_of([scene["objective"].pk])[scene["objective"].pk][0].state == "draft"


def test_an_objective_of_another_institution_is_refused(scene: dict[str, Any]) -> None:
    workshop = scene["objective"].option.workshop
    workshop.institution = workshop.consortium.coordinator
    workshop.save()

    leader = CoordinatorFactory(at=workshop.institution)
    with pytest.raises(Objective.DoesNotExist):
        take(scene)
    with pytest.raises(Refused, match="writ"):
        take(scene, by=leader)
    assert list(queries.offered_to(scene["document"], leader)) == []


def test_only_writers_take_up_and_not_before_the_council(scene: dict[str, Any], client_of: Any) -> None:
    with pytest.raises(Refused):
        take(scene, by=TeacherFactory(at=scene["home"]))
    Document.objects.filter(pk=scene["document"].pk).update(state="review")
    with pytest.raises(Refused, match="lies before the council"):
        take(scene)


def test_the_page_offers_what_can_be_taken_and_shows_what_was(scene: dict[str, Any], client_of: Any) -> None:
    client, document = client_of(scene["writer"]), scene["document"]
    assert "Take up" in client.get(document.get_absolute_url()).content.decode()

    client.post(f"{document.get_absolute_url()}take-up/", {"objective": scene["objective"].pk})

    page = client.get(document.get_absolute_url()).content.decode()
    assert "Objectives taken up" in page
    assert "since version 2" in page
    again = client.post(f"{document.get_absolute_url()}take-up/", {"objective": scene["objective"].pk})
    assert again.status_code == 404


def test_objectives_gather_under_one_heading(scene: dict[str, Any]) -> None:
    scene["objective"].baseline = {}
    text = "# Why\n\nFor all."

    once = with_objective(text, scene["objective"])
    between = once.rstrip() + "\n\n# Last words\n\nThank you.\n"
    twice = with_objective(between, scene["objective"])

    item = "- **Half of our courses are open.** Measured by: share of courses. Target: 52.5 % by 31 Dec 2028."
    assert once == f"{text}\n\n# Objectives from our workshops\n\n{item}\n"
    assert twice == (
        f"{text}\n\n# Objectives from our workshops\n\n{item}\n{item}\n\n# Last words\n\nThank you.\n"
    )
    assert with_objective("", scene["objective"]).startswith("# Objectives from our workshops")


def test_a_document_takes_an_objective_once() -> None:
    taken = TakenObjectiveFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TakenObjectiveFactory(version=taken.version, objective=taken.objective)
