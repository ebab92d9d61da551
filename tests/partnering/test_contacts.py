"""From the first message to a course together, without a mail address on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from at_once import at_once
from biosint.evidence import api as evidence
from biosint.exchange.api import Course
from biosint.notices.api import Notice
from biosint.partnering.models import Block, Contact, Message, Offer, Report
from biosint.partnering.operations import contacts as operations
from biosint.partnering.operations import offers as offer_operations
from biosint.partnering.providers import personal_records
from biosint.partnering.states import OfferState
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    ApprovedSyllabusFactory,
    CourseFactory,
    InstitutionFactory,
    OutcomeFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
    TeachingFactory,
)
from factories.partnering import ContactFactory, MessageFactory, OfferFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def asked(offer: Offer | None = None, by: Person | None = None, text: str = "Shall we?") -> Contact:
    institution = InstitutionFactory(country="BE")
    return operations.ask(
        offer_id=(offer or OfferFactory()).pk,
        institution=institution,
        text=text,
        key=uuid.uuid4(),
        by=by or TeacherFactory(at=institution),
        at=NOON,
    )


def test_a_message_reaches_the_teacher_as_a_notice_without_an_address() -> None:
    contact = asked()

    notice = Notice.objects.get(person=contact.offer.teacher)
    assert notice.url == contact.get_absolute_url()
    assert contact.asker.email not in notice.title + notice.text


def test_an_answer_goes_back_and_pressing_twice_is_once() -> None:
    contact, key = asked(), uuid.uuid4()

    for _time in range(2):
        operations.write(contact_id=contact.pk, text="Yes.", key=key, by=contact.offer.teacher, at=NOON)

    assert [message.text for message in contact.messages.all()] == ["Shall we?", "Yes."]
    assert Notice.objects.filter(person=contact.asker).count() == 1


def test_nobody_writes_to_themselves_nor_a_student_nor_about_a_closed_offer() -> None:
    offer = OfferFactory()
    closed = OfferFactory(state=OfferState.CLOSED)
    here = InstitutionFactory()

    for which, person in (
        (offer, offer.teacher),
        (offer, StudentFactory(at=here)),
        (closed, TeacherFactory(at=here)),
    ):
        with pytest.raises(Refused):
            operations.ask(
                offer_id=which.pk, institution=here, text="Hello", key=uuid.uuid4(), by=person, at=NOON
            )


def test_ten_new_conversations_a_day_are_enough() -> None:
    institution = InstitutionFactory()
    teacher = TeacherFactory(at=institution)
    for _number in range(operations.FIRST_MESSAGES):
        ContactFactory(asker=teacher, institution=institution)

    with pytest.raises(operations.TooMany):
        operations.ask(
            offer_id=OfferFactory().pk,
            institution=institution,
            text="Hi",
            key=uuid.uuid4(),
            by=teacher,
            at=NOON,
        )
    operations.ask(
        offer_id=OfferFactory().pk,
        institution=institution,
        text="Hi",
        key=uuid.uuid4(),
        by=teacher,
        at=NOON + timedelta(days=1),
    )


def test_messages_are_limited_by_the_hour() -> None:
    contact = asked()
    for _number in range(operations.MESSAGES - 1):
        MessageFactory(contact=contact, author=contact.asker)

    with pytest.raises(operations.TooMany):
        operations.write(contact_id=contact.pk, text="More", key=uuid.uuid4(), by=contact.asker, at=NOON)


def test_after_a_block_neither_of_the_two_writes_until_it_is_lifted() -> None:
    contact = asked()
    operations.block(contact_id=contact.pk, by=contact.asker, at=NOON)
    operations.block(contact_id=contact.pk, by=contact.asker, at=NOON)

    for person in (contact.asker, contact.offer.teacher):
        with pytest.raises(Refused, match="No messages go"):
            operations.write(contact_id=contact.pk, text="Hello?", key=uuid.uuid4(), by=person, at=NOON)
    operations.unblock(block_id=Block.objects.get().pk, by=contact.offer.teacher, at=NOON)
    assert Block.objects.exists()
    operations.unblock(block_id=Block.objects.get().pk, by=contact.asker, at=NOON)
    operations.write(contact_id=contact.pk, text="Hello", key=uuid.uuid4(), by=contact.asker, at=NOON)


def test_a_report_waits_once_and_an_administrator_closes_the_offer() -> None:
    contact = asked()
    for _time in range(2):
        operations.report(
            offer_id=contact.offer_id, contact_id=contact.pk, reason="Spam", by=contact.asker, at=NOON
        )
    report = Report.objects.get()

    with pytest.raises(Refused):
        operations.settle_report(report_id=report.pk, close_offer=True, by=contact.asker, at=NOON)
    operations.settle_report(report_id=report.pk, close_offer=True, by=SiteAdministratorFactory(), at=NOON)

    contact.offer.refresh_from_db()
    assert contact.offer.state == OfferState.CLOSED


def test_a_course_is_filled_from_the_offer_and_the_second_yes_finds_the_partner() -> None:
    syllabus = ApprovedSyllabusFactory()
    OutcomeFactory(syllabus=syllabus, text="compare treatments", dimensions=["evidence"])
    offer = OfferFactory(unit=syllabus.unit, institution=syllabus.unit.programme.institution)
    contact = asked(offer)

    course = operations.begin_course(contact_id=contact.pk, by=offer.teacher, at=NOON)
    operations.accept_course(contact_id=contact.pk, by=contact.asker, at=NOON)
    operations.accept_course(contact_id=contact.pk, by=contact.asker, at=NOON)

    offer.refresh_from_db()
    assert (course.host, course.unit, course.subject, course.keywords) == (
        offer.institution,
        offer.unit,
        "0912",
        ["sepsis", "antibiotics"],
    )
    assert course.outcomes == [{"text": "compare treatments", "ioc_dimension": "evidence"}]
    assert {part.institution for part in course.participations.all()} == {
        offer.institution,
        contact.institution,
    }
    assert offer.state == OfferState.FOUND
    assert evidence.Item.objects.filter(kind=operations.BEGUN, withdrawn_at=None).count() == 2


def test_a_course_that_exists_already_takes_the_partner_in() -> None:
    course = CourseFactory()
    teacher = TeachingFactory(course=course).person
    offer = OfferFactory(course=course, institution=course.host, teacher=teacher)
    contact = asked(offer)

    with pytest.raises(Refused, match="invites you"):
        operations.begin_course(contact_id=contact.pk, by=contact.asker, at=NOON)
    begun = operations.begin_course(contact_id=contact.pk, by=teacher, at=NOON)

    assert begun == course
    assert Course.objects.count() == 1


def test_no_course_is_accepted_before_one_is_begun_nor_by_a_stranger() -> None:
    contact = asked()

    with pytest.raises(Refused, match="No course"):
        operations.accept_course(contact_id=contact.pk, by=contact.asker, at=NOON)
    with pytest.raises(Refused):
        operations.begin_course(contact_id=contact.pk, by=TeacherFactory(), at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_the_same_moment_have_one_course() -> None:
    contact = asked()

    at_once(
        *(
            lambda person=person: operations.begin_course(contact_id=contact.pk, by=person, at=NOON)
            for person in (contact.asker, contact.offer.teacher)
        )
    )

    course = Course.objects.get()
    assert course.teachings.filter(accepted_at__isnull=False).count() == 2


def test_only_the_two_read_a_conversation(client_of: ClientOf) -> None:
    contact = asked(text="<script>alert(1)</script>")

    assert client_of(TeacherFactory()).get(contact.get_absolute_url()).status_code == 404
    page = client_of(contact.asker).get(contact.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert contact.offer.teacher.email not in page


def test_a_teacher_writes_begins_and_the_other_accepts_on_pages(client_of: ClientOf) -> None:
    offer = OfferFactory()
    institution = InstitutionFactory()
    asker = TeacherFactory(at=institution)
    client, other = client_of(asker), client_of(offer.teacher)

    message = {"key": str(uuid.uuid4()), "institution": institution.pk, "text": "Shall we?"}
    client.post(f"{offer.get_absolute_url()}ask/", message)
    contact = Contact.objects.get()
    other.post(contact.get_absolute_url(), {"key": str(uuid.uuid4()), "text": "With pleasure."})
    other.post(f"{contact.get_absolute_url()}begin/")
    assert "Say yes or no to the course" in client.get("/").content.decode()
    answer = client.post(f"{contact.get_absolute_url()}accept/", follow=True)

    assert "You teach this course together" in answer.content.decode()
    assert Message.objects.count() == 2
    offer.refresh_from_db()
    assert offer.state == OfferState.FOUND
    assert offer.title in client.get("/course-partners/mine/").content.decode()


def test_what_a_person_wrote_is_exported_and_forgotten() -> None:
    contact = asked()
    other = PersonFactory()
    records = list(personal_records(contact.asker))

    assert {"about": contact.offer.title, "wrote": "Shall we?", "at": NOON} in records
    offer_operations.forget(other)
    assert Message.objects.count() == 1
    offer_operations.forget(contact.asker)
    assert not Message.objects.exists()
    offer_operations.forget(contact.offer.teacher)
    assert not Offer.objects.exists()


def test_reports_are_for_the_administrator_of_the_site(client_of: ClientOf) -> None:
    contact = asked()
    client = client_of(contact.asker)
    client.post(f"{contact.offer.get_absolute_url()}report/", {"reason": "Advertisement"})

    assert client.get("/course-partners/reports/").status_code == 404
    staff = client_of(SiteAdministratorFactory())
    assert "Advertisement" in staff.get("/course-partners/reports/").content.decode()
    staff.post("/course-partners/reports/", {"report": Report.objects.get().pk, "deed": "keep"})
    assert Report.objects.get().settled_at is not None
