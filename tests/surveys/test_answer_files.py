"""Answers come in from LimeSurvey's archive and from SPSS, with their words, through the same look as any file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from biosint.surveys import operations
from biosint.surveys.columns import UNTOLD
from biosint.surveys.formats import spss_in
from biosint.surveys.formats.limesurvey import read_survey, write_survey
from biosint.surveys.models import AnswerSet, Intake, Submission
from biosint.surveys.states import ColumnKind
from biosint.surveys.tables import Unreadable
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import SMALL, AnswerSetFactory, VersionFactory

pytestmark = pytest.mark.django_db


def received(name: str, body: bytes, *, target: AnswerSet | None = None) -> Intake:
    home = target.owner if target else InstitutionFactory()
    by = CoordinatorFactory(at=home)
    intake = operations.receive(
        SimpleUploadedFile(name, body), target=target, institution=home, title="Answers", by=by, at=NOON
    )
    return operations.check(intake_id=intake.pk, by=by)


def imported(name: str, body: bytes, *, target: AnswerSet | None = None) -> AnswerSet:
    intake = received(name, body, target=target)
    assert intake.report["faults"] == []
    by = intake.created_by
    operations.start_writing(intake_id=intake.pk, by=by, at=NOON)
    return operations.write(intake_id=intake.pk, by=by, at=NOON)


def archive(survey: bytes, responses: str, **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("survey_123456.lss", survey)
        package.writestr("survey_123456_responses.lsr", responses)
        for name, body in more.items():
            package.writestr(f"survey_123456_{name}", body)
    return made.getvalue()


def responses(*rows: dict[str, str]) -> str:
    written = "".join(
        "<row>" + "".join(f"<{name}><![CDATA[{text}]]></{name}>" for name, text in row.items()) + "</row>"
        for row in rows
    )
    return f"<document><responses><fields/><rows>{written}</rows></responses></document>"


# --- LimeSurvey -------------------------------------------------------------------------------------------


def test_an_archive_of_limesurvey_comes_in_with_its_words(shared_data: Path) -> None:
    answer_set = imported("colors.lsa", (shared_data / "standards/limesurvey/colors.lsa").read_bytes())

    columns = {column.code: column for column in answer_set.columns}
    first, second = answer_set.submissions.all()
    assert columns["q00"].label == {"en": "What colors are your favorite? Pick at least two."}
    assert columns["q00"].kind == ColumnKind.MULTIPLE
    assert first.answers == {
        "q00": ["SQ009", "SQ011"],
        "g01q02": "I am a fan of heavy metal music",
        "g02q04": "AO01",
    }
    assert second.answers["q00"] == ["SQ001", "SQ002"]
    assert (first.language, second.language) == ("en", "en")


def test_answers_that_were_never_sent_stay_out_and_are_counted() -> None:
    survey = write_survey(SMALL, sid=123456)[0]
    sent = {
        "id": "1",
        "submitdate": "2026-01-01 10:00:00",
        "startlanguage": "sr",
        "_123456X1X2": "yes",
        "_123456X1X9": "21.0000000000",
    }
    begun = {"id": "2", "submitdate": "", "startlanguage": "en", "_123456X1X2": "no"}

    intake = received("small.lsa", archive(survey, responses(sent, begun), **{"tokens.lst": b"<x/>"}))

    assert intake.report["usable"] == 1
    assert any("never sent, and left out: 1" in note for note in intake.layout["notes"])
    assert any("participants" in note for note in intake.layout["notes"])


def test_an_archive_fills_the_questionnaire_it_came_from() -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory()])
    survey = write_survey(SMALL, sid=123456)[0]
    row = {
        "submitdate": "2026-01-01 10:00:00", "startlanguage": "sr", "_123456X1X2": "yes", "_123456X1X3money": "Y",
        "_123456X1X3time": "", "_123456X1X6digitala": "4", "_123456X1X9": "21", "_123456X1X10": "Више партнера",
    }  # fmt: skip

    imported("small.lsa", archive(survey, responses(row)), target=target)

    submission = Submission.objects.get()
    assert submission.answers == {
        "mobility": "yes",
        "obstacles": ["money"],
        "digital_a": 4,
        "age": 21,
        "wish": "Више партнера",
    }
    assert submission.language == "sr"


@pytest.mark.parametrize(
    "body",
    [
        archive(b"<document/>", responses()),
        archive(write_survey(SMALL, sid=123456)[0], "<document><rows><row>"),
        archive(write_survey(SMALL, sid=123456)[0], '<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>'),
    ],
)
def test_a_broken_archive_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable):
        received("x.lsa", body)


def test_results_of_limesurvey_as_a_table_fill_its_questionnaire(shared_data: Path) -> None:
    content = read_survey((shared_data / "standards/limesurvey/colors.lss").read_bytes()).content
    target = AnswerSetFactory(version=VersionFactory(content=content), asked=[InstitutionFactory()])
    table = (
        '"id","submitdate","startlanguage","Q00[SQ009]","Q00[SQ010]","Q00[SQ011]","G01Q02","G02Q04"\n'
        '"1","2026-01-01","en","Y","","Y","Because","AO01"\n'
        '"2","2026-01-02","en","Y","N","","","AO02"\n'
    )

    imported("results.csv", table.encode(), target=target)

    assert [submission.answers for submission in Submission.objects.all()] == [
        {"q00": ["SQ009", "SQ011"], "g01q02": "Because", "g02q04": "AO01"},
        {"q00": ["SQ009"], "g02q04": "AO02"},
    ]
    assert {submission.language for submission in Submission.objects.all()} == {"en"}


# --- SPSS -------------------------------------------------------------------------------------------------


def sav(tmp_path: Path, table: Any, **more: Any) -> bytes:
    place = tmp_path / "x.sav"
    pyreadstat.write_sav(table, str(place), **more)
    return place.read_bytes()


def test_spss_comes_in_with_labels_in_cyrillic_and_missing_values(tmp_path: Path) -> None:
    body = sav(
        tmp_path,
        pd.DataFrame(
            {
                "pol": [1.0, 2.0, 9.0],
                "skala": [1.0, 3.0, 5.0],
                "uzrast": [21.5, None, 40.0],
                "dan": [dt.date(2026, 1, 2), None, dt.date(2025, 1, 1)],
                "zelja": ["Више језика", "", "ništa"],
            }
        ),
        column_labels={"pol": "Пол", "skala": "Колико је тачно?"},
        variable_value_labels={
            "pol": {1: "женски", 2: "мушки", 9: "без одговора"},
            "skala": {1: "нимало", 5: "потпуно"},
        },
        missing_ranges={"pol": [9]},
        variable_format={"dan": "DATE11"},
    )

    answer_set = imported("anketa.sav", body)

    columns = {column.code: column for column in answer_set.columns}
    assert columns["pol"].label == {UNTOLD: "Пол"}
    assert [(o.code, o.label[UNTOLD]) for o in columns["pol"].options] == [("1", "женски"), ("2", "мушки")]
    assert [(o.code, o.label[UNTOLD]) for o in columns["skala"].options] == [
        ("1", "нимало"),
        ("3", "3"),
        ("5", "потпуно"),
    ]
    assert [columns[name].kind for name in ("uzrast", "dan", "zelja")] == [
        ColumnKind.NUMBER,
        ColumnKind.DATE,
        ColumnKind.SINGLE,
    ]
    assert [submission.answers for submission in answer_set.submissions.all()] == [
        {"pol": "1", "skala": "1", "uzrast": 21.5, "dan": "2026-01-02", "zelja": "Више језика"},
        {"pol": "2", "skala": "3"},
        {"skala": "5", "uzrast": 40, "dan": "2025-01-01", "zelja": "ništa"},
    ]


def test_spss_fills_a_questionnaire_by_the_words_of_its_codes(tmp_path: Path) -> None:
    target = AnswerSetFactory(asked=[InstitutionFactory()])
    body = sav(
        tmp_path,
        pd.DataFrame(
            {
                "mobility": [1.0, 2.0],
                "obstacles_money": [1.0, 0.0],
                "obstacles_time": [0.0, 0.0],
                "digital_a": [4.0, 5.0],
            }
        ),
        variable_value_labels={"mobility": {1: "Yes", 2: "No"}, "digital_a": {1: "never", 5: "always"}},
    )

    imported("answers.sav", body, target=target)

    assert [submission.answers for submission in Submission.objects.all()] == [
        {"mobility": "yes", "obstacles": ["money"], "digital_a": 4},
        {"mobility": "no", "obstacles": [], "digital_a": 5},
    ]


def test_many_rows_are_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spss_in, "ROWS_AT_A_TIME", 7)
    body = sav(tmp_path, pd.DataFrame({"a": [float(number) for number in range(100)]}))

    answer_set = imported("answers.sav", body)

    assert [submission.answers["a"] for submission in answer_set.submissions.all()] == list(range(100))


@pytest.mark.parametrize("body", [b"$FL2" + b"x" * 400, b"$FL2@(#) SPSS DATA FILE"])
def test_a_broken_spss_file_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable):
        received("x.sav", body)


def test_the_page_shows_what_the_file_says_and_takes_another_kind(
    client_of: Callable[[Any], Client], tmp_path: Path
) -> None:
    body = sav(
        tmp_path,
        pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}),
        variable_value_labels={"a": {1: "Yes", 2: "No"}},
    )
    intake = received("answers.sav", body)
    client = client_of(intake.created_by)

    page = client.get(f"/surveys/imports/{intake.pk}/")
    client.post(
        f"/surveys/imports/{intake.pk}/",
        {"use_0": "number|a", "use_1": "", "weight": "", "hides_small_groups": "on"},
    )

    assert page.status_code == 200
    intake.refresh_from_db()
    assert [(column["code"], column["kind"]) for column in intake.plan["columns"]] == [("a", "number")]
