from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.situation.states import RoundState

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.situation.models import Participation

# Who speaks for an institution to the outside.
SPEAKERS = (Office.DEAN, Office.COORDINATOR, Office.QUALITY_BOARD)


def may_disclose(person: Person, participation: Participation) -> Verdict:
    """Dean, coordinator or quality board of an institution say whether its index is shown beside its name."""
    if participation.round.state != RoundState.CLOSED:
        return refused(_("This is asked when the round is closed."))
    if person.holds(*SPEAKERS, at=participation.institution_id):
        return ALLOWED
    return refused(
        _("Only the dean, a coordinator or the quality board of %(institution)s can do this.")
        % {"institution": participation.institution}
    )
