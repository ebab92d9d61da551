"""What a team keeps in its room: texts, files, tasks, and how far each has read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import RoomFile, RoomPad, RoomTask, RoomVisit, Team
from biosint.exchange.operations._teamwork import locked_team
from biosint.exchange.rules.room import may_work_in_room
from biosint.exchange.states import RoomText
from biosint.files import api as files
from biosint.pads import api as pads
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.people.api import Person

ROOM_PAD = "exchange.room"
ROOM_FILE = "exchange.room_file"
# A team of a weak line and a small disk: enough for documents, too little for films.
MOST_BYTES = 200 * 1024 * 1024
MOST_TASKS = 200


class RoomFull(Fault):
    """The room holds as much as a room may hold."""


class NotInTeam(Fault):
    """The person to do a task is not in the team."""


@transaction.atomic
def open_pad(*, team: Team, subject: RoomText, template: str, by: Person, at: datetime) -> pads.Pad:
    """Return the team's text on a subject; the first who opens it makes it, with the template in it."""
    standing = RoomPad.objects.filter(team=team, subject=subject).select_related("pad").first()
    if standing is not None:
        return standing.pad
    locked = locked_team(team.pk)
    # Two may open it at once: the second finds what the first made.
    standing = RoomPad.objects.filter(team=locked, subject=subject).select_related("pad").first()
    if standing is not None:
        return standing.pad
    pad = pads.create_pad(kind=ROOM_PAD, by=by, at=at, text=template)
    RoomPad.objects.create(team=locked, subject=subject, pad=pad)
    return pad


@transaction.atomic
def add_file(*, team_id: int, upload: File[bytes], key: UUID, by: Person, at: datetime) -> RoomFile:
    """Put a file into the room; the same name again is its next version. The same form sent twice is one version.

    Raises:
        RoomFull: the files of the room would be larger than allowed together.
        Fault: the file cannot be kept; see ``files.store``.
    """
    team = locked_team(team_id)
    require(may_work_in_room(by, team))
    earlier = team.files.filter(key=key).first()
    if earlier is not None:
        return earlier
    stored = files.store(upload, kind=ROOM_FILE, by=by, at=at)
    held = sum(team.files.filter(removed_at=None).values_list("file__size", flat=True))
    if held + stored.size > MOST_BYTES:
        raise RoomFull(
            _("The room of your team is full (limit: %(limit)s MB). Remove a file first, or share a link.")
            % {"limit": MOST_BYTES // 1024 // 1024}
        )
    version = (team.files.filter(name=stored.name).aggregate(last=Max("version"))["last"] or 0) + 1
    added = RoomFile.objects.create(
        team=team, name=stored.name, version=version, file=stored, added_by=by, added_at=at, key=key
    )
    audit.record("exchange.room_file.added", added, by=by, at=at, version=version)
    return added


@transaction.atomic
def remove_file(*, file_id: int, by: Person, at: datetime) -> None:
    """Take a version of a file out of the room; that it was there stays recorded."""
    kept = RoomFile.objects.select_for_update(of=["self"]).get(pk=file_id)
    require(may_work_in_room(by, locked_team(kept.team_id)))
    if kept.removed_at is None:
        kept.removed_by, kept.removed_at = by, at
        kept.save(update_fields=["removed_by", "removed_at"])
        audit.record("exchange.room_file.removed", kept, by=by, at=at, version=kept.version)


@transaction.atomic
def add_task(
    *,
    team_id: int,
    text: str,
    assignee: Person | None,
    due_date: date | None,
    key: UUID,
    by: Person,
    at: datetime,
) -> RoomTask:
    """Write down something to be done. The same form sent twice is one task.

    Raises:
        NotInTeam: ``assignee`` is not in the team.
        RoomFull: there are very many tasks already.
    """
    team = locked_team(team_id)
    require(may_work_in_room(by, team))
    earlier = team.tasks.filter(key=key).first()
    if earlier is not None:
        return earlier
    _require_member(team, assignee)
    if team.tasks.count() >= MOST_TASKS:
        raise RoomFull(_("Your team has very many tasks already. Finish some first."))
    task = RoomTask.objects.create(
        team=team, text=text, assignee=assignee, due_date=due_date, created_by=by, created_at=at, key=key
    )
    audit.record("exchange.task.added", task, by=by, at=at)
    return task


@transaction.atomic
def assign_task(*, task_id: int, assignee: Person | None, by: Person, at: datetime) -> None:
    """Say who does a task; None: nobody yet.

    Raises:
        NotInTeam: ``assignee`` is not in the team.
    """
    task = RoomTask.objects.select_for_update(of=["self"]).get(pk=task_id)
    team = locked_team(task.team_id)
    require(may_work_in_room(by, team))
    _require_member(team, assignee)
    task.assignee = assignee
    task.save(update_fields=["assignee"])
    audit.record("exchange.task.assigned", task, by=by, at=at)


@transaction.atomic
def tick_task(*, task_id: int, done: bool, by: Person, at: datetime) -> None:
    """Note that a task is done, or that it is not done after all. Ticked twice it is done once."""
    task = RoomTask.objects.select_for_update(of=["self"]).get(pk=task_id)
    require(may_work_in_room(by, locked_team(task.team_id)))
    if done == (task.done_at is not None):
        return
    task.done_by, task.done_at = (by, at) if done else (None, None)
    task.save(update_fields=["done_by", "done_at"])
    audit.record("exchange.task.done" if done else "exchange.task.reopened", task, by=by, at=at)


def _require_member(team: Team, person: Person | None) -> None:
    if person is not None and not team.members.filter(application__learner=person).exists():
        raise NotInTeam(_("Choose somebody of your team."))


def note_visit(*, team: Team, last_post: int, by: Person, at: datetime) -> int:
    """Note how far a person has read, and return how far they had read before (0: nothing yet)."""
    visit = RoomVisit.objects.filter(team=team, person=by).first()
    if visit is None:
        RoomVisit.objects.get_or_create(
            team=team, person=by, defaults={"last_post": last_post, "opened_at": at}
        )
        return 0
    before = visit.last_post
    # Opening a page again within the hour is no news worth a write.
    if last_post > before or (at - visit.opened_at).total_seconds() > 3600:
        RoomVisit.objects.filter(pk=visit.pk).update(last_post=max(before, last_post), opened_at=at)
    return before
