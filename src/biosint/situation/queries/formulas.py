from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.situation.models import FormulaVersion

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person


def formulas_for(consortium: Consortium | None) -> QuerySet[FormulaVersion]:
    """Return the formulas a consortium can measure with: the supplied ones and its own, the newest first."""
    return FormulaVersion.objects.filter(Q(consortium=None) | Q(consortium=consortium)).select_related(
        "consortium", "added_by"
    )


def supplied_formulas() -> QuerySet[FormulaVersion]:
    return FormulaVersion.objects.filter(consortium=None)


def formulas_added_by(person: Person) -> QuerySet[FormulaVersion]:
    return FormulaVersion.objects.filter(added_by=person)
