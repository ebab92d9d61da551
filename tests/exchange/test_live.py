"""Live sessions: on every clock, the room, codes, the teacher's list, two at once, clock changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from at_once import at_once
from biosint.exchange.models import Activity, Application, Attendance, LiveRoom, Progress
from biosint.exchange.operations import live as operations
from biosint.exchange.operations.live import Noted
from biosint.exchange.queries.live import sessions_in
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.sessions import clocks_of, code_of, more_of, sessions_of
from biosint.exchange.states import ActivityKind, Presence
from biosint.exchange.web.kinds.live import LiveSettings, keep
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, PersonFactory
from factories.exchange_work import LiveRoomFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
BELGRADE = ZoneInfo("Europe/Belgrade")
MINUTE = timedelta(minutes=1)


def a_session(*, due_at: datetime = NOON, **settings: Any) -> tuple[Cast, list[Application], Activity]:
    cast, learners, _team = running()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.LIVE, due_at=due_at, settings=settings)
    return cast, learners, activity


def base_of(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/"


def said(
    activity: Activity, by: Person, *, at: datetime = NOON, number: int = 0, code: str = ""
) -> Attendance:
    session = sessions_in(activity)[number]
    return operations.say_there(
        activity_id=activity.pk,
        stamp=session.stamp,
        code=code or code_of(activity.pk, session),
        by=by,
        at=at,
    )


def noted(activity: Activity, by: Person, wanted: dict[int, Noted], number: int = 0) -> int:
    stamp = sessions_in(activity)[number].stamp
    return operations.note_attendance(
        activity_id=activity.pk, stamp=stamp, noted=wanted, by=by, at=NOON + DAY
    )


@pytest.mark.parametrize(
    ("first", "hours"),
    [
        # The clocks of Belgrade go forward on 29 March and back on 25 October 2026.
        (datetime(2026, 3, 28, 17, tzinfo=UTC), [17, 16]),
        (datetime(2026, 10, 24, 16, tzinfo=UTC), [16, 17]),
        (datetime(2026, 3, 2, 17, tzinfo=UTC), [17, 17]),
    ],
)
def test_another_date_keeps_its_hour_when_clocks_change(first: datetime, hours: list[int]) -> None:
    more = more_of(
        first,
        [datetime.combine(first.date() + DAY, datetime.min.time(), UTC).replace(hour=hours[1])],
        BELGRADE,
    )

    sessions = sessions_of(first, {"more": more}, BELGRADE)

    assert more == [{"days": 1, "clock": "18:00"}]
    assert [one.begins_at.hour for one in sessions] == hours


def test_an_hour_that_the_clocks_leave_out_or_show_twice_is_one_session() -> None:
    friday = datetime(2026, 3, 27, 12, tzinfo=UTC)
    left_out = sessions_of(friday, {"more": [{"days": 2, "clock": "02:30"}]}, BELGRADE)
    twice = sessions_of(
        datetime(2026, 10, 23, 12, tzinfo=UTC), {"more": [{"days": 2, "clock": "02:30"}]}, BELGRADE
    )

    assert [f"{one.begins_at:%d %H:%M}" for one in left_out] == ["27 12:00", "29 01:30"]
    assert [f"{one.begins_at:%d %H:%M}" for one in twice] == ["23 12:00", "25 00:30"]


def test_the_day_is_told_where_it_is_another_than_the_readers() -> None:
    late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)

    clocks = clocks_of(late, ["Asia/Tbilisi", "Europe/London", "Europe/Brussels"], reader=BELGRADE)

    assert [(one.town, one.time, one.day and one.day.day) for one in clocks] == [
        ("Tbilisi", "02:30", 3),
        ("London", "22:30", None),
    ]


def test_a_learner_with_the_code_was_there_and_has_done_it() -> None:
    _cast, (ana, bo, *_others), activity = a_session()

    said(activity, ana.learner, code=code_of(activity.pk, sessions_in(activity)[0]).lower() + " ")
    said(activity, bo.learner, at=NOON + 11 * MINUTE)

    late = dict(Progress.objects.filter(activity=activity).values_list("application", "is_late"))
    assert late == {ana.pk: False, bo.pk: True}
    with pytest.raises(operations.WrongCode, match="not the code"):
        said(activity, ana.learner, code="AAAAAA")


@pytest.mark.parametrize("at", [NOON - 16 * MINUTE, NOON + 91 * MINUTE])
def test_nobody_says_so_long_before_or_after(at: datetime) -> None:
    _cast, (ana, *_others), activity = a_session()

    with pytest.raises(Refused, match="15 minutes before"):
        said(activity, ana.learner, at=at)


def test_strangers_and_teachers_say_nothing_and_learners_note_nobody() -> None:
    cast, (ana, *_others), activity = a_session()

    for person in (PersonFactory(), cast.teacher):
        with pytest.raises(Refused, match="Only learners"):
            said(activity, person)
    with pytest.raises(Refused, match="Only a teacher"):
        noted(activity, ana.learner, {ana.pk: Noted(Presence.ABSENT, Presence.THERE)})


def test_a_teacher_notes_corrects_and_takes_back() -> None:
    cast, (ana, bo, *_others), activity = a_session()

    first = noted(
        activity,
        cast.teacher,
        {ana.pk: Noted(Presence.ABSENT, Presence.THERE), bo.pk: Noted(Presence.ABSENT, Presence.LATE)},
    )
    progress = dict(Progress.objects.filter(activity=activity).values_list("application", "is_late"))
    again = noted(
        activity,
        cast.teacher,
        {ana.pk: Noted(Presence.THERE, Presence.ABSENT), bo.pk: Noted(Presence.LATE, Presence.THERE)},
    )

    assert (first, again) == (2, 2)
    assert progress == {ana.pk: False, bo.pk: True}
    assert Progress.objects.get(activity=activity, application=ana).done_at is None
    assert not Progress.objects.get(activity=activity, application=bo).is_late


def test_an_older_page_overwrites_nobody() -> None:
    cast, (ana, *_others), activity = a_session()
    said(activity, ana.learner)

    changed = noted(activity, cast.teacher, {ana.pk: Noted(Presence.ABSENT, Presence.ABSENT)})

    assert changed == 0
    assert Attendance.objects.get().noted_by is None


def test_a_learner_is_done_after_as_many_sessions_as_are_asked() -> None:
    _cast, (ana, *_others), activity = a_session(wanted=2, more=[{"days": 7, "clock": "13:00"}])

    said(activity, ana.learner)
    assert not Progress.objects.filter(activity=activity, done_at__isnull=False).exists()
    said(activity, ana.learner, number=1, at=sessions_in(activity)[1].begins_at)

    progress = Progress.objects.get(activity=activity)
    assert (progress.done_at, progress.is_late) == (NOON + 7 * DAY, False)


def test_a_session_that_moved_takes_no_code_of_before() -> None:
    _cast, (ana, *_others), activity = a_session()
    stamp = sessions_in(activity)[0].stamp
    Activity.objects.filter(pk=activity.pk).update(due_at=NOON + HOUR)

    with pytest.raises(operations.SessionMoved):
        operations.say_there(activity_id=activity.pk, stamp=stamp, code="x", by=ana.learner, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_code_and_a_teacher_at_once_are_one_attendance() -> None:
    cast, (ana, *_others), activity = a_session()
    mark = {ana.pk: Noted(Presence.ABSENT, Presence.THERE)}

    outcome = at_once(
        lambda: said(activity, ana.learner),
        lambda: said(activity, ana.learner),
        lambda: noted(activity, cast.teacher, mark),
    )

    assert not [one for one in outcome if isinstance(one, Exception)]
    assert (Attendance.objects.count(), Progress.objects.count()) == (1, 1)


def test_what_a_teacher_decides_is_kept_and_closes_with_the_last_session() -> None:
    cast, _learners, activity = a_session()
    data = {
        "kind-minutes": "90",
        "kind-link": "https://meet.example.org/a",
        "kind-agenda": "Hello",
        "kind-late_after": "5",
        "kind-wanted": "1",
        "kind-more_1": "2026-03-09T13:00",
    }
    form = LiveSettings(data, course=cast.course, activity=activity)
    assert form.is_valid(), form.errors
    activity.settings = form.as_settings()

    with timezone.override(BELGRADE):
        keep(activity, form, by=cast.teacher, at=NOON)

    activity.refresh_from_db()
    assert len(sessions_in(activity)) == 2
    assert activity.closes_at == sessions_in(activity)[-1].ends_at
    assert LiveRoom.objects.get().link == "https://meet.example.org/a"
    plain = LiveSettings(
        {**data, "kind-link": "http://meet.example.org/"}, course=cast.course, activity=activity
    )
    assert "https" in str(plain.errors["link"])


def test_the_room_is_shown_around_the_session_and_to_participants_alone(client_of: ClientOf) -> None:
    now = timezone.now()
    cast, (ana, *_others), activity = a_session(due_at=now + 14 * MINUTE)
    link = LiveRoomFactory(activity=activity).link
    base = base_of(activity)

    assert link in client_of(ana.learner).get(base).content.decode()
    assert client_of(PersonFactory()).get(base).status_code == 404
    Activity.objects.filter(pk=activity.pk).update(due_at=now + 20 * MINUTE)

    assert link not in client_of(ana.learner).get(base).content.decode()
    assert link in client_of(cast.teacher).get(base).content.decode()
    assert link not in client_of(ana.learner).get(f"{base}sessions/calendar.ics").content.decode()


def test_a_learner_says_so_and_a_teacher_reads_it_on_pages(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), activity = a_session(due_at=timezone.now().replace(microsecond=0))
    session = sessions_in(activity)[0]
    base, code = base_of(activity), code_of(activity.pk, session)
    learner, teacher = client_of(ana.learner), client_of(cast.teacher)

    assert code in teacher.get(base).content.decode()
    assert code not in learner.get(base).content.decode()
    wrong = learner.post(f"{base}sessions/{session.stamp}/there/", {"code": "x"}, follow=True)
    right = learner.post(f"{base}sessions/{session.stamp}/there/", {"code": code}, follow=True)
    attendance = f"{base}sessions/{session.stamp}/"
    teacher.post(attendance, {f"seen-{bo.pk}": "absent", f"presence-{bo.pk}": "late", "seen-x": "?"})
    page = teacher.get(attendance).content.decode()

    assert "not the code" in wrong.content.decode()
    assert "you were there" in right.content.decode()
    assert "said so with the code" in page
    assert sorted(Attendance.objects.values_list("is_late", flat=True)) == [False, True]
    assert learner.get(attendance).status_code == 403
    assert teacher.get(f"{base}sessions/1/").status_code == 404
    assert [one["live_session"] for one in own_work(ana.learner)] == [activity.title]


def test_a_calendar_file_has_every_session_in_utc(client_of: ClientOf) -> None:
    _cast, (ana, *_others), activity = a_session(more=[{"days": 1, "clock": "13:00"}])

    calendar = Calendar.from_ical(
        client_of(ana.learner).get(f"{base_of(activity)}sessions/calendar.ics").content
    )

    assert [event.decoded("dtstart") for event in calendar.walk("VEVENT")] == [NOON, NOON + DAY]


@pytest.mark.parametrize("rows", [3, 30])
def test_the_page_costs_the_same(rows: int, client_of: ClientOf, count_queries: Any) -> None:
    cast, _learners, activity = a_session()
    for _row in range(rows):
        said(activity, cast.admitted().learner)
    client, base = client_of(cast.teacher), base_of(activity)
    client.get(base)

    with count_queries(12):
        client.get(base)
