"""Target groups and tickets of a collection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.surveys.models import AnswerSet, AskedGroup, AskedInstitution, Submission, Ticket
from biosint.surveys.rules import may_keep
from biosint.surveys.tickets import digest_of, new_code

if TYPE_CHECKING:
    from biosint.people.models import Person

MOST_TICKETS_AT_ONCE = 20_000


class GroupInUse(Fault):
    """Answers or tickets belong to the group, so it stays."""


class QuotaWrong(Fault):
    """More answers are wanted at least than at most."""


class TooManyTickets(Fault):
    """Nobody needs so many tickets at once."""


@dataclass(frozen=True, slots=True)
class GroupWanted:
    """One target group as somebody wants it: names by language, and how many people and answers."""

    code: str
    label: dict[str, str]
    invited: int | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class PartWanted:
    """What one institution is asked for."""

    invited: int | None = None
    groups: Sequence[GroupWanted] = field(default_factory=tuple)


@transaction.atomic
def set_groups(*, wanted: Mapping[int, PartWanted], by: Person, at: datetime) -> None:
    """Say how many people of each institution are asked, and in which groups. Groups keep their code.

    A group whose wanted number is raised above its answers opens again.

    Args:
        wanted: key of the asked institution -> its part. Institutions left out stay as they are.

    Raises:
        GroupInUse: a group that is left out has answers or tickets.
        QuotaWrong: at least more than at most.
    """
    for asked in AskedInstitution.objects.select_for_update(of=["self"]).filter(pk__in=wanted):
        answer_set = AnswerSet.objects.select_related("owner").get(pk=asked.answer_set_id)
        require(may_keep(by, answer_set.owner))
        part = wanted[asked.pk]
        asked.invited = part.invited
        asked.save(update_fields=["invited"])
        _remove_others(asked, [group.code for group in part.groups])
        kept = {group.code: group for group in asked.groups.all()}
        for place, group in enumerate(part.groups):
            _set(asked, kept.get(group.code), group, place=place)
        audit.record("surveys.groups.set", answer_set, by=by, at=at)


def _remove_others(asked: AskedInstitution, codes: Collection[str]) -> None:
    for gone in asked.groups.exclude(code__in=codes):
        if Submission.objects.filter(group=gone).exists() or gone.tickets.exists():
            raise GroupInUse(
                _("“%(group)s” has answers or tickets already, so it cannot be removed.") % {"group": gone}
            )
        gone.delete()


def _set(asked: AskedInstitution, known: AskedGroup | None, wanted: GroupWanted, *, place: int) -> None:
    if wanted.least is not None and wanted.most is not None and wanted.least > wanted.most:
        raise QuotaWrong(_("The least number of answers must not be above the most."))
    group = known or AskedGroup(asked=asked, code=wanted.code)
    group.label, group.place, group.invited = wanted.label, place, wanted.invited
    group.least, group.most = wanted.least, wanted.most
    if group.pk and (group.most is None or Submission.objects.filter(group=group).count() < group.most):
        group.full_at = None
    group.save()


Place = tuple[AskedInstitution, AskedGroup | None]


def add_tickets(*, places: Iterable[tuple[str, Place]]) -> int:
    """Keep the fingerprints of codes, each for one institution (and group), and return how many are new.

    A building block of invitations and slips: the caller has required the rule and writes the line
    on the trail. The order of the fingerprints tells nothing of the order in which codes were made.
    """
    made = sorted(
        (Ticket(digest=digest_of(code), asked=asked, group=group) for code, (asked, group) in places),
        key=lambda ticket: ticket.digest,
    )
    return len(Ticket.objects.bulk_create(made, batch_size=1000))


@transaction.atomic
def make_slips(*, asked_id: int, group_id: int | None, number: int, by: Person, at: datetime) -> list[str]:
    """Make tickets to print and hand out; return their codes, which are kept nowhere.

    Raises:
        TooManyTickets: more than a lecture hall holds.
    """
    asked = AskedInstitution.objects.select_related("answer_set__owner").get(pk=asked_id)
    require(may_keep(by, asked.answer_set.owner))
    if not 1 <= number <= MOST_TICKETS_AT_ONCE:
        raise TooManyTickets(
            _("Make between 1 and %(most)s tickets at once.") % {"most": MOST_TICKETS_AT_ONCE}
        )
    group = asked.groups.get(pk=group_id) if group_id is not None else None
    codes = [new_code() for _place in range(number)]
    add_tickets(places=[(code, (asked, group)) for code in codes])
    audit.record("surveys.tickets.made", asked.answer_set, by=by, at=at)
    return codes


def unspent_of(codes: Collection[str]) -> set[str]:
    """Return which of these codes nobody has answered with yet."""
    digests = {digest_of(code): code for code in codes}
    left = Ticket.objects.filter(pk__in=digests, spent=False).values_list("pk", flat=True)
    return {digests[digest] for digest in left}


@transaction.atomic
def rewrite_spent_tickets(*, answer_set_id: int) -> int:
    """Write all spent tickets anew, by fingerprint, and return how many.

    A database may keep, beside each row, which transaction wrote it and where: traces that a ticket
    shares with the answer it was spent for. Written together, all spent tickets carry the same traces.
    Tickets that are not spent are left alone, so nobody who answers meanwhile is held up.
    """
    spent = list(Ticket.objects.filter(asked__answer_set=answer_set_id, spent=True).order_by("pk"))
    digests = [ticket.pk for ticket in spent]
    for first in range(0, len(digests), 500):
        Ticket.objects.filter(pk__in=digests[first : first + 500]).delete()
    Ticket.objects.bulk_create(spent, batch_size=500)
    return len(spent)
