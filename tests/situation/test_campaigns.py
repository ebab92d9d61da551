"""A campaign from its start to evidence, results, analysis and files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from biosint.evidence import api as evidence
from biosint.jobs.api import run_due
from biosint.people.api import Office
from biosint.shared.verdicts import Refused
from biosint.situation.models import Analysis, Campaign
from biosint.situation.operations import analyses, campaigns
from biosint.situation.providers.campaigns import waiting
from biosint.situation.queries import campaigns as queries
from biosint.situation.queries import results
from biosint.situation.questions import Question
from biosint.situation.rules import campaigns as rules
from biosint.surveys import api as surveys
from biosint.surveys.models import AnswerSet
from clock import DAY, HOUR, NOON
from factories.institutions import InstitutionFactory
from factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    PersonFactory,
    QualityBoardFactory,
    StudentFactory,
    TeacherFactory,
)
from factories.situation_campaigns import AnalysisFactory, CampaignFactory
from factories.surveys import AnswerSetFactory, QuestionnaireFactory, VersionFactory

pytestmark = pytest.mark.django_db

EVERYBODY = [
    AdministratorFactory,
    CoordinatorFactory,
    DeanFactory,
    QualityBoardFactory,
    StudentFactory,
    TeacherFactory,
]
LINK = Question(kind="crosstab", rows="mobility", columns="obstacles:money")


def answers(number: int, **more: Any) -> list[dict[str, Any]]:
    """Half want to go abroad and name money, half do not; points and ages vary a little."""
    return [
        {
            "mobility": "yes" if place % 2 else "no",
            "obstacles": ["money"] if place % 2 else [],
            "digital_a": 1 + place % 5,
            "digital_b": 5 - place % 4,
            "age": 20 + place % 7,
            "wish": f"=wish {place}",
            **more,
        }
        for place in range(number)
    ]


def filled(per_institution: dict[Any, int], **more: Any) -> AnswerSet:
    answer_set = AnswerSetFactory(asked=list(per_institution), **more)
    for institution, number in per_institution.items():
        surveys.add_rows(
            answer_set=answer_set,
            rows=[(institution.pk, "en", entry, NOON.date()) for entry in answers(number)],
        )
    return answer_set


def test_a_campaign_is_started_answered_closed_and_counted() -> None:
    home, partner = InstitutionFactory(students=300), InstitutionFactory()
    coordinator = CoordinatorFactory(at=home)
    version = VersionFactory(questionnaire=QuestionnaireFactory(institution=home))

    campaign = campaigns.start_campaign(
        version=version,
        title="Students 2026",
        purpose="",
        owner=home,
        institutions=[home, partner],
        opens_at=NOON,
        closes_at=NOON + 10 * DAY,
        by=coordinator,
        at=NOON,
    )
    surveys.add_rows(
        answer_set=campaign.answer_set,
        rows=[(home.pk, "en", entry, NOON.date()) for entry in answers(7)],
    )
    campaigns.close_campaign(campaign_id=campaign.pk, by=coordinator, at=NOON + DAY)

    assert evidence.total(campaigns.ANSWERS_COLLECTED, institution=home) == 7
    assert evidence.total(campaigns.ANSWERS_COLLECTED, institution=partner) == 0
    turnout = {row.institution: (row.answers, row.invited) for row in queries.turnout(campaign.answer_set)}
    assert turnout == {home: (7, 300), partner: (0, None)}


def test_the_clock_finishes_a_campaign_and_late_answers_renew_the_count() -> None:
    home = InstitutionFactory()
    campaign = CampaignFactory(answer_set=filled({home: 5}))
    end = campaign.answer_set.closes_at

    campaigns.finish_campaign(campaign_id=campaign.pk, at=end - HOUR)
    before = evidence.total(campaigns.ANSWERS_COLLECTED)
    campaigns.finish_campaign(campaign_id=campaign.pk, at=end + HOUR)
    surveys.add_rows(
        answer_set=campaign.answer_set, rows=[(home.pk, "en", entry, NOON.date()) for entry in answers(2)]
    )
    campaigns.recount(answer_set_id=campaign.answer_set_id, at=end + HOUR)

    assert before == 0
    assert evidence.total(campaigns.ANSWERS_COLLECTED, institution=home) == 7


@pytest.mark.parametrize("office", EVERYBODY)
def test_who_reads_results_is_the_same_for_one_and_for_lists(office: Any) -> None:
    home, partner, stranger = InstitutionFactory(), InstitutionFactory(), InstitutionFactory()
    answer_set = AnswerSetFactory(owner=home, asked=[home, partner])
    for place in (home, partner, stranger):
        person = office(at=place)
        listed = surveys.answer_sets_for(person).filter(pk=answer_set.pk).exists()

        assert listed == bool(surveys.may_read_results(person, answer_set))
        assert listed == (place != stranger and person.holds(*surveys.READERS, at=place))


@pytest.mark.parametrize("office", EVERYBODY)
@pytest.mark.parametrize("published", [True, False])
def test_who_views_an_analysis_is_the_same_for_one_and_for_lists(office: Any, published: bool) -> None:
    answer_set = AnswerSetFactory()
    more = {"published_by": answer_set.created_by, "published_at": NOON} if published else {}
    analysis = AnalysisFactory(answer_set=answer_set, **more)
    for person in (office(at=answer_set.owner), office(), None):
        listed = queries.analyses_for(person).filter(pk=analysis.pk).exists()

        assert listed == bool(rules.may_view(person, analysis))


def test_only_a_coordinator_asks_people_of_other_institutions() -> None:
    home, partner = InstitutionFactory(), InstitutionFactory()

    assert surveys.may_collect(AdministratorFactory(at=home), home, [home])
    assert not surveys.may_collect(AdministratorFactory(at=home), home, [home, partner])
    assert surveys.may_collect(CoordinatorFactory(at=home), home, [home, partner])
    assert not surveys.may_collect(TeacherFactory(at=home), home, [home])


def test_small_groups_are_hidden_where_an_institution_is_involved() -> None:
    big, small = InstitutionFactory(short_name="Big"), InstitutionFactory(short_name="Small")
    answer_set = filled({big: 40, small: 7})

    table = results.work_out(answer_set, Question(kind="crosstab", rows="institution", columns="mobility"))

    cells = {line.label: line.cells[:-1] for line in table.lines}
    assert set(cells["Small"]) == {"few"}
    # Otherwise the hidden cells would follow from the totals.
    assert set(cells["Big"]) == {"few"}


def test_an_institution_of_few_is_neither_in_a_table_nor_shown_alone() -> None:
    big, other, small = InstitutionFactory(), InstitutionFactory(), InstitutionFactory(short_name="Small")
    answer_set = filled({big: 40, other: 30, small: 3})

    table = results.work_out(answer_set, Question(kind="crosstab", rows="institution", columns="mobility"))

    assert "Small" not in [line.label for line in table.lines]
    assert table.n == 70
    assert any("left out of the table" in note for note in table.notes)
    with pytest.raises(results.CannotAnswer, match="Too few people"):
        results.work_out(
            answer_set,
            Question(kind="crosstab", rows="mobility", columns="obstacles:money", institution=small.slug),
        )


def test_a_group_below_five_takes_no_part_in_a_comparison() -> None:
    big, other, small = InstitutionFactory(), InstitutionFactory(), InstitutionFactory()
    answer_set = filled({big: 20, other: 15, small: 4})

    found = results.work_out(answer_set, Question(kind="compare", outcome="scale:digital", by="institution"))

    assert len(found.lines) == 2
    assert found.n == 35
    assert found.missing == 4


def test_a_null_is_said_as_clearly_as_a_finding() -> None:
    answer_set = filled({InstitutionFactory(): 60})

    finding = results.work_out(answer_set, LINK)
    null = results.work_out(answer_set, Question(kind="compare", outcome="age", by="mobility"))

    assert "are linked" in finding.sentence
    assert "The link is large" in finding.sentence
    assert "was found" in null.sentence


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(kind="crosstab", rows="mobility"), "Choose a column for “Columns”"),
        (Question(kind="crosstab", rows="mobility", columns="mobility"), "two different columns"),
        (
            Question(kind="crosstab", rows="mobility", columns="obstacles:money", weight="mobility"),
            "counts of people",
        ),
        (Question(kind="compare", outcome="mobility", by="age"), "holds no numbers"),
        (Question(kind="compare", outcome="age", by="nothing"), "Choose a column for “Groups”"),
        (Question(kind="reliability", items=("age",)), "two columns of numbers"),
        (
            Question(kind="reliability", items=("age", "digital_a"), reversed=("age",), low="1", high="5"),
            "outside the scale",
        ),
        (
            Question(kind="crosstab", rows="mobility", columns="age", institution="nowhere"),
            "No answers of this institution",
        ),
    ],
)
def test_what_cannot_be_worked_out_says_what_to_choose(question: Question, words: str) -> None:
    answer_set = filled({InstitutionFactory(): 30}, hides_small_groups=False)

    with pytest.raises(results.CannotAnswer, match=words):
        results.work_out(answer_set, question)


def test_small_groups_cannot_be_seen_through_weights() -> None:
    answer_set = filled({InstitutionFactory(): 30, InstitutionFactory(): 30})
    by_age = Question(kind="crosstab", rows="mobility", columns="obstacles:money", weight="age")

    with pytest.raises(results.CannotAnswer, match="each answer is one person"):
        results.work_out(answer_set, by_age)


def test_the_reliability_of_a_scale_is_shown_and_can_be_kept(client_of: Any) -> None:
    home = InstitutionFactory()
    answer_set = filled({home: 30}, owner=home, closes_at=NOON - HOUR)
    scale = Question(
        kind="reliability", items=("digital_a", "digital_b"), reversed=("digital_b",), low="1", high="5"
    )
    client = client_of(CoordinatorFactory(at=home))

    page = client.get(f"/situation/answers/{answer_set.pk}/ask/?{scale.as_address()}")

    assert page.status_code == 200
    for name, word in scale.pairs:
        assert f'<input type="hidden" name="{name}" value="{word}">' in page.content.decode()


def test_an_analysis_is_put_together_published_and_then_stays(client_of: Any) -> None:
    home = InstitutionFactory()
    now = timezone.now()
    answer_set = filled({home: 30}, owner=home, opens_at=now - 2 * DAY, closes_at=now - DAY)
    coordinator = CoordinatorFactory(at=home)
    client = client_of(coordinator)

    kept = client.post(
        f"/situation/answers/{answer_set.pk}/keep/", {**LINK.as_json(), "remark": "Money matters."}
    )
    analysis = Analysis.objects.get()
    client.post(
        f"/situation/analyses/{analysis.public_id}/edit/", {"title": "Money", "summary": "**It** does."}
    )
    client.post(f"/situation/analyses/{analysis.public_id}/publish/")
    public = Client().get(f"/situation/analyses/{analysis.public_id}/")

    page = public.content.decode()
    assert kept.status_code == 302
    assert public.status_code == 200
    assert "Money matters." in page
    assert "are linked" in page
    assert evidence.total(campaigns.ANALYSIS_PUBLISHED, institution=home) == 1
    with pytest.raises(Refused, match="stays as it is"):
        analyses.keep_result(analysis_id=analysis.pk, question=LINK, remark="", by=coordinator, at=NOON)


def test_an_analysis_waits_until_the_campaign_has_closed() -> None:
    now = timezone.now()
    answer_set = filled({InstitutionFactory(): 30}, opens_at=now - DAY, closes_at=now + DAY)
    analysis = AnalysisFactory(answer_set=answer_set, results=[{"question": LINK.as_json(), "remark": ""}])

    with pytest.raises(Refused, match="Answers still come in"):
        analyses.publish_analysis(analysis_id=analysis.pk, by=CoordinatorFactory(at=answer_set.owner), at=now)


def test_a_draft_is_not_open_to_visitors() -> None:
    analysis = AnalysisFactory()

    assert Client().get(f"/situation/analyses/{analysis.public_id}/").status_code == 404


def test_files_hold_every_answer_and_no_formula(client_of: Any) -> None:
    home = InstitutionFactory(slug="home")
    answer_set = filled({home: 6})
    client = client_of(AdministratorFactory(at=answer_set.owner))

    text = b"".join(client.get(f"/situation/answers/{answer_set.pk}/answers.csv").streaming_content)  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/situation/answers/{answer_set.pk}/answers.xlsx").content)
    )

    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert text.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 6
    assert rows[1]["obstacles:money"] == "1"
    assert rows[1]["wish"] == "'=wish 1"
    assert rows[0]["institution"] == "home"
    assert book["answers"].max_row == 7
    assert "digital_b" in {cell.value for cell in book["code book"]["A"]}


def test_single_answers_are_for_keepers_of_the_owner(client_of: Any) -> None:
    home, partner = InstitutionFactory(), InstitutionFactory()
    answer_set = filled({home: 6, partner: 6}, owner=home)

    dean = client_of(DeanFactory(at=home))
    board = client_of(QualityBoardFactory(at=home))

    assert dean.get(f"/situation/answers/{answer_set.pk}/answers.csv").status_code == 403
    assert dean.get(f"/situation/answers/{answer_set.pk}/texts/wish/").status_code == 404
    assert "wish 3" in board.get(f"/situation/answers/{answer_set.pk}/texts/wish/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client_of: Any, count_queries: Any, number: int
) -> None:
    home = InstitutionFactory()
    for _place in range(number):
        CampaignFactory(answer_set=filled({home: 2}, owner=home))
    client = client_of(CoordinatorFactory(at=home))
    client.get("/situation/")

    with count_queries(4):
        response = client.get("/situation/")

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["results", "ask", "campaign", "analyses", "start", "list"])
def test_every_page_opens(client_of: Any, path: str) -> None:
    home = InstitutionFactory()
    answer_set = filled({home: 12, InstitutionFactory(): 9}, owner=home)
    campaign = CampaignFactory(answer_set=answer_set)
    VersionFactory(questionnaire=QuestionnaireFactory(institution=home))
    client = client_of(CoordinatorFactory(at=home))
    addresses = {
        "results": f"/situation/answers/{answer_set.pk}/",
        "ask": f"/situation/answers/{answer_set.pk}/ask/?{LINK.as_address()}",
        "campaign": f"/situation/campaigns/{campaign.pk}/",
        "analyses": "/situation/analyses/",
        "start": "/situation/campaigns/new/",
        "list": "/situation/",
    }

    assert client.get(addresses[path]).status_code == 200


def test_strangers_find_nothing(client_of: Any) -> None:
    campaign = CampaignFactory(answer_set=filled({InstitutionFactory(): 6}))
    stranger = client_of(PersonFactory())

    for path in (
        f"campaigns/{campaign.pk}/",
        f"answers/{campaign.answer_set_id}/",
        f"answers/{campaign.answer_set_id}/ask/",
    ):
        assert stranger.get(f"/situation/{path}").status_code == 404


def test_a_campaign_is_started_on_the_page(client_of: Any) -> None:
    home = InstitutionFactory()
    version = VersionFactory(questionnaire=QuestionnaireFactory(institution=home))
    coordinator = CoordinatorFactory(at=home)
    now = timezone.now()
    form = {
        "version": version.pk,
        "title": "Spring",
        "purpose": "",
        "owner": home.pk,
        "institutions": [home.pk],
        "opens_at": now.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M"),
    }

    wrong = client_of(coordinator).post("/situation/campaigns/new/", {**form, "closes_at": form["opens_at"]})
    right = client_of(coordinator).post("/situation/campaigns/new/", form)

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert Campaign.objects.get().answer_set.title == "Spring"
    assert coordinator.holds(Office.COORDINATOR, at=home)


def test_the_job_counts_when_the_hour_after_the_end_is_over() -> None:
    home = InstitutionFactory()
    now = timezone.now()
    version = VersionFactory(questionnaire=QuestionnaireFactory(institution=home))
    campaign = campaigns.start_campaign(
        version=version,
        title="Short",
        purpose="",
        owner=home,
        institutions=[home],
        opens_at=now - 2 * DAY,
        closes_at=now - DAY,
        by=CoordinatorFactory(at=home),
        at=now - 2 * DAY,
    )

    early = run_due(clock=lambda: now - DAY)
    late = run_due(clock=lambda: now - DAY + 2 * HOUR)

    campaign.refresh_from_db()
    assert (early, late) == (0, 1)
    assert campaign.finished_at is not None


def test_a_campaign_that_closes_soon_or_stays_quiet_waits_for_its_keepers() -> None:
    home = InstitutionFactory()
    now = timezone.now()
    for title, opened, closes, number in (
        ("Closing", 5, 2, 30),
        ("Quiet", 5, 30, 2),
        ("Lively", 5, 30, 30),
        ("Fresh", 1, 30, 0),
    ):
        CampaignFactory(
            answer_set=filled(
                {home: number},
                owner=home,
                title=title,
                opens_at=now - opened * DAY,
                closes_at=now + closes * DAY,
            )
        )

    titles = {str(entry.title) for entry in waiting(CoordinatorFactory(at=home))}

    assert titles == {"“Closing” closes soon", "Few people have answered “Quiet”"}
    assert not list(waiting(StudentFactory(at=home)))


def test_every_test_of_an_analysis_is_seen_among_all_others(client_of: Any) -> None:
    home = InstitutionFactory()
    answer_set = filled({home: 60}, owner=home)
    coordinator = CoordinatorFactory(at=home)
    analysis = AnalysisFactory(answer_set=answer_set, created_by=coordinator)
    for question in (LINK, Question(kind="compare", outcome="age", by="mobility")):
        analyses.keep_result(analysis_id=analysis.pk, question=question, remark="", by=coordinator, at=NOON)

    page = client_of(coordinator).get(f"/situation/analyses/{analysis.public_id}/").content.decode()
    found = results.controlled([results.work_out(answer_set, LINK)] * 3)

    assert "It stands also among all tests of this analysis" in page
    assert "Among all tests of this analysis it stays a null." in page
    assert found[0].tests[0].holm == pytest.approx(3 * found[0].tests[0].p)
