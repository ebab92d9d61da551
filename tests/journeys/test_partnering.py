"""Two teachers who have never met find each other and begin a course, one of them on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from biosint.partnering.models import Contact, Offer
from biosint.partnering.operations import offers as operations
from browser import Axe, Visiting
from factories import InstitutionFactory, TeacherFactory
from factories.partnering import OfferFactory


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_two_teachers_find_each_other(visitors: Visiting, axe: Axe) -> None:
    here, there = InstitutionFactory(country="RS"), InstitutionFactory(country="BE")
    seeking, found = TeacherFactory(at=here, name="Ana Ilić"), TeacherFactory(at=there, name="Jan Peeters")
    theirs = OfferFactory(title="Antibiotics in two countries", teacher=found, institution=there)
    operations.index_words(theirs)
    phone, desk = visitors(phone=True), visitors()
    phone.sign_in(seeking)
    desk.sign_in(found)

    # One writes an offer on the phone and sees at once who fits.
    page = phone.visit("/course-partners/new/")
    axe(page)
    assert fits(page)
    page.get_by_label("Title").fill("Sepsis across borders")
    page.get_by_label("What you have in mind").fill("Mixed teams compare how sepsis is treated.")
    page.get_by_label("Subject").select_option("0912")
    page.get_by_label("Keywords").fill("sepsis, antibiotics")
    page.get_by_label("First day").fill("2026-03-02")
    page.get_by_label("Last day").fill("2026-05-10")
    page.get_by_role("button", name="Publish the offer").click()
    expect(page.get_by_role("heading", name="Sepsis across borders")).to_be_visible()
    page.get_by_text("Why: ").first.click()
    expect(page.get_by_text("Shared keywords: sepsis, antibiotics.").last).to_be_visible()
    axe(page)
    assert fits(page)
    assert Offer.objects.count() == 2

    # The other finds it by words, and writes.
    page = desk.visit("/course-partners/?q=seps")
    axe(page)
    page.get_by_role("link", name="Sepsis across borders").click()
    axe(page)
    page.get_by_label("Message").fill("Shall we teach this together?")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message is sent.")).to_be_visible()
    axe(page)

    # The first one begins the course, the second says yes.
    page = phone.visit(Contact.objects.get().get_absolute_url())
    axe(page)
    assert fits(page)
    page.get_by_text("Begin a course together").first.click()
    page.get_by_role("button", name="Begin a course together").click()
    page = desk.visit(Contact.objects.get().get_absolute_url())
    page.get_by_role("button", name="Teach it together").click()
    expect(page.get_by_text("You teach this course together.")).to_be_visible()
    page = desk.visit("/course-partners/mine/")
    axe(page)
