"""Answers leave with their words and without a number that gives somebody away; an independent reader agrees."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from biosint.audit.api import Line
from biosint.surveys.columns import UNTOLD, Column, Option
from biosint.surveys.formats import spss_out
from biosint.surveys.formats.ddi import SPACE
from biosint.surveys.models import AnswerSet
from biosint.surveys.operations import exporting
from biosint.surveys.states import ColumnKind
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, DeanFactory, TeacherFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory, WordingChangeFactory

pytestmark = pytest.mark.django_db

SignedInClient = Callable[[Any], Client]
SHORT = {"d": SPACE}


def answered() -> AnswerSet:
    answer_set = AnswerSetFactory()
    place = InstitutionFactory()
    for age in (19, 20, 21, 22, 23, 24):
        answers = {"mobility": "yes", "obstacles": ["time"], "digital_a": 4, "age": age, "wish": "=1+1 Више"}
        SubmissionFactory(answer_set=answer_set, institution=place, language="sr", answers=answers)
    SubmissionFactory(answer_set=answer_set, answers={"mobility": "no", "obstacles": []})
    return answer_set


def opened(body: bytes, **more: Any) -> tuple[dict[str, Any], Any]:
    return pyreadstat.read_sav(io.BytesIO(body), output_format="dict", **more)


def test_spss_reads_labels_codes_and_missing_values_as_they_were(client_of: SignedInClient) -> None:
    answer_set = answered()
    client = client_of(CoordinatorFactory(at=answer_set.owner))

    response = client.get(f"/surveys/answers/{answer_set.pk}/files/sav/?language=sr")

    values, meta = opened(response.content)
    assert meta.column_names_to_labels["mobility"] == "У иностранство?"
    assert meta.column_names_to_labels["obstacles_time"] == "What hinders?: Time"
    labels = meta.variable_value_labels["mobility"]
    assert (labels[1], labels[2]) == ("Yes", "No")
    assert set(labels) == {1, 2, -9}
    assert values["mobility"] == [1, 1, 1, 1, 1, 1, 2]
    assert values["obstacles_time"] == [1, 1, 1, 1, 1, 1, 0]
    assert values["digital_a"] == [4, 4, 4, 4, 4, 4, None]
    assert values["age"][:2] == [19, 20]
    assert values["wish"][0] == "=1+1 Више"
    assert values["language"][0] == "sr"
    assert (
        meta.variable_measure["mobility"],
        meta.variable_measure["digital_a"],
        meta.variable_measure["age"],
    ) == (
        "nominal",
        "ordinal",
        "scale",
    )
    raw, _meta = opened(response.content, user_missing=True)
    assert raw["digital_a"][-1] == -9
    assert Line.objects.filter(action="surveys.answer_set.exported").exists()


def test_ranks_and_days_leave_as_places_and_dates(tmp_path: Path) -> None:
    options = (Option("a", {"en": "A"}), Option("b", {"en": "B"}), Option("10", {"en": "Ten"}))
    columns = [
        Column("order", ColumnKind.RANK, {"en": "Order"}, options=options),
        Column("day", ColumnKind.DATE, {"en": "Day"}),
        Column(
            "пол",
            ColumnKind.SINGLE,
            {UNTOLD: "Пол"},
            options=(Option("0", {"en": "no"}), Option("5", {"en": "yes"})),
        ),
    ]
    place = tmp_path / "x.sav"

    spss_out.write(
        place,
        columns,
        [
            ("fac", "second", "en", {"order": ["b", "a"], "day": "2026-02-28", "пол": "5"}),
            ("fac", "", "en", {}),
        ],
        count=2,
        language="en",
        title="Title",
        phrases=("no answer", "chosen", "not chosen"),
    )

    values, _meta = opened(place.read_bytes())
    assert (values["order_a"], values["order_b"], values["order_10"]) == ([2, None], [1, None], [None, None])
    assert [str(day) for day in values["day"]] == ["2026-02-28", "None"]
    assert values["v____"] == [5, None]
    assert values["group"] == ["second", ""]


def test_single_answers_leave_through_keepers_alone(client_of: SignedInClient) -> None:
    answer_set = answered()
    path = f"/surveys/answers/{answer_set.pk}/files"
    dean = client_of(DeanFactory(at=answer_set.owner))

    page = dean.get(f"{path}/")
    assert "Only a coordinator" in page.content.decode()
    assert dean.get(f"{path}/sav/").status_code == 403
    assert dean.get(f"{path}/xml/").status_code == 200
    assert dean.get(f"{path}/exe/").status_code == 404
    assert client_of(TeacherFactory(at=InstitutionFactory())).get(f"{path}/xml/").status_code == 404


def test_the_code_book_counts_without_small_numbers(client_of: SignedInClient) -> None:
    answer_set = answered()
    client = client_of(CoordinatorFactory(at=answer_set.owner))

    root = fromstring(client.get(f"/surveys/answers/{answer_set.pk}/files/xml/").content)

    mobility = root.find(".//d:var[@name='mobility']", SHORT)
    assert mobility is not None
    # One person said no: that number is hidden, and the other one because it would follow from the total.
    assert mobility.findall("d:catgry/d:catStat", SHORT) == []
    assert [entry.text for entry in mobility.iterfind("d:catgry/d:catValu", SHORT)] == ["1", "2"]
    assert [entry.text for entry in mobility.iterfind("d:sumStat", SHORT)] == ["7", "0"]


def test_large_sets_are_written_by_a_job(
    client_of: SignedInClient, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_set = answered()
    monkeypatch.setattr("biosint.surveys.web.answer_files.ANSWERS_AT_ONCE", 3)
    keeper = CoordinatorFactory(at=answer_set.owner)
    client = client_of(keeper)

    started = client.get(f"/surveys/answers/{answer_set.pk}/files/sav/?language=en")
    run_jobs()
    done = client.get(started.headers["Location"])

    stored = exporting.files.StoredFile.objects.get(kind=exporting.EXPORT_KIND)
    address = exporting.files.download_url(stored)
    assert address in done.content.decode()
    mine = client.get(address)
    values, _meta = opened(b"".join(mine.streaming_content))
    assert len(values["mobility"]) == 7
    assert client_of(CoordinatorFactory(at=answer_set.owner)).get(address).status_code in {403, 404}


def test_a_change_of_words_is_told_beside_the_answers(client_of: SignedInClient) -> None:
    change = WordingChangeFactory()

    page = client_of(CoordinatorFactory(at=change.answer_set.owner)).get(
        f"/surveys/answers/{change.answer_set.pk}/files/"
    )

    assert "Changes of wording while people answered" in page.content.decode()
    assert "Version 2" in page.content.decode()
