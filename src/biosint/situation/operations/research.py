from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium import api as consortia
from biosint.evidence import api as evidence
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Finding, Grading, Source
from biosint.situation.references import Reference, title_key
from biosint.situation.rules import research as rules
from biosint.situation.states import Bearing, Grade

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

FINDING_PUBLISHED = "situation.finding_published"


class SourceKnown(Fault):
    """The consortium holds a source with this DOI."""

    def __init__(self, doi: str) -> None:
        super().__init__(
            _("A source with the DOI %(doi)s is here already. Add your finding to that one.") % {"doi": doi}
        )


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is known of a source; the reference, and what a reader adds to it."""

    reference: Reference
    country: str = ""
    read_date: date | None = None


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What was found, in the finder's own words."""

    text: str
    theme: str
    countries: tuple[str, ...] = ()
    page: str = ""
    bearing: Bearing = Bearing.CONTEXT

    @property
    def countries_written(self) -> str:
        return f" {' '.join(sorted(set(self.countries)))} " if self.countries else ""


def _write(source: Source, facts: SourceFacts) -> None:
    known = facts.reference
    source.kind = known.kind
    source.title = " ".join(known.title.split())
    source.title_key = title_key(known.title)
    source.authors = known.authors
    source.year = known.year
    source.published_in = known.published_in
    source.doi = known.doi
    source.url = known.url
    source.country = facts.country
    source.language = known.language
    source.read_date = facts.read_date
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as fault:
        raise SourceKnown(known.doi) from fault


@transaction.atomic
def add_source(*, consortium: Consortium, facts: SourceFacts, by: Person, at: datetime) -> Source:
    """Add a source to the desk research of a consortium.

    Raises:
        Refused: ``by`` does not write the desk research there.
        SourceKnown: its DOI is there already.
    """
    require(rules.may_write(by, consortium))
    source = Source(consortium=consortium, added_by=by, added_at=at)
    _write(source, facts)
    audit.record("situation.source.added", source, by=by, at=at)
    return source


@transaction.atomic
def change_source(*, source_id: int, facts: SourceFacts, by: Person, at: datetime) -> Source:
    """Mend the facts of a source.

    Raises:
        Refused: ``by`` does not write the desk research there.
        SourceKnown: another source has this DOI.
    """
    source = Source.objects.select_for_update(of=["self"]).select_related("consortium").get(pk=source_id)
    require(rules.may_write(by, source.consortium))
    _write(source, facts)
    audit.record("situation.source.changed", source, by=by, at=at)
    return source


@transaction.atomic
def remove_source(*, source_id: int, by: Person, at: datetime) -> None:
    """Take away a source in which nothing was found; one with findings is refused."""
    source = Source.objects.select_for_update(of=["self"]).select_related("consortium").get(pk=source_id)
    require(rules.may_remove(by, source))
    audit.record("situation.source.removed", source, by=by, at=at)
    source.delete()


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: the new sources, and the references whose DOI was there already."""

    added: list[Source] = field(default_factory=list)
    known: list[Reference] = field(default_factory=list)


@transaction.atomic
def import_sources(
    *, consortium: Consortium, references: Iterable[Reference], by: Person, at: datetime
) -> Imported:
    """Add the chosen references of a file as sources; one that is known by its DOI is told, not doubled."""
    require(rules.may_write(by, consortium))
    done = Imported()
    for reference in references:
        try:
            done.added.append(add_source(consortium=consortium, facts=SourceFacts(reference), by=by, at=at))
        except SourceKnown:
            done.known.append(reference)
    return done


def _locked(finding_id: int) -> Finding:
    return (
        Finding.objects.select_for_update(of=["self"])
        .select_related("source__consortium__coordinator", "written_by")
        .get(pk=finding_id)
    )


@transaction.atomic
def write_finding(
    *, source_id: int, facts: FindingFacts, by: Person, at: datetime, finding_id: int | None = None
) -> Finding:
    """Write a finding to a source, or (``finding_id``) mend one that is not published."""
    if finding_id is None:
        source = Source.objects.select_related("consortium").get(pk=source_id)
        require(rules.may_write(by, source.consortium))
        finding = Finding(source=source, written_by=by, written_at=at)
    else:
        finding = _locked(finding_id)
        require(rules.may_change(by, finding))
    finding.text = facts.text.strip()
    finding.theme = facts.theme.strip()
    finding.countries_written = facts.countries_written
    finding.page = facts.page.strip()
    finding.bearing = facts.bearing
    finding.save()
    audit.record(f"situation.finding.{'changed' if finding_id else 'written'}", finding, by=by, at=at)
    return finding


@transaction.atomic
def remove_finding(*, finding_id: int, by: Person, at: datetime) -> None:
    """Take away a finding that is not published."""
    finding = _locked(finding_id)
    require(rules.may_change(by, finding))
    audit.record("situation.finding.removed", finding, by=by, at=at)
    finding.delete()


@transaction.atomic
def grade(*, finding_id: int, grade: Grade, because: str, by: Person, at: datetime) -> Grading:
    """Say how much a finding can carry; the same person's earlier grade gives way."""
    finding = _locked(finding_id)
    require(rules.may_grade(by, finding))
    grading, _new = Grading.objects.update_or_create(
        finding=finding,
        graded_by=by,
        defaults={"grade": grade, "because": because.strip(), "graded_at": at},
    )
    # A is the best and the first letter: the largest letter is the most careful judgement.
    finding.grade = max(finding.gradings.values_list("grade", flat=True))
    finding.save(update_fields=["grade"])
    audit.record("situation.finding.graded", finding, by=by, at=at, grade=str(grade.value))
    return grading


def _home_of(finding: Finding) -> Institution:
    """The member at which its writer works; the coordinator where the writer has left."""
    consortium = finding.source.consortium
    members = consortia.members_of(consortium).filter(pk__in=finding.written_by.institution_ids)
    return members.first() or consortium.coordinator


@transaction.atomic
def publish_finding(*, finding_id: int, by: Person, at: datetime) -> Finding:
    """Let a finding feed workshops and the report. It counts as evidence for the institution of who wrote it."""
    finding = _locked(finding_id)
    require(rules.may_publish(by, finding))
    finding.published_by = by
    finding.published_at = at
    finding.save(update_fields=["published_by", "published_at"])
    evidence.record(
        kind=FINDING_PUBLISHED,
        subject=finding,
        institution=_home_of(finding),
        occurred_at=at,
        proof=finding.source.get_absolute_url(),
        by=by,
        title=str(finding),
    )
    audit.record("situation.finding.published", finding, by=by, at=at)
    return finding


@transaction.atomic
def take_back_finding(*, finding_id: int, by: Person, at: datetime) -> Finding:
    """Take a published finding back to mend it; it no longer counts."""
    finding = _locked(finding_id)
    require(rules.may_take_back(by, finding))
    finding.published_by = None
    finding.published_at = None
    finding.save(update_fields=["published_by", "published_at"])
    counted = evidence.items(kinds=[FINDING_PUBLISHED]).filter(subject_id=str(finding.pk))
    for item in counted:
        evidence.withdraw(item_id=item.pk, by=by, at=at, reason=_("The finding was taken back to be mended."))
    audit.record("situation.finding.taken_back", finding, by=by, at=at)
    return finding
