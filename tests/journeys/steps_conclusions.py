"""From findings to a public report: an index that peers looked at, a SWOT that a room voted on, a paper."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

from django.utils import timezone

from biosint.jobs.api import run_due
from journeys.steps_consortium import LEZHE, LOZNICA
from journeys.steps_findings import ANALYSIS
from journeys.steps_index import an_institution_gives_its_values

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread, Walker

ROUND = "Where we stand"
PROOF = "https://example.org/strategy.pdf"
WORKSHOP = "What follows"
THREAT = "Graduates leave for better pay."
STRENGTH = "Our teachers already give lessons online."
OPPORTUNITY = "Partners abroad look for joint online courses."
OPTION = "Open a joint online course with a partner abroad."
STRATEGY = "Strategy of internationalisation"
REPORT = "Where we stand and what follows"
# Every value that waits is agreed to; one is asked about first.
AGREE = """(form) => {
  for (const opinion of form.querySelectorAll("input[name$=-opinion][value=agrees]")) opinion.click();
}"""


def a_round_is_opened(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/indicators/").sends("main form").reads("is in use.")
    year = timezone.localdate().year - 1
    vesna.opens("/situation/index/").follows("Plan a round").writes(
        title=ROUND, period_from=f"{year}-01-01", period_until=f"{year}-12-31", is_baseline=True
    )
    vesna.presses("Save as draft").presses("Open the round").reads("The round is open.")


def both_faculties_give_values_with_a_proof(thread: Thread, _folder: Path) -> None:
    for keeper, institution, level in (("Vesna", LOZNICA, 3), ("Blerim", LEZHE, 1)):
        walker = thread.person(keeper)
        walker.opens("/situation/index/").follows(f"Fill in “{ROUND}”").follows("Give the values")
        walker.page.locator("main summary", has_text="Proof and note").first.click()
        walker.page.locator("main [name$=-evidence_url]").first.fill(PROOF)
        an_institution_gives_its_values(walker, level=level, share=20 * level)
        walker.opens("/situation/index/").follows(f"Fill in “{ROUND}”").presses("Hand in for review")
        walker.reads(f"Reviewed by {(LEZHE if institution is LOZNICA else LOZNICA)['short_name']}")


def each_reviews_the_other_and_a_question_is_answered(thread: Thread, _folder: Path) -> None:
    blerim = _reviews(thread, "Blerim", LOZNICA)
    blerim.page.locator("main [name$=-opinion][value=asks]").first.check()
    blerim.page.locator("main [name$=-words]").first.fill("Which year is the list of?")
    _goes_on(blerim)

    vesna = thread.person("Vesna")
    vesna.opens("/situation/index/").follows(f"Fill in “{ROUND}”").follows("Questions of the reviewer: 1")
    vesna.reads("Which year is the list of?")
    vesna.page.get_by_label("Your answer about").fill("Of last year; the date stands on its first page.")
    vesna.presses("Answer")

    _goes_on(_reviews(thread, "Blerim", LOZNICA))
    blerim.presses("Finish the review")
    _goes_on(_reviews(thread, "Vesna", LEZHE))
    vesna.presses("Finish the review")


def _reviews(thread: Thread, reviewer: str, whose: dict[str, str]) -> Walker:
    walker = thread.person(reviewer)
    walker.opens("/situation/index/").follows(ROUND, within="main table")
    walker.follows(f"Values of {whose['short_name']}").reads("Open the proof")
    return walker.follows("Review the values")


def _goes_on(walker: Walker) -> None:
    """Agree to all that waits, dimension after dimension."""
    while True:
        form = walker.page.locator("main form.form")
        asked = form.locator("[name$=-opinion][value=asks]:checked").count()
        if not asked:
            form.evaluate(AGREE)
        if not form.get_by_role("button", name="Save and go on").count():
            break
        walker.presses("Save and go on")
    walker.presses("Save")


def the_board_closes_the_round(thread: Thread, _folder: Path) -> None:
    luan = thread.person("Luan")
    luan.opens("/situation/index/").follows(ROUND, within="main table").follows("Close the round")
    luan.presses("Close the round for good").reads("95 % interval")


def a_swot_is_begun_from_what_was_found(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/workshops/").follows("Begin a workshop").writes(title=WORKSHOP).presses("Begin")
    for side in ("S", "W"):
        vesna.presses("Take", within=f"#side-{side}")
    for side, words in (("S", STRENGTH), ("O", OPPORTUNITY), ("T", THREAT)):
        vesna.writes(side=side, text=words).presses("Add").reads(words)


def three_phones_vote(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/workshops/").follows(WORKSHOP).follows("Vote")
    code = vesna.page.locator(".swot-code").inner_text()
    vesna.presses("Open the vote")
    for _participant in range(3):
        participant = thread.stranger(phone=True)
        participant.opens("/situation/join/").writes(code=code).presses("Join")
        for _dot in range(2):
            participant.page.get_by_role("button", name=f"One dot more: {STRENGTH}").click()
        participant.presses("Send my dots").reads("Your dots are counted")
    vesna.presses("Close the vote").reads("Dots: 6, from devices: 3")


def an_option_becomes_an_objective_that_a_strategy_takes_up(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/workshops/").follows(WORKSHOP).follows("TOWS matrix and objectives")
    vesna.follows("Add an option", within="#SO")
    for words in (STRENGTH, OPPORTUNITY):
        vesna.page.get_by_label(words).check()
    vesna.writes(text=OPTION).presses("Keep the option").follows("Make it an objective")
    vesna.page.get_by_label("Indicator").select_option(index=1)
    vesna.writes(target="4", due_date="2099-12-31").presses("Set it").reads(OPTION)

    vesna.opens("/strategies/").follows("Begin a document").writes(title=STRATEGY).presses("Begin")
    vesna.opens("/strategies/").follows(STRATEGY).presses("Take up").reads(OPTION)
    vesna.opens("/situation/workshops/").follows(WORKSHOP).presses("Close the workshop")


def the_report_is_written_and_shown_to_everybody(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/reports/").follows("Begin a report").writes(title=REPORT)
    vesna.chooses("Round of the index", ROUND).chooses("SWOT workshop", WORKSHOP)
    vesna.page.get_by_role("checkbox", name=ANALYSIS).check()
    vesna.presses("Make the first draft")
    _is_made(vesna)
    vesna.follows("Write").writes(discussion="Joint courses **do** change minds.").presses("Save")
    _is_made(vesna)
    vesna.reads("Joint courses do change minds.").presses("Make it final").presses("Show to everybody")


def _is_made(walker: Walker) -> None:
    while run_due():
        pass
    walker.page.reload()
    walker.arrives()


def an_outsider_reads_it_and_takes_it_away(thread: Thread, folder: Path) -> None:
    outsider = thread.stranger(phone=True, accept_downloads=True)
    outsider.opens("/situation/reports/").follows(REPORT)
    for words in (OPTION, STRENGTH, "Joint courses do change minds."):
        outsider.reads(words)
    assert outsider.prints("PDF").startswith(b"%PDF")
    assert outsider.takes("DOCX", folder).read_bytes().startswith(b"PK")
    assert not outsider.page.get_by_role("link", name="Bundle with single answers").count()

    bundle = outsider.takes("Bundle without single answers", folder)
    _holds_what_it_says(io.BytesIO(bundle.read_bytes()))


def _holds_what_it_says(bundle: io.BytesIO) -> None:
    """Its sums are right, its tests are those of the page, and nobody's single answers are in it."""
    with zipfile.ZipFile(bundle) as files:
        found = {name: files.read(name) for name in files.namelist()}
    sums = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    assert not [name for name in found if name.startswith("data/")]
    assert [test["question"]["kind"] for test in json.loads(found["tests.json"])] == ["crosstab", "paired"]
    assert OPTION in found["swot.json"].decode()
    assert LEZHE["short_name"] in found["index/results.csv"].decode()


CHAPTERS = (
    a_round_is_opened,
    both_faculties_give_values_with_a_proof,
    each_reviews_the_other_and_a_question_is_answered,
    the_board_closes_the_round,
    a_swot_is_begun_from_what_was_found,
    three_phones_vote,
    an_option_becomes_an_objective_that_a_strategy_takes_up,
    the_report_is_written_and_shown_to_everybody,
    an_outsider_reads_it_and_takes_it_away,
)
