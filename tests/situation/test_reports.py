"""A situation report: begun, made, written, final, public; and its bundle, from which others work it out again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from scipy import stats

from biosint.files import api as files
from biosint.gateways import papers
from biosint.shared.verdicts import Refused
from biosint.situation.models import Analysis, SituationReport
from biosint.situation.operations import analyses
from biosint.situation.operations import reports as operations
from biosint.situation.queries import reports as queries
from biosint.situation.questions import Question
from biosint.situation.report import methods
from biosint.situation.rules import reports as rules
from biosint.surveys import api as surveys
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    ClosedRoundFactory,
    CoordinatorFactory,
    InstitutionFactory,
    OpenRoundFactory,
    PersonFactory,
    QualityBoardFactory,
    RoundParticipationFactory,
    StudentFactory,
    consortium_of,
)
from factories.situation_campaigns import AnalysisFactory
from factories.situation_reports import SituationReportFactory
from factories.surveys import AnswerSetFactory
from iahcalc.samples import Method

pytestmark = pytest.mark.django_db

LINK = Question(kind="crosstab", rows="mobility", columns="obstacles:money")


class Scene:
    """Two faculties, 60 answers of students, an analysis of them, and people who may do things."""

    def __init__(self) -> None:
        self.home, self.partner = (
            InstitutionFactory(short_name="Home"),
            InstitutionFactory(short_name="Partner"),
        )
        self.consortium = consortium_of([self.home, self.partner])
        self.coordinator = CoordinatorFactory(at=self.home)
        self.answer_set = AnswerSetFactory(owner=self.home, asked=[self.home, self.partner])
        dice = np.random.default_rng(7)
        rows = []
        for number in range(60):
            abroad = "yes" if dice.random() < 0.5 else "no"
            money = dice.random() < (0.7 if abroad == "yes" else 0.3)
            place = self.home if number % 2 else self.partner
            answers: dict[str, Any] = {
                "mobility": abroad,
                "obstacles": ["money"] if money else ["time"],
                "age": 20 + number % 5,
            }
            if number == 3:
                answers |= {"wish": "=cmd()"}
            rows.append((place.pk, "en", answers, NOON.date()))
        surveys.add_rows(answer_set=self.answer_set, rows=rows)
        self.analysis: Analysis = AnalysisFactory(answer_set=self.answer_set, created_by=self.coordinator)
        analyses.keep_result(
            analysis_id=self.analysis.pk,
            question=LINK,
            remark="Money *matters*.",
            by=self.coordinator,
            at=NOON,
        )

    def begun(self, **more: Any) -> SituationReport:
        asked: dict[str, Any] = {
            "consortium": self.consortium, "institution": None, "title": "Where we stand", "language": "en",
            "analyses": [self.analysis], "of_round": None, "earlier_round": None, "by": self.coordinator, "at": NOON,
        } | more  # fmt: skip
        return operations.begin_report(**asked)

    def made(self, run_jobs: Callable[[], int], **more: Any) -> SituationReport:
        report = self.begun(**more)
        run_jobs()
        report.refresh_from_db()
        return report


@pytest.fixture
def scene() -> Scene:
    return Scene()


def paper_of(report: SituationReport) -> papers.Paper:
    assert report.paper is not None
    return papers.from_plain(report.paper)


def words_of(report: SituationReport) -> str:
    return "\n".join(part.text for part in paper_of(report).parts)


def unpacked(stored: files.StoredFile | None) -> dict[str, str]:
    assert stored is not None
    with files.open_content(stored) as content, zipfile.ZipFile(io.BytesIO(content.read())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_report_is_made_in_the_background_and_tells_methods_results_and_limits(
    scene: Scene, run_jobs: Any
) -> None:
    report = scene.made(run_jobs)

    told = words_of(report)
    assert not report.is_stale
    assert [part.text for part in paper_of(report).parts if part.kind == "heading" and part.level == 2] == [
        "Abstract", "Methods", "Results", "Limitations", "Data", "Sources of the methods",
        "Appendix: reporting checklist", "Appendix: questionnaires",
    ]  # fmt: skip
    assert "Yates" in told
    assert "Money *matters*." in told
    assert "60 people answered" in told


def test_a_report_is_written_in_its_own_language_whatever_the_reader_speaks(
    scene: Scene, run_jobs: Any
) -> None:
    report = scene.made(run_jobs, language="sr")

    titles = [part.text for part in paper_of(report).parts if part.kind == "heading" and part.level == 2]
    assert titles != [
        part.text
        for part in paper_of(scene.made(run_jobs)).parts
        if part.kind == "heading" and part.level == 2
    ]


def test_others_work_a_result_out_again_from_the_bundle_with_data(scene: Scene, run_jobs: Any) -> None:
    held = unpacked(scene.made(run_jobs).data)

    (told,) = json.loads(held["tests.json"])
    rows = list(csv.DictReader(io.StringIO(held["data/answers-1.csv"])))
    table = np.zeros((2, 2))
    for row in rows:
        table[
            ["no", "yes"].index(row[told["question"]["rows"]]),
            ["no", "yes"].index(row[told["question"]["columns"]]),
        ] += 1
    again = stats.chi2_contingency(table, correction=told["figures"]["method"] == "pearson_yates")
    assert len(rows) == told["n"] == 60
    assert told["figures"]["statistic"] == pytest.approx(again.statistic, abs=1e-9)
    assert told["figures"]["p"] == pytest.approx(again.pvalue, abs=1e-12)


def test_the_open_bundle_holds_no_single_answers_and_every_sum_is_right(scene: Scene, run_jobs: Any) -> None:
    import hashlib

    report = scene.made(run_jobs)
    held = unpacked(report.bundle)

    assert not [name for name in held if name.startswith("data/")]
    assert "cmd()" not in "".join(held.values()) + "".join(unpacked(report.data).values())
    sums = dict(reversed(line.split("  ")) for line in held["SHA256SUMS"].splitlines())
    assert sums == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in held.items() if name != "SHA256SUMS"
    }


def test_a_report_about_one_institution_shows_its_own_figures_beside_everybody(
    scene: Scene, run_jobs: Any
) -> None:
    told = words_of(scene.made(run_jobs, institution=scene.partner, by=CoordinatorFactory(at=scene.partner)))

    assert "All institutions together:" in told


def test_few_answers_of_an_institution_are_not_shown(scene: Scene, run_jobs: Any) -> None:
    small = InstitutionFactory()
    both = consortium_of([scene.home, small])
    surveys.add_rows(
        answer_set=scene.answer_set, rows=[(small.pk, "en", {"mobility": "yes"}, NOON.date())] * 3
    )

    report = scene.made(
        run_jobs,
        consortium=both,
        institution=small,
        by=CoordinatorFactory(at=small),
        analyses=[published(scene.analysis)],
    )

    assert "Too few people answered" in words_of(report)


def published(analysis: Analysis) -> Analysis:
    return analyses.publish_analysis(
        analysis_id=analysis.pk, by=CoordinatorFactory(at=analysis.answer_set.owner), at=NOON + 9 * DAY
    )


def test_the_index_and_its_change_are_told(scene: Scene, run_jobs: Any) -> None:
    before = ClosedRoundFactory(consortium=scene.consortium, title="Before")
    after = ClosedRoundFactory(
        consortium=scene.consortium,
        title="After",
        bank=before.bank,
        period_until=before.period_until + DAY * 200,
    )
    for one, points in ((before, (30, 40)), (after, (50, 58))):
        for place, value in zip((scene.home, scene.partner), points, strict=True):
            RoundParticipationFactory(
                round=one, institution=place, index=value, low=value - 5, high=value + 5, answered=1
            )

    told = words_of(scene.made(run_jobs, of_round=after, earlier_round=before))

    assert "from 35.0 to 54.0: +19.0 points" in told
    assert "no comparison group" in told


@pytest.mark.parametrize("wrong", ["open", "foreign", "backwards", "nothing"])
def test_sources_that_cannot_be_reported_are_refused_with_a_reason(scene: Scene, wrong: str) -> None:
    closed = ClosedRoundFactory(consortium=scene.consortium)
    asked: dict[str, Any] = {
        "open": {"of_round": OpenRoundFactory(consortium=scene.consortium)},
        "foreign": {"of_round": ClosedRoundFactory(consortium=consortium_of([scene.home]))},
        "backwards": {
            "of_round": closed,
            "earlier_round": ClosedRoundFactory(
                consortium=scene.consortium, period_until=closed.period_until + DAY
            ),
        },
        "nothing": {"analyses": []},
    }[wrong]

    with pytest.raises(operations.NothingToReport if wrong == "nothing" else operations.RoundsUnfit):
        scene.begun(**asked)
    assert not SituationReport.objects.exists()


def test_two_who_write_at_once_lose_nothing(scene: Scene, run_jobs: Any) -> None:
    report = scene.made(run_jobs)
    operations.write_report(
        report_id=report.pk,
        title="A",
        authors="",
        words={"discussion": "First."},
        revision=1,
        by=scene.coordinator,
        at=NOON,
    )

    with pytest.raises(operations.WrittenMeanwhile):
        operations.write_report(
            report_id=report.pk,
            title="B",
            authors="",
            words={"discussion": "Second."},
            revision=1,
            by=scene.coordinator,
            at=NOON,
        )
    report.refresh_from_db()
    assert (report.title, report.words) == ("A", {"discussion": "First."})


def test_words_saved_while_the_paper_is_made_get_a_paper_of_their_own(scene: Scene, run_jobs: Any) -> None:
    report = scene.begun()
    operations.write_report(
        report_id=report.pk, title="Later", authors="", words={}, revision=1, by=scene.coordinator, at=NOON
    )

    run_jobs()

    report.refresh_from_db()
    assert paper_of(report).title == "Later"
    assert not report.is_stale
    # A slow job that read the older words comes last: it changes nothing.
    operations.keep_paper(
        report_id=report.pk, paper={"title": "old"}, bundle=b"", data=b"", made_of=1, by=None, at=NOON
    )
    report.refresh_from_db()
    assert paper_of(report).title == "Later"


def test_a_final_report_never_changes(scene: Scene, run_jobs: Any) -> None:
    report = scene.made(run_jobs)
    final = operations.finalise_report(report_id=report.pk, by=scene.coordinator, at=NOON)
    kept = final.paper

    for change in (
        lambda: operations.write_report(
            report_id=report.pk, title="X", authors="", words={}, revision=1, by=scene.coordinator, at=NOON
        ),
        lambda: operations.ask_for_paper(report_id=report.pk, by=scene.coordinator, at=NOON),
        lambda: operations.discard_report(report_id=report.pk, by=scene.coordinator, at=NOON),
        lambda: operations.finalise_report(report_id=report.pk, by=scene.coordinator, at=NOON),
    ):
        with pytest.raises(Refused):
            change()
    operations.keep_paper(report_id=report.pk, paper={}, bundle=b"", data=b"", made_of=9, by=None, at=NOON)
    report.refresh_from_db()
    assert report.paper == kept


def test_a_report_that_is_not_made_of_its_last_words_cannot_be_final(scene: Scene, run_jobs: Any) -> None:
    report = scene.made(run_jobs)
    operations.write_report(
        report_id=report.pk, title="New", authors="", words={}, revision=1, by=scene.coordinator, at=NOON
    )

    with pytest.raises(operations.NotMade):
        operations.finalise_report(report_id=report.pk, by=scene.coordinator, at=NOON)


def test_lists_and_rules_agree_about_who_reads(scene: Scene, run_jobs: Any) -> None:
    draft, own, final, public = (
        scene.made(run_jobs, institution=place) for place in (None, scene.home, None, None)
    )
    for report in (final, public):
        operations.finalise_report(report_id=report.pk, by=scene.coordinator, at=NOON)
    operations.publish_report(report_id=public.pk, by=scene.coordinator, at=NOON)
    people = [
        None, scene.coordinator, AdministratorFactory(at=scene.home), QualityBoardFactory(at=scene.partner),
        AdministratorFactory(at=scene.partner), StudentFactory(at=scene.partner), AdministratorFactory(), PersonFactory(is_staff=True),
    ]  # fmt: skip

    for person in people:
        listed = set(queries.reports_for(person))
        assert listed == {one for one in SituationReport.objects.all() if rules.may_view(person, one)}, person
    assert {own, final, public} <= set(queries.reports_for(people[2]))
    assert draft not in set(queries.reports_for(people[2]))
    assert set(queries.reports_for(None)) == {public}


def test_only_those_who_may_take_answers_out_get_the_bundle_with_data(
    scene: Scene, run_jobs: Any, client_of: Callable[[Any], Client]
) -> None:
    report = scene.made(run_jobs)
    operations.finalise_report(report_id=report.pk, by=scene.coordinator, at=NOON)
    operations.publish_report(report_id=report.pk, by=scene.coordinator, at=NOON)
    report.refresh_from_db()
    assert report.data is not None
    direct = files.download_url(report.data)

    partner = client_of(QualityBoardFactory(at=scene.partner))
    assert partner.get(f"{report.get_absolute_url()}data.zip").status_code == 404
    assert partner.get(direct).status_code == 404
    for reader, address in ((Client(), "bundle.zip"), (client_of(scene.coordinator), "data.zip")):
        sent = reader.get(report.get_absolute_url() + address, follow=True)
        assert b"".join(sent.streaming_content).startswith(b"PK")


def test_the_pages_lead_from_the_first_choice_to_pdf_and_docx(
    scene: Scene, run_jobs: Any, client_of: Callable[[Any], Client]
) -> None:
    client = client_of(scene.coordinator)
    sent = client.post(
        "/situation/reports/new/",
        {
            "subject": f"all-{scene.consortium.pk}",
            "title": "Where we stand",
            "language": "en",
            "analyses": [scene.analysis.pk],
        },
    )
    report = SituationReport.objects.get()
    assert sent.url == report.get_absolute_url()
    assert "being made" in client.get(sent.url).content.decode()
    run_jobs()

    page = client.get(sent.url).content.decode()

    assert "Money" in page
    assert client.get(f"{sent.url}report.pdf").content.startswith(b"%PDF")
    assert client.get(f"{sent.url}report.docx").content.startswith(b"PK")
    written = client.post(
        f"{sent.url}write/",
        {"title": "New title", "authors": "A\nB", "revision": "1", "abstract": "Short."},
        follow=True,
    )
    assert "The report is being made anew." in written.content.decode()


def test_a_stranger_finds_nothing(scene: Scene, run_jobs: Any, client_of: Callable[[Any], Client]) -> None:
    url = scene.made(run_jobs).get_absolute_url()
    stranger = client_of(AdministratorFactory())

    for address in ("", "write/", "report.pdf", "report.docx", "bundle.zip", "data.zip"):
        assert stranger.get(url + address).status_code == 404, address
    for action in ("make/", "finalise/", "publish/", "discard/"):
        assert stranger.post(url + action).status_code == 404, action


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    scene: Scene, number: int, client_of: Callable[[Any], Client], count_queries: Any
) -> None:
    for _each in range(number):
        SituationReportFactory(consortium=scene.consortium)
    client = client_of(scene.coordinator)
    client.get("/situation/reports/")

    with count_queries(9):
        page = client.get("/situation/reports/").content.decode()

    assert page.count("Where we stand") == number


def test_every_method_has_its_sentence_and_its_source_in_the_paper() -> None:
    assert {method.code for method in Method} <= methods.USED.keys()
    named = {name.strip() for _does, source in methods.USED.values() for name in source.split(";")}
    assert named <= methods.REFERENCES.keys()
