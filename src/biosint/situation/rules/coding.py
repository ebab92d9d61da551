from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.people.api import Person
    from biosint.situation.models import Codebook, Coder
    from biosint.surveys.models import AnswerSet


def may_begin(person: Person, answer_set: AnswerSet, *, at: datetime) -> Verdict:
    """Who may see single answers begins a codebook, once no more answers come."""
    if answer_set.phase_at(at) != surveys.Phase.CLOSED:
        return refused(
            _("Answers still come in. Begin when the campaign has closed, so that none is missed.")
        )
    return surveys.may_take_out(person, answer_set)


def may_keep(person: Person, codebook: Codebook) -> Verdict:
    """Who may see single answers keeps the codebook until it is closed."""
    return all_of([_is_open(codebook), surveys.may_take_out(person, codebook.answer_set)])


def _is_open(codebook: Codebook) -> Verdict:
    if codebook.is_closed:
        return refused(_("This coding is finished and stays as it is."))
    return ALLOWED


def may_view(person: Person, codebook: Codebook, *, coder: Coder | None) -> Verdict:
    """Only keepers and named coders see open answers."""
    if coder is not None and coder.person_id == person.pk:
        return ALLOWED
    return surveys.may_take_out(person, codebook.answer_set)


def may_code(person: Person, codebook: Codebook, *, coder: Coder | None, is_compared: bool) -> Verdict:
    """A named coder codes until both have finished what both code; then their work is compared and stays.

    Args:
        coder: the place that the person holds in this codebook.
        is_compared: both have finished.
    """
    if coder is None or coder.person_id != person.pk:
        return refused(_("Only the two coders that were named do this."))
    if is_compared:
        return refused(
            _("Both have finished; what was coded twice stays as it is, so that it can be compared.")
        )
    return _is_open(codebook)


def may_change_codes(person: Person, codebook: Codebook, *, is_compared: bool) -> Verdict:
    """Keepers change codes until the coders have finished: later ones would have been missed by both."""
    if is_compared:
        return refused(_("Both coders have finished. A code added now would be missing in all they read."))
    return may_keep(person, codebook)


def may_decide(person: Person, codebook: Codebook, *, coder: Coder | None, is_compared: bool) -> Verdict:
    """Keepers and coders settle what the coders saw differently, once both have finished."""
    if not is_compared:
        return refused(_("Both coders finish first, without seeing each other’s work."))
    return all_of([_is_open(codebook), may_view(person, codebook, coder=coder)])


def may_close(
    person: Person, codebook: Codebook, *, is_compared: bool, undecided: int, uncoded: int
) -> Verdict:
    """Keepers close a coding in which nothing is open any more."""
    if not is_compared:
        return refused(_("Both coders finish first."))
    if undecided:
        return refused(_("Some answers were coded differently. Settle them first."))
    if uncoded:
        return refused(_("The first coder has not read all answers yet."))
    return may_keep(person, codebook)
