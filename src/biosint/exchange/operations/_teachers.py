from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.models import Participation, Teaching
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import TEACHING_OFFICES, may_answer_invitation, may_edit
from biosint.notices import api as notices
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


class InvitedAlready(Fault):
    """The teacher is in the course, or has been asked."""


class NotATeacher(Fault):
    """The invited person does not teach at that institution."""


@transaction.atomic
def invite_teacher(
    *, course_id: int, person: Person, institution: Institution, by: Person, at: datetime
) -> Teaching:
    """Ask a teacher of any institution to teach the course together.

    Raises:
        NotATeacher: the person does not teach at ``institution``.
        InvitedAlready: asked before.
    """
    course = locked(course_id)
    require(may_edit(by, course))
    if not person.holds(*TEACHING_OFFICES, at=institution):
        raise NotATeacher(
            _("%(person)s is not a teacher of %(institution)s. Choose somebody from the list.")
            % {"person": person, "institution": institution}
        )
    teaching, fresh = Teaching.objects.get_or_create(
        course=course,
        person=person,
        defaults={"institution": institution, "invited_by": by, "invited_at": at},
    )
    if not fresh:
        raise InvitedAlready(_("%(person)s has been invited already.") % {"person": person})
    notices.tell(
        person,
        kind="exchange.teaching",
        title=format_lazy(gettext_lazy("{teacher} invites you to teach a course together"), teacher=by),
        text=format_lazy(
            gettext_lazy("The course is “{course}”. Look at it and say yes or no."), course=course
        ),
        url=reverse("exchange:course", args=[course.slug]),
        at=at,
    )
    audit.record("exchange.teacher.invited", course, by=by, at=at, teacher=str(person))
    return teaching


@transaction.atomic
def accept_invitation(*, teaching_id: int, by: Person, at: datetime) -> Teaching:
    """Say yes to teaching a course; the teacher's institution takes part from then on. Twice is once."""
    teaching = (
        Teaching.objects.select_for_update(of=["self"])
        .select_related("course", "institution")
        .get(pk=teaching_id)
    )
    require(may_answer_invitation(by, teaching))
    if teaching.accepted_at is None:
        teaching.accepted_at = at
        teaching.save(update_fields=["accepted_at"])
        Participation.objects.get_or_create(course=teaching.course, institution=teaching.institution)
        audit.record("exchange.teacher.accepted", teaching.course, by=by, at=at)
    return teaching


@transaction.atomic
def decline_invitation(*, teaching_id: int, by: Person, at: datetime) -> None:
    """Say no; the colleague may ask somebody else, or again."""
    teaching = Teaching.objects.select_for_update(of=["self"]).select_related("course").get(pk=teaching_id)
    require(may_answer_invitation(by, teaching))
    if teaching.accepted_at is None:
        teaching.delete()
        audit.record("exchange.teacher.declined", teaching.course, by=by, at=at)
