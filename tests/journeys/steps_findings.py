"""From answers to findings: compared, tested before and after, kept in an analysis, shown to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from biosint.jobs.api import run_due
from journeys.steps_asking import AFTER, BEFORE, PEOPLE_EACH

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread, Walker

INTEREST = "Interest in international experience at home"
ANALYSIS = "What joint courses changed"


def the_second_campaign_is_closed(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(AFTER).presses("Close now")
    vesna.reads("The campaign is closed and its answers are counted.").follows("Results", nth=0)
    vesna.reads(INTEREST)


def groups_are_compared_and_kept(thread: Thread, _folder: Path) -> None:
    vesna = _asks(thread, "Cross-table")
    vesna.writes(rows="field", columns="from_home").presses("Work it out")
    vesna.reads("χ²").reads("Cramér")
    vesna.writes(remark="Students of medicine want it more often.").presses("Keep the result")
    vesna.follows("Title and words").writes(title=ANALYSIS, summary="Interest **rose** after joint courses.")
    vesna.presses("Save").reads(ANALYSIS)


def the_same_people_are_compared_before_and_after(thread: Thread, _folder: Path) -> None:
    vesna = _asks(thread, "Before and after, the same people")
    vesna.chooses("Answers from before", BEFORE).chooses("Question or score that both ask", INTEREST)
    vesna.presses("Work it out").reads(str(2 * PEOPLE_EACH + 1))
    vesna.chooses("Keep this result in", ANALYSIS).presses("Keep the result").reads(ANALYSIS)


def _asks(thread: Thread, kind: str) -> Walker:
    vesna = thread.person("Vesna")
    return (
        vesna.opens("/situation/").follows(AFTER).follows("Results").follows("Ask the answers").follows(kind)
    )


def all_figures_are_worked_out_as_a_job(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(AFTER).follows("Results").follows("All figures")
    vesna.presses("Work out all figures")
    while run_due():
        pass
    vesna.opens("/situation/").follows(AFTER).follows("Results").follows("All figures")
    vesna.page.locator("main section ul li a").first.click()
    vesna.arrives().reads("Among all: Holm").reads("Cronbach")
    assert vesna.takes("XLSX file", folder).read_bytes().startswith(b"PK")


def the_analysis_is_published_and_an_outsider_reads_it(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/analyses/").follows(ANALYSIS).reads("All tests of this analysis").presses(
        "Publish"
    )

    outsider = thread.stranger(phone=True)
    outsider.opens(vesna.page.url).reads("Students of medicine want it more often.")
    expect(outsider.page.get_by_role("link", name="Open this result in the answers")).to_have_count(0)


CHAPTERS = (
    the_second_campaign_is_closed,
    groups_are_compared_and_kept,
    the_same_people_are_compared_before_and_after,
    all_figures_are_worked_out_as_a_job,
    the_analysis_is_published_and_an_outsider_reads_it,
)
