"""Chapter five: one unit becomes international, and its credits are seen before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.walking import Thread

UNIT = "Communication with patients"


def tell(thread: Thread) -> None:
    a_programme_and_a_unit_are_entered(thread)
    a_version_is_written_and_approved(thread, credits_abroad="0.5", outcome="greet a patient", number=1)
    a_version_is_written_and_approved(
        thread, credits_abroad="2", outcome="explain a treatment across languages", number=2
    )
    everybody_sees_the_credits_before_and_now(thread)


def a_programme_and_a_unit_are_entered(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/curriculum/").follows("Syllabi of FM Loznica").follows("Enter a programme")
    vesna.writes(title="Integrated studies of medicine", field="medicine").sends("main form.form")
    vesna.follows("Add a unit")
    vesna.page.get_by_role("checkbox", name="Vesna Marković").check()
    vesna.writes(code="COM1", title=UNIT, ects="4").sends("main form.form")
    vesna.reads("Its teachers can write the syllabus now.")


def a_version_is_written_and_approved(
    thread: Thread, *, credits_abroad: str, outcome: str, number: int
) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/curriculum/mine/").follows(UNIT)
    if number == 1:
        vesna.follows("Open version 1").follows("Write")
    else:
        vesna.presses("Start a new version")
    vesna.writes(
        summary="How to speak with people who are ill.",
        methods="Students of two countries train with each other online.",
        assessment="A recorded talk.",
        international_ects=credits_abroad,
    )
    row = vesna.page.locator("main fieldset:has(textarea[name^=outcomes])").nth(number - 1)
    row.locator("textarea").fill(outcome)
    row.locator("input[type=checkbox]").nth(number).check()
    vesna.presses("Save").presses("Submit for approval").reads("The dean or a coordinator will decide on it.")

    dean = thread.person("Ksenija")
    dean.opens("/").follows(UNIT).presses("Approve this version").reads(f"Version {number} is approved.")


def everybody_sees_the_credits_before_and_now(thread: Thread) -> None:
    stranger = thread.stranger()
    stranger.opens("/curriculum/").follows("Faculty of Medicine, Loznica").reads("International before")
    cells = stranger.page.get_by_role("row", name=UNIT).get_by_role("cell").all_inner_texts()
    assert [cell.strip() for cell in cells[-2:]] == ["0.5", "2.0"]
