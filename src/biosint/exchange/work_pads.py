"""Who reads and writes the text that a team writes together for an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import WorkPad
from biosint.exchange.queries.products import workers_for
from biosint.exchange.rules._courses import may_view_team, teaches
from biosint.exchange.rules.products import may_hand_in_work
from biosint.pads import api as pads
from biosint.shared.verdicts import refused

if TYPE_CHECKING:
    from biosint.people.api import Person


def access_to_work_pad(person: Person, pad: pads.Pad) -> pads.Access:
    """Members write while their work is taken; they and the teachers read."""
    shared = WorkPad.objects.select_related("activity__course", "team").filter(pad=pad).first()
    if shared is None:
        return pads.Access(may_read=False, may_write=refused(_("This text is not open to you.")))
    activity, team = shared.activity, shared.team
    team.course = activity.course
    workers = workers_for(person, activity)
    is_member = workers.team is not None and workers.team.pk == team.pk
    may_write = (
        may_hand_in_work(
            activity,
            application=workers.application,
            team=workers.team,
            at=timezone.now(),
            closes_at=workers.closes_at,
        )
        if is_member
        else refused(_("Only the members of this team write here."))
    )
    page = activity.get_absolute_url()
    is_there = activity.removed_at is None and (not activity.is_hidden or teaches(person, activity.course))
    return pads.Access(
        may_read=bool(may_view_team(person, team)),
        may_write=may_write,
        page=page if is_there else reverse("exchange:course", args=[activity.course.slug]),
        title=_("Your team’s text"),
        trail=((activity.title, page),) if is_there else (),
    )
