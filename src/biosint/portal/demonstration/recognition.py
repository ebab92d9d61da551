"""The home institutions decide on the credits of the finished course; some decisions still wait."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from biosint.exchange.api import Completion
from biosint.portal.demonstration.world import World
from biosint.recognition import api as recognition
from biosint.recognition.api import Decision

LOCAL_NAMES = {
    "cacak": "Clinical pharmacology, elective part",
    "mechelen": "International health, elective",
    "deva": "Clinical pharmacy practice",
}
NOT_IN_TIME = "The elective part of your programme was full this year. The certificate stands."


def tell(world: World) -> None:
    course = world.kept["course"]
    completions = list(
        Completion.objects.filter(application__course=course)
        .select_related("institution", "application")
        .order_by("pk")
    )
    keys = {institution.pk: key for key, institution in world.institutions.items()}
    for number, completion in enumerate(completions):
        key = keys[completion.institution_id]
        # The administrator of Valjevo has not yet opened the list; one decision in Deva waits, too.
        if key not in LOCAL_NAMES or completion == completions[-1]:
            continue
        refused = number == 4
        recognition.recognise(
            completion_id=completion.pk,
            decision=Decision.DECLINED if refused else Decision.RECOGNISED,
            local_name="" if refused else LOCAL_NAMES[key],
            ects=Decimal(0) if refused else completion.ects,
            reason=NOT_IN_TIME if refused else "",
            by=world.administrator(key),
            at=completion.completed_at + timedelta(days=9 + number),
        )
