from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.reporting import content
from biosint.reporting.models import Report
from biosint.reporting.rules import may_begin, may_write
from biosint.reporting.states import ReportState
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person


class TitleTaken(Fault):
    """The consortium has a report of this title."""


class PeriodBackwards(Fault):
    """The period ends before it begins, or before the project."""


class WrittenMeanwhile(Fault):
    """Somebody else saved words since this form was opened."""


@transaction.atomic
def begin(
    *,
    project: Consortium,
    title: str,
    since_date: date,
    until_date: date,
    language: str,
    by: Person,
    at: datetime,
) -> Report:
    """Begin a report on a period, its last day included.

    Raises:
        Refused: ``by`` does not lead the consortium.
        PeriodBackwards, TitleTaken.
    """
    require(may_begin(by, project))
    if until_date < since_date:
        raise PeriodBackwards(_("The last day of the period comes before the first."))
    if until_date < project.start_date:
        raise PeriodBackwards(_("The period ends before the project began."))
    try:
        with transaction.atomic():
            report = Report.objects.create(
                consortium=project,
                title=title.strip(),
                since_date=since_date,
                until_date=until_date,
                language=language,
                created_by=by,
                created_at=at,
            )
    except IntegrityError as fault:
        raise TitleTaken(
            _("A report “%(title)s” exists. Choose another title.") % {"title": title.strip()}
        ) from fault
    audit.record("reporting.report.begun", report, by=by, at=at)
    return report


@transaction.atomic
def write(
    *, report_id: int, summary: str, deviations: str, outlook: str, revision: int, by: Person, at: datetime
) -> Report:
    """Save the words of a draft.

    Args:
        revision: the one the writer saw.

    Raises:
        Refused: ``by`` may not write, or the report is final.
        WrittenMeanwhile: somebody was faster; nothing is saved.
    """
    report = _locked(report_id)
    require(may_write(by, report))
    if report.revision != revision:
        raise WrittenMeanwhile(
            _(
                "Somebody saved other words while you were writing. Yours are still in the form: compare, then save again."
            )
        )
    report.summary, report.deviations, report.outlook = summary, deviations, outlook
    report.revision += 1
    report.save(update_fields=["summary", "deviations", "outlook", "revision"])
    audit.record("reporting.report.written", report, by=by, at=at, revision=report.revision)
    return report


@transaction.atomic
def finalise(*, report_id: int, by: Person, at: datetime) -> Report:
    """Make a report final: every figure is kept with the evidence it was counted from, and never changes."""
    report = _locked(report_id)
    require(may_write(by, report))
    report.snapshot = content.as_plain(content.counted(report, at))
    report.state = ReportState.FINAL
    report.finalised_by = by
    report.finalised_at = at
    report.save(update_fields=["snapshot", "state", "finalised_by", "finalised_at"])
    audit.record("reporting.report.finalised", report, by=by, at=at)
    evidence.record(
        kind="reporting.report_finalised",
        subject=report,
        institution=report.consortium.coordinator,
        occurred_at=at,
        proof=report.get_absolute_url(),
        by=by,
        title=report.title,
    )
    return report


def _locked(report_id: int) -> Report:
    return (
        Report.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator")
        .get(pk=report_id)
    )
