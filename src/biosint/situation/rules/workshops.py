from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium import api as consortia
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.situation.rules import research
from biosint.situation.rules.research import STAFF, WRITERS, joined
from biosint.situation.states import StatementState
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.institutions.api import Institution
    from biosint.people.api import Person
    from biosint.situation.models import Objective, Option, Statement, Vote, Workshop


def may_begin(person: Person, consortium: Consortium, institution: Institution | None) -> Verdict:
    """Keepers begin a workshop of their own institution; keepers of any member one of the consortium."""
    if institution is None:
        return research.may_keep(person, consortium)
    if person.is_staff or person.holds(*surveys.KEEPERS, at=institution):
        return ALLOWED
    return refused(
        _("Only a coordinator, an administrator or the quality board of %(institution)s can do this.")
        % {"institution": institution}
    )


def may_lead(person: Person, workshop: Workshop) -> Verdict:
    """Whoever may begin such a workshop leads it, until it is closed."""
    if workshop.is_closed:
        return refused(_("This workshop is closed and stays as it is. Begin a new one."))
    return may_begin(person, workshop.consortium, workshop.institution)


def may_word(person: Person, workshop: Workshop) -> Verdict:
    """Everybody who writes there (teachers too) adds statements and mends their words."""
    if workshop.is_closed:
        return refused(_("This workshop is closed and stays as it is. Begin a new one."))
    if workshop.institution is None:
        return research.may_write(person, workshop.consortium)
    if person.is_staff or person.holds(*WRITERS, at=workshop.institution_id):
        return ALLOWED
    return refused(
        _("Only teachers, coordinators, administrators and the quality board of %(institution)s do this.")
        % {"institution": workshop.institution}
    )


def may_mend(person: Person, statement: Statement) -> Verdict:
    """Words change only while nobody has given dots to them."""
    verdict = may_word(person, statement.workshop)
    if not verdict:
        return verdict
    if statement.workshop.votes.filter(closed_at=None).exists():
        return refused(_("A vote is running. Close it first: nobody shall vote on words that change."))
    if statement.state == StatementState.MERGED:
        return refused(_("This statement was joined to another one. Mend that one."))
    return ALLOWED


def may_open_vote(person: Person, workshop: Workshop, *, statements: int, is_running: bool) -> Verdict:
    """The leaders open one vote at a time, over at least two statements.

    Args:
        statements: how many are taken.
        is_running: whether a vote is open now.
    """
    verdict = may_lead(person, workshop)
    if not verdict:
        return verdict
    if is_running:
        return refused(_("A vote is running already."))
    if statements < 2:
        return refused(_("Take at least two statements first; there is nothing to choose between yet."))
    return ALLOWED


def may_close_vote(person: Person, vote: Vote) -> Verdict:
    if not vote.is_open:
        return refused(_("This vote is closed."))
    return may_lead(person, vote.workshop)


def may_close(person: Person, workshop: Workshop, *, is_running: bool) -> Verdict:
    """The leaders close a workshop in which no vote is running."""
    verdict = may_lead(person, workshop)
    if not verdict:
        return verdict
    if is_running:
        return refused(_("A vote is running. Close it first."))
    return ALLOWED


def may_remove_option(person: Person, option: Option) -> Verdict:
    """The leaders take an option away from which no objective came."""
    if option.objectives.exists():
        return refused(_("An objective came from this option, so it stays. Take the objective away first."))
    return may_lead(person, option.workshop)


def may_remove(person: Person, objective: Objective, *, is_taken_up: bool) -> Verdict:
    """The leaders take an objective away that no strategy has taken up."""
    if is_taken_up:
        return refused(_("A strategy has taken this objective up, so it stays."))
    return may_lead(person, objective.option.workshop)


def may_view(person: Person, workshop: Workshop) -> Verdict:
    """A workshop of an institution is for its own staff and who leads the consortium; others for all staff."""
    consortium = workshop.consortium
    if workshop.institution_id is None:
        return research.may_read(person, consortium)
    if person.holds(*STAFF, at=workshop.institution_id) or consortia.may_lead(person, consortium):
        return ALLOWED
    return refused(
        _("Only people who work at %(institution)s see this.") % {"institution": workshop.institution}
    )


def viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view``, for lists."""
    if person.is_staff:
        return Q()
    return (
        Q(institution=None, consortium__in=joined(person, *STAFF))
        | Q(institution__in=person.institutions_as(*STAFF))
        | Q(
            institution__isnull=False,
            consortium__coordinator__in=person.institutions_as(Office.COORDINATOR),
        )
    )
