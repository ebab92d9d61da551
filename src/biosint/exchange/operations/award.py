from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from biosint.audit import api as audit
from biosint.exchange.models import Award, Course
from biosint.exchange.rules import may_edit
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


@transaction.atomic
def change_award(*, course_id: int, by: Person, at: datetime, **said: Any) -> Award:
    """Write what the certificate of a course says. ``said``: fields of ``Award``.

    Certificates that were handed out keep what they said.
    """
    course = Course.objects.select_for_update(of=["self"]).get(pk=course_id)
    require(may_edit(by, course))
    award, _made = Award.objects.update_or_create(course=course, defaults=said)
    audit.record("exchange.award.changed", award, by=by, at=at)
    return award
