"""From a questionnaire to a public report in a real browser, by the people who do it, through the pages alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys import steps_asking, steps_conclusions, steps_findings
from journeys.walking import Thread

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Axe, Visiting


def test_what_people_answered_ends_in_a_public_report(visitors: Visiting, axe: Axe, tmp_path: Path) -> None:
    thread = Thread(visitors, axe)

    for chapter in (*steps_asking.CHAPTERS, *steps_findings.CHAPTERS, *steps_conclusions.CHAPTERS):
        chapter(thread, tmp_path)
