"""Chapter seven: what was learnt can be shown to anybody, and counts at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys.steps_course import COURSE

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread


def tell(thread: Thread, folder: Path) -> None:
    signed, page = a_learner_takes_the_credential_away(thread, folder)
    anybody_sees_that_it_is_genuine(thread, page)
    a_changed_copy_is_refused(thread, signed)
    the_home_institution_recognises_the_credits(thread)


def a_learner_takes_the_credential_away(thread: Thread, folder: Path) -> tuple[Path, str]:
    hana = thread.person("Hana", phone=True)
    hana.opens("/credentials/").follows(COURSE).reads("This credential is genuine")
    assert hana.prints("Certificate (PDF)").startswith(b"%PDF")
    signed = hana.takes("Signed credential", folder)
    return signed, hana.page.url


def anybody_sees_that_it_is_genuine(thread: Thread, page: str) -> None:
    thread.stranger().opens(page).reads("This credential is genuine").reads("Hana Marku")


def a_changed_copy_is_refused(thread: Thread, signed: Path) -> None:
    employer = thread.stranger()
    employer.opens("/").follows("Check a certificate", within="footer").writes(file=signed)
    employer.presses("Check").reads("This credential is genuine")

    changed = signed.with_name("changed.json")
    text = signed.read_text(encoding="utf-8")
    changed.write_text(text.replace("Hana Marku", "Hana Marko"), encoding="utf-8")
    assert changed.read_text(encoding="utf-8") != text
    employer.opens("/credentials/check/").writes(file=changed)
    employer.presses("Check").reads("This credential is not genuine")


def the_home_institution_recognises_the_credits(thread: Thread) -> None:
    blerim = thread.person("Blerim")
    blerim.opens("/").follows("Hana Marku").writes(
        decision="recognised", local_name="Nursing across cultures", ects="3"
    )
    blerim.presses("Record the decision").reads("The decision is recorded; the learner sees it.")
    blerim.follows("Hana Marku").reads("Nursing across cultures")
    thread.person("Hana", phone=True).opens("/recognition/").reads("Recognised")
