from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.outreach.models import Activity
from biosint.outreach.rules import may_log, may_withdraw
from biosint.outreach.states import ActivityKind, TargetGroup
from biosint.people.api import Person
from biosint.shared.patience import PRESSED_AGAIN
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.consortium.api import Consortium

PROOF_FILE = "outreach.proof"
HELD, REACHED = "outreach.activity_held", "outreach.people_reached"


class NotYetHeld(Fault):
    """An activity of tomorrow cannot be entered."""


class ProofMissing(Fault):
    """There is neither a link nor a file that proves it."""


class UncountedReach(Fault):
    """A number of people was given, but not how they were counted."""


class ReasonMissing(Fault):
    """An entry is withdrawn without a reason."""


@transaction.atomic
def log_activity(
    *,
    project: Consortium,
    institution: Institution,
    title: str,
    held_date: date,
    kind: ActivityKind,
    place: str,
    language: str,
    target_groups: Iterable[TargetGroup | str],
    by: Person,
    at: datetime,
    reached: int | None = None,
    reached_how: str = "",
    link: str = "",
    proof_link: str = "",
    proof_upload: File[bytes] | None = None,
    shows_funding: bool = False,
    follow_up: str = "",
) -> Activity:
    """Enter what an institution did to make the project known; it counts as evidence at once.

    Args:
        reached: people; ``None`` where nobody counted. With a number goes ``reached_how``.
        proof_upload: kept for insiders; ``proof_link`` is an address that others can open.

    Raises:
        Refused: ``by`` may not speak for the institution, or it is no member.
        NotYetHeld: the day lies ahead.
        ProofMissing: neither link nor file.
        UncountedReach: a number without how it was counted.
        files.FileTooLarge, FileEmpty, FormatRefused, FileUnsafe: about the upload.
    """
    require(may_log(by, institution, project))
    if held_date > timezone.localdate(at, timezone.get_default_timezone()):
        raise NotYetHeld(_("The log speaks of what has happened. Enter it on or after that day."))
    if not proof_link and proof_upload is None:
        raise ProofMissing(
            _("Give the address of a page that proves it, or add a file: a programme, a list, a photograph.")
        )
    if reached is not None and not reached_how.strip():
        raise UncountedReach(_("Say how the people were counted: list of attendance, page views, print run."))
    # Pressed twice is once: a figure must not grow by an impatient finger.
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    just_entered = Activity.objects.filter(
        institution=institution,
        title=title.strip(),
        held_date=held_date,
        kind=kind,
        place=place.strip(),
        reached=reached,
        entered_by=by,
        entered_at__gt=at - PRESSED_AGAIN,
        withdrawn_at=None,
    ).first()
    if just_entered is not None:
        return just_entered
    stored = None
    if proof_upload is not None:
        stored = files.store(proof_upload, kind=PROOF_FILE, by=by, at=at)
    activity = Activity.objects.create(
        consortium=project,
        institution=institution,
        title=title.strip(),
        held_date=held_date,
        kind=kind,
        place=place.strip(),
        language=language,
        target_groups=[TargetGroup(group).value for group in target_groups],
        reached=reached,
        reached_how=reached_how.strip(),
        link=link,
        proof_link=proof_link,
        proof_file=stored,
        shows_funding=shows_funding,
        follow_up=follow_up.strip(),
        entered_by=by,
        entered_at=at,
    )
    counted = {HELD: 1} if reached is None else {HELD: 1, REACHED: reached}
    for code, quantity in counted.items():
        evidence.record(
            kind=code,
            subject=activity,
            institution=institution,
            occurred_at=evidence.day_start(held_date) + timedelta(hours=12),
            proof=activity.get_absolute_url(),
            by=by,
            quantity=quantity,
        )
    audit.record("outreach.activity.entered", activity, by=by, at=at)
    return activity


@transaction.atomic
def withdraw_activity(*, activity_id: int, reason: str, by: Person, at: datetime) -> Activity:
    """Take a wrong entry out of the log and out of every count. It stays on record with its reason.

    Raises:
        Refused: ``by`` may not withdraw it, or it is withdrawn.
        ReasonMissing: nothing is withdrawn without saying why.
    """
    activity = (
        Activity.objects.select_for_update(of=["self"]).select_related("institution").get(pk=activity_id)
    )
    require(may_withdraw(by, activity))
    if not reason.strip():
        raise ReasonMissing(_("Say in a few words why the entry is withdrawn."))
    activity.withdrawn_by, activity.withdrawn_at = by, at
    activity.withdrawn_because = reason.strip()[:300]
    activity.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    counted = evidence.items(kinds=[HELD, REACHED]).filter(
        subject_kind="outreach.activity", subject_id=str(activity.pk)
    )
    for item in counted:
        evidence.withdraw(item_id=item.pk, by=by, at=at, reason=activity.withdrawn_because)
    audit.record("outreach.activity.withdrawn", activity, by=by, at=at, reason=activity.withdrawn_because)
    return activity
