"""A report on paper: PDF/UA through the typesetter, DOCX for the funder's forms. Both show the same parts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from biosint.gateways import typesetting
from biosint.reporting import content
from biosint.shared import charts
from biosint.shared.blocks import blocks
from biosint.shared.dates import written_day, written_moment
from biosint.shared.languages import page_tag
from biosint.workplan.api import DeliverableState

if TYPE_CHECKING:
    from biosint.reporting.models import Report


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document: a heading, running text, a table or a drawing."""

    kind: str  # heading, text, note, table, drawing
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: charts.Chart | None = None


def parts_of(report: Report, told: content.Content) -> list[Part]:
    """Return the report in reading order."""
    parts = [
        Part("heading", _("Summary")),
        Part("text", report.summary or _("No summary was written.")),
        Part("heading", _("Figures of the period")),
        Part("note", _("Every figure is counted from evidence on the platform and opens there to its list.")),
        Part(
            "table",
            head=(_("What"), _("Amount"), pgettext("of measure", "Unit"), _("Entries")),
            rows=tuple((each.label, each.shown, each.unit, str(len(each.items))) for each in told.figures),
        ),
    ]
    parts += [Part("drawing", str(chart.title), chart=chart) for chart in content.drawings(told)]
    parts += [
        Part("heading", _("Work packages")),
        Part(
            "table",
            head=(_("Work package"), _("Lead"), _("Readiness"), _("Can be declared completed")),
            rows=tuple(
                (
                    f"{row.code} {row.title}",
                    row.lead,
                    f"{row.percent} %",
                    _("yes") if row.complete else _("not yet"),
                )
                for row in told.plan
            ),
        ),
        Part("heading", _("Deliverables")),
        Part(
            "table",
            head=(_("Deliverable"), _("State"), _("Readiness")),
            rows=tuple(
                (f"{code} {title}", str(DeliverableState(state).label), f"{percent} %")
                for row in told.plan
                for code, title, state, percent in row.deliverables
            ),
        ),
        Part("heading", _("What went otherwise than planned, and what was done")),
        Part("text", report.deviations or _("Nothing was reported.")),
        Part("heading", _("What comes next")),
        Part("text", report.outlook or _("Nothing was reported.")),
        Part("heading", _("How the figures were counted")),
        Part(
            "note",
            _(
                "Figures are sums of evidence that the members recorded between the first and the last day of the period, "
                "counted on %(moment)s. Evidence that was withdrawn before that moment is not counted."
            )
            % {"moment": written_moment(told.counted_at)},
        ),
    ]
    return parts


def particulars(report: Report) -> list[tuple[str, str]]:
    """Return the header that funders ask for: (label, value)."""
    project = report.consortium
    rows = [
        (_("Project"), f"{project.title} ({project.acronym})"),
        (_("Grant reference"), project.grant_reference),
        (_("Programme"), project.programme),
        (_("Coordinator"), project.coordinator.name),
        (
            _("Period"),
            f"{written_day(report.since_date)} – {written_day(report.until_date)}",
        ),
        (_("State"), str(report.get_state_display())),
    ]
    return [(str(label), str(value)) for label, value in rows if value]


def pdf(report: Report, told: content.Content) -> bytes:
    """Return the report as PDF/UA."""
    parts = parts_of(report, told)
    files: dict[str, bytes] = {}
    plain: list[dict[str, Any]] = []
    for number, part in enumerate(parts):
        each: dict[str, Any] = {"kind": part.kind, "text": part.text, "head": part.head, "rows": part.rows}
        if part.kind == "text":
            each["blocks"] = blocks(part.text)
        if part.chart is not None:
            each["file"] = f"drawing-{number}.svg"
            each["alt"] = "; ".join(": ".join(row) for row in part.chart.table().rows)
            files[each["file"]] = charts.svg(part.chart).encode()
        plain.append(each)
    return typesetting.pdf(
        Path(__file__).parent / "report.typ",
        title=report.title,
        language=page_tag(report.language),
        files=files,
        values={
            "title": report.title,
            "kicker": _("Periodic report"),
            "particulars": particulars(report),
            "parts": plain,
            "disclaimer": report.consortium.disclaimer,
            "footer": report.consortium.acronym,
        },
    )


def docx(report: Report, told: content.Content) -> bytes:
    """Return the report as DOCX, with real headings, tables and pictures that have descriptions."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.core_properties.title = report.title
    document.core_properties.language = page_tag(report.language)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(report.title, level=0)
    for label, value in particulars(report):
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)
    for part in parts_of(report, told):
        if part.kind == "heading":
            document.add_heading(part.text, level=1)
        elif part.kind == "text":
            _running(document, part.text)
        elif part.kind == "note":
            document.add_paragraph(part.text)
        elif part.kind == "table":
            _table(document, part)
        elif part.chart is not None:
            picture = document.add_picture(
                io.BytesIO(typesetting.picture(charts.svg(part.chart))), width=Cm(15.5)
            )
            picture._inline.docPr.set("descr", "; ".join(": ".join(row) for row in part.chart.table().rows))  # noqa: SLF001 -- python-docx offers no other way to describe a picture
            document.add_paragraph(part.text, style="Caption")
    if report.consortium.disclaimer:
        document.add_paragraph(report.consortium.disclaimer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _running(document: Any, text: str) -> None:
    styles = {"item": "List Bullet", "numbered": "List Number", "quote": "Quote"}
    for block in blocks(text):
        if block["kind"] == "heading":
            line = document.add_heading("", level=min(block["level"] + 1, 4))
        else:
            line = document.add_paragraph(style=styles.get(block["kind"]))
        for each in block["runs"]:
            run = line.add_run(each["text"])
            run.bold, run.italic = each["bold"] or None, each["italic"] or None


def _table(document: Any, part: Part) -> None:
    table = document.add_table(rows=1, cols=len(part.head), style="Table Grid")
    for cell, word in zip(table.rows[0].cells, part.head, strict=True):
        cell.paragraphs[0].add_run(word).bold = True
    for row in part.rows:
        for cell, word in zip(table.add_row().cells, row, strict=True):
            cell.text = word
