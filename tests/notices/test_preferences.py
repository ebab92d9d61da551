from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext_lazy

from at_once import at_once
from biosint.jobs.api import Job, run_due
from biosint.notices import kinds, operations
from biosint.notices.api import Delivery, KindUnknown, Notice, tell
from biosint.notices.links import DIGEST, stop_link
from biosint.notices.models import Preferences
from biosint.people.api import Person
from clock import DAY, HOUR, NOON
from factories import NoticeFactory, PersonFactory, PreferencesFactory

pytestmark = pytest.mark.django_db
# NOON is one o'clock in Belgrade, on a Monday.
ZONE = "Europe/Belgrade"
POSTS = ngettext_lazy("{count} new post in {team}", "{count} new posts in {team}", "count")


def ana_with(delivery: Delivery = Delivery.AT_ONCE, **wishes: object) -> Person:
    ana: Person = PersonFactory(email="ana@example.org", time_zone=ZONE)
    PreferencesFactory(person=ana, deliveries={"general": delivery.value}, **wishes)
    return ana


def post(person: Person, at: datetime = NOON) -> Notice | None:
    return tell(person, title=format_lazy(POSTS, team="Ibis"), text="Look in.", bundle="tests.team-1", at=at)


def mails_at(moment: datetime, mailoutbox: list[EmailMessage]) -> int:
    """Do what is due at a moment and return how many mails have left until then."""
    operations.plan_digests(at=moment)
    for job in Job.objects.filter(name__startswith="notices.", due_at__lte=moment, finished_at=None):
        work = getattr(operations, job.name.removeprefix("notices."))
        work(**job.arguments, at=moment)
        Job.objects.filter(pk=job.pk).update(state="done", finished_at=moment)
    return len(mailoutbox)


def test_a_kind_that_nobody_registered_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KindUnknown, match="providers"):
        tell(PersonFactory(), title="A", text="B", kind="tests.absent", at=NOON)


def test_who_wants_no_mail_finds_the_notice_here_alone() -> None:
    assert tell(ana_with(Delivery.APP), title="A", text="B", at=NOON) is not None
    assert not Job.objects.exists()


def test_who_wants_to_hear_nothing_hears_nothing() -> None:
    assert tell(ana_with(Delivery.NONE), title="A", text="B", at=NOON) is None
    assert not Notice.objects.exists()


def test_news_told_in_one_language_is_read_in_another(client_of: Callable[[Person], Client]) -> None:
    ana = PersonFactory(language="en")
    tell(ana, title=gettext_lazy("Monday"), text="…", at=NOON)
    client = client_of(ana)
    client.cookies["biosint_language"] = "sq"

    assert "E hënë" in client.get("/notices/").content.decode()


def test_twelve_posts_in_a_team_are_one_line_and_one_mail(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with()
    for minute in range(12):
        post(ana, at=NOON + timedelta(seconds=20 * minute))

    assert mails_at(NOON + HOUR, mailoutbox) == 1
    assert mailoutbox[0].subject == "12 new posts in Ibis"
    assert [str(notice) for notice in Notice.objects.all()] == ["12 new posts in Ibis"]


def test_after_reading_a_bundle_begins_anew(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with()
    post(ana)
    operations.read(by=ana, at=NOON)
    post(ana, at=NOON + HOUR)

    assert sorted(str(notice) for notice in Notice.objects.all()) == ["1 new post in Ibis"] * 2
    # The first was read before its pause was over.
    assert mails_at(NOON + 2 * HOUR, mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_line() -> None:
    ana = ana_with()

    at_once(*[lambda: post(ana)] * 4)

    assert [str(notice) for notice in Notice.objects.all()] == ["4 new posts in Ibis"]


def test_an_unread_bundle_stands_once() -> None:
    notice = NoticeFactory(bundle="tests.team-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(person=notice.person, bundle="tests.team-1")


def test_mail_waits_for_the_end_of_quiet_hours(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with(quiet_from=time(12), quiet_until=time(15))
    tell(ana, title="A", text="B", at=NOON)

    assert mails_at(NOON + HOUR, mailoutbox) == 0
    assert mails_at(datetime(2026, 3, 2, 14, 0, tzinfo=UTC), mailoutbox) == 1


def test_what_was_read_while_its_mail_waited_needs_none(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with(quiet_from=time(12), quiet_until=time(15))
    tell(ana, title="A", text="B", at=NOON)
    operations.read(by=ana, at=NOON + HOUR)

    assert mails_at(NOON + 3 * HOUR, mailoutbox) == 0


def test_the_daily_mail_collects_what_is_unread_and_is_sent_once(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with(Delivery.DAILY)
    tell(ana, title="First", text="B", url="/courses/1/", at=NOON)
    tell(ana, title="Second", text="B", at=NOON + HOUR)
    operations.read(
        notice_ids=[tell(ana, title="Third", text="B", at=NOON + HOUR).pk],  # type: ignore[union-attr]  # daily is not none
        by=ana,
        at=NOON + HOUR,
    )
    morning = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)

    assert mails_at(morning - timedelta(minutes=1), mailoutbox) == 0
    assert mails_at(morning, mailoutbox) == 1
    assert mails_at(morning + HOUR, mailoutbox) == 1
    assert mailoutbox[0].subject == "2 pieces of news"
    assert "- First\n  B\n  http://localhost/courses/1/" in mailoutbox[0].body
    assert "Third" not in mailoutbox[0].body


def test_the_weekly_mail_comes_on_its_day(mailoutbox: list[EmailMessage]) -> None:
    ana = ana_with(Delivery.WEEKLY, digest_weekday=3)
    tell(ana, title="First", text="B", at=NOON)

    assert mails_at(NOON + 2 * DAY, mailoutbox) == 0
    assert mails_at(NOON + 3 * DAY, mailoutbox) == 1


def test_a_collected_mail_that_broke_is_sent_at_the_next_try(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = ana_with(Delivery.DAILY)
    tell(ana, title="First", text="B", at=NOON)
    operations.plan_digests(at=NOON + DAY)

    def down(*_words: object, **_named: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", down)
        run_due(clock=lambda: NOON + DAY)
    assert mailoutbox == []
    operations.plan_digests(at=NOON + DAY + HOUR)
    run_due(clock=lambda: NOON + DAY + HOUR)

    assert len(mailoutbox) == 1


def test_a_mail_says_how_to_end_its_kind_and_one_press_ends_it(
    mailoutbox: list[EmailMessage], client: Client
) -> None:
    ana = ana_with()
    tell(ana, title="A", text="B", at=NOON)
    mails_at(NOON, mailoutbox)
    headers = mailoutbox[0].extra_headers
    link = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mailoutbox[0].body

    # As a mail program does it: without cookies, without a form seen before.
    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    tell(ana, title="C", text="D", at=NOON + HOUR)
    assert mails_at(NOON + HOUR, mailoutbox) == 1
    assert Notice.objects.count() == 2


def test_looking_at_the_link_ends_nothing(client: Client) -> None:
    ana = ana_with()

    assert "End these mails?" in client.get(stop_link(ana, "general")).content.decode()

    assert Preferences.objects.get().deliveries == {"general": "at_once"}


def test_ending_collected_mails_ends_what_came_in_them(client: Client) -> None:
    ana = ana_with(Delivery.WEEKLY)
    tell(ana, title="A", text="B", at=NOON)

    client.post(stop_link(ana, DIGEST))

    assert Preferences.objects.get().deliveries == {"general": "app"}
    assert not Notice.objects.exclude(digest_at=None).exists()


@pytest.mark.parametrize("token", ["nonsense", "eyJwIjoxfQ:abc"])
def test_a_link_that_we_did_not_sign_does_nothing(token: str, client: Client) -> None:
    assert client.post(f"/notices/stop/{token}/").status_code == 404


def test_wishes_are_chosen_on_a_page(client_of: Callable[[Person], Client]) -> None:
    ana = PersonFactory()
    words = {f"kind_{kind.code.replace('.', '__')}": "app" for kind in kinds.kinds()} | {
        "kind_general": "daily",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "digest_time": "18:30",
        "digest_weekday": "4",
    }

    answer = client_of(ana).post("/notices/preferences/", words)

    assert answer.status_code == 302
    kept = Preferences.objects.get(person=ana)
    assert kept.deliveries["general"] == "daily"
    assert (kept.quiet_from, kept.digest_time, kept.digest_weekday) == (time(22), time(18, 30), 4)


def test_half_of_the_quiet_hours_is_asked_back(client_of: Callable[[Person], Client]) -> None:
    words = {f"kind_{kind.code.replace('.', '__')}": "app" for kind in kinds.kinds()} | {
        "quiet_from": "22:00",
        "digest_time": "07:00",
        "digest_weekday": "0",
    }

    answer = client_of(PersonFactory()).post("/notices/preferences/", words)

    assert answer.status_code == 422
    assert "Give both ends" in answer.content.decode()


def test_the_page_of_wishes_costs_the_same_for_everybody(
    client_of: Callable[[Person], Client], count_queries: Callable[[int], object]
) -> None:
    client = client_of(ana_with())
    client.get("/notices/preferences/")

    # Session, person, wishes.
    with count_queries(3):  # type: ignore[attr-defined]  # a context manager
        client.get("/notices/preferences/")


@pytest.mark.parametrize(
    ("wishes", "constraint"),
    [
        ({"quiet_from": time(22)}, "preferences_quiet_from_and_until_together"),
        ({"digest_weekday": 7}, "preferences_weekday_in_week"),
    ],
)
def test_wishes_that_make_no_sense_are_refused_by_the_database(
    wishes: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PreferencesFactory(**wishes)
