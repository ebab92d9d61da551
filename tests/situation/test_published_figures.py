"""Public answer files, imported on the page, give the figures that were published for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from biosint.situation.queries import results
from biosint.situation.questions import Question
from biosint.surveys import operations
from biosint.surveys.models import AnswerSet
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).resolve().parents[1] / "survey_files"


def imported(name: str) -> AnswerSet:
    institution = InstitutionFactory()
    by = CoordinatorFactory(at=institution)
    intake = operations.receive(
        ContentFile((FILES / name).read_bytes(), name=name),
        target=None,
        institution=institution,
        title=name,
        by=by,
        at=NOON,
    )
    operations.check(intake_id=intake.pk, by=by)
    operations.start_writing(intake_id=intake.pk, by=by, at=NOON)
    return operations.write(intake_id=intake.pk, by=by, at=NOON)


def exact(answer_set: AnswerSet, **question: Any) -> dict[str, Any]:
    return results.work_out(answer_set, Question(**question)).exact


def test_hair_and_eye_colour() -> None:
    found = exact(imported("hair_eye_color.csv"), kind="crosstab", rows="Hair", columns="Eye", weight="Freq")

    assert found["statistic"] == pytest.approx(138.2898416, abs=1e-6)
    assert found["df"] == 9
    assert found["p"] == pytest.approx(2.325286787e-25, rel=1e-6)
    assert found["n"] == 592


def test_admissions_with_correction() -> None:
    found = exact(
        imported("ucb_admissions.csv"), kind="crosstab", rows="Admit", columns="Gender", weight="Freq"
    )

    assert found["statistic"] == pytest.approx(91.60959786, abs=1e-6)
    assert found["p"] == pytest.approx(1.055796809e-21, rel=1e-6)


@pytest.mark.parametrize(
    ("letter", "turned", "alpha", "n", "pairwise"),
    [
        ("A", ["A1"], 0.7037558944, 2709, 0.7030184461),
        ("C", ["C4", "C5"], 0.7292772032, 2707, 0.7267349729),
        ("E", ["E1", "E2"], 0.7609326395, 2713, 0.7617328203),
        ("N", [], 0.8133031432, 2694, 0.8139629499),
        ("O", ["O2", "O5"], 0.6025464286, 2726, 0.6001725148),
    ],
)
def test_personality_scales(letter: str, turned: list[str], alpha: float, n: int, pairwise: float) -> None:
    found = exact(
        imported("bfi.csv"),
        kind="reliability",
        items=tuple(f"{letter}{number}" for number in range(1, 6)),
        reversed=tuple(turned),
        low="1",
        high="6",
    )

    assert found["alpha"] == pytest.approx(alpha, abs=1e-6)
    assert found["pairwise"] == pytest.approx(pairwise, abs=1e-6)
    assert found["n"] == n


def test_ratings_of_departments() -> None:
    found = exact(
        imported("attitude.csv"),
        kind="reliability",
        items=("rating", "complaints", "privileges", "learning", "raises", "critical", "advance"),
    )

    assert found["alpha"] == pytest.approx(0.8431427696, abs=1e-6)
    assert found["standardised"] == pytest.approx(0.8390838, abs=1e-6)


def test_what_the_departments_say_is_shown_beside_the_whole() -> None:
    result = results.work_out(
        imported("ucb_admissions.csv"),
        Question(kind="crosstab", rows="Admit", columns="Gender", weight="Freq", layer="Dept"),
    )

    shares = {line.label: line.cells[3] for line in result.layers}
    assert "Female 30 %, Male 45 %" in result.exact["shares"]
    assert shares["A"] == "Admitted: Female 82 %, Male 62 %"
    assert shares["F"] == "Admitted: Female 7 %, Male 6 %"
