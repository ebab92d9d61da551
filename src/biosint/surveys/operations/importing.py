"""Brings files of answers in: look first, then write everything or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.jobs import api as jobs
from biosint.shared.verdicts import Fault, require
from biosint.surveys import intake as reading
from biosint.surveys.models import AnswerSet, Intake, IntakeState, Submission
from biosint.surveys.operations.collecting import ROWS_AT_A_TIME, Row, add_rows, announce
from biosint.surveys.operations.reading_plans import (
    Choices,
    content_of,
    institution_words,
    settled_plan,
    understood,
)
from biosint.surveys.rules import may_keep
from biosint.surveys.tables import Unreadable, layout_from_json, look_at

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.models import Person

FILE_KIND = "surveys.answers"
# Larger files are read and written by a job, so that nobody waits before a still page.
ROWS_AT_ONCE = 5000
BYTES_AT_ONCE = 1_000_000
PACKED_BYTES_AT_ONCE = 200_000

Reporter = Callable[[int, int, str], None]


class AlreadyImported(Fault):
    """The same file is in this answer set already."""


class NothingUsable(Fault):
    """No row of the file can be taken as it is read now."""


@transaction.atomic
def receive(
    upload: File[bytes],
    *,
    target: AnswerSet | None,
    institution: Institution,
    title: str,
    by: Person,
    at: datetime,
) -> Intake:
    """Keep a file of answers and find out how it is read. Nothing is imported yet.

    Raises:
        Unreadable: it is no table.
        Fault: of ``files.store``: empty, too large, not what its name says.
    """
    require(may_keep(by, institution))
    original = upload.name or "answers.csv"
    suffix = PurePath(original).suffix.lower()
    if suffix in {".tsv", ".tab", ".txt", ".dat"}:
        # All of them are text with delimiters; the store knows one name for that.
        upload.name = f"{PurePath(original).stem}.csv"
    stored = files.store(upload, kind=FILE_KIND, by=by, at=at, allowed={"csv", "xlsx", "lsa", "sav", "zsav"})
    with content_of(stored) as content:
        layout = look_at(content)
    intake = Intake.objects.create(
        file=stored,
        file_name=PurePath(original).name[:200],
        checksum=stored.sha256,
        target=target,
        institution=institution,
        title=title,
        layout=layout.as_json(),
        created_by=by,
        created_at=at,
    )
    audit.record("surveys.intake.received", intake, by=by, at=at)
    return intake


@transaction.atomic
def read_differently(*, intake_id: int, encoding: str, sheet: str, by: Person, at: datetime) -> Intake:
    """Read the file with another encoding or from another sheet.

    Raises:
        Unreadable: it cannot be read so.
    """
    intake = _locked(intake_id, by)
    with content_of(intake.file) as content:
        layout = look_at(content, encoding=encoding, sheet=sheet)
    intake.layout = layout.as_json()
    intake.plan = {}
    intake.state = IntakeState.CHECKING
    intake.save(update_fields=["layout", "plan", "state"])
    audit.record("surveys.intake.read_differently", intake, by=by, at=at, encoding=encoding, sheet=sheet)
    return intake


def _locked(intake_id: int, by: Person) -> Intake:
    intake = (
        Intake.objects.select_for_update(of=["self"]).select_related("institution", "file").get(pk=intake_id)
    )
    require(may_keep(by, intake.institution))
    if intake.state == IntakeState.DONE:
        raise AlreadyImported(_("This file is imported already."))
    return intake


def needs_job(intake: Intake) -> bool:
    """Whether reading the file takes longer than a page may; workbooks are packed and slower."""
    return intake.file.size > (
        PACKED_BYTES_AT_ONCE if intake.layout["sheets"] or intake.layout.get("kind") else BYTES_AT_ONCE
    )


@transaction.atomic
def choose(*, intake_id: int, choices: Choices, by: Person, at: datetime) -> Intake:
    """Note how the columns are to be used; ``check`` then reads every row so."""
    intake = _locked(intake_id, by)
    intake.plan = {**intake.plan, **choices.as_json()}
    intake.save(update_fields=["plan"])
    audit.record("surveys.intake.columns_chosen", intake, by=by, at=at)
    return intake


def check(*, intake_id: int, by: Person, report_to: Reporter | None = None) -> Intake:
    """Read every row, by what was chosen or guessed, and note what would become of it. Nothing is imported.

    Raises:
        Unreadable: the table breaks off somewhere.
    """
    intake = Intake.objects.select_related("institution", "file", "target__version").get(pk=intake_id)
    require(may_keep(by, intake.institution))
    layout = layout_from_json(intake.layout)
    plan_json = settled_plan(intake, layout)
    intake.plan = plan_json
    report = reading.Report()
    for number, _row in understood(intake, layout, report):
        if report_to is not None and number % ROWS_AT_A_TIME == 0:
            report_to(number, 0, _("Reading"))
    intake.report = report.as_json()
    intake.state = IntakeState.CHECKED
    with transaction.atomic():
        held = _locked(intake_id, by)
        held.plan, held.report, held.state = intake.plan, intake.report, intake.state
        held.save(update_fields=["plan", "report", "state"])
    return held


def start_writing(*, intake_id: int, by: Person, at: datetime) -> Intake:
    """Say yes to an import. The rows are written by ``write``, here or in a job.

    Raises:
        NothingUsable: no row can be taken.
        AlreadyImported: the same file is in the set already.
    """
    with transaction.atomic():
        intake = _locked(intake_id, by)
        if not intake.report.get("usable"):
            raise NothingUsable(
                _("No row can be imported as the file is read now. Change the use of its columns.")
            )
        same = Intake.objects.filter(target=intake.target, checksum=intake.checksum, state=IntakeState.DONE)
        if intake.target is not None and same.exists():
            raise AlreadyImported(_("The same file was imported into these answers before. It counts once."))
        intake.state = IntakeState.WRITING
        intake.save(update_fields=["state"])
        audit.record("surveys.intake.started", intake, by=by, at=at)
    return intake


def write(*, intake_id: int, by: Person, at: datetime, report_to: Reporter | None = None) -> AnswerSet:
    """Write the rows of a file into a hidden set, then let all of them count at once.

    Short transactions keep the embedded database free for people who answer meanwhile. Killed in
    the middle, it begins anew: what was written stays hidden and is taken away first.

    Raises:
        AlreadyImported: somebody imported the same file meanwhile.
    """
    intake = Intake.objects.select_related(
        "institution", "file", "target__version", "staging", "created_by"
    ).get(pk=intake_id)
    require(may_keep(by, intake.institution))
    if intake.state == IntakeState.DONE:
        assert intake.target is not None  # noqa: S101 -- the last step of an import sets it
        return intake.target
    take_back(intake)
    staging = _hidden_set(intake, at)
    try:
        _fill(intake, staging, day=at.date(), report_to=report_to)
        return _let_count(intake, staging, by=by, at=at)
    except (Fault, jobs.Cancelled):
        # An answer, not a breakage: nothing stays hidden, and the file can be looked at again.
        take_back(intake)
        Intake.objects.filter(pk=intake.pk).update(state=IntakeState.CHECKED)
        raise


def _fill(intake: Intake, staging: AnswerSet, *, day: date, report_to: Reporter | None) -> None:
    total = intake.report["usable"]
    written = 0
    institutions = institution_words(intake)
    batch: list[Row] = []
    for _number, read in understood(intake, layout_from_json(intake.layout), reading.Report()):
        batch.append(_row(read, institutions, intake.plan["institution_id"], day))
        if len(batch) == ROWS_AT_A_TIME:
            written += add_rows(answer_set=staging, rows=batch)
            batch = []
            if report_to is not None:
                report_to(written, total, _("Writing"))
    add_rows(answer_set=staging, rows=batch)


def _row(read: reading.Read, institutions: dict[str, int], standard: int | None, day: date) -> Row:
    return Row(institutions.get(read.institution, standard), read.language, read.answers, day)


def take_back(intake: Intake) -> None:
    """Remove what an interrupted import left hidden."""
    if intake.staging is not None and not intake.staging.is_complete:
        left = intake.staging
        with transaction.atomic():
            Submission.objects.filter(answer_set=left).delete()
            Intake.objects.filter(pk=intake.pk).update(staging=None)
            left.delete()
        intake.staging = None


@transaction.atomic
def _hidden_set(intake: Intake, at: datetime) -> AnswerSet:
    target = intake.target
    staging = AnswerSet.objects.create(
        title=intake.title,
        version=target.version if target else None,
        own_columns=intake.plan.get("columns", []) if target is None else [],
        owner=intake.institution,
        weight_code=intake.plan["weight"] if target is None else "",
        hides_small_groups=intake.plan["hides_small_groups"],
        is_complete=False,
        created_by=intake.created_by,
        created_at=at,
    )
    intake.staging = staging
    Intake.objects.filter(pk=intake.pk).update(staging=staging)
    return staging


@transaction.atomic
def _let_count(intake: Intake, staging: AnswerSet, *, by: Person, at: datetime) -> AnswerSet:
    held = Intake.objects.select_for_update(of=["self"]).get(pk=intake.pk)
    target = intake.target
    if target is None:
        staging.is_complete = True
        staging.save(update_fields=["is_complete"])
        target = staging
    else:
        Submission.objects.filter(answer_set=staging).update(answer_set=target)
    held.target = target
    held.staging = None
    held.state = IntakeState.DONE
    held.imported_by = by
    held.imported_at = at
    try:
        with transaction.atomic():
            held.save(update_fields=["target", "staging", "state", "imported_by", "imported_at"])
    except IntegrityError as fault:
        raise AlreadyImported(
            _("The same file was imported into these answers before. It counts once.")
        ) from fault
    if target != staging:
        staging.delete()
    audit.record("surveys.intake.imported", held, by=by, at=at, rows=intake.report["usable"])
    announce(answer_set_id=target.pk, by=by, at=at)
    return target


__all__ = [
    "FILE_KIND",
    "ROWS_AT_ONCE",
    "AlreadyImported",
    "Choices",
    "NothingUsable",
    "Unreadable",
    "check",
    "choose",
    "needs_job",
    "read_differently",
    "receive",
    "start_writing",
    "take_back",
    "write",
]
