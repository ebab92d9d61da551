"""Learners are reminded of what is due, two days before by their own clock, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.exchange.models import Activity, Reminder
from biosint.exchange.operations.reminders import remind
from biosint.notices.api import Notice
from clock import DAY, HOUR
from exchange.cast import running
from factories import ActivityFactory, ProgressFactory, ReminderFactory

pytestmark = pytest.mark.django_db
# Thursday, 21:30 UTC: half past eleven at night in Belgrade, already Friday in Kathmandu.
DUE = datetime(2026, 4, 23, 21, 30, tzinfo=UTC)


def told(**fields: Any) -> tuple[Activity, list[Any]]:
    cast, learners, _team = running()
    activity = ActivityFactory(
        course=cast.course, **{"title": "Compare two wards", "due_at": DUE, "is_required": True, **fields}
    )
    for application in learners:
        application.learner.time_zone = "Europe/Belgrade"
        application.learner.save()
    Notice.objects.all().delete()
    return activity, learners


def test_two_days_before_at_nine_each_learner_is_told_once() -> None:
    _activity, learners = told()
    morning = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)  # nine o'clock in Belgrade

    assert remind(at=morning - HOUR / 4) == 0
    assert remind(at=morning) == len(learners)
    assert remind(at=morning + HOUR) == 0

    notice = Notice.objects.filter(person=learners[0].learner).get()
    assert str(notice) == "Due on 23.04. 23:30: Compare two wards"
    assert notice.kind == "exchange.due"


def test_who_lives_further_east_is_told_by_their_own_calendar() -> None:
    _activity, learners = told()
    first = learners[0].learner
    first.time_zone = "Asia/Kathmandu"
    first.save()

    # In Kathmandu the work is due on the 24th at 03:15; the 22nd begins there at 18:15 UTC of the 21st.
    remind(at=datetime(2026, 4, 21, 7, 0, tzinfo=UTC))
    assert not Notice.objects.filter(person=first).exists()

    remind(at=datetime(2026, 4, 22, 3, 15, tzinfo=UTC))
    assert str(Notice.objects.get(person=first)) == "Due on 24.04. 03:15: Compare two wards"


def test_who_has_done_it_is_left_alone() -> None:
    activity, learners = told()
    ProgressFactory(application=learners[0], activity=activity, done_at=DUE - 5 * DAY)

    remind(at=DUE - DAY)

    assert not Notice.objects.filter(person=learners[0].learner).exists()
    assert Notice.objects.count() == len(learners) - 1


@pytest.mark.parametrize("fields", [{"is_hidden": True}, {"is_required": False}, {"due_at": None}])
def test_what_need_not_be_done_reminds_nobody(fields: dict[str, Any]) -> None:
    told(**fields)

    assert remind(at=DUE - DAY) == 0


def test_a_date_that_was_moved_reminds_again() -> None:
    activity, learners = told()
    remind(at=DUE - DAY)

    activity.due_at = DUE + 7 * DAY
    activity.save()

    assert remind(at=DUE + 6 * DAY) == len(learners)


def test_what_is_past_reminds_nobody() -> None:
    told()

    assert remind(at=DUE + timedelta(minutes=1)) == 0


def test_one_reminder_stands_for_one_date() -> None:
    kept = ReminderFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(application=kept.application, activity=kept.activity, due_at=kept.due_at)
