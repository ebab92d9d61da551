from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Ballot, Statement, Vote
from biosint.situation.operations.workshops import locked
from biosint.situation.rules import workshops as rules
from biosint.situation.states import Side, StatementState

if TYPE_CHECKING:
    from biosint.people.api import Person


class VoteOver(Fault):
    """The vote was closed while the participant chose."""


class TooManyDots(Fault):
    """More dots were given than there are."""


@transaction.atomic
def open_vote(
    *, workshop_id: int, dots: int, most_on_one: int, is_hidden: bool, by: Person, at: datetime
) -> Vote:
    """Let participants give dots to the statements that are taken.

    Args:
        dots: how many each participant has for each side of the SWOT.
        most_on_one: how many of them one statement may get.
        is_hidden: nobody, not even the leader, sees results before the vote is closed.
    """
    workshop = locked(workshop_id)
    kept = workshop.statements.filter(state=StatementState.KEPT).count()
    running = workshop.votes.filter(closed_at=None).exists()
    require(rules.may_open_vote(by, workshop, statements=kept, is_running=running))
    vote = Vote.objects.create(
        workshop=workshop,
        dots=dots,
        most_on_one=min(most_on_one, dots),
        is_hidden=is_hidden,
        opened_by=by,
        opened_at=at,
    )
    audit.record("situation.vote.opened", vote, by=by, at=at)
    return vote


@transaction.atomic
def close_vote(*, vote_id: int, by: Person, at: datetime) -> Vote:
    """End a vote. What was sent before counts; nothing counts after."""
    vote = (
        Vote.objects.select_for_update(of=["self"])
        .select_related("workshop__consortium__coordinator", "workshop__institution")
        .get(pk=vote_id)
    )
    require(rules.may_close_vote(by, vote))
    vote.closed_by = by
    vote.closed_at = at
    vote.save(update_fields=["closed_by", "closed_at"])
    audit.record("situation.vote.closed", vote, by=by, at=at, ballots=vote.ballots.count())
    return vote


def fingerprint(seat: str, vote_id: int) -> str:
    """Return what is kept of a device in one vote; another vote gives another one."""
    return hmac.new(settings.SECRET_KEY.encode(), f"vote-{vote_id}:{seat}".encode(), sha256).hexdigest()


@transaction.atomic
def cast(*, vote_id: int, seat: str, dots: Mapping[int, int]) -> Ballot:
    """Take the dots of one device; sent again, they replace what it sent before.

    Nothing stands on the trail: a line would tie a choice to a minute. Statements that are not (or no longer)
    to be chosen are left out in silence, because the page may be older than a change.

    Args:
        seat: the random word in the device's own cookie.
        dots: key of a statement -> dots.

    Raises:
        VoteOver: the vote is closed.
        TooManyDots: more than a side, or one statement, may get.
    """
    # Whoever closes the vote waits for the ballots that come first, and late ones see it closed.
    vote = Vote.objects.select_for_update(of=["self"]).get(pk=vote_id)
    if not vote.is_open:
        raise VoteOver(_("The vote has just been closed. These dots came too late."))
    sides = dict(
        Statement.objects.filter(workshop=vote.workshop_id, state=StatementState.KEPT).values_list(
            "pk", "side"
        )
    )
    given = {key: count for key, count in dots.items() if key in sides and count > 0}
    for side in Side:
        of_side = [count for key, count in given.items() if sides[key] == side]
        if sum(of_side) > vote.dots:
            raise TooManyDots(
                _("%(side)s: you gave %(given)s dots and have %(dots)s. Take some back.")
                % {"side": side.label, "given": sum(of_side), "dots": vote.dots}
            )
        if of_side and max(of_side) > vote.most_on_one:
            raise TooManyDots(
                _("%(side)s: one statement may get at most %(most)s of your dots.")
                % {"side": side.label, "most": vote.most_on_one}
            )
    ballot, is_new = Ballot.objects.get_or_create(
        vote=vote,
        device=fingerprint(seat, vote.pk),
        defaults={"dots": {str(key): count for key, count in given.items()}},
    )
    if not is_new:
        ballot.dots = {str(key): count for key, count in given.items()}
        ballot.edition += 1
        ballot.save(update_fields=["dots", "edition"])
    return ballot
