from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from biosint.evidence import api as evidence
from biosint.people.api import Office
from biosint.reporting import content, documents, operations, queries, rules
from biosint.reporting.models import Report
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from factories import CoordinatorFactory, InstitutionFactory, OfficeHeldFactory, PersonFactory, StudentFactory
from factories.consortium import ConsortiumFactory
from factories.evidence import ItemFactory
from factories.reporting import ReportFactory
from factories.workplan import DeliverableFactory, WorkPackageFactory

pytestmark = pytest.mark.django_db


def report_with_evidence(**fields: Any) -> Report:
    """A draft over 30 days: 12 people at the coordinator, 5 at a partner; strangers and other times do not count."""
    partner = InstitutionFactory(short_name="Partner")
    project = ConsortiumFactory(members=[partner], coordinator=InstitutionFactory(short_name="Coordinator"))
    ItemFactory(
        institution=project.coordinator, quantity=12, occurred_at=NOON, title="Training for facilitators"
    )
    ItemFactory(institution=partner, quantity=5, occurred_at=NOON - DAY)
    ItemFactory(institution=partner, quantity=100, occurred_at=NOON + DAY)
    ItemFactory(institution=partner, quantity=100, occurred_at=NOON - timedelta(days=90))
    ItemFactory(quantity=1000, occurred_at=NOON)
    DeliverableFactory(work_package=WorkPackageFactory(consortium=project))
    return ReportFactory(consortium=project, **fields)


def leader(report: Report) -> Any:
    return CoordinatorFactory(at=report.consortium.coordinator)


def test_a_report_counts_its_members_in_its_period() -> None:
    told = content.counted(report_with_evidence(), NOON)

    assert [(each.kind, each.amount) for each in told.figures] == [("evidence.training_held", Decimal(17))]
    assert {each.institution_name: each.amount for each in told.by_institution} == {
        "Coordinator": Decimal(12),
        "Partner": Decimal(5),
    }


def test_the_parts_of_a_figure_add_up_and_share_its_items() -> None:
    told = content.counted(report_with_evidence(), NOON)

    whole = told.figures[0]
    assert sum(part.amount for part in told.by_institution) == whole.amount
    assert sorted(item for part in told.by_institution for item in part.items) == sorted(whole.items)


def test_a_final_report_keeps_its_figures_whatever_happens_later() -> None:
    report = report_with_evidence()
    operations.finalise(report_id=report.pk, by=leader(report), at=NOON)
    item = evidence.Item.objects.get(title="Training for facilitators")
    evidence.withdraw(item_id=item.pk, by=leader(report), at=NOON + DAY, reason="Counted twice.")
    ItemFactory(institution=report.consortium.coordinator, quantity=50, occurred_at=NOON)

    report.refresh_from_db()
    told = queries.content_of(report, NOON + DAY)

    assert told.figures[0].amount == Decimal(17)
    assert item in queries.items_of(told.figures[0])


def test_what_is_kept_is_what_was_counted() -> None:
    told = content.counted(report_with_evidence(), NOON)

    assert content.from_plain(content.as_plain(told)) == told


def test_a_final_report_cannot_be_written() -> None:
    report = report_with_evidence()
    operations.finalise(report_id=report.pk, by=leader(report), at=NOON)

    with pytest.raises(Refused, match="final"):
        operations.write(
            report_id=report.pk,
            summary="x",
            deviations="",
            outlook="",
            revision=1,
            by=leader(report),
            at=NOON,
        )
    with pytest.raises(Refused, match="final"):
        operations.finalise(report_id=report.pk, by=leader(report), at=NOON)


def test_only_the_leader_begins_and_ends_a_report() -> None:
    report = report_with_evidence()

    for person in (
        CoordinatorFactory(at=InstitutionFactory()),
        StudentFactory(at=report.consortium.coordinator),
    ):
        with pytest.raises(Refused):
            operations.finalise(report_id=report.pk, by=person, at=NOON)
        with pytest.raises(Refused):
            operations.begin(
                project=report.consortium,
                title="x",
                since_date=NOON.date(),
                until_date=NOON.date(),
                language="en",
                by=person,
                at=NOON,
            )


@pytest.mark.parametrize("days", [(0, -1), (-4000, -3900)])
def test_a_period_that_cannot_be_is_refused(days: tuple[int, int]) -> None:
    project = ConsortiumFactory()
    since, until = ((NOON + timedelta(days=each)).date() for each in days)

    with pytest.raises(operations.PeriodBackwards):
        operations.begin(
            project=project,
            title="x",
            since_date=since,
            until_date=until,
            language="en",
            by=CoordinatorFactory(at=project.coordinator),
            at=NOON,
        )


def test_words_of_a_faster_colleague_are_not_written_over(client_of: Any) -> None:
    report = report_with_evidence()
    words = {"summary": "Mine", "deviations": "", "outlook": ""}
    operations.write(
        report_id=report.pk, **(words | {"summary": "Faster"}), revision=1, by=leader(report), at=NOON
    )
    client = client_of(leader(report))

    answer = client.post(f"/reports/{report.public_id}/write/", words | {"revision": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert "Faster" in page
    assert client.post(f"/reports/{report.public_id}/write/", words | {"revision": 2}).status_code == 302


def test_every_figure_on_the_page_opens_to_its_list(client_of: Any) -> None:
    report = report_with_evidence()
    client = client_of(leader(report))

    page = client.get(report.get_absolute_url()).content.decode()
    told = queries.content_of(report, NOON)

    for figure in (*told.figures, *told.by_institution):
        address = f"{report.get_absolute_url()}figures/{figure.key}/"
        assert address in page
        assert client.get(address).content.decode().count("<tr>") == len(figure.items) + 1


def test_an_unknown_figure_is_404(client_of: Any) -> None:
    report = report_with_evidence()

    assert client_of(leader(report)).get(f"/reports/{report.public_id}/figures/x.y/").status_code == 404


def test_pdf_and_docx_hold_the_same_figures_and_words(client_of: Any) -> None:
    from docx import Document
    from pypdf import PdfReader

    report = report_with_evidence(summary="We **ran** #one course.\n\n- Први\n- second", language="sr")
    client = client_of(leader(report))

    pdf = PdfReader(io.BytesIO(client.get(f"/reports/{report.public_id}/report.pdf").content))
    docx = Document(io.BytesIO(client.get(f"/reports/{report.public_id}/report.docx").content))

    text = "\n".join(page.extract_text() for page in pdf.pages)
    cells = {cell.text for table in docx.tables for row in table.rows for cell in row.cells}
    assert "17" in text
    assert "17" in cells
    assert "#one course" in text
    assert any("#one course" in paragraph.text for paragraph in docx.paragraphs)
    assert "Први" in text


def test_a_report_with_charts_describes_them() -> None:
    from docx import Document

    report = report_with_evidence()
    ItemFactory(
        kind="exchange.learner_completed",
        institution=report.consortium.coordinator,
        quantity=3,
        unit="person",
    )
    told = content.counted(report, NOON)

    made = Document(io.BytesIO(documents.docx(report, told)))

    assert len(content.drawings(told)) == 1
    assert "Coordinator" in made.inline_shapes[0]._inline.docPr.get("descr")
    assert documents.pdf(report, told).startswith(b"%PDF")


@pytest.mark.parametrize("office", [None, *Office])
@pytest.mark.parametrize("here", [True, False])
def test_may_view_equals_viewable_by(office: Office | None, here: bool) -> None:
    report = report_with_evidence()
    person = PersonFactory()
    if office:
        OfficeHeldFactory(
            person=person,
            office=office,
            institution=report.consortium.coordinator if here else InstitutionFactory(),
        )

    assert queries.reports_for(person).filter(pk=report.pk).exists() == bool(rules.may_view(person, report))


def test_strangers_get_404(client_of: Any) -> None:
    report = report_with_evidence()
    stranger = client_of(CoordinatorFactory(at=InstitutionFactory()))

    for path in ("", "write/", "report.pdf", "report.docx", "figures/evidence.training_held/"):
        assert stranger.get(f"{report.get_absolute_url()}{path}").status_code == 404


def test_a_report_is_begun_and_ended_through_the_pages(client_of: Any) -> None:
    project = ConsortiumFactory()
    client = client_of(CoordinatorFactory(at=project.coordinator))
    told = {
        "project": project.pk,
        "title": "First",
        "since_date": "2025-03-01",
        "until_date": "2025-02-01",
        "language": "en",
    }

    assert client.post("/reports/new/", told).status_code == 422
    assert client.post("/reports/new/", told | {"until_date": "2026-02-01"}).status_code == 302
    report = Report.objects.get()
    assert client.post(f"/reports/{report.public_id}/finalise/").status_code == 302
    assert evidence.total("reporting.report_finalised", institution=project.coordinator) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries(number: int, client_of: Any, count_queries: Any) -> None:
    project = ConsortiumFactory()
    for _index in range(number):
        ReportFactory(consortium=project)
    client = client_of(CoordinatorFactory(at=project.coordinator))

    with count_queries(6):
        client.get("/reports/")
