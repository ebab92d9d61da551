"""From the agreement to the transcript, by the administrator of the home faculty and a learner on a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from biosint.recognition import elmo_reading
from biosint.recognition.models import LearningAgreement
from biosint.recognition.operations import agreements
from browser import Axe, Visiting
from clock import NOON
from exchange.cast import a_course
from factories import AdministratorFactory, CompletionFactory


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_agreed_recognised_and_carried_away(visitors: Visiting, axe: Axe, tmp_path: Path) -> None:
    cast = a_course(title="Safe hand-over")
    learner = cast.admitted(cast.partner, name="Ana Ilić")
    agreements.make(application_id=learner.pk, by=None, at=NOON)
    desk, phone, teacher = visitors(), visitors(phone=True), visitors(phone=True)
    desk.sign_in(AdministratorFactory(at=cast.partner))
    phone.sign_in(learner.learner)
    teacher.sign_in(cast.teacher)

    # The faculty at home says once for what the course counts, and signs after a look.
    page = desk.visit("/recognition/agreements/")
    page.get_by_role("link", name="Safe hand-over").click()
    page.get_by_label("Course or part of a course").fill("Patient safety")
    page.get_by_label("Code").fill("PS-2")
    axe(page)
    page.get_by_role("button", name="Settle it").click()
    axe(page)
    page.get_by_label("Sign for Ana Ilić").check()
    page.get_by_role("button", name="Sign the chosen ones").click()
    expect(page.get_by_text("1 agreement is signed.")).to_be_visible()

    # The learner and the teacher sign on their phones.
    made = LearningAgreement.objects.get()
    for visitor, party in ((phone, "learner"), (teacher, "receiving institution")):
        page = visitor.visit(made.get_absolute_url())
        axe(page)
        assert fits(page)
        expect(page.get_by_role("heading", name=f"Your signature: {party}")).to_be_visible()
        page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed by all three", exact=True)).to_be_visible()

    # The course is passed; what was agreed is recognised.
    CompletionFactory(application=learner)
    page = desk.visit("/recognition/decisions/")
    axe(page)
    page.get_by_label("Recognise as agreed: Ana Ilić").check()
    page.get_by_role("button", name="Recognise the chosen ones as agreed").click()
    expect(page.get_by_text("The credits of 1 learner are recognised as agreed.")).to_be_visible()

    # The learner takes the transcript away, as a file another university reads; anybody checks it.
    page = phone.visit("/recognition/")
    axe(page)
    assert fits(page)
    expect(page.get_by_role("link", name="Recognised: 3")).to_be_visible()
    page.get_by_role("button", name="Make the transcript").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="ELMO (XML)").click()
    taken.value.save_as(tmp_path / "records.xml")
    (report,) = elmo_reading.read((tmp_path / "records.xml").read_bytes())
    assert [course.title for course in report.courses] == ["Safe hand-over"]
    checked = page.get_by_role("link", name="The page on which anybody checks it").get_attribute("href")
    assert checked is not None
    page = visitors(phone=True).visit(checked)
    axe(page)
    expect(page.get_by_text("This transcript is genuine", exact=True)).to_be_visible()
