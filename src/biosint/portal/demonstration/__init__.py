"""Fills an empty platform with nine invented faculties and three years of plausible history.

The history is made through the operations that people use, so every rule held and every figure has its evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.db import transaction

from biosint.people.api import Person
from biosint.portal.demonstration.world import World, begin
from biosint.shared.verdicts import Fault

__all__ = ["CHAPTERS", "NotEmpty", "build"]

# In the order of the evidence chain; each is a module with ``tell(world)``.
CHAPTERS: tuple[str, ...] = (
    "consortium",
    "questionnaires",
    "study",
    "strategy",
    "syllabus",
    "course",
    "recognition",
    "partnering",
    # Its rounds count what the chapters before it left as evidence.
    "index",
    "situation_report",
    "outreach",
    "impact",
    "plan",
    "report",
    # Last: what it adds to evidence is not counted by the rounds and reports before it.
    "sepsis_course",
)


class NotEmpty(Fault):
    """People use this platform already; invented history must not mix with theirs."""


def build(report: Callable[[int, int, str], None] = lambda _done, _total, _step: None) -> World:
    """Build the demonstration in one transaction: all of it or nothing.

    Args:
        report: called with (steps done, steps in all, name of the step).

    Raises:
        NotEmpty: there are accounts already.
    """
    if Person.objects.exists():
        raise NotEmpty("The demonstration needs an empty platform. Choose another data folder.")
    with transaction.atomic():
        report(0, len(CHAPTERS) + 1, "people")
        world = begin()
        for number, chapter in enumerate(CHAPTERS, start=1):
            report(number, len(CHAPTERS) + 1, chapter)
            import_module(f"biosint.portal.demonstration.{chapter}").tell(world)
    report(len(CHAPTERS) + 1, len(CHAPTERS) + 1, "ready")
    return world
