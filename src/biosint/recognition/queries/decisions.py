from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, QuerySet

from biosint.exchange.api import Application, Completion
from biosint.recognition import content
from biosint.recognition.models import AgreementVersion, LearningAgreement, Recognition
from biosint.recognition.rules import decisions as rules
from biosint.recognition.states import AgreementState, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.people.api import Person


def _whole() -> QuerySet[Completion]:
    return Completion.objects.select_related(
        "application__learner",
        "application__course__host",
        "institution",
        "credential",
        "recognition__decided_by",
        "recognition__agreed_version",
    )


def completions_for(person: Person) -> QuerySet[Completion]:
    """Return the completions a person may see."""
    return _whole().filter(rules.completions_viewable_by(person))


def completions_met_by(person: Person) -> QuerySet[Completion]:
    """Return the completions that evidence leads a person to; what each says is for ``may_view_completion``.

    Whoever holds an office reads the lists of evidence, and is told why a proof does not open.
    """
    return _whole() if person.offices else completions_for(person)


def completions_at(person: Person) -> QuerySet[Completion]:
    """Return the completions whose credits the person's offices decide on; undecided ones first."""
    return (
        _whole()
        .filter(
            institution__in=person.institutions_as(*rules.RECOGNISING_OFFICES),
            application__institution__isnull=False,
        )
        .order_by(F("recognition__decided_at").asc(nulls_first=True), "-completed_at", "-pk")
    )


def agreed_version(application: Application) -> AgreementVersion | None:
    """Return the text on which three parties agreed for a place in a course, if they did."""
    return (
        AgreementVersion.objects.filter(
            agreement__application=application,
            agreement__state=AgreementState.AGREED,
            number=F("agreement__latest"),
        )
        .prefetch_related("signatures")
        .first()
    )


def with_agreements(completions: Iterable[Completion]) -> dict[int, AgreementVersion]:
    """Return what was agreed for each of these completions: key of the application -> signed version."""
    found = AgreementVersion.objects.filter(
        agreement__application__in=[completion.application_id for completion in completions],
        agreement__state=AgreementState.AGREED,
        number=F("agreement__latest"),
    ).select_related("agreement")
    return {version.agreement.application_id: version for version in found}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a decision would be if it followed the agreement, or what the course gives where nothing was agreed."""

    local_name: str
    local_code: str
    ects: Decimal
    is_agreed: bool


def proposal(completion: Completion, version: AgreementVersion | None) -> Proposal:
    """Propose a decision: the unit and the credits that were agreed, else the credits of the completion."""
    if version is not None:
        unit = content.counts_for(version.content)
        return Proposal(unit.title, unit.code, unit.ects or completion.ects, is_agreed=True)
    return Proposal("", "", completion.ects, is_agreed=False)


def decisions_of(completion: Completion) -> Recognition | None:
    """Return the decision with its former versions."""
    return (
        Recognition.objects.filter(completion=completion)
        .select_related("decided_by", "agreed_version__agreement")
        .prefetch_related(Prefetch("former", to_attr="earlier"))
        .first()
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """How an institution decides on credits. ``days`` is the median from completion to decision."""

    institution_id: int
    institution: str
    completed: int
    decided: int
    recognised: int
    in_full: int
    agreed_before: int
    days: float | None

    @property
    def share(self) -> float | None:
        """Which part of the decisions recognised credits, 0 to 1."""
        return self.recognised / self.decided if self.decided else None


def rates(institution_ids: Iterable[int]) -> list[Rates]:
    """Return how institutions decide, by name. Counts every completion of their own learners."""
    rows: dict[int, list[tuple[object, ...]]] = {}
    names: dict[int, str] = {}
    found = (
        Completion.objects.filter(
            institution__in=list(institution_ids), application__institution__isnull=False
        )
        .order_by("institution__name", "pk")
        .values_list(
            "institution",
            "institution__name",
            "ects",
            "completed_at",
            "recognition__decision",
            "recognition__ects",
            "recognition__decided_at",
            "recognition__agreed_version",
        )
    )
    for key, name, *rest in found.iterator():
        names[key] = name
        rows.setdefault(key, []).append(tuple(rest))
    made = []
    for key, each in rows.items():
        decided = [row for row in each if row[2] is not None]
        full = [row for row in decided if row[2] == Decision.RECOGNISED and row[3] >= row[0]]  # type: ignore[operator]  # credits
        days = [(row[4] - row[1]).total_seconds() / 86_400 for row in decided]  # type: ignore[operator]  # moments
        made.append(
            Rates(
                institution_id=key,
                institution=names[key],
                completed=len(each),
                decided=len(decided),
                recognised=sum(row[2] == Decision.RECOGNISED for row in decided),
                in_full=len(full),
                agreed_before=sum(row[5] is not None for row in decided),
                days=median(days) if days else None,
            )
        )
    return made


def agreement_of(application: Application) -> LearningAgreement | None:
    return LearningAgreement.objects.filter(application=application).first()
