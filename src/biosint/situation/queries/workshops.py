from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum

from biosint.situation.models import Ballot, Statement, Vote, Workshop
from biosint.situation.rules.workshops import viewable_by
from biosint.situation.states import Side, StatementState

if TYPE_CHECKING:
    from biosint.people.api import Person

# For so long, phones and walls that look again are answered from memory.
LIVE_SECONDS = 1


def workshops_for(person: Person) -> QuerySet[Workshop]:
    """Return the workshops a person may see, the newest first, each with how many statements are taken."""
    return (
        Workshop.objects.filter(viewable_by(person))
        .select_related("consortium__coordinator", "institution", "created_by")
        .annotate(kept=Count("statements", filter=Q(statements__state=StatementState.KEPT)))
        .order_by("-created_at", "-pk")
    )


def workshop_of(token: str) -> Workshop | None:
    """Return the workshop that participants join by a word."""
    return (
        Workshop.objects.select_related("consortium", "institution")
        .filter(token=token.strip().lower())
        .first()
    )


def statements_of(workshop: Workshop) -> list[Statement]:
    """Return every statement in the order in which it came."""
    return list(workshop.statements.select_related("created_by").order_by("pk"))


def newest_vote(workshop: Workshop) -> Vote | None:
    """Return the vote that is open, else the one that was opened last."""
    return workshop.votes.order_by("-opened_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement with what a vote gave it; its place on its side counts from 1, equals share one."""

    statement: Statement
    dots: int
    voters: int
    place: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a vote: every statement that is taken, side by side, the most important first."""

    vote: Vote | None
    ballots: int
    sides: dict[Side, list[Ranked]]

    @property
    def most(self) -> int:
        """The most dots that any statement got; at least 1, so that a bar can be drawn."""
        return max((one.dots for ranked in self.sides.values() for one in ranked), default=0) or 1


def _bottom(statement: Statement, by_key: dict[int, Statement]) -> Statement | None:
    """The statement in which a joined one ended; None where that is not taken."""
    seen = set()
    while statement.merged_into_id is not None and statement.pk not in seen:
        seen.add(statement.pk)
        statement = by_key[statement.merged_into_id]
    return statement if statement.state == StatementState.KEPT else None


def tally(vote: Vote | None, statements: Sequence[Statement]) -> Tally:
    """Count a vote over the statements of its workshop; dots of joined statements count where they were joined.

    A device that gave dots to two statements that were joined later counts as one voter of the joint one.
    """
    by_key = {one.pk: one for one in statements}
    dots: Counter[int] = Counter()
    voters: Counter[int] = Counter()
    ballots = list(vote.ballots.values_list("dots", flat=True)) if vote else []
    for ballot in ballots:
        touched = set()
        for key, count in ballot.items():
            statement = by_key.get(int(key))
            bottom = _bottom(statement, by_key) if statement else None
            if bottom is not None:
                dots[bottom.pk] += count
                touched.add(bottom.pk)
        voters.update(touched)
    sides: dict[Side, list[Ranked]] = {}
    for side in Side:
        kept = [one for one in statements if one.side == side and one.state == StatementState.KEPT]
        kept.sort(key=lambda one: (-dots[one.pk], one.pk))
        places = [1 + sum(dots[other.pk] > dots[one.pk] for other in kept) for one in kept]
        sides[side] = [
            Ranked(one, dots[one.pk], voters[one.pk], place) for one, place in zip(kept, places, strict=True)
        ]
    return Tally(vote=vote, ballots=len(ballots), sides=sides)


def ranking(workshop: Workshop, statements: Sequence[Statement] | None = None) -> Tally:
    """Return the statements by the last closed vote; without one, in the order in which they came."""
    last = workshop.votes.filter(closed_at__isnull=False).order_by("-opened_at", "-pk").first()
    return tally(last, statements_of(workshop) if statements is None else statements)


def ballots_in(vote: Vote) -> int:
    return vote.ballots.count()


def live_stamp(workshop: Workshop) -> str:
    """Return a word that changes whenever a page that looks at a vote has something new to show.

    It is worked out at most once a second and process, so sixty phones that look again every few seconds cost no
    more than one.
    """
    key = f"situation-live-{workshop.pk}"
    stamp: str | None = cache.get(key)
    if stamp is None:
        vote = newest_vote(workshop)
        sent = Ballot.objects.filter(vote=vote).aggregate(sent=Sum("edition"))["sent"] or 0 if vote else 0
        stamp = f"{vote.pk}-{'open' if vote.is_open else 'closed'}-{sent}" if vote else "0-none-0"
        cache.set(key, stamp, LIVE_SECONDS)
    return stamp


def phase_of(stamp: str) -> str:
    """The part of a stamp that matters to a participant: which vote, and whether it is open."""
    return stamp.rpartition("-")[0]


def forget_live(workshop: Workshop) -> None:
    """Let the next look see a change at once."""
    cache.delete(f"situation-live-{workshop.pk}")


def by_state(statements: Iterable[Statement]) -> dict[StatementState, dict[Side, list[Statement]]]:
    """Return statements by state and side, every state and side present."""
    found: dict[StatementState, dict[Side, list[Statement]]] = {
        state: defaultdict(list, {side: [] for side in Side}) for state in StatementState
    }
    for one in statements:
        found[StatementState(one.state)][Side(one.side)].append(one)
    return found
