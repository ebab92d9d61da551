"""Tickets by mail: a list is looked at, everybody gets one mail, few reminders, and the addresses go again."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from biosint.jobs.api import run_due
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.situation.address_lists import Known, read_list, text_of
from biosint.situation.models import Campaign, Invitation, MailRefusal
from biosint.situation.operations import campaigns, invitations
from biosint.situation.rules.invitations import may_remind
from biosint.surveys import api as surveys
from biosint.surveys.models import AskedGroup, Submission, Ticket
from biosint.surveys.web.answering import _hand_out
from clock import DAY
from factories.people import AdministratorFactory, CoordinatorFactory, StudentFactory
from factories.situation_campaigns import CampaignFactory
from factories.surveys import AnswerSetFactory, AskedGroupFactory, AskedInstitutionFactory

KNOWN = Known(
    institutions={"med": 1, "faculty of medicine": 1, "dent": 2},
    groups={(1, "second"): 10, (1, "друга година"): 10},
    languages={"sr": "sr", "shqip": "sq"},
    grouped=frozenset({1}),
)


def read(text: str, **more: Any) -> list[tuple[Any, ...]]:
    wanted = {"institution": None, "group": None, "language": "en", "taken": (), **more}
    found = read_list(text, KNOWN, **wanted)
    return [(row.address, row.institution, row.group, row.language, row.fault) for row in found.rows]


def test_cells_beside_an_address_stand_in_any_order() -> None:
    assert read("mail;year\nAna <ANA@x.test>;Second;Med;sr\nb@x.test\tDENT\tShqip\n\n") == [
        ("ana@x.test", 1, 10, "sr", ""),
        ("b@x.test", 2, None, "sq", ""),
    ]


def test_every_line_that_cannot_be_used_says_why() -> None:
    faults = [
        row[-1]
        for row in read(
            "nobody@, med\na@x.test\nb@x.test;med\nc@x.test;dent\nC@x.test;dent\nd@x.test;dent",
            taken=["d@x.test"],
        )
    ]

    assert faults == [
        "is no mail address",
        "names no institution that is asked",
        "names no group of its institution",
        "",
        "stands twice in the list",
        "is invited already",
    ]


def test_the_group_chosen_for_a_list_counts_at_its_own_institution_only() -> None:
    assert read("a@x.test\nb@x.test;dent", institution=1, group=10) == [
        ("a@x.test", 1, 10, "en", ""),
        ("b@x.test", 2, None, "en", ""),
    ]


def test_a_workbook_and_older_files_are_read() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["ana@x.test", "Друга година", "med"])
    content = io.BytesIO()
    workbook.save(content)

    assert read(text_of(content.getvalue())) == [("ana@x.test", 1, 10, "en", "")]
    assert text_of("Đurić <a@x.test>".encode("cp1250")) == "Đurić <a@x.test>"


def running(**more: Any) -> tuple[Campaign, AskedGroup, Person]:
    now = timezone.now()
    answer_set = AnswerSetFactory(
        opens_at=now - 10 * DAY, closes_at=now + 10 * DAY, entry=surveys.Entry.TICKETS
    )
    group = AskedGroupFactory(asked__answer_set=answer_set, code="second")
    return CampaignFactory(answer_set=answer_set, **more), group, CoordinatorFactory(at=answer_set.owner)


def nobody(_done: int, _total: int, _step: str) -> None:
    """Progress that nobody looks at."""


class Choosy(EmailBackend):
    """A mail server that knows everybody but one."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["gone@x.test"]:
            raise SMTPRecipientsRefused({"gone@x.test": (550, b"unknown")})
        return super().send_messages(messages)


class Breaking(EmailBackend):
    """A mail server whose line breaks after the first mail."""

    def send_messages(self, messages: Any) -> int:
        if mail.outbox:
            raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


def invite(campaign: Campaign, by: Person, *addresses: str, at: Any = None) -> int:
    place = AskedGroup.objects.get()
    known = Known({}, {}, {}, frozenset())
    rows = read_list(
        "\n".join(addresses),
        known,
        institution=place.asked.institution_id,
        group=place.pk,
        language="sr",
        taken=(),
    ).usable
    return invitations.invite(campaign_id=campaign.pk, rows=rows, by=by, at=at or timezone.now())


def code_in(body: str) -> str:
    found = re.search(r"ticket=([a-z0-9]{12})", body)
    assert found
    return found.group(1)


def answer_with(campaign: Campaign, code: str) -> int:
    form = {
        "consent": "yes",
        "mobility": "yes",
        "ticket": code,
        "key": _hand_out(campaign.answer_set, timezone.now()),
    }
    return Client().post(f"/surveys/a/{campaign.answer_set.token}/", form).status_code


@pytest.mark.django_db(transaction=True)
class TestMails:
    def test_each_person_gets_one_mail_with_a_link_that_works_once(self) -> None:
        campaign, group, keeper = running()

        assert invite(campaign, keeper, "ana@x.test", "ben@x.test") == 2
        run_due()

        assert sorted(message.to[0] for message in mail.outbox) == ["ana@x.test", "ben@x.test"]
        message = mail.outbox[0]
        assert "lang=sr" in message.body
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        code = code_in(message.body)
        assert (answer_with(campaign, code), answer_with(campaign, code)) == (303, 410)
        assert Submission.objects.get().group == group

    def test_inviting_the_same_people_again_invites_only_the_new_ones(self) -> None:
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test")

        assert invite(campaign, keeper, "ana@x.test", "ben@x.test") == 1
        assert Ticket.objects.count() == 2

    def test_only_who_has_not_answered_is_reminded_seldom_and_not_too_often(self) -> None:
        campaign, _group, keeper = running(most_reminders=1, days_between_mails=3)
        invite(campaign, keeper, "ana@x.test", "ben@x.test")
        run_due()
        now = timezone.now()
        answer_with(campaign, code_in(mail.outbox[0].body))
        answered = mail.outbox[0].to[0]
        mail.outbox.clear()

        too_soon = may_remind(keeper, campaign, at=now)
        invitations.mail_reminders(campaign_id=campaign.pk, at=now + 2 * DAY, report_to=nobody)
        assert mail.outbox == []
        assert not too_soon
        invitations.mail_reminders(campaign_id=campaign.pk, at=now + 3 * DAY, report_to=nobody)
        invitations.mail_reminders(campaign_id=campaign.pk, at=now + 9 * DAY, report_to=nobody)

        assert len(mail.outbox) == 1
        assert mail.outbox[0].to[0] != answered

    def test_a_campaign_looks_after_itself_every_day_until_it_closes(self) -> None:
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test")
        run_due()
        mail.outbox.clear()
        end = campaign.answer_set.closes_at
        assert end

        assert invitations.tend(campaign_id=campaign.pk, at=timezone.now() + 5 * DAY, report_to=nobody)
        assert not invitations.tend(campaign_id=campaign.pk, at=end, report_to=nobody)

        assert len(mail.outbox) == 1

    def test_an_address_that_is_refused_holds_up_nobody_and_is_told(
        self, settings: Any, client_of: Any
    ) -> None:
        settings.EMAIL_BACKEND = "situation.test_invitations.Choosy"
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test", "gone@x.test", "zoran@x.test")

        run_due()
        run_due()

        assert sorted(message.to[0] for message in mail.outbox) == ["ana@x.test", "zoran@x.test"]
        page = client_of(keeper).get(f"/situation/campaigns/{campaign.pk}/invitations/").content.decode()
        assert "<li>gone@x.test</li>" in page

    def test_a_broken_line_to_the_mail_server_writes_to_nobody_twice(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "situation.test_invitations.Breaking"
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test", "ben@x.test", "zoran@x.test")

        with pytest.raises(SMTPServerDisconnected):
            invitations.mail_invitations(campaign_id=campaign.pk, at=timezone.now(), report_to=nobody)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        invitations.mail_invitations(campaign_id=campaign.pk, at=timezone.now(), report_to=nobody)

        assert sorted(message.to[0] for message in mail.outbox) == [
            "ana@x.test",
            "ben@x.test",
            "zoran@x.test",
        ]

    def test_who_says_no_is_never_written_to_again(self) -> None:
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test", "ben@x.test")
        run_due()
        message = next(found for found in mail.outbox if found.to == ["ana@x.test"])
        path = re.search(r"(/situation/no-more-mail/\S+)", message.body)
        assert path

        asked = Client().get(path.group(1))
        done = Client(enforce_csrf_checks=True).post(path.group(1))

        assert (asked.status_code, done.status_code) == (200, 200)
        assert Invitation.objects.get().address == "ben@x.test"
        assert "ana" not in MailRefusal.objects.get().digest
        assert invite(campaign, keeper, "ANA@x.test") == 0
        assert answer_with(campaign, code_in(message.body)) == 303

    def test_addresses_go_when_the_campaign_ends(self) -> None:
        campaign, _group, keeper = running()
        invite(campaign, keeper, "ana@x.test")

        campaigns.close_campaign(campaign_id=campaign.pk, by=keeper, at=timezone.now())

        assert not Invitation.objects.exists()
        assert Ticket.objects.count() == 1


@pytest.mark.django_db
def test_nothing_that_names_a_person_stands_on_the_trail() -> None:
    from biosint.audit.models import Line

    campaign, _group, keeper = running()
    invite(campaign, keeper, "ana@x.test")

    lines = str(list(Line.objects.values()))
    assert "situation.people.invited" in lines
    assert "ana@x.test" not in lines


@pytest.mark.django_db
def test_only_keepers_invite_and_only_where_tickets_are_asked_for() -> None:
    campaign, _group, keeper = running()
    with pytest.raises(Refused):
        invite(campaign, StudentFactory(at=campaign.answer_set.owner), "ana@x.test")
    with pytest.raises(Refused):
        invite(campaign, keeper, "ana@x.test", at=campaign.answer_set.closes_at)
    campaign.answer_set.entry = surveys.Entry.LINK
    campaign.answer_set.save()
    with pytest.raises(Refused, match="needs no tickets"):
        invite(campaign, keeper, "ana@x.test")


@pytest.mark.django_db
class TestPages:
    def test_a_list_is_looked_at_before_anybody_is_invited(self, client_of: Any) -> None:
        campaign, group, keeper = running()
        client = client_of(keeper)
        path = f"/situation/campaigns/{campaign.pk}/invitations/"
        place = f"{group.asked.institution.slug}/second"
        form = {"lines": "ana@x.test\nnonsense", "place": place, "language": "en"}

        preview = client.post(path, form)
        before = Invitation.objects.count()
        done = client.post(path, {**form, "confirmed": "1"})

        assert "is no mail address" in preview.content.decode()
        assert (before, Invitation.objects.count(), done.status_code) == (0, 1, 302)
        assert Invitation.objects.get().group == group

    def test_the_sheet_of_tickets_is_a_document_and_its_codes_work(self, client_of: Any) -> None:
        import pypdf

        campaign, group, keeper = running()

        response = client_of(keeper).post(
            f"/situation/campaigns/{campaign.pk}/tickets/",
            {"for_whom": f"{group.asked.institution.slug}/second", "number": 13, "speaks": "en"},
        )

        paper = pypdf.PdfReader(io.BytesIO(response.content))
        codes = re.findall(
            r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", "".join(page.extract_text() for page in paper.pages)
        )
        assert (len(codes), len(paper.pages), Ticket.objects.count()) == (13, 2, 13)
        assert response["Cache-Control"] == "no-store"
        assert answer_with(campaign, codes[0]) == 303

    def test_a_stranger_finds_none_of_the_pages(self, client_of: Any) -> None:
        campaign, group, _keeper = running()
        stranger = client_of(AdministratorFactory())
        paths = ("edit/", "invitations/", "posters/", "poster.pdf", f"groups/{group.asked.institution.slug}/")

        statuses = [stranger.get(f"/situation/campaigns/{campaign.pk}/{path}").status_code for path in paths]

        assert statuses == [404] * len(paths)

    def test_groups_are_set_for_every_institution_at_once(self, client_of: Any) -> None:
        campaign, group, keeper = running()
        other = AskedInstitutionFactory(answer_set=campaign.answer_set)
        slug = group.asked.institution.slug

        response = client_of(keeper).post(
            f"/situation/campaigns/{campaign.pk}/groups/{slug}/",
            {
                "all_invited": "1 200",
                "code": ["second", ""],
                "label_en": ["Second year", "Fifth year"],
                "invited": ["120", "80"],
                "least": ["", "20"],
                "most": ["60", ""],
                "for_all": "1",
            },
        )

        assert response.status_code == 302
        assert [
            (found.code, found.invited, found.least, found.most) for found in group.asked.groups.all()
        ] == [
            ("second", 120, None, 60),
            ("fifth-year", 80, 20, None),
        ]
        assert [(found.code, found.invited, found.most) for found in other.groups.all()] == [
            ("second", None, 60),
            ("fifth-year", None, None),
        ]

    def test_a_number_that_is_none_is_told_and_nothing_is_lost(self, client_of: Any) -> None:
        campaign, group, keeper = running()

        response = client_of(keeper).post(
            f"/situation/campaigns/{campaign.pk}/groups/{group.asked.institution.slug}/",
            {
                "code": ["second"],
                "label_en": ["Second year"],
                "invited": ["many"],
                "least": [""],
                "most": [""],
            },
        )

        assert response.status_code == 422
        assert 'value="many"' in response.content.decode()

    def test_the_end_is_moved_and_institutions_are_added(self, client_of: Any) -> None:
        campaign, _group, keeper = running()
        partner = AskedInstitutionFactory().institution
        later = timezone.now() + timedelta(days=40)

        response = client_of(keeper).post(
            f"/situation/campaigns/{campaign.pk}/edit/",
            {
                "purpose": "Again",
                "closes_at": later.strftime("%Y-%m-%dT%H:%M"),
                "further": [partner.pk],
                "smallest_group": 8,
                "most_reminders": 1,
                "days_between_mails": 7,
                "letter_en": "Dear colleagues,",
            },
        )

        assert response.status_code == 302
        campaign.refresh_from_db()
        answer_set = campaign.answer_set
        answer_set.refresh_from_db()
        assert answer_set.closes_at
        assert answer_set.closes_at > later - DAY
        assert partner in answer_set.institutions.all()
        assert (answer_set.smallest_group, campaign.most_reminders, campaign.reminds_itself) == (8, 1, False)
        assert campaign.letter == {"en": "Dear colleagues,"}
