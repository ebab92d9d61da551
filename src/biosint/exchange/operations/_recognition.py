from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.exchange.models import Completion, Recognition
from biosint.exchange.rules import may_recognise
from biosint.exchange.states import Decision
from biosint.notices import api as notices
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


@transaction.atomic
def recognise(
    *,
    completion_id: int,
    decision: Decision,
    local_name: str,
    ects: Decimal,
    reason: str,
    by: Person,
    at: datetime,
) -> Recognition:
    """Decide, for the learner's institution, on the credits of a completion. The decision stands.

    A refusal counts no credits, whatever ``ects`` says. The same form sent twice is one decision.
    """
    # The lock and the related decision are read apart: an outer join cannot be locked.
    Completion.objects.select_for_update(of=["self"]).get(pk=completion_id)
    completion = Completion.objects.select_related(
        "application__learner", "application__course", "institution", "recognition"
    ).get(pk=completion_id)
    given = (decision, local_name, ects if decision is Decision.RECOGNISED else Decimal(0), reason)
    made: Recognition | None = getattr(completion, "recognition", None)
    if made is not None and (made.decision, made.local_name, made.ects, made.reason) == given:
        return made
    require(may_recognise(by, completion))
    recognition = Recognition.objects.create(
        completion=completion,
        decision=decision,
        local_name=local_name,
        ects=given[2],
        reason=reason,
        decided_by=by,
        decided_at=at,
    )
    if decision is Decision.RECOGNISED:
        evidence.record(
            kind="exchange.credit_recognised",
            subject=recognition,
            institution=completion.institution,
            occurred_at=at,
            proof=reverse("exchange:recognise", args=[completion.public_id]),
            by=by,
            title=completion.application.course.title,
            quantity=ects,
            details={"local_name": local_name},
        )
    notices.tell(
        completion.application.learner,
        title=format_lazy(
            gettext_lazy("Your institution decided on the credits of “{course}”"),
            course=completion.application.course.title,
        ),
        text=reason or gettext_lazy("Open the page to see how many credits count, and for which course."),
        url=reverse("exchange:recognise", args=[completion.public_id]),
        at=at,
    )
    audit.record(f"exchange.credit.{decision.value}", recognition, by=by, at=at, ects=str(given[2]))
    return recognition
