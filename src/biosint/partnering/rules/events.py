"""Who opens a matching event, comes to it, plans it, and notes what came of a talk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.partnering.models import MatchingEvent, Meeting
from biosint.partnering.rules.offers import TEACHING_OFFICES
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


def may_open(person: Person, institution: Institution | int | None = None) -> Verdict:
    """Coordinators open matching events for their institution."""
    if person.holds(Office.COORDINATOR, at=institution):
        return ALLOWED
    return refused(_("Only a coordinator of an institution opens a matching event."))


def may_register(
    person: Person, event: MatchingEvent, institution: Institution | int | None = None, *, at: datetime
) -> Verdict:
    """Teachers of the invited institutions register until the plan is made."""
    if event.planned_at is not None:
        return refused(_("The plan of talks is made. Ask the coordinator of the event to let you in."))
    if at >= event.starts_at:
        return refused(_("This event has begun."))
    if not person.holds(*TEACHING_OFFICES, at=institution):
        return refused(
            _("Only a teacher can register. Ask your institution to confirm that you teach there.")
        )
    invited = {place.pk for place in event.institutions.all()}
    mine = person.institutions_as(*TEACHING_OFFICES)
    if invited and not invited & mine:
        return refused(_("This event is for teachers of certain institutions; yours is not among them."))
    return ALLOWED


def may_plan(person: Person, event: MatchingEvent) -> Verdict:
    """Who opened an event, or coordinates its institution, makes the plan; once talks have words, it stays."""
    if person.pk != event.created_by_id and not person.holds(Office.COORDINATOR, at=event.host_id):
        return refused(_("Only the coordinator of this event makes the plan."))
    if event.meetings.exclude(outcome="").exists():
        return refused(_("Talks of this plan have taken place already."))
    return ALLOWED


def may_note(person: Person, meeting: Meeting, *, at: datetime) -> Verdict:
    """The two of a talk say what came of it, from its beginning on."""
    if person.pk not in {meeting.first.person_id, meeting.second.person_id}:
        return refused(_("Only the two of this talk say what came of it."))
    if at < meeting.event.round_starts_at(meeting.round):
        return refused(_("This talk has not begun yet."))
    return ALLOWED
