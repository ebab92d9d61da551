"""Chapter three: two institutions measure themselves twice, and the change is seen with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from journeys.steps_consortium import LEZHE, LOZNICA

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread, Walker

# One visit to the page instead of three dozen: every radio is clicked, every number typed.
ANSWER_EVERYTHING = """(form, {level, share}) => {
  for (const group of form.querySelectorAll("fieldset")) {
    const answers = group.querySelectorAll("input[type=radio]");
    // Two answers and “not answered yet” mean yes or no; yes stands first.
    if (answers.length) answers[answers.length <= 3 ? 0 : level].click();
  }
  for (const field of form.querySelectorAll("input[name$=-numerator]")) field.value = share;
  for (const field of form.querySelectorAll("input[name$=-denominator]")) field.value = 100;
}"""


def tell(thread: Thread, folder: Path) -> None:
    the_indicators_are_put_in_use(thread)
    year = timezone.localdate().year
    a_round_is_measured(thread, "Baseline", year - 2, level=1, share=20)
    a_round_is_measured(thread, "One year later", year - 1, level=3, share=60)
    the_change_is_seen_with_its_interval(thread, folder)


def the_indicators_are_put_in_use(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/indicators/").sends("main form").reads("is in use.")


def a_round_is_measured(thread: Thread, title: str, year: int, *, level: int, share: int) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/index/").follows("Plan a round").writes(
        title=title, period_from=f"{year}-01-01", period_until=f"{year}-12-31"
    )
    if title == "Baseline":
        vesna.writes(is_baseline=True)
    vesna.presses("Save as draft").presses("Open the round")
    for keeper, institution in (("Vesna", LOZNICA), ("Blerim", LEZHE)):
        walker = thread.person(keeper)
        walker.opens("/situation/index/").follows(f"Fill in “{title}”").reads(institution["short_name"])
        an_institution_gives_its_values(walker.follows("Give the values"), level=level, share=share)
    # Who leads the project does not close the books on it.
    luan = thread.person("Luan")
    luan.opens("/situation/index/").follows(title, within="main table").follows("Close the round")
    luan.writes(words="Nobody reviewed: the two institutions know each other too well.")
    luan.presses("Close the round for good")
    luan.reads("95 % interval")


def an_institution_gives_its_values(walker: Walker, *, level: int, share: int) -> None:
    """Go through the dimensions one by one, as the buttons lead."""
    while True:
        form = walker.page.locator("main form")
        form.evaluate(ANSWER_EVERYTHING, {"level": level, "share": share})
        if not form.get_by_role("button", name="Save and go on").count():
            break
        walker.presses("Save and go on")
    walker.presses("Save")


def the_change_is_seen_with_its_interval(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/index/").reads("Change since “Baseline”").reads("What this means")
    vesna.reads("95 % interval")
    assert vesna.page.locator("main figure svg").count()
    results = vesna.takes("Download the results (CSV)", folder).read_text(encoding="utf-8-sig")
    assert LEZHE["short_name"] in results or LEZHE["name"] in results
