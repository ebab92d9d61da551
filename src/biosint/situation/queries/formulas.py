from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from biosint.situation.models import FormulaVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.consortium.api import Consortium
    from biosint.people.api import Person


def formulas_for(consortium: Consortium | None) -> QuerySet[FormulaVersion]:
    """Return the formulas a consortium can measure with: the supplied ones and its own, the newest first."""
    return FormulaVersion.objects.filter(Q(consortium=None) | Q(consortium=consortium)).select_related(
        "consortium", "added_by"
    )


def formulas_of_any(owners: Iterable[Consortium | None]) -> QuerySet[FormulaVersion]:
    """Return the formulas of several consortia; None stands for the supplied ones."""
    every = list(owners)
    own = Q(consortium__in=[one.pk for one in every if one is not None])
    return FormulaVersion.objects.filter(own | Q(consortium=None) if None in every else own).select_related(
        "consortium", "added_by"
    )


def formulas_added_by(person: Person) -> QuerySet[FormulaVersion]:
    return FormulaVersion.objects.filter(added_by=person)
