from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortia
from biosint.people.api import Office
from biosint.shared import dates
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.situation.states import ROUND_MOVES, RoundState

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person
    from biosint.situation.models import Participation, Review, Round

FILLERS = (Office.ADMINISTRATOR, Office.COORDINATOR, Office.QUALITY_BOARD, Office.DEAN)


def may_plan(person: Person, consortium: Consortium) -> Verdict:
    """Who leads the consortium, or a member of a quality board of one of its institutions, plans rounds."""
    if consortia.may_lead(person, consortium) or _on_the_board(person, consortium):
        return ALLOWED
    return refused(
        _("Only a coordinator of %(institution)s or a member of a quality board can plan a round.")
        % {"institution": consortium.coordinator}
    )


def _on_the_board(person: Person, consortium: Consortium) -> bool:
    boards = person.institutions_as(Office.QUALITY_BOARD)
    return bool(boards) and consortia.members_of(consortium).filter(pk__in=boards).exists()


def may_open(person: Person, one: Round) -> Verdict:
    """Whoever may plan rounds opens a drafted one."""
    if RoundState.OPEN not in ROUND_MOVES[RoundState(one.state)]:
        return refused(_("This round has already been opened."))
    return may_plan(person, one.consortium)


def may_discard(person: Person, one: Round) -> Verdict:
    """Whoever may plan rounds throws a draft away; nobody has answered it yet."""
    if one.state != RoundState.DRAFT:
        return refused(_("Only a draft can be thrown away. This round has been opened."))
    return may_plan(person, one.consortium)


def may_close(person: Person, one: Round) -> Verdict:
    """Only a member of a quality board closes a round: those who count are not those who lead."""
    if one.state == RoundState.CLOSED:
        return refused(_("This round is closed. It never changes again."))
    if RoundState.CLOSED not in ROUND_MOVES[RoundState(one.state)]:
        return refused(_("This round has not been opened yet."))
    if _on_the_board(person, one.consortium):
        return ALLOWED
    return refused(_("Only a member of a quality board of the consortium can close a round."))


def has_ended(one: Round, at: datetime) -> Verdict:
    """A round is closed after its period, so that nothing is missed."""
    if at >= one.until:
        return ALLOWED
    return refused(
        _("The period runs until %(day)s. Close the round after that day, so that nothing is missed.")
        % {"day": dates.written_day(one.period_until)}
    )


def may_fill(person: Person, participation: Participation) -> Verdict:
    """The offices of an institution fill in its values while the round is open."""
    if participation.round.state == RoundState.CLOSED:
        return refused(_("This round is closed. It never changes again."))
    if participation.round.state != RoundState.OPEN:
        return refused(_("This round has not been opened yet."))
    if person.holds(*FILLERS, at=participation.institution_id):
        return ALLOWED
    return refused(
        _(
            "Only the dean, the quality board, an administrator or a coordinator of %(institution)s can do this."
        )
        % {"institution": participation.institution}
    )


def may_read_values(person: Person, participation: Participation) -> Verdict:
    """Values of an open round are for the institution's own offices and, handed in, its reviewer; of a closed one for the consortium."""
    if person.is_staff or person.holds(*FILLERS, at=participation.institution_id):
        return ALLOWED
    review = getattr(participation, "review", None)
    if review is not None and participation.handed_in_at and person.holds(*FILLERS, at=review.reviewer_id):
        return ALLOWED
    if participation.round.state == RoundState.CLOSED:
        return may_view(person, participation.round)
    return refused(_("Values are shown to the other institutions when the round closes."))


def may_view(person: Person, one: Round) -> Verdict:
    """Everyone who belongs to a member of the consortium sees its rounds."""
    if person.is_staff or (
        consortia.members_of(one.consortium).filter(pk__in=person.institution_ids).exists()
    ):
        return ALLOWED
    return refused(
        _("Only people of the institutions of %(consortium)s see this.") % {"consortium": one.consortium}
    )


def viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    if person.is_staff:
        return Q()
    return Q(consortium__in=consortia.consortia_of(person))


def may_hand_in(person: Person, participation: Participation) -> Verdict:
    """Whoever may give values says once that they are ready to be reviewed."""
    if participation.handed_in_at is not None:
        return refused(_("These values are handed in. The reviewing institution sees them."))
    return may_fill(person, participation)


def may_review(person: Person, review: Review) -> Verdict:
    """The offices of the reviewing institution say what they think of values that are handed in, while the round is open."""
    if review.participation.round.state != RoundState.OPEN:
        return refused(_("This round is closed. It never changes again."))
    if not person.holds(*FILLERS, at=review.reviewer_id):
        return refused(
            _(
                "Only the dean, the quality board, an administrator or a coordinator of %(institution)s can do this."
            )
            % {"institution": review.reviewer}
        )
    if review.participation.handed_in_at is None:
        return refused(
            _("%(institution)s has not handed its values in yet.")
            % {"institution": review.participation.institution}
        )
    return ALLOWED


def may_plan_reviews(person: Person, one: Round, *, said: bool) -> Verdict:
    """Whoever may plan rounds assigns the reviewers anew, as long as no reviewer has said anything.

    Args:
        said: whether a reviewer has said something already.
    """
    if one.state != RoundState.OPEN or not one.peer_review:
        return refused(_("Reviewers are assigned while a round with peer review is open."))
    if said:
        return refused(_("A reviewer has begun. Who reviews whom stays as it is."))
    return may_plan(person, one.consortium)
