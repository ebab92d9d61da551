from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import Fault, require
from biosint.surveys.events import AnswersAdded, answers_added
from biosint.surveys.models import AnswerSet, AskedGroup, AskedInstitution, Submission, Ticket
from biosint.surveys.rules import may_collect, may_keep
from biosint.surveys.states import GRACE, SMALLEST_GROUP, Audience, Entry, Pairing, Phase
from biosint.surveys.tickets import LETTERS

if TYPE_CHECKING:
    from biosint.consortium.models import Consortium
    from biosint.institutions.models import Institution
    from biosint.people.models import Person
    from biosint.surveys.models import Version

_TOKEN_LENGTH = 8

ROWS_AT_A_TIME = 5000

# Keys of answers that people send are drawn by lot from this range, so that they tell no order; numbers
# counted up begin far below it, and a browser still reads each exactly.
_FIRST_KEY = 2**40
_LAST_KEY = 2**52

# A group counts as full from the next quarter of an hour on: the moment of one answer stays untold.
_QUARTER = timedelta(minutes=15)


class NotOpen(Fault):
    """The questionnaire takes no answer now."""


class AlreadyCounted(Fault):
    """This form was sent before; its answers are counted."""


class TimesWrong(Fault):
    """The collection would end before it begins."""


class TicketSpent(Fault):
    """Somebody has answered with this ticket, or it was never given out."""


class GroupFull(Fault):
    """As many answers as were wanted have come from this group."""


@transaction.atomic
def start_collection(
    *,
    version: Version,
    title: str,
    owner: Institution,
    institutions: Mapping[Institution, int | None],
    audience: Audience,
    opens_at: datetime,
    closes_at: datetime,
    by: Person,
    at: datetime,
    entry: Entry = Entry.LINK,
    pairing: Pairing = Pairing.OFF,
    pairs_within: Consortium | None = None,
    smallest_group: int = SMALLEST_GROUP,
    public_id: uuid.UUID | None = None,
) -> AnswerSet:
    """Make a link under which a published questionnaire is answered for a while.

    Args:
        institutions: whose people are asked, with how many of them there are (None: not known).
        entry: whether the link is enough, or each person needs a ticket.
        pairing: whether people make a code that ties their answers before and after.
        pairs_within: the consortium in which those codes are compared; needed unless pairing is off.
        smallest_group: no figure that shows institutions stands for fewer people.
        public_id: chosen by the form, so that sending it twice is noticed.

    Raises:
        TimesWrong: it closes before it opens.
    """
    require(may_collect(by, owner, institutions))
    if not version.is_published:
        raise NotOpen(_("Publish the questionnaire first; a draft is not sent to people."))
    if closes_at <= opens_at:
        raise TimesWrong(_("The end must come after the beginning."))
    answer_set = AnswerSet.objects.create(
        title=title,
        version=version,
        owner=owner,
        audience=audience,
        token="".join(secrets.choice(LETTERS) for _place in range(_TOKEN_LENGTH)),
        entry=entry,
        pairing=pairing,
        pairs_within=pairs_within,
        smallest_group=smallest_group,
        **({"public_id": public_id} if public_id else {}),
        opens_at=opens_at,
        closes_at=closes_at,
        created_by=by,
        created_at=at,
    )
    AskedInstitution.objects.bulk_create(
        AskedInstitution(answer_set=answer_set, institution=institution, invited=invited)
        for institution, invited in institutions.items()
    )
    audit.record("surveys.collection.started", answer_set, by=by, at=at)
    return answer_set


@transaction.atomic
def change_collection(
    *,
    answer_set_id: int,
    closes_at: datetime,
    further: Mapping[Institution, int | None],
    smallest_group: int,
    by: Person,
    at: datetime,
) -> AnswerSet:
    """Move the end of a collection that has not closed, ask further institutions, or protect other groups.

    Institutions that are asked stay asked; their answers may be there already.

    Raises:
        NotOpen: it has closed.
        TimesWrong: the new end lies in the past or before the beginning.
    """
    answer_set = (
        AnswerSet.objects.select_for_update(of=["self"]).select_related("owner").get(pk=answer_set_id)
    )
    require(may_collect(by, answer_set.owner, further))
    if answer_set.phase_at(at) == Phase.CLOSED:
        raise NotOpen(_("The campaign has closed and stays as it is. Start a new one to ask again."))
    if closes_at <= at or (answer_set.opens_at is not None and closes_at <= answer_set.opens_at):
        raise TimesWrong(_("The end must come after the beginning, and after now."))
    before = answer_set.closes_at
    answer_set.closes_at, answer_set.smallest_group = closes_at, smallest_group
    answer_set.save(update_fields=["closes_at", "smallest_group"])
    for institution, invited in further.items():
        AskedInstitution.objects.get_or_create(
            answer_set=answer_set, institution=institution, defaults={"invited": invited}
        )
    audit.record(
        "surveys.collection.changed",
        answer_set,
        by=by,
        at=at,
        closed_before=before.isoformat() if before else "",
        closes=closes_at.isoformat(),
        institutions=[institution.slug for institution in further],
        smallest_group=smallest_group,
    )
    return answer_set


@transaction.atomic
def close(*, answer_set_id: int, by: Person, at: datetime) -> AnswerSet:
    """End a collection before its time. Closing twice changes nothing."""
    answer_set = (
        AnswerSet.objects.select_for_update(of=["self"]).select_related("owner").get(pk=answer_set_id)
    )
    require(may_keep(by, answer_set.owner))
    if answer_set.phase_at(at) == Phase.CLOSED:
        return answer_set
    if answer_set.opens_at is not None and answer_set.opens_at >= at:
        # Never opened: it would otherwise close before it opens.
        answer_set.opens_at = at - timedelta(seconds=1)
    answer_set.closes_at = at
    answer_set.save(update_fields=["opens_at", "closes_at"])
    audit.record("surveys.collection.closed", answer_set, by=by, at=at)
    return answer_set


def takes_answer(answer_set: AnswerSet, *, begun_at: datetime, at: datetime) -> bool:
    """Whether an answer sent now is taken: while open, or up to an hour later if it was begun in time."""
    if answer_set.phase_at(at) == Phase.OPEN:
        return True
    return (
        answer_set.opens_at is not None
        and answer_set.closes_at is not None
        and answer_set.opens_at <= begun_at < answer_set.closes_at
        and answer_set.closes_at <= at < answer_set.closes_at + GRACE
    )


def group_takes(group: AskedGroup | None, *, begun_at: datetime) -> bool:
    """Whether a group takes an answer: while it is not full, and later what was begun before it was."""
    return group is None or group.full_at is None or begun_at < group.full_at


@transaction.atomic
def take_answer(
    *,
    answer_set: AnswerSet,
    institution: Institution | None,
    language: str,
    answers: dict[str, Any],
    key: uuid.UUID,
    begun_at: datetime,
    at: datetime,
    group: AskedGroup | None = None,
    ticket: Ticket | None = None,
    pairing: str = "",
) -> Submission:
    """Keep one person's answers. Nobody is signed in, so there is no ``by``.

    No line goes on the trail: it would tie an answer to a minute, and with that to a person.

    Args:
        answers: checked by ``answering.read_answers``.
        key: of the form that was opened; the same key counts once.
        begun_at: when the form was opened.
        group: of that institution, where it has groups.
        ticket: spent together with the answer, or neither; needed where the set asks for tickets.
        pairing: fingerprint of the person's own code (``pairing.fingerprint``), or nothing.

    Raises:
        NotOpen: it has not opened, or has closed.
        AlreadyCounted: this form was sent before.
        GroupFull: the group had enough answers when the form was opened.
        TicketSpent: somebody else has answered with the ticket, or there is none.
    """
    if not takes_answer(answer_set, begun_at=begun_at, at=at):
        raise NotOpen(_("This questionnaire does not take answers now."))
    counted = Submission.objects.filter(answer_set=answer_set, key=key)
    # Looked at before the ticket: it is spent, and rightly, when the same form comes again.
    if counted.exists():
        raise AlreadyCounted(_("Your answers had already arrived. They count once."))
    if not group_takes(group, begun_at=begun_at):
        raise GroupFull(_("Enough people of this group have answered. Thank you!"))
    if answer_set.entry == Entry.TICKETS and not _spend(ticket):
        if counted.exists():
            # The same form twice at the same moment: the other one was quicker.
            raise AlreadyCounted(_("Your answers had already arrived. They count once."))
        raise TicketSpent(_("This ticket has been used: the answers have arrived. Thank you!"))
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                pk=_FIRST_KEY + secrets.randbelow(_LAST_KEY - _FIRST_KEY),
                answer_set=answer_set,
                institution=institution,
                group=group,
                language=language,
                pairing=pairing,
                answers=answers,
                key=key,
                received_date=at.date(),
            )
    except IntegrityError as fault:
        if not counted.exists():
            raise
        raise AlreadyCounted(_("Your answers had already arrived. They count once.")) from fault
    _fill_up(group, at)
    if answer_set.phase_at(at) == Phase.CLOSED:
        announce(answer_set_id=answer_set.pk, by=None, at=at)
    return submission


def _spend(ticket: Ticket | None) -> bool:
    # The condition stands in the update itself: of two at once, the database lets one through.
    return ticket is not None and bool(Ticket.objects.filter(pk=ticket.pk, spent=False).update(spent=True))


def _fill_up(group: AskedGroup | None, at: datetime) -> None:
    if group is None or group.most is None or group.full_at is not None:
        return
    if Submission.objects.filter(group=group).count() >= group.most:
        since_quarter = timedelta(seconds=at.timestamp() % _QUARTER.total_seconds())
        AskedGroup.objects.filter(pk=group.pk, full_at=None).update(full_at=at - since_quarter + _QUARTER)


def announce(*, answer_set_id: int, by: Person | None, at: datetime) -> None:
    """Tell apps above, once committed, that a closed set has got answers."""
    event = AnswersAdded(answer_set_id=answer_set_id, by_id=by.pk if by else None, at=at)
    transaction.on_commit(lambda: answers_added.send(sender=AnswerSet, event=event))


class Row(NamedTuple):
    """One answer that did not come through the page: ``pairing`` is the fingerprint of a pairing code, if any."""

    institution_id: int | None
    language: str
    answers: dict[str, Any]
    day: date
    pairing: str = ""


@transaction.atomic
def add_rows(
    *, answer_set: AnswerSet, rows: Iterable[tuple[int | None, str, dict[str, Any], date] | Row]
) -> int:
    """Write many rows at once (institution key, language, answers, day, pairing) and return how many.

    A building block of imports and of the demonstration: the caller has required the rule and
    writes the line on the trail.
    """
    written = 0
    batch: list[Submission] = []
    for plain in rows:
        row = Row(*plain)
        batch.append(
            Submission(
                answer_set=answer_set,
                institution_id=row.institution_id,
                language=row.language,
                answers=row.answers,
                received_date=row.day,
                pairing=row.pairing,
            )
        )
        if len(batch) == ROWS_AT_A_TIME:
            written += len(Submission.objects.bulk_create(batch, batch_size=1000))
            batch = []
    return written + len(Submission.objects.bulk_create(batch, batch_size=1000))
