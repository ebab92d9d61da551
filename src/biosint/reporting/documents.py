"""A report on paper: PDF/UA through the typesetter, DOCX for the funder's forms. Both show the same parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from biosint.gateways import papers
from biosint.gateways.papers import Part
from biosint.reporting import content
from biosint.shared.dates import written_day, written_moment
from biosint.workplan.api import DeliverableState

if TYPE_CHECKING:
    from biosint.reporting.models import Report


def parts_of(report: Report, told: content.Content) -> list[Part]:
    """Return the report in reading order."""
    parts = [
        papers.heading(_("Summary")),
        papers.words(report.summary or _("No summary was written.")),
        papers.heading(_("Figures of the period")),
        papers.note(_("Every figure is counted from evidence on the platform and opens there to its list.")),
        papers.table(
            "",
            (_("What"), _("Amount"), pgettext("of measure", "Unit"), _("Entries")),
            tuple((each.label, each.shown, each.unit, str(len(each.items))) for each in told.figures),
        ),
    ]
    parts += [papers.drawing(chart) for chart in content.drawings(told)]
    parts += [
        papers.heading(_("Work packages")),
        papers.table(
            "",
            (_("Work package"), _("Lead"), _("Readiness"), _("Can be declared completed")),
            tuple(
                (
                    f"{row.code} {row.title}",
                    row.lead,
                    f"{row.percent} %",
                    _("yes") if row.complete else _("not yet"),
                )
                for row in told.plan
            ),
        ),
        papers.heading(_("Deliverables")),
        papers.table(
            "",
            (_("Deliverable"), _("State"), _("Readiness")),
            tuple(
                (f"{code} {title}", str(DeliverableState(state).label), f"{percent} %")
                for row in told.plan
                for code, title, state, percent in row.deliverables
            ),
        ),
        papers.heading(_("What went otherwise than planned, and what was done")),
        papers.words(report.deviations or _("Nothing was reported.")),
        papers.heading(_("What comes next")),
        papers.words(report.outlook or _("Nothing was reported.")),
        papers.heading(_("How the figures were counted")),
        papers.note(
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


def paper_of(report: Report, told: content.Content) -> papers.Paper:
    return papers.Paper(
        title=report.title,
        language=report.language,
        kicker=_("Periodic report"),
        particulars=tuple(particulars(report)),
        parts=tuple(parts_of(report, told)),
        disclaimer=report.consortium.disclaimer,
        footer=report.consortium.acronym,
    )


def pdf(report: Report, told: content.Content) -> bytes:
    """Return the report as PDF/UA."""
    return papers.pdf(paper_of(report, told))


def docx(report: Report, told: content.Content) -> bytes:
    """Return the report as DOCX."""
    return papers.docx(paper_of(report, told))
