"""Chapter two: people are asked, answer on their phones, and their answers become findings."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from journeys.steps_consortium import LEZHE, LOZNICA

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread

QUESTIONNAIRE = "Studying internationally from home: students 2026"
CAMPAIGN = "How do you study, autumn 2026"
PEOPLE_IN_FILE = 60


def tell(thread: Thread, folder: Path) -> None:
    a_supplied_questionnaire_is_taken_and_published(thread)
    link = a_campaign_asks_two_institutions(thread)
    a_student_answers_on_a_phone_in_cyrillic_without_an_account(thread, link)
    answers_collected_elsewhere_are_imported(thread, folder)
    the_answers_show_counts_and_a_tested_difference(thread)
    the_answers_are_taken_out_for_a_statistician(thread, folder)
    the_campaign_is_closed_and_counted(thread)


def a_supplied_questionnaire_is_taken_and_published(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).presses("Take this questionnaire")
    vesna.presses("Publish").reads("Published. It stays as it is from now on")


def a_campaign_asks_two_institutions(thread: Thread) -> str:
    vesna = thread.person("Vesna")
    vesna.follows("Ask people with it").writes(title=CAMPAIGN)
    for institution in (LOZNICA, LEZHE):
        vesna.page.get_by_role("checkbox", name=institution["name"]).check()
    vesna.presses("Set up the campaign").reads("The campaign is set up. Pass on its link.")
    return urlsplit(vesna.page.locator("main a[href*='/surveys/a/']").first.inner_text()).path


def a_student_answers_on_a_phone_in_cyrillic_without_an_account(thread: Thread, link: str) -> None:
    student = thread.stranger(phone=True)
    student.opens(link).follows("Српски (ћирилица)")
    student.reads("Слажем се да се моји одговори")
    page = student.page
    page.locator("select[name=institution]").select_option(label=LEZHE["name"])
    for group in page.locator("main fieldset:has(> div > label > input[type=radio])").all():
        group.locator("label").nth(1).click()
    student.writes(year="3")

    student.visitor.expects_refusal = True
    student.sends("form.answer-form")
    expect(page.locator("[data-error-summary] li")).to_have_count(1)
    student.writes(consent=True).sends("form.answer-form")

    expect(page).to_have_url(re.compile("/thanks/"))


def answers_collected_elsewhere_are_imported(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(CAMPAIGN).follows("Import answers into it")
    vesna.writes(file=_file_of_answers(folder / "answers.csv")).presses("Look at the file")
    vesna.reads("nothing is written yet").reads("Rows with a mistake").reads("the moon")
    vesna.presses("Import the rows that are ready").reads("The answers are imported.")


def _file_of_answers(place: Path) -> Path:
    """Students of medicine here want to learn from home more often than those of nursing there."""
    with place.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["institution", "field", "year", "english", "lecture", "from_home", "wish"])
        for number in range(PEOPLE_IN_FILE):
            medicine = number % 2 == 0
            wants = number % 10 < 8 if medicine else number % 10 < 4
            rows.writerow(
                [
                    (LOZNICA if medicine else LEZHE)["name"],
                    "medicine" if medicine else "nursing",
                    number % 5 + 1,
                    ("B1", "B2", "C1")[number % 3],
                    "yes" if number % 4 else "help",
                    "yes" if wants else "no",
                    f"A course of my own choice, number {number}",
                ]
            )
        rows.writerow([LOZNICA["name"], "medicine", "the moon", "B1", "yes", "yes", ""])
    return place


def the_answers_show_counts_and_a_tested_difference(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.reads(str(PEOPLE_IN_FILE + 1))
    vesna.follows("Ask the answers").writes(rows="field", columns="from_home").presses("Work it out")
    vesna.reads("χ²").reads("Cramér")


def the_answers_are_taken_out_for_a_statistician(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.follows(CAMPAIGN)
    taken = vesna.takes("CSV file", folder)
    assert len(taken.read_text(encoding="utf-8-sig").splitlines()) == PEOPLE_IN_FILE + 2
    assert vesna.takes("XLSX file with code book", folder).read_bytes().startswith(b"PK")


def the_campaign_is_closed_and_counted(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(CAMPAIGN).presses("Close now")
    vesna.reads("The campaign is closed and its answers are counted.").follows("Counted as evidence")
    vesna.reads(CAMPAIGN)
