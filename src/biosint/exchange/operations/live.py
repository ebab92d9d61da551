"""Who was in a live session: said by learners with the code of the session, or noted by a teacher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Application, Attendance, LiveRoom
from biosint.exchange.operations.progress import note_progress, undo_done
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.activities import admission_of
from biosint.exchange.queries.live import session_at, standing_of
from biosint.exchange.rules.live import may_note_attendance, may_say_there
from biosint.exchange.sessions import code_of
from biosint.exchange.states import ApplicationState, Presence
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.exchange.sessions import Session
    from biosint.people.api import Person


class SessionMoved(Fault):
    """The session is at another time now."""


class WrongCode(Fault):
    """The code is not that of the session."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a teacher saw of a learner, and what it shall be."""

    seen: Presence
    wanted: Presence


def set_room(*, activity: Activity, link: str) -> None:
    """Keep where a live activity meets. The calling operation has asked its own rule and writes the trail."""
    if link:
        LiveRoom.objects.update_or_create(activity=activity, defaults={"link": link})
    else:
        LiveRoom.objects.filter(activity=activity).delete()


def _session(activity: Activity, stamp: int) -> Session:
    session = session_at(activity, stamp)
    if session is None:
        raise SessionMoved(_("This session is at another time now. Open the page again."))
    return session


@transaction.atomic
def say_there(*, activity_id: int, stamp: int, code: str, by: Person, at: datetime) -> Attendance:
    """Note that a learner is in a session. Twice is once: the first arrival counts.

    Raises:
        Refused: not now, or not this person.
        SessionMoved: the session is at another time now.
        WrongCode: as it says; capitals and spaces do not matter.
    """
    activity = locked_activity(activity_id)
    session = _session(activity, stamp)
    application = admission_of(by, activity.course)
    require(may_say_there(activity.course, session, application=application, at=at))
    if application is None:
        raise AssertionError("The rule lets nobody else through.")
    if not compare_digest("".join(code.split()).upper().encode(), code_of(activity.pk, session).encode()):
        raise WrongCode(
            _("This is not the code of the session. It is shown in the session; ask for it there.")
        )
    came, fresh = Attendance.objects.get_or_create(
        activity=activity,
        application=application,
        begins_at=session.begins_at,
        defaults={"came_at": at, "is_late": at > session.late_from},
    )
    if fresh:
        audit.record("exchange.attendance.said", came, by=by, at=at, late=came.is_late)
        _judge(activity, application, came, session)
    return came


@transaction.atomic
def note_attendance(
    *, activity_id: int, stamp: int, noted: Mapping[int, Noted], by: Person, at: datetime
) -> int:
    """Note who was there, and return how many learners changed.

    Only what the teacher changed is written, so that two teachers at once, or a learner with the code, are not
    overwritten by what stood on an older page.

    Args:
        noted: by key of the application.
    """
    activity = locked_activity(activity_id)
    require(may_note_attendance(by, activity.course))
    session = _session(activity, stamp)
    asked = {key: one.wanted for key, one in noted.items() if one.seen != one.wanted}
    learners = list(
        Application.objects.filter(pk__in=asked, course=activity.course, state=ApplicationState.ADMITTED)
    )
    standing = standing_of(activity, session, learners)
    changed = 0
    for application in learners:
        wanted, kept = asked[application.pk], standing.get(application.pk)
        if presence_of(kept) == wanted:
            continue
        changed += 1
        if wanted == Presence.ABSENT:
            if kept is not None:
                kept.delete()
            _judge(activity, application, None, session)
        else:
            late = wanted == Presence.LATE
            came, _fresh = Attendance.objects.update_or_create(
                activity=activity,
                application=application,
                begins_at=session.begins_at,
                defaults={
                    "came_at": session.late_from if late else session.begins_at,
                    "is_late": late,
                    "noted_by": by,
                },
            )
            _judge(activity, application, came, session)
        audit.record(
            "exchange.attendance.noted",
            activity,
            by=by,
            at=at,
            application=application.pk,
            session=session.begins_at.isoformat(),
            presence=str(wanted),
        )
    return changed


def presence_of(attendance: Attendance | None) -> Presence:
    if attendance is None:
        return Presence.ABSENT
    return Presence.LATE if attendance.is_late else Presence.THERE


def _judge(activity: Activity, application: Application, came: Attendance | None, session: Session) -> None:
    """A live activity is done after as many sessions as it asks for; who came late has done it late."""
    there = Attendance.objects.filter(activity=activity, application=application).count()
    if there < int(activity.settings.get("wanted", 1)):
        undo_done(activity=activity, applications=[application])
    elif came is not None:
        due = session.late_from
        note_progress(
            activity=activity,
            applications=[application],
            at=max(came.came_at, due) if came.is_late else came.came_at,
            due_at=due,
        )
        application.progress.filter(activity=activity).update(is_late=came.is_late)
