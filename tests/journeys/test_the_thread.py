"""The whole chain of evidence in a real browser, by the people who make it, through the pages alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys import (
    steps_consortium,
    steps_course,
    steps_index,
    steps_outreach,
    steps_plan,
    steps_recognition,
    steps_report,
    steps_situation,
    steps_strategy,
    steps_syllabus,
)
from journeys.walking import Thread

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Axe, Visiting


def test_what_a_person_does_in_one_link_counts_in_the_next(
    visitors: Visiting, axe: Axe, tmp_path: Path
) -> None:
    thread = Thread(visitors, axe)

    steps_consortium.tell(thread)
    steps_situation.tell(thread, tmp_path)
    steps_index.tell(thread, tmp_path)
    steps_strategy.tell(thread)
    steps_syllabus.tell(thread)
    steps_course.tell(thread)
    steps_recognition.tell(thread, tmp_path)
    steps_plan.tell(thread)
    steps_outreach.tell(thread)
    steps_report.tell(thread, tmp_path)
