"""Answers to “may this person do that?”: always with a reason that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable

Sentence = str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed and, when it is not, why and who can."""

    allowed: bool
    reason: Sentence = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(reason: Sentence) -> Verdict:
    """Return a refusal. ``reason`` is a whole sentence: what hinders, and who can do it."""
    return Verdict(allowed=False, reason=reason)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the first refusal, or ``ALLOWED``."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


class Refused(Exception):
    """Somebody tried what a rule forbids. One middleware turns it into a page with the reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


class Fault(Exception):
    """Base of an operation's typed failures. ``str()`` is a sentence for the person who acted."""


def require(verdict: Verdict) -> None:
    """Raise ``Refused`` unless the verdict allows."""
    if not verdict:
        raise Refused(verdict)
