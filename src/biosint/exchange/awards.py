"""What the certificate of a course says; a course about which nothing was written yet gets what is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.exchange.models import Award

if TYPE_CHECKING:
    from biosint.exchange.models import Course


def award_of(course: Course) -> Award:
    """Return what is kept for a course, or a new one that is not kept. It asks no agreement until somebody says so."""
    kept = Award.objects.filter(course=course).first()
    return kept or Award(course=course, asks_agreement=False)


def assessment_of(award: Award) -> str:
    return award.assessment or _("Team product and individual contribution, marked by the teachers.")


def quality_of(award: Award) -> str:
    return award.quality_assurance or _(
        "The course is run under the internal quality assurance of %(institution)s."
    ) % {"institution": award.course.host.name}
