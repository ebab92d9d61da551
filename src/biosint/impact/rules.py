from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.api import CourseState
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.api import Course
    from biosint.impact.models import Comparison, Version
    from biosint.people.api import Person

COMPARERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.QUALITY_BOARD, Office.DEAN)


def may_compare(person: Person, course: Course) -> Verdict:
    """Officers of the host, which knows the hours, compare a course once it is finished."""
    if not person.holds(*COMPARERS, at=course.host_id):
        return refused(
            _(
                "Only a coordinator, administrator, dean or member of the quality board of %(institution)s, "
                "which held the course, can compare it."
            )
            % {"institution": course.host}
        )
    if course.state != CourseState.FINISHED:
        return refused(
            _("A course is compared when it is finished: only then is it known how many completed it.")
        )
    return ALLOWED


def may_publish(person: Person, version: Version) -> Verdict:
    """Whoever may compare the course publishes a draft."""
    verdict = may_compare(person, version.comparison.course)
    if not verdict:
        return verdict
    if version.published_at is not None:
        return refused(_("This version is published already. Write the next one beside it."))
    return ALLOWED


def sees_drafts(person: Person | None, comparison: Comparison) -> bool:
    """The officers of the institution, and the site's administrator, see what is not published yet."""
    return person is not None and (person.is_staff or person.holds(*COMPARERS, at=comparison.institution_id))


def may_view(person: Person | None, comparison: Comparison) -> Verdict:
    """A comparison is public once a version is published; before, it is for the institution's officers."""
    if comparison.public_since is not None or sees_drafts(person, comparison):
        return ALLOWED
    return refused(_("This comparison is not published yet."))


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    public = Q(public_since__isnull=False)
    if person is None:
        return public
    if person.is_staff:
        return Q()
    return public | Q(institution__in=person.institutions_as(*COMPARERS))
