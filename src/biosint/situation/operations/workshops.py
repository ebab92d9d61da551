"""Writing in workshops: statements and their states. Votes stand in ``votes``, options and objectives in ``objectives``."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Statement, Vote, Workshop
from biosint.situation.queries import proposals
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Side, StatementState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

WORKSHOP_CLOSED = "situation.workshop_closed"
# Letters and digits that nobody mistakes when reading them from a wall.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
TOKEN_LENGTH = 8


class CannotMerge(Fault):
    """A statement cannot be joined to this one."""


def new_token() -> str:
    """Return the word by which participants join: 40 bits, so it cannot be guessed within a workshop."""
    return "".join(secrets.choice(SIGNS) for _sign in range(TOKEN_LENGTH))


@transaction.atomic
def begin_workshop(
    *,
    consortium: Consortium,
    institution: Institution | None,
    title: str,
    language: str,
    by: Person,
    at: datetime,
) -> Workshop:
    """Begin a workshop and propose its first statements."""
    require(rules.may_begin(by, consortium, institution))
    workshop = Workshop.objects.create(
        consortium=consortium,
        institution=institution,
        title=title.strip(),
        language=language,
        token=new_token(),
        created_by=by,
        created_at=at,
    )
    audit.record("situation.workshop.begun", workshop, by=by, at=at)
    return workshop


def locked(workshop_id: int) -> Workshop:
    """Return a workshop that nobody else changes until this transaction ends."""
    return (
        Workshop.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "institution")
        .get(pk=workshop_id)
    )


@transaction.atomic
def propose(*, workshop_id: int, by: Person, at: datetime) -> int:
    """Propose statements from what was measured; return how many are new.

    Proposals that nobody has taken or put aside yet are renewed with the figures of today. What was taken keeps
    its figure for ever, and what was put aside is not proposed again. Only results that ``by`` may read are used.
    """
    workshop = locked(workshop_id)
    require(rules.may_lead(by, workshop))
    waiting = workshop.statements.filter(state=StatementState.PROPOSED).exclude(origin="")
    earlier = set(waiting.values_list("origin", flat=True))
    waiting.delete()
    decided = set(workshop.statements.exclude(origin="").values_list("origin", flat=True))
    with translation.override(workshop.language):
        found = [one for one in proposals.proposals_for(workshop, by=by, at=at) if one.origin not in decided]
    Statement.objects.bulk_create(
        Statement(
            workshop=workshop,
            side=one.side,
            text=one.text[:400],
            state=StatementState.PROPOSED,
            origin=one.origin,
            figure=one.figure.as_json(),
            created_by=by,
            created_at=at,
        )
        for one in found
    )
    audit.record("situation.workshop.proposed", workshop, by=by, at=at, proposals=len(found))
    return sum(one.origin not in earlier for one in found)


@transaction.atomic
def add_statement(*, workshop_id: int, side: Side, text: str, by: Person, at: datetime) -> Statement:
    """Add a statement of one's own; it is taken at once."""
    workshop = locked(workshop_id)
    require(rules.may_word(by, workshop))
    statement = Statement.objects.create(
        workshop=workshop,
        side=side,
        text=text.strip(),
        state=StatementState.KEPT,
        created_by=by,
        created_at=at,
    )
    audit.record("situation.statement.added", statement, by=by, at=at)
    return statement


def _statement(statement_id: int) -> Statement:
    statement = (
        Statement.objects.select_for_update(of=["self"])
        .select_related("workshop__consortium__coordinator", "workshop__institution")
        .get(pk=statement_id)
    )
    # Also the workshop, so that no vote opens between judging and writing.
    locked(statement.workshop_id)
    return statement


@transaction.atomic
def mend_statement(*, statement_id: int, side: Side, text: str, by: Person, at: datetime) -> Statement:
    """Put a statement into other words, or on another side. Its figure stays as it was; a proposal is taken."""
    statement = _statement(statement_id)
    require(rules.may_mend(by, statement))
    statement.side = side
    statement.text = text.strip()
    if statement.state == StatementState.PROPOSED:
        statement.state = StatementState.KEPT
    statement.save(update_fields=["side", "text", "state"])
    audit.record("situation.statement.mended", statement, by=by, at=at)
    return statement


@transaction.atomic
def move_statement(*, statement_id: int, to: StatementState, by: Person, at: datetime) -> Statement:
    """Take a statement, or put it aside.

    Args:
        to: KEPT or DISCARDED; joining is ``merge``.
    """
    statement = _statement(statement_id)
    require(rules.may_mend(by, statement))
    if to not in {StatementState.KEPT, StatementState.DISCARDED}:
        raise ValueError(f"A statement does not become {to} by this.")
    statement.state = to
    statement.save(update_fields=["state"])
    audit.record("situation.statement.moved", statement, by=by, at=at, to=str(to.value))
    return statement


@transaction.atomic
def merge(*, statement_id: int, into_id: int, by: Person, at: datetime) -> Statement:
    """Join a statement to another that says the same; its dots, also those given already, count there.

    Raises:
        Refused: ``by`` does not lead the workshop.
        CannotMerge: they are one, stand on different sides, or the other one is not taken.
    """
    statement = _statement(statement_id)
    require(rules.may_lead(by, statement.workshop))
    into = Statement.objects.get(pk=into_id, workshop=statement.workshop)
    if into.pk == statement.pk or into.state != StatementState.KEPT or into.side != statement.side:
        raise CannotMerge(_("Choose another statement of the same side, one that is taken."))
    statement.merged.update(merged_into=into)
    statement.state = StatementState.MERGED
    statement.merged_into = into
    statement.save(update_fields=["state", "merged_into"])
    audit.record("situation.statement.merged", statement, by=by, at=at, into=into.pk)
    return into


@transaction.atomic
def part(*, statement_id: int, by: Person, at: datetime) -> Statement:
    """Undo a joining: the statement stands for itself again, with the dots that were given to it."""
    statement = _statement(statement_id)
    require(rules.may_lead(by, statement.workshop))
    statement.state = StatementState.KEPT
    statement.merged_into = None
    statement.save(update_fields=["state", "merged_into"])
    audit.record("situation.statement.parted", statement, by=by, at=at)
    return statement


@transaction.atomic
def close_workshop(*, workshop_id: int, by: Person, at: datetime) -> Workshop:
    """End a workshop: it never changes again, feeds the report, and counts as evidence."""
    workshop = locked(workshop_id)
    running = Vote.objects.filter(workshop=workshop, closed_at=None).exists()
    require(rules.may_close(by, workshop, is_running=running))
    workshop.closed_by = by
    workshop.closed_at = at
    workshop.save(update_fields=["closed_by", "closed_at"])
    evidence.record(
        kind=WORKSHOP_CLOSED,
        subject=workshop,
        institution=workshop.institution or workshop.consortium.coordinator,
        occurred_at=at,
        proof=workshop.get_absolute_url(),
        by=by,
        title=workshop.title,
    )
    audit.record("situation.workshop.closed", workshop, by=by, at=at)
    return workshop
