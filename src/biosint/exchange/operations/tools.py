"""Teachers put external tools into their courses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.exchange.models import Activity
from biosint.exchange.operations._locked import locked
from biosint.exchange.rules import may_edit
from biosint.exchange.states import ActivityKind
from biosint.lti import api as lti
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person

HOME = "exchange.activity"


@transaction.atomic
def place_tool(
    *,
    activity_id: int,
    tool: lti.Tool,
    takes_results: bool,
    url: str = "",
    custom: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> lti.Link:
    """Let an activity of the kind “external tool” open a tool.

    Args:
        url: content of the tool; empty for its own address.
        custom: parameters that the tool is told.
    """
    activity = Activity.objects.get(pk=activity_id, kind=ActivityKind.TOOL)
    course = locked(activity.course_id)
    require(may_edit(by, course))
    return lti.place_link(
        home=HOME,
        key=str(activity.pk),
        tool=tool,
        title=activity.title,
        takes_results=takes_results,
        url=url,
        custom=custom,
        by=by,
        at=at,
    )
