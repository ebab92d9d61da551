"""Answers as columns: the same from the database, from a file, and from a file to which answers came."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from biosint.jobs.api import Job
from biosint.situation.queries import tables
from biosint.situation.queries.tables import _keeping
from biosint.surveys import api as surveys
from biosint.surveys.models import AnswerSet
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import AnswerSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_keeping, "KEPT_FROM", 1)


def add(answer_set: AnswerSet, *rows: tuple[Any, str, dict[str, Any]]) -> None:
    surveys.add_rows(
        answer_set=answer_set,
        rows=[
            (place.pk if place else None, language, answers, NOON.date()) for place, language, answers in rows
        ],
    )


def columns_of(answer_set: AnswerSet) -> dict[str, list[float]]:
    tables._AT_HAND.clear()
    answers = tables.answers_of(answer_set)
    return {code: variable.values.tolist() for code, variable in answers.variables.items()} | {
        f"text {code}": [number] for code, number in answers.texts.items()
    }


def file_of(answer_set: AnswerSet) -> Path:
    return Path(settings.DATA_DIR) / "columns" / f"{answer_set.public_id}.columns"


def test_a_column_takes_no_more_room_than_its_numbers_need() -> None:
    answer_set = AnswerSetFactory()
    add(
        answer_set,
        (InstitutionFactory(), "en", {"mobility": "no", "digital_a": 5, "age": 21.5}),
        (None, "en", {"obstacles": ["time"], "wish": "more"}),
    )

    answers = tables.answers_of(answer_set)

    held = {code: (str(v.stored.dtype), v.stored.tolist()) for code, v in answers.variables.items()}
    assert held["mobility"] == ("int8", [1, -1])
    assert held["digital_a"] == ("int8", [5, -1])
    assert held["obstacles:money"] == ("int8", [-1, 0])
    assert held["obstacles:time"] == ("int8", [-1, 1])
    assert held["institution"] == ("int8", [0, -1])
    assert held["age"][0] == "float32"
    assert answers.texts == {"wish": 1}


def test_answers_that_come_later_are_added_to_the_file() -> None:
    answer_set = AnswerSetFactory()
    first, second = InstitutionFactory(short_name="Zeta"), InstitutionFactory(short_name="Alpha")
    add(answer_set, (first, "en", {"age": 20, "digital_a": 3, "wish": "a"}))
    columns_of(answer_set)
    before = file_of(answer_set).read_bytes()
    add(
        answer_set,
        (second, "sq", {"age": -20.1, "digital_a": 300, "obstacles": ["money"]}),
        (first, "sr", {"age": 1e9, "mobility": "yes", "wish": "b"}),
    )

    continued = columns_of(answer_set)
    kept_again = columns_of(answer_set)
    after = file_of(answer_set).read_bytes()
    file_of(answer_set).unlink()
    anew = columns_of(answer_set)

    np.testing.assert_equal(continued, anew)
    np.testing.assert_equal(kept_again, anew)
    assert before != after
    assert anew["age"] == [20, -20.1, 1e9]
    assert anew["institution"] == [1, 0, 1]
    assert anew["text wish"] == [2]


def test_answers_that_come_between_older_ones_are_read_with_all_others() -> None:
    answer_set, hidden = AnswerSetFactory(), AnswerSetFactory()
    add(hidden, (None, "en", {"age": 1}))
    add(answer_set, (None, "en", {"age": 2}))
    columns_of(answer_set)
    add(answer_set, (None, "en", {"age": 3}))
    # What an import does in its last step: its rows have older keys.
    surveys.Submission.objects.filter(answer_set=hidden).update(answer_set=answer_set)

    assert columns_of(answer_set)["age"] == [1, 2, 3]


def test_a_damaged_file_is_made_anew() -> None:
    answer_set = AnswerSetFactory()
    add(answer_set, (None, "en", {"age": 2}))
    columns_of(answer_set)
    file_of(answer_set).write_bytes(b"\x05")

    assert columns_of(answer_set)["age"] == [2]
    assert columns_of(answer_set)["age"] == [2]


def test_a_large_set_is_read_by_a_job_and_then_opens_at_once(
    client_of: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = InstitutionFactory()
    answer_set = AnswerSetFactory(owner=home, asked=[home], closes_at=NOON + timedelta(days=1))
    monkeypatch.setattr(tables, "LARGE", 10)
    add(answer_set, *[(home, "en", {"age": 20 + place}) for place in range(12)])
    client = client_of(CoordinatorFactory(at=home))
    address = f"/situation/answers/{answer_set.pk}/?institution="

    waits = client.get(address)
    run_jobs()
    job = Job.objects.get(name="situation.prepare_answers")
    opens = client.get(address)

    assert waits.headers["Location"] == f"/jobs/{job.public_id}/"
    assert job.result == {"url": address, "text": "All answers are read. Its results open at once now."}
    assert opens.status_code == 200
