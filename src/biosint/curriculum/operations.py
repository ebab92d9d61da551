from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.curriculum import rules
from biosint.curriculum.models import Outcome, Programme, Syllabus, Unit
from biosint.curriculum.states import Degree, IocDimension, SyllabusState, UnitState
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.people.api import Office, Person
from biosint.shared.verdicts import Fault, require

INTERNATIONALISED = "curriculum.unit_internationalised"


class ProgrammeKnown(Fault):
    """The institution has a programme of this title and degree."""


class CodeTaken(Fault):
    """Another unit of the programme has this code."""


class NotATeacher(Fault):
    """Somebody named as teacher does not teach at the institution."""


class FewerThanInternational(Fault):
    """The unit would have fewer credits than one of its versions calls international."""


class WrittenMeanwhile(Fault):
    """Somebody else saved the version after it was opened for writing."""


class MoreThanTheUnit(Fault):
    """The international credits exceed the credits of the unit, or are negative."""


class VersionOpen(Fault):
    """A version of the syllabus is still being written or waits for approval."""


@dataclass(frozen=True, slots=True)
class WrittenOutcome:
    """One outcome as somebody wrote it: its text and the sides on which it is international."""

    text: str
    dimensions: tuple[IocDimension, ...] = ()


@transaction.atomic
def start_programme(
    *, institution: Institution, title: str, degree: Degree, field: str, by: Person, at: datetime
) -> Programme:
    """Enter a programme of an institution.

    Raises:
        ProgrammeKnown: it is there already.
    """
    require(rules.may_keep_programmes(by, institution))
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                institution=institution,
                title=title.strip(),
                degree=degree,
                field=field.strip(),
                created_at=at,
                created_by=by,
            )
    except IntegrityError as fault:
        raise ProgrammeKnown(
            _("%(institution)s already has the programme “%(title)s”. Add units to it instead.")
            % {"institution": institution, "title": title}
        ) from fault
    audit.record("curriculum.programme.started", programme, by=by, at=at)
    return programme


@transaction.atomic
def add_unit(
    *,
    programme: Programme,
    code: str,
    title: str,
    ects: Decimal,
    language: str,
    teachers: Iterable[Person],
    by: Person,
    at: datetime,
    is_compulsory: bool = True,
) -> Unit:
    """Add a unit with an empty first version of its syllabus.

    Raises:
        CodeTaken: the code stands for another unit of the programme.
        NotATeacher: somebody named does not teach at the institution.
    """
    require(rules.may_add_unit(by, programme.institution))
    named = _teaching_at(programme.institution, teachers)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(
                programme=programme,
                code=code.strip(),
                title=title.strip(),
                ects=ects,
                language=language,
                is_compulsory=is_compulsory,
                created_at=at,
                created_by=by,
            )
    except IntegrityError as fault:
        raise CodeTaken(
            _("“%(code)s” is another unit of “%(programme)s”. Choose a different code.")
            % {"code": code, "programme": programme}
        ) from fault
    unit.teachers.set(named)
    Syllabus.objects.create(unit=unit, number=1, created_at=at, written_by=by, written_at=at)
    audit.record("curriculum.unit.added", unit, by=by, at=at)
    return unit


def _teaching_at(institution: Institution, teachers: Iterable[Person]) -> list[Person]:
    named = list(teachers)
    for person in named:
        if not person.holds(Office.TEACHER, at=institution):
            raise NotATeacher(
                _("%(person)s does not teach at %(institution)s. Choose a teacher of the institution.")
                % {"person": person, "institution": institution}
            )
    return named


@transaction.atomic
def change_unit(
    *,
    unit_id: int,
    code: str,
    title: str,
    ects: Decimal,
    language: str,
    is_compulsory: bool,
    teachers: Iterable[Person],
    by: Person,
    at: datetime,
) -> Unit:
    """Correct what names a unit, and say who writes its syllabus.

    Raises:
        CodeTaken: the code stands for another unit of the programme.
        FewerThanInternational: a version has more international credits than the unit would have.
        NotATeacher: somebody named does not teach at the institution.
    """
    unit = (
        Unit.objects.select_for_update(of=["self"]).select_related("programme__institution").get(pk=unit_id)
    )
    require(rules.may_write(by, unit))
    named = _teaching_at(unit.programme.institution, teachers)
    most = unit.syllabi.aggregate(most=Max("international_ects"))["most"] or Decimal(0)
    if ects < most:
        raise FewerThanInternational(
            _(
                "A version of the syllabus has %(most)s international credits. The unit needs at least as many."
            )
            % {"most": most.normalize()}
        )
    unit.code, unit.title = code.strip(), title.strip()
    unit.ects, unit.language, unit.is_compulsory = ects, language, is_compulsory
    try:
        with transaction.atomic():
            unit.save(update_fields=["code", "title", "ects", "language", "is_compulsory"])
    except IntegrityError as fault:
        raise CodeTaken(
            _("“%(code)s” is another unit of “%(programme)s”. Choose a different code.")
            % {"code": code, "programme": unit.programme}
        ) from fault
    unit.teachers.set(named)
    audit.record("curriculum.unit.changed", unit, by=by, at=at)
    return unit


def _locked(syllabus_id: int) -> Syllabus:
    return (
        Syllabus.objects.select_for_update(of=["self"])
        .select_related("unit__programme__institution")
        .get(pk=syllabus_id)
    )


@transaction.atomic
def write(
    *,
    syllabus_id: int,
    edition: int,
    summary: str,
    methods: str,
    assessment: str,
    international_ects: Decimal,
    outcomes: Sequence[WrittenOutcome],
    by: Person,
    at: datetime,
) -> Syllabus:
    """Save what somebody wrote into an open version.

    Args:
        edition: how often the version had been saved when it was opened for writing.

    Raises:
        Refused: the version is closed, or ``by`` does not write it.
        WrittenMeanwhile: somebody else saved it since; nothing of theirs is overwritten.
        MoreThanTheUnit: more international credits than the unit has.
    """
    syllabus = _locked(syllabus_id)
    require(rules.may_change(by, syllabus))
    if syllabus.edition != edition:
        raise WrittenMeanwhile(
            _(
                "%(person)s saved this version while you were writing. "
                "Your words are still below: compare them with the saved version, then save again."
            )
            % {"person": syllabus.written_by}
        )
    if not 0 <= international_ects <= syllabus.unit.ects:
        raise MoreThanTheUnit(
            _("The unit has %(ects)s ECTS credits. Write a number from 0 to %(ects)s.")
            % {"ects": syllabus.unit.ects.normalize()}
        )
    syllabus.summary = summary
    syllabus.methods = methods
    syllabus.assessment = assessment
    syllabus.international_ects = international_ects
    syllabus.edition += 1
    syllabus.written_by = by
    syllabus.written_at = at
    syllabus.save(
        update_fields=[
            "summary",
            "methods",
            "assessment",
            "international_ects",
            "edition",
            "written_by",
            "written_at",
        ]
    )
    syllabus.outcomes.all().delete()
    Outcome.objects.bulk_create(
        Outcome(
            syllabus=syllabus,
            order=order,
            text=outcome.text.strip(),
            dimensions=[IocDimension(code).value for code in outcome.dimensions],
        )
        for order, outcome in enumerate(outcomes, start=1)
        if outcome.text.strip()
    )
    audit.record("curriculum.syllabus.written", syllabus, by=by, at=at, edition=syllabus.edition)
    return syllabus


@transaction.atomic
def submit(*, syllabus_id: int, by: Person, at: datetime) -> Syllabus:
    """Hand a version to the dean or coordinator of the institution."""
    syllabus = _locked(syllabus_id)
    require(rules.may_submit(by, syllabus))
    syllabus.state = SyllabusState.SUBMITTED
    syllabus.submitted_by = by
    syllabus.submitted_at = at
    syllabus.decided_by = None
    syllabus.decided_at = None
    syllabus.save(update_fields=["state", "submitted_by", "submitted_at", "decided_by", "decided_at"])
    audit.record("curriculum.syllabus.submitted", syllabus, by=by, at=at)
    return syllabus


@transaction.atomic
def send_back(*, syllabus_id: int, note: str, by: Person, at: datetime) -> Syllabus:
    """Return a submitted version to its writers with a note on what to change."""
    syllabus = _locked(syllabus_id)
    require(rules.may_decide(by, syllabus))
    _decide(syllabus, SyllabusState.RETURNED, note, by=by, at=at)
    audit.record("curriculum.syllabus.returned", syllabus, by=by, at=at)
    return syllabus


@transaction.atomic
def approve(*, syllabus_id: int, by: Person, at: datetime, note: str = "") -> Syllabus:
    """Approve a version; it is what the unit teaches from now on.

    The first approved version is the unit's starting point. A later one that has more international
    credits than any before it is evidence of the difference.
    """
    syllabus = _locked(syllabus_id)
    require(rules.may_decide(by, syllabus))
    unit = syllabus.unit
    highest = unit.syllabi.filter(state=SyllabusState.APPROVED).aggregate(most=Max("international_ects"))[
        "most"
    ]
    _decide(syllabus, SyllabusState.APPROVED, note, by=by, at=at)
    if unit.state != UnitState.APPROVED:
        unit.state = UnitState.APPROVED
        unit.save(update_fields=["state"])
    audit.record("curriculum.syllabus.approved", syllabus, by=by, at=at)
    if highest is not None and syllabus.international_ects > highest:
        evidence.record(
            kind=INTERNATIONALISED,
            subject=syllabus,
            institution=unit.programme.institution,
            occurred_at=at,
            proof=reverse("curriculum:version", args=[unit.pk, syllabus.number]),
            by=by,
            title=str(unit),
            quantity=syllabus.international_ects - highest,
        )
    return syllabus


def _decide(syllabus: Syllabus, state: SyllabusState, note: str, *, by: Person, at: datetime) -> None:
    syllabus.state = state
    syllabus.note = note.strip()
    syllabus.decided_by = by
    syllabus.decided_at = at
    syllabus.save(update_fields=["state", "note", "decided_by", "decided_at"])


@transaction.atomic
def start_version(*, unit_id: int, by: Person, at: datetime) -> Syllabus:
    """Start a new version as a copy of the approved one.

    Raises:
        VersionOpen: another version is still open.
    """
    unit = (
        Unit.objects.select_for_update(of=["self"]).select_related("programme__institution").get(pk=unit_id)
    )
    require(rules.may_write(by, unit))
    last = unit.syllabi.order_by("-number").prefetch_related("outcomes").first()
    if last is None or last.state != SyllabusState.APPROVED:
        raise VersionOpen(
            _("Finish the open version of “%(unit)s” before you start a new one.") % {"unit": unit}
        )
    syllabus = Syllabus.objects.create(
        unit=unit,
        number=last.number + 1,
        summary=last.summary,
        methods=last.methods,
        assessment=last.assessment,
        international_ects=last.international_ects,
        created_at=at,
        written_by=by,
        written_at=at,
    )
    Outcome.objects.bulk_create(
        Outcome(syllabus=syllabus, order=outcome.order, text=outcome.text, dimensions=outcome.dimensions)
        for outcome in last.outcomes.all()
    )
    audit.record("curriculum.syllabus.version_started", syllabus, by=by, at=at)
    return syllabus
