"""Who plans a course together, keeps versions, and gives a plan away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Activity, Course, OpenTemplate
from biosint.exchange.rules._courses import is_teacher, may_create_course, may_edit
from biosint.exchange.states import Licence
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.people.api import Person


def may_change_activity(person: Person, course: Course, activity: Activity) -> Verdict:
    """Teachers change the plan until the course is finished; what is removed must be brought back first."""
    verdict = may_edit(person, course)
    if verdict and activity.removed_at is not None:
        return refused(
            _("A colleague has removed this activity. Bring it back first, on the page of changes.")
        )
    return verdict


def may_copy(person: Person, course: Course) -> Verdict:
    """A teacher of a course begins another one from it, at any time, finished courses included."""
    return all_of([is_teacher(person, course), may_create_course(person)])


def may_give_away(person: Person, course: Course, licence: str, *, owed: frozenset[str]) -> Verdict:
    """A teacher gives the plan to everybody. ``owed``: licences of the templates on which it builds."""
    verdict = is_teacher(person, course)
    if verdict and Licence.CC_BY_SA in owed and licence != Licence.CC_BY_SA:
        return refused(
            _(
                "This plan builds on a template under CC BY-SA 4.0, so it can only be shared under that licence."
            )
        )
    return verdict


def may_withdraw_template(person: Person, template: OpenTemplate) -> Verdict:
    """Any teacher of the course from which it came, or the site's administrator, withdraws an open template."""
    if template.withdrawn_at is not None:
        return refused(_("This template is withdrawn already."))
    return ALLOWED if person.is_staff else is_teacher(person, template.course)


def open_templates() -> Q:
    """Templates that anybody finds."""
    return Q(withdrawn_at=None)
