"""Chapter four: a strategy is written, compared, decided by the council and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from journeys.walking import Thread


def tell(thread: Thread) -> None:
    a_document_begins_from_a_template(thread)
    the_second_version_shows_what_changed(thread)
    it_is_laid_before_the_council_and_adopted(thread)
    everybody_can_print_what_was_adopted(thread)


def a_document_begins_from_a_template(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/strategies/").follows("Begin a document").writes(title="Strategy of Loznica")
    vesna.presses("Begin")
    vesna.adds("text", "\n\nEvery student learns once a year with students of another country.")
    vesna.writes(what_changed="Our own aim").presses("Save as a new version")


def the_second_version_shows_what_changed(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.follows("Write the next version").adds("text", "\n\nThe index is measured every spring.")
    vesna.writes(what_changed="When we measure").presses("Save as a new version")
    vesna.follows("Compare versions")
    assert "The index is measured every spring." in vesna.page.locator("main ins").all_inner_texts()[-1]
    vesna.follows("Back to the document")


def it_is_laid_before_the_council_and_adopted(thread: Thread) -> None:
    thread.person("Vesna").presses("Lay before the council").reads("lies before the council")

    dean = thread.person("Ksenija")
    dean.opens("/strategies/").follows("Strategy of Loznica")
    dean.writes(reference="01-17/4", decided_date=timezone.localdate().isoformat())
    dean.presses("Record that it was adopted").reads("The decision is recorded.")


def everybody_can_print_what_was_adopted(thread: Thread) -> None:
    stranger = thread.stranger()
    stranger.opens("/strategies/").follows("Strategy of Loznica").reads("decision 01-17/4")
    assert stranger.prints("PDF").startswith(b"%PDF")
