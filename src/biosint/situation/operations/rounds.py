from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.indicators.api import BankVersion
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import FormulaVersion, Participation, Round
from biosint.situation.operations.formulas import supply_formulas
from biosint.situation.operations.reviews import assign_reviewers
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState


class RoundKnown(Fault):
    """The consortium has a round of this title, or a baseline already."""


class PeriodBackwards(Fault):
    """The period ends before it begins."""


class NobodyTakesPart(Fault):
    """The consortium has no member institution."""


@transaction.atomic
def draft_round(
    *,
    consortium: Consortium,
    title: str,
    period_from: date,
    period_until: date,
    is_baseline: bool,
    bank: BankVersion,
    by: Person,
    at: datetime,
    formula: FormulaVersion | None = None,
    peer_review: bool = False,
) -> Round:
    """Draft a round; its bank version and formula stay with it for good.

    Args:
        formula: the newest supplied one when left out.
        peer_review: whether another institution reviews the values of each.

    Raises:
        PeriodBackwards: the last day comes before the first.
        RoundKnown: a round of this title, or a baseline, is there.
    """
    require(rules.may_plan(by, consortium))
    if period_until < period_from:
        raise PeriodBackwards(_("The last day of the period must not come before its first day."))
    if Round.objects.filter(title=title.strip(), consortium=consortium).exists():
        raise RoundKnown(_("“%(title)s” is another round. Choose a different title.") % {"title": title})
    try:
        with transaction.atomic():
            one = Round.objects.create(
                consortium=consortium,
                title=title.strip(),
                period_from=period_from,
                period_until=period_until,
                is_baseline=is_baseline,
                bank=bank,
                formula=formula or supply_formulas(at=at)[-1],
                peer_review=peer_review,
                created_at=at,
                created_by=by,
            )
    except IntegrityError as fault:
        raise RoundKnown(
            _("The consortium has a baseline already. Later rounds are compared with it.")
        ) from fault
    audit.record("situation.round.drafted", one, by=by, at=at)
    return one


@transaction.atomic
def open_round(*, round_id: int, by: Person, at: datetime) -> Round:
    """Open a round for the institutions that are members now.

    Raises:
        NobodyTakesPart: the consortium has no members.
    """
    one = locked_round(round_id)
    require(rules.may_open(by, one))
    members = list(consortia.members_of(one.consortium))
    if not members:
        raise NobodyTakesPart(
            _("%(consortium)s has no member institution yet. Invite one first.")
            % {"consortium": one.consortium}
        )
    Participation.objects.bulk_create(Participation(round=one, institution=place) for place in members)
    one.state = RoundState.OPEN
    one.opened_at = at
    one.opened_by = by
    one.save(update_fields=["state", "opened_at", "opened_by"])
    if one.peer_review:
        assign_reviewers(one, seed=one.pk)
    audit.record("situation.round.opened", one, by=by, at=at, institutions=len(members))
    return one


@transaction.atomic
def discard_round(*, round_id: int, by: Person, at: datetime) -> None:
    """Throw a draft away: the way to correct a wrong title, period or baseline."""
    one = locked_round(round_id)
    require(rules.may_discard(by, one))
    audit.record("situation.round.discarded", one, by=by, at=at)
    one.delete()


def locked_round(round_id: int) -> Round:
    """Return a round that nobody else can open, discard or close meanwhile."""
    return (
        Round.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "bank", "formula")
        .get(pk=round_id)
    )
