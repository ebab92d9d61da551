"""By what a work is marked, on the page of its activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from biosint.exchange.queries.marking import marking_for
from biosint.exchange.rubrics import rubric_from

if TYPE_CHECKING:
    from biosint.exchange.models import MarkingPlan
    from biosint.exchange.web.place import Place


def marked_by(place: Place) -> dict[str, Any]:
    """Return the rubric beside the task and, once marks are released, what the learner's work got."""
    plan: MarkingPlan | None = getattr(place.activity, "marking_plan", None)
    if plan is None or plan.rubric is None:
        return {}
    marking = marking_for(place.activity, place.application) if place.application is not None else None
    chosen = marking.chosen if marking is not None else {}
    return {
        "marking": marking,
        "rubric_rows": [
            (
                criterion,
                [(level, chosen.get(criterion.code) == step) for step, level in enumerate(criterion.levels)],
            )
            for criterion in rubric_from(plan.rubric.content).criteria
        ],
    }
