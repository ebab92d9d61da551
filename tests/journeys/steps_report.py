"""Chapter ten: the report writes itself from what happened, and every figure opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from pathlib import Path

    from journeys.walking import Thread


def tell(thread: Thread, folder: Path) -> None:
    a_report_is_begun_and_its_words_are_written(thread)
    every_figure_opens_to_its_list(thread)
    it_is_taken_as_pdf_and_docx(thread, folder)
    it_is_made_final(thread)


def a_report_is_begun_and_its_words_are_written(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    today = timezone.localdate()
    vesna.opens("/reports/").follows("Begin a report").writes(
        title="First periodic report", since_date=f"{today.year}-01-01", until_date=today.isoformat()
    )
    vesna.presses("Begin").follows("Write").writes(summary="Two faculties taught one course together.")
    vesna.presses("Save").reads("Two faculties taught one course together.")


def every_figure_opens_to_its_list(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    report = vesna.page.url
    links = vesna.page.locator("main a[href*='/figures/']")
    opened = [(str(link.get_attribute("href")), link.inner_text().strip()) for link in links.all()]
    assert len(opened) > 8
    proofs = set()
    for address, shown in opened:
        vesna.opens(address).reads(shown)
        entries = vesna.page.locator("main tbody th a").all()
        assert entries
        proofs |= {str(entry.get_attribute("href")) for entry in entries}
    for address in sorted(proofs):
        # The record of one learner is for the home institution; the page says so.
        is_personal = "/recognition/" in address
        vesna.visitor.expects_refusal = is_personal
        vesna.opens(address)
        if is_personal:
            vesna.reads("which vouches for it")
    vesna.visitor.expects_refusal = False
    vesna.opens(report)


def it_is_taken_as_pdf_and_docx(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    assert vesna.prints("PDF").startswith(b"%PDF")
    assert vesna.takes("DOCX", folder).read_bytes().startswith(b"PK")


def it_is_made_final(thread: Thread) -> None:
    thread.person("Vesna").presses("Make it final").reads("The report is final.")
