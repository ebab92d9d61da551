"""Keeping an institution's ECTS grading table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange.models import LocalScale
from biosint.exchange.rules.scales import may_keep_scale
from biosint.exchange.states import OverlapRule
from biosint.shared.verdicts import Fault, require
from iahcalc.marks import GradingTable

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


class ScaleUnfit(Fault):
    """A table that cannot convert: no passing grades, a grade twice, or nobody who passed."""


@transaction.atomic
def keep_scale(
    *,
    institution: Institution,
    grades: Sequence[tuple[str, int]],
    failing: str,
    reference: str,
    overlap: OverlapRule,
    by: Person,
    at: datetime,
) -> LocalScale:
    """Keep how often an institution gives each passing grade, the best first.

    Raises:
        ScaleUnfit: nothing could be converted by it.
    """
    require(may_keep_scale(by, institution))
    try:
        GradingTable(tuple(grade for grade, _given in grades), tuple(count for _named, count in grades))
    except ValueError as unfit:
        raise ScaleUnfit(
            _("Write each passing grade once, the best first, with how often it was given.")
        ) from unfit
    scale, _fresh = LocalScale.objects.update_or_create(
        institution=institution,
        defaults={
            "grades": [{"grade": grade, "count": count} for grade, count in grades],
            "failing": failing,
            "reference": reference,
            "overlap": overlap,
            "changed_by": by,
            "changed_at": at,
        },
    )
    audit.record(
        "exchange.local_scale.kept",
        scale,
        by=by,
        at=at,
        grades=[f"{grade}: {count}" for grade, count in grades],
        overlap=str(overlap),
    )
    return scale
