from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Objective, Option, Statement
from biosint.situation.operations.workshops import locked
from biosint.situation.queries import objectives as queries
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Pairing, StatementState

if TYPE_CHECKING:
    from biosint.indicators.api import Indicator
    from biosint.people.api import Person


class NotAPair(Fault):
    """An option needs a statement from inside and one from outside, of its own field."""


@transaction.atomic
def add_option(
    *, workshop_id: int, pairing: Pairing, text: str, statement_ids: Iterable[int], by: Person, at: datetime
) -> Option:
    """Write down what follows when statements from inside meet statements from outside.

    Raises:
        Refused: ``by`` does not lead the workshop.
        NotAPair: one of the two sides is missing.
    """
    workshop = locked(workshop_id)
    require(rules.may_lead(by, workshop))
    chosen = list(
        Statement.objects.filter(
            pk__in=list(statement_ids),
            workshop=workshop,
            state=StatementState.KEPT,
            side__in=[pairing.inside, pairing.outside],
        )
    )
    if {one.side for one in chosen} != {pairing.inside, pairing.outside}:
        raise NotAPair(
            _("Choose at least one of “%(inside)s” and one of “%(outside)s”.")
            % {"inside": pairing.inside.label, "outside": pairing.outside.label}
        )
    option = Option.objects.create(
        workshop=workshop, pairing=pairing, text=text.strip(), created_by=by, created_at=at
    )
    option.statements.set(chosen)
    audit.record("situation.option.added", option, by=by, at=at)
    return option


@transaction.atomic
def remove_option(*, option_id: int, by: Person, at: datetime) -> None:
    """Take away an option from which no objective came."""
    option = Option.objects.select_related("workshop__consortium", "workshop__institution").get(pk=option_id)
    require(rules.may_remove_option(by, option))
    audit.record("situation.option.removed", option, by=by, at=at)
    option.delete()


@dataclass(frozen=True, slots=True)
class Aim:
    """What an objective says: how it is measured, to where, by when. Where it starts is read, not typed."""

    text: str
    target: Decimal
    due_date: date
    indicator: Indicator | None = None
    measure: str = ""
    unit: str = ""


@transaction.atomic
def add_objective(*, option_id: int, aim: Aim, by: Person, at: datetime) -> Objective:
    """Make an option an objective. Its starting figure is read from the last closed round and fixed here."""
    option = Option.objects.select_related("workshop").get(pk=option_id)
    workshop = locked(option.workshop_id)
    require(rules.may_lead(by, workshop))
    with translation.override(workshop.language):
        start = queries.baseline_of(workshop, aim.indicator) if aim.indicator else None
        unit = queries.unit_of(aim.indicator) if aim.indicator else aim.unit.strip()
    objective = Objective.objects.create(
        option=option,
        text=aim.text.strip(),
        indicator=aim.indicator,
        measure="" if aim.indicator else aim.measure.strip(),
        baseline=start.as_json() if start else {},
        target=aim.target,
        unit=unit[:60],
        due_date=aim.due_date,
        created_by=by,
        created_at=at,
    )
    audit.record("situation.objective.added", objective, by=by, at=at)
    return objective


@transaction.atomic
def remove_objective(*, objective_id: int, by: Person, at: datetime) -> None:
    """Take away an objective that no strategy has taken up."""
    objective = Objective.objects.select_related("option__workshop").get(pk=objective_id)
    objective.option.workshop = locked(objective.option.workshop_id)
    taken = bool(queries.uses_of([objective.pk]).get(objective.pk))
    require(rules.may_remove(by, objective, is_taken_up=taken))
    audit.record("situation.objective.removed", objective, by=by, at=at)
    objective.delete()
