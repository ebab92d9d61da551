"""Works of activities are handed in, alone or by a team, and teams write together."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import Product, WorkPad
from biosint.exchange.operations._teamwork import NothingHandedIn
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.working import locked_activity
from biosint.exchange.queries.products import Workers, versions_by, workers_for, workers_of
from biosint.exchange.receipts import fingerprint_of
from biosint.exchange.rules.products import may_hand_in_work, takes_of
from biosint.files import api as files
from biosint.pads import api as pads
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.exchange.models import Activity
    from biosint.people.api import Person

WORK_FILE = "exchange.work"
WORK_PAD = "exchange.work"


class TooManyFiles(Fault):
    """More files than the activity takes."""


@transaction.atomic
def open_work_pad(*, activity_id: int, by: Person, at: datetime) -> WorkPad:
    """Return the text that the person's team writes together here; it is made when somebody first needs it."""
    activity = locked_activity(activity_id)
    workers = _allowed(activity, by, at)
    if workers.team is None:
        raise ValueError("A single learner has no text to share.")
    found = WorkPad.objects.select_related("pad").filter(activity=activity, team=workers.team).first()
    return found or WorkPad.objects.create(
        activity=activity,
        team=workers.team,
        pad=pads.create_pad(kind=WORK_PAD, by=by, at=at, limit=40_000),
    )


@transaction.atomic
def hand_in_work(
    *,
    activity_id: int,
    text: str = "",
    link: str = "",
    uploads: Sequence[File[bytes]] = (),
    kept: Collection[int] = (),
    contributors: Collection[int] = (),
    key: UUID,
    by: Person,
    at: datetime,
) -> Product:
    """Hand in a version of a work; earlier versions stay. The same form sent twice is one version.

    Args:
        text: of a single learner. The text of a team is that of its pad, as it stands now.
        kept: keys of files of the version before that belong to this one, too.
        contributors: keys of the applications of who took part; all of the team when left out.

    Raises:
        Refused: nothing is taken from this person now.
        NothingHandedIn: neither text nor link nor file.
        TooManyFiles: more files than the activity takes.
        Fault: a file cannot be kept; see ``files.store``.
    """
    activity = locked_activity(activity_id)
    earlier = Product.objects.filter(key=key, handed_in_by=by).first()
    if earlier is not None:
        return earlier
    workers = _allowed(activity, by, at)
    takes = takes_of(activity)
    versions = versions_by(activity, application=workers.application, team=workers.team)
    newest = versions.first()
    stored = [one for one in newest.files.all() if one.pk in kept] if newest is not None else []
    if len(stored) + len(uploads) > takes.files:
        raise TooManyFiles(
            _("This activity takes %(files)s files at most. Leave some out.") % {"files": takes.files}
        )
    text = (_written_together(activity, workers) if workers.team is not None else text) if takes.text else ""
    link = link if takes.link else ""
    if not text.strip() and not link and not uploads and not stored:
        raise NothingHandedIn(_("There is nothing to hand in yet. Write a text, give a link or add a file."))
    stored += [files.store(one, kind=WORK_FILE, by=by, at=at) for one in uploads]
    public_id = uuid.uuid4()
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    work = Product.objects.create(
        public_id=public_id,
        activity=activity,
        team=workers.team,
        application=None if workers.team is not None else workers.application,
        number=number,
        text=text,
        link=link,
        handed_in_by=by,
        handed_in_at=at,
        is_late=workers.due_at is not None and at > workers.due_at,
        fingerprint=fingerprint_of(
            public_id=public_id,
            number=number,
            at=at,
            text=text,
            link=link,
            files=[(one.name, one.sha256) for one in stored],
        ),
        key=key,
    )
    work.files.set(stored)
    took_part = [one for one in workers.members if one.pk in contributors]
    work.contributors.set(took_part or workers.members)
    _note(activity, workers, at=at)
    audit.record(
        "exchange.product.handed_in",
        work,
        by=by,
        at=at,
        version=number,
        activity=activity.pk,
        fingerprint=work.fingerprint,
    )
    return work


def _allowed(activity: Activity, by: Person, at: datetime) -> Workers:
    workers = workers_for(by, activity)
    require(
        may_hand_in_work(
            activity,
            application=workers.application,
            team=workers.team,
            at=at,
            closes_at=workers.closes_at,
        )
    )
    return workers


def _written_together(activity: Activity, workers: Workers) -> str:
    shared = WorkPad.objects.filter(activity=activity, team=workers.team).select_related("pad").first()
    return shared.pad.text if shared is not None else ""


def _note(activity: Activity, workers: Workers, *, at: datetime) -> None:
    """Note the work for everybody whose work it is, each by their own due time."""

    def due(key: int) -> str:
        moment = workers.deadlines[key].due_at
        return moment.isoformat() if moment is not None else ""

    by_due = sorted(workers.members, key=lambda one: due(one.pk))
    for _moment, same in groupby(by_due, key=lambda one: due(one.pk)):
        applications = list(same)
        note_progress(
            activity=activity,
            applications=applications,
            at=at,
            handed_in=True,
            due_at=workers.deadlines[applications[0].pk].due_at,
        )


def judge_works_anew(activity: Activity, works: Iterable[Product]) -> None:
    """Say again which works came late, after somebody got more time. The caller holds the transaction."""
    for work in works:
        workers = workers_of(work, activity)
        work.is_late = workers.due_at is not None and work.handed_in_at > workers.due_at
        work.save(update_fields=["is_late"])
