from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.exchange.api import Course
from biosint.impact.calculation import FACTOR_SET, Inputs, figures_of
from biosint.impact.models import Comparison, Version
from biosint.impact.queries import groups_of
from biosint.impact.rules import may_compare, may_publish
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

PUBLISHED = "impact.comparison_published"


class NobodyCompleted(Fault):
    """There is nobody whose mobility could be compared."""


@transaction.atomic
def write(*, course_id: int, inputs: Inputs, by: Person, at: datetime) -> Version:
    """Compute a comparison and keep it as a draft: the first of its course, or the next beside what is published.

    Learners and distances are counted now; a draft that is written again counts them anew.

    Raises:
        Refused: ``by`` is no officer of the host, or the course is not finished.
        NobodyCompleted: no learner completed the course.
    """
    course = Course.objects.select_for_update(of=["self"]).select_related("host").get(pk=course_id)
    require(may_compare(by, course))
    groups = groups_of(course)
    if not groups:
        raise NobodyCompleted(_("Nobody completed this course, so there is nothing to compare."))
    figures = figures_of(inputs, groups, course_ects=float(course.ects))
    comparison, _created = Comparison.objects.get_or_create(
        course=course, defaults={"institution": course.host, "created_by": by, "created_at": at}
    )
    newest = comparison.versions.order_by("-number").first()
    if newest is not None and newest.published_at is None:
        version = newest
    else:
        version = Version(comparison=comparison, number=newest.number + 1 if newest else 1)
    version.inputs, version.figures, version.factor_set = asdict(inputs), figures, FACTOR_SET
    version.written_by, version.written_at = by, at
    version.save()
    audit.record("impact.version.written", version, by=by, at=at, number=version.number)
    return version


@transaction.atomic
def publish(*, version_id: int, by: Person, at: datetime) -> Version:
    """Show a version to everybody, and count the comparison as evidence. It never changes from now on.

    Raises:
        Refused: ``by`` is no officer of the host, or it is published.
    """
    version = (
        Version.objects.select_for_update(of=["self"])
        .select_related("comparison__course__host", "comparison__institution")
        .get(pk=version_id)
    )
    require(may_publish(by, version))
    version.published_by, version.published_at = by, at
    version.save(update_fields=["published_by", "published_at"])
    comparison = version.comparison
    if comparison.public_since is None:
        comparison.public_since = at
        comparison.save(update_fields=["public_since"])
    # A later version renews the evidence: one course is one comparison, however often it is counted anew.
    evidence.record(
        kind=PUBLISHED,
        subject=comparison,
        institution=comparison.institution,
        occurred_at=at,
        proof=comparison.get_absolute_url(),
        by=by,
    )
    audit.record("impact.version.published", version, by=by, at=at, number=version.number)
    return version
