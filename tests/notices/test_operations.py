from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext_lazy

from biosint.notices import operations, providers, queries
from biosint.notices.api import Notice, tell
from clock import NOON
from factories import NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_notice_is_kept_and_mailed(run_jobs: Callable[[], int], mailoutbox: list[EmailMessage]) -> None:
    ana = PersonFactory(email="ana@example.org")

    tell(ana, title="A place\nfor you", text="It begins on Monday.", url="/courses/1/", at=NOON)
    assert mailoutbox == []
    run_jobs()

    (mail,) = mailoutbox
    assert mail.subject == "A place for you"
    assert mail.to == ["ana@example.org"]
    assert mail.body.startswith("It begins on Monday.\n\nhttp://localhost/courses/1/\n\n")


def test_what_is_rolled_back_is_not_told(run_jobs: Callable[[], int], mailoutbox: list[EmailMessage]) -> None:
    with transaction.atomic():
        tell(PersonFactory(), title="A place", text="…", at=NOON)
        transaction.set_rollback(True)

    assert run_jobs() == 0
    assert mailoutbox == []


def test_a_mail_is_sent_once(mailoutbox: list[EmailMessage]) -> None:
    notice = NoticeFactory()

    assert operations.send_mail(notice_id=notice.pk, at=NOON)
    assert not operations.send_mail(notice_id=notice.pk, at=NOON)

    assert len(mailoutbox) == 1


def test_a_closed_account_gets_no_mail(mailoutbox: list[EmailMessage]) -> None:
    notice = NoticeFactory(person__is_active=False)

    assert not operations.send_mail(notice_id=notice.pk, at=NOON)
    assert mailoutbox == []


def test_a_notice_is_written_in_the_language_of_its_reader() -> None:
    # A word that Django itself translates, so that this holds before our own catalogues are built.
    told = tell(PersonFactory(language="sq"), title=gettext_lazy("Monday"), text="…", at=NOON)

    assert told.title == "E hënë"


def test_reading_marks_only_ones_own_notices() -> None:
    mine, other = NoticeFactory(), NoticeFactory()

    operations.read(by=mine.person, at=NOON)

    assert queries.unread_count(mine.person) == 0
    assert queries.unread_count(other.person) == 1


def test_home_shows_what_is_unread_and_the_export_holds_everything() -> None:
    notice = NoticeFactory()
    NoticeFactory(person=notice.person, read_at=NOON)

    assert [change.title for change in providers.changes(notice.person)] == [notice.title]
    assert len(list(providers.records(notice.person))) == 2
    assert Notice.objects.count() == 2
