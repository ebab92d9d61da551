"""Who says that somebody was in a live session."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import UNDER_WAY, in_state, is_teacher
from biosint.exchange.rules.activities import may_note
from biosint.shared.verdicts import Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Application, Course
    from biosint.exchange.sessions import Session
    from biosint.people.api import Person


def may_say_there(
    course: Course, session: Session, *, application: Application | None, at: datetime
) -> Verdict:
    """Learners say that they are there from 15 minutes before a session until half an hour after it."""
    if application is None:
        return refused(_("Only learners of the course say that they are there."))
    if not session.takes(at):
        return refused(
            _("You can say that you are there from 15 minutes before until 30 minutes after the session.")
        )
    return in_state(course, UNDER_WAY)


def may_note_attendance(person: Person, course: Course) -> Verdict:
    return all_of([is_teacher(person, course), may_note(course)])
