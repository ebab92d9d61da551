"""A campaign with groups and tickets: set up, invited, answered on a phone, followed live, in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from biosint.jobs.api import run_due
from biosint.situation.models import Campaign
from biosint.surveys.models import AnswerSet, AskedGroup
from biosint.surveys.states import Entry, Pairing
from browser import Axe, Visiting
from factories.consortium import ConsortiumFactory, MembershipFactory
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.situation_campaigns import CampaignFactory, InvitationFactory
from factories.surveys import (
    AnswerSetFactory,
    AskedGroupFactory,
    AskedInstitutionFactory,
    QuestionnaireFactory,
    SubmissionFactory,
    VersionFactory,
)


def running() -> Campaign:
    """Two faculties with groups, some of them answered, one of them small."""
    now = timezone.now()
    home = InstitutionFactory()
    answer_set = AnswerSetFactory(
        title="Students 2026",
        version=VersionFactory(questionnaire=QuestionnaireFactory(institution=home)),
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=9),
        entry=Entry.TICKETS,
        pairing=Pairing.REQUIRED,
        pairs_within=ConsortiumFactory(),
    )
    campaign = CampaignFactory(answer_set=answer_set)
    for number, institution in enumerate((home, InstitutionFactory())):
        asked = AskedInstitutionFactory(answer_set=answer_set, institution=institution, invited=300)
        for place, (label, answers) in enumerate((("Second year", 31), ("Fifth year", 12 - 10 * number))):
            group = AskedGroupFactory(
                asked=asked, code=f"year-{place}", label={"en": label}, place=place, least=20, most=60
            )
            for day in range(3):
                SubmissionFactory.create_batch(
                    answers // 3 + (day < answers % 3),
                    answer_set=answer_set,
                    institution=institution,
                    group=group,
                    received_date=(now - timedelta(days=day)).date(),
                )
    return campaign


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_the_pages_of_a_campaign_have_no_barrier(small: bool, visitors: Visiting, axe: Axe) -> None:
    campaign = running()
    asked = campaign.answer_set.asked.select_related("institution").first()
    assert asked
    InvitationFactory.create_batch(3, campaign=campaign, asked=asked, mails=1, last_mail_date=timezone.now())
    visitor = visitors(phone=small)
    visitor.sign_in(CoordinatorFactory(at=campaign.answer_set.owner))
    for path in (
        "new/",
        f"{campaign.pk}/",
        f"{campaign.pk}/edit/",
        f"{campaign.pk}/groups/{asked.institution.slug}/",
        f"{campaign.pk}/invitations/",
        f"{campaign.pk}/posters/?lang=en&for={asked.institution.slug}/year-0",
    ):
        page = visitor.visit(f"/situation/campaigns/{path}")

        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_from_a_list_of_addresses_to_answers_on_a_phone(visitors: Visiting, axe: Axe) -> None:
    home = InstitutionFactory()
    MembershipFactory(consortium=ConsortiumFactory(), institution=home)
    VersionFactory(questionnaire=QuestionnaireFactory(institution=home))
    keeper = visitors()
    keeper.sign_in(CoordinatorFactory(at=home))

    page = keeper.visit("/situation/campaigns/new/")
    page.get_by_label("Title").fill("Students 2026")
    page.get_by_label("Who may answer").select_option(Entry.TICKETS)
    page.get_by_label("Code that ties answers").select_option(Pairing.OPTIONAL)
    page.get_by_role("button", name="Set up the campaign").click()
    page.get_by_role("link", name="groups").click()
    page.get_by_label("Name of group 1 (en)").fill("Second year")
    page.get_by_label("People asked, 1").fill("40")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Invitations and tickets").click()
    page.get_by_label("Or paste addresses").fill("ana@faculty.test\nben@faculty.test;second-year\nnonsense")
    keeper.expects_refusal = True
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("cell", name="is no mail address")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Invite these people").click()
    expect(page.get_by_text("2 people are invited.")).to_be_visible()
    AnswerSet.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    run_due()

    link = re.search(r"https?://[^/]+(/surveys/a/\S+)", mail.outbox[0].body)
    assert link
    student = visitors(phone=True)
    page = student.visit(link.group(1))
    axe(page)
    expect(page.get_by_text("Second year")).to_be_visible()
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    student.expects_refusal = True
    page = student.visit(link.group(1))
    expect(page.get_by_role("heading", level=1)).to_have_text("This ticket has been used")

    cache.clear()  # counts are at most ten seconds old
    page = keeper.visit(f"/situation/campaigns/{Campaign.objects.get().pk}/")
    expect(page.get_by_text("fewer than 5").first).to_be_visible()
    assert AskedGroup.objects.get().code == "second-year"


def test_a_link_to_one_group_and_the_own_code_on_a_phone(visitors: Visiting, axe: Axe) -> None:
    campaign = running()
    AnswerSet.objects.update(entry=Entry.LINK)
    asked = campaign.answer_set.asked.select_related("institution").first()
    assert asked
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    page = visitor.visit(f"/a/{campaign.answer_set.token}?at={asked.institution.slug}&group=year-0")
    axe(page)
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes").check()

    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Type a day from 01 to 31.").first).to_be_visible()
    axe(page)
    for label, typed in (
        ("name of your mother", "М"),
        ("day of the month", "7"),
        ("town or village", "Č"),
        ("mobile number", "42"),
        ("name of your father", "-"),
    ):
        page.get_by_label(re.compile(label)).fill(typed)
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    assert campaign.answer_set.submissions.exclude(pairing="").count() == 1
