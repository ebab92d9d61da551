from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.recognition.rules.decisions import RECOGNISING_OFFICES
from biosint.recognition.states import RequestState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.recognition.models import BroughtRecord


def may_bring(person: Person, institution_id: int) -> Verdict:
    """Whoever belongs to an institution asks it to recognise what was learnt elsewhere."""
    if institution_id in person.institution_ids:
        return ALLOWED
    return refused(_("You can only ask an institution to which you belong."))


def may_decide(person: Person, record: BroughtRecord) -> Verdict:
    """An administrator or coordinator of the institution decides on a brought course, once."""
    if not person.holds(*RECOGNISING_OFFICES, at=record.institution_id):
        return refused(
            _("Only an administrator or coordinator of %(institution)s can recognise these credits.")
            % {"institution": record.institution}
        )
    if record.learner_id == person.pk:
        return refused(_("Nobody decides on their own credits: a colleague does."))
    if record.state != RequestState.ASKED:
        return refused(_("The decision on these credits has been made."))
    return ALLOWED
