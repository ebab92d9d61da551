from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.jobs import api as jobs
from biosint.shared.verdicts import require
from biosint.situation.models import Overview
from biosint.situation.queries.overviews import MOST_GROUPINGS, NothingToShow
from biosint.situation.rules import campaigns as rules

if TYPE_CHECKING:
    from biosint.jobs.models import Job
    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet


@transaction.atomic
def begin_overview(
    *,
    answer_set: AnswerSet,
    groupings: Sequence[str],
    by: Person,
    at: datetime,
    together_with: Sequence[AnswerSet] = (),
    about: Sequence[str] = (),
) -> tuple[Overview, Job]:
    """Ask for all figures of a set; a job works them out.

    Args:
        groupings: codes of the columns by which every question is compared, at most three.
        together_with: further sets, taken together with the first and compared with it.
        about: codes of the questions wanted; all where empty.

    Raises:
        NothingToShow: too many groupings.
    """
    for one in (answer_set, *together_with):
        require(rules.may_analyse(by, one))
    if len(groupings) > MOST_GROUPINGS:
        raise NothingToShow(_("Choose no more than %(most)s groupings.") % {"most": MOST_GROUPINGS})
    overview = Overview.objects.create(
        answer_set=answer_set, groupings=list(groupings), about=list(about), created_by=by, created_at=at
    )
    overview.together_with.set(together_with)
    audit.record("situation.overview.begun", overview, by=by, at=at)
    job = jobs.enqueue("situation.work_out_overview", by=by, at=at, overview_id=overview.pk)
    return overview, job


@transaction.atomic
def keep_figures(*, overview_id: int, figures: dict[str, Any], by: Person | None, at: datetime) -> Overview:
    """Keep what the job worked out. Kept figures never change; a second run of the job changes nothing."""
    overview = Overview.objects.select_for_update(of=["self"]).get(pk=overview_id)
    if overview.finished_at is None:
        overview.figures = figures
        overview.finished_at = at
        overview.save(update_fields=["figures", "finished_at"])
        audit.record("situation.overview.finished", overview, by=by, at=at)
    return overview
