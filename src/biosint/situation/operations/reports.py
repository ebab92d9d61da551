from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.gateways import papers
from biosint.jobs import api as jobs
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Analysis, Round, SituationReport, Workshop
from biosint.situation.report import make
from biosint.situation.rules import campaigns as campaign_rules
from biosint.situation.rules import reports as rules
from biosint.situation.rules import rounds as round_rules
from biosint.situation.rules import workshops as workshop_rules
from biosint.situation.states import ReportState, ReportWords, RoundState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

REPORT_FINAL = "situation.report_final"
BUNDLE_KIND = "situation.report_bundle"
DATA_KIND = "situation.report_data"
MOST_ANALYSES = 12
LONGEST_WORDS = 20_000


class NothingToReport(Fault):
    """No analysis and no round was chosen."""


class RoundsUnfit(Fault):
    """The rounds are not closed, not of this consortium, or in the wrong order."""


class WrittenMeanwhile(Fault):
    """Somebody else saved words since this form was opened."""


class NotMade(Fault):
    """The paper is missing, or older than its words."""


@transaction.atomic
def begin_report(
    *,
    consortium: Consortium,
    institution: Institution | None,
    title: str,
    language: str,
    analyses: Collection[Analysis],
    of_round: Round | None,
    earlier_round: Round | None,
    workshop: Workshop | None = None,
    by: Person,
    at: datetime,
) -> SituationReport:
    """Begin a report and have its first draft made.

    Args:
        institution: whose situation it is about; None for all members together.

    Raises:
        NothingToReport, RoundsUnfit.
    """
    require(rules.may_begin(by, consortium, institution))
    _check_sources(consortium, analyses, of_round, earlier_round, by=by)
    if workshop is not None:
        require(workshop_rules.may_view(by, workshop))
        if workshop.consortium_id != consortium.pk:
            raise NothingToReport(
                _("This workshop belongs to another consortium. Choose one of this consortium.")
            )
    report = SituationReport.objects.create(
        consortium=consortium,
        institution=institution,
        title=title.strip(),
        language=language,
        authors=str(by),
        round=of_round,
        earlier_round=earlier_round,
        workshop=workshop,
        created_by=by,
        created_at=at,
    )
    report.analyses.set(analyses)
    audit.record("situation.report.begun", report, by=by, at=at)
    ask_for_paper(report_id=report.pk, by=by, at=at)
    return report


def _check_sources(
    consortium: Consortium,
    analyses: Collection[Analysis],
    of_round: Round | None,
    earlier_round: Round | None,
    *,
    by: Person,
) -> None:
    if not analyses and of_round is None:
        raise NothingToReport(_("Choose at least one analysis or a round of the index to report on."))
    if len(analyses) > MOST_ANALYSES:
        raise NothingToReport(
            _("A report holds no more than %(most)s analyses. Nobody would read more.")
            % {"most": MOST_ANALYSES}
        )
    for analysis in analyses:
        require(campaign_rules.may_view(by, analysis))
    for one in (of_round, earlier_round):
        if one is not None:
            require(round_rules.may_view(by, one))
            if one.state != RoundState.CLOSED or one.consortium_id != consortium.pk:
                raise RoundsUnfit(_("Choose closed rounds of this consortium: their figures do not change."))
    if earlier_round is not None and (
        of_round is None or earlier_round.period_until >= of_round.period_until
    ):
        raise RoundsUnfit(_("The round to compare with must be earlier than the other one."))


def _locked(report_id: int) -> SituationReport:
    return (
        SituationReport.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "institution")
        .get(pk=report_id)
    )


@transaction.atomic
def write_report(
    *,
    report_id: int,
    title: str,
    authors: str,
    words: Mapping[str, str],
    revision: int,
    by: Person,
    at: datetime,
) -> SituationReport:
    """Save the words of a draft, and have the paper made anew.

    Args:
        words: section of ``ReportWords`` -> Markdown; sections left out stay as they are.
        revision: the one the writer saw.

    Raises:
        WrittenMeanwhile: somebody was faster; nothing is saved.
    """
    report = _locked(report_id)
    require(rules.may_write(by, report))
    if report.revision != revision:
        raise WrittenMeanwhile(
            _(
                "Somebody saved other words while you were writing. Yours are still in the form: compare, then save again."
            )
        )
    report.title, report.authors = title.strip(), authors.strip()
    report.words = {
        **report.words,
        **{section: text[:LONGEST_WORDS] for section, text in words.items() if section in ReportWords.values},
    }
    report.revision += 1
    report.save(update_fields=["title", "authors", "words", "revision"])
    audit.record("situation.report.written", report, by=by, at=at, revision=report.revision)
    ask_for_paper(report_id=report.pk, by=by, at=at)
    return report


@transaction.atomic
def ask_for_paper(*, report_id: int, by: Person, at: datetime) -> jobs.Job:
    """Have the paper made in the background; asking twice makes it once."""
    report = _locked(report_id)
    require(rules.may_write(by, report))
    return jobs.enqueue("situation.make_report", by=by, at=at, key=_key(report), report_id=report.pk)


def open_job(report: SituationReport) -> jobs.Job | None:
    """Return the job that makes the paper now, if there is one."""
    return jobs.open_job("situation.make_report", key=_key(report))


def _key(report: SituationReport) -> str:
    # One job a saving: words saved while the paper is being made get a paper of their own.
    return f"situation-report-{report.pk}-{report.revision}"


def make_paper(
    *, report_id: int, by: Person | None, at: datetime, told: Callable[[float], None] = lambda _share: None
) -> SituationReport:
    """Work the report out in its own language and keep it. A final report stays as it is.

    It takes seconds and reads for most of them, so only keeping the paper is a transaction.

    Args:
        told: called with the share of the work that is done, 0 to 1; what it raises stops the work.
    """
    report = SituationReport.objects.select_related(
        "consortium", "institution", "round__bank", "workshop"
    ).get(pk=report_id)
    if report.is_final:
        return report
    with translation.override(report.language):
        made = make(report, at=at, told=told)
    return keep_paper(
        report_id=report_id,
        paper=papers.as_plain(made.paper),
        bundle=made.bundle,
        data=made.data,
        made_of=made.made_of,
        by=by,
        at=at,
    )


@transaction.atomic
def keep_paper(
    *,
    report_id: int,
    paper: Mapping[str, Any],
    bundle: bytes,
    data: bytes,
    made_of: int,
    by: Person | None,
    at: datetime,
) -> SituationReport:
    """Keep a paper that was made, with its bundles. A final report, or one made of newer words, keeps what it has."""
    report = _locked(report_id)
    if report.is_final or (report.made_of or 0) > made_of:
        return report
    report.paper = dict(paper)
    report.bundle = _stored(report, bundle, BUNDLE_KIND, by=by, at=at)
    try:
        report.data = _stored(report, data, DATA_KIND, by=by, at=at)
    except files.FileTooLarge:
        # The page then says where the single answers can be had set by set.
        report.data = None
    report.made_at, report.made_of = at, made_of
    report.save(update_fields=["paper", "bundle", "data", "made_at", "made_of"])
    audit.record("situation.report.made", report, by=by, at=at, made_of=made_of)
    return report


def _stored(
    report: SituationReport, content: bytes, kind: str, *, by: Person | None, at: datetime
) -> files.StoredFile:
    name = f"situation-{report.created_at:%Y-%m-%d}-{kind.rpartition('_')[2]}.zip"
    return files.store(ContentFile(content, name=name), kind=kind, by=by, at=at, allowed={"zip"})


@transaction.atomic
def finalise_report(*, report_id: int, by: Person, at: datetime) -> SituationReport:
    """Make a report final: every part stays as it was made.

    Raises:
        NotMade: the paper does not hold the words saved last.
    """
    report = _locked(report_id)
    require(rules.may_write(by, report))
    if report.paper is None or report.is_stale:
        raise NotMade(
            _("The paper is still being made from your last words. Wait for it, read it, then say yes.")
        )
    report.state = ReportState.FINAL
    report.finalised_by, report.finalised_at = by, at
    report.save(update_fields=["state", "finalised_by", "finalised_at"])
    audit.record("situation.report.finalised", report, by=by, at=at)
    evidence.record(
        kind=REPORT_FINAL,
        subject=report,
        institution=report.institution or report.consortium.coordinator,
        occurred_at=at,
        proof=report.get_absolute_url(),
        by=by,
        title=report.title,
    )
    return report


@transaction.atomic
def publish_report(*, report_id: int, by: Person, at: datetime) -> SituationReport:
    """Show a final report to everybody."""
    report = _locked(report_id)
    require(rules.may_publish(by, report))
    report.published_by, report.published_at = by, at
    report.save(update_fields=["published_by", "published_at"])
    audit.record("situation.report.published", report, by=by, at=at)
    return report


@transaction.atomic
def discard_report(*, report_id: int, by: Person, at: datetime) -> None:
    """Throw a draft away."""
    report = _locked(report_id)
    require(rules.may_write(by, report))
    audit.record("situation.report.discarded", report, by=by, at=at)
    report.delete()
