from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet


def may_weight(person: Person, answer_set: AnswerSet, *, at: datetime) -> Verdict:
    """Keepers of the answers weight them, once the collection has ended and each answer is one person."""
    verdict = surveys.may_keep(person, answer_set.owner_id)
    if not verdict:
        return verdict
    if answer_set.weight_code:
        return refused(_("Each row of this table stands for many people already; it is not weighted again."))
    if answer_set.phase_at(at) != surveys.Phase.CLOSED:
        return refused(_("Answers still come in. Weight them after the campaign has closed."))
    return ALLOWED
