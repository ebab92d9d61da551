"""Objectives of workshops as text of a document. Words only; nothing is stored here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.shared import dates
from biosint.situation import api as situation

if TYPE_CHECKING:
    from biosint.situation.api import Objective


def as_item(objective: Objective) -> str:
    """Return an objective as one item of a list: what, measured by what, from where, to where, by when."""
    parts = {
        "objective": objective.text.rstrip("."),
        "measure": objective.measured_by,
        "target": situation.target_words(objective),
        "day": dates.written_day(objective.due_date),
    }
    if objective.baseline.get("value"):
        start = {"value": objective.baseline["value"], "source": objective.baseline["source"]}
        return "- " + _(
            "**%(objective)s.** Measured by: %(measure)s. From %(value)s (%(source)s) to %(target)s by %(day)s."
        ) % {**parts, **start}
    return "- " + _("**%(objective)s.** Measured by: %(measure)s. Target: %(target)s by %(day)s.") % parts


def with_objective(text: str, objective: Objective) -> str:
    """Return a text with an objective at the end of its list of objectives, which is begun where it is missing."""
    heading = "# " + _("Objectives from our workshops")
    item = as_item(objective)
    lines = text.rstrip().split("\n")
    if heading not in lines:
        return "\n".join([*lines, "", heading, "", item]).lstrip("\n") + "\n"
    start = lines.index(heading)
    following = (n for n in range(start + 1, len(lines)) if re.match(r"#\s", lines[n]))
    end = next(following, len(lines))
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    gap = [""] if end == start + 1 else []
    rest = lines[end:]
    return "\n".join([*lines[:end], *gap, item, *([""] if rest and rest[0].strip() else []), *rest]) + "\n"
