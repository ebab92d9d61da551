from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.api import Completion
    from biosint.people.api import Person

RECOGNISING_OFFICES = (Office.ADMINISTRATOR, Office.COORDINATOR)


def _decides_at(person: Person, completion: Completion) -> Verdict:
    if not person.holds(*RECOGNISING_OFFICES, at=completion.institution_id):
        return refused(
            _("Only an administrator or coordinator of %(institution)s can recognise these credits.")
            % {"institution": completion.institution}
        )
    if completion.application.institution_id is None:
        return refused(_("This learner came from outside: their own university decides about the credits."))
    if completion.application.learner_id == person.pk:
        return refused(_("Nobody decides on their own credits: a colleague does."))
    return ALLOWED


def may_recognise(person: Person, completion: Completion) -> Verdict:
    """An administrator or coordinator of the learner's institution decides on the credits."""
    verdict = _decides_at(person, completion)
    if verdict and hasattr(completion, "recognition"):
        return refused(_("The decision on these credits has been made."))
    return verdict


def may_decide_anew(person: Person, completion: Completion) -> Verdict:
    """Whoever may decide may reopen a decision, with a reason; the former one stays to be read."""
    verdict = _decides_at(person, completion)
    if verdict and not hasattr(completion, "recognition"):
        return refused(_("No decision has been made yet."))
    return verdict


def may_view_completion(person: Person, completion: Completion) -> Verdict:
    """The offices that recognise credits see the completions counted at their institution; learners their own."""
    if completion.application.learner_id == person.pk or person.holds(
        *RECOGNISING_OFFICES, at=completion.institution_id
    ):
        return ALLOWED
    return refused(
        _("The record of a learner is open to the learner and to %(institution)s, which vouches for it.")
        % {"institution": completion.institution}
    )


def completions_viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view_completion``, for lists. Their test keeps them equal."""
    return Q(application__learner=person) | Q(institution__in=person.institutions_as(*RECOGNISING_OFFICES))
