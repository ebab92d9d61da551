"""The room of a team and the desk of those who accompany teams, asked as browsers without scripts ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from biosint.exchange import operations, rules
from biosint.exchange.models import (
    Facilitation,
    Intervention,
    Meeting,
    Post,
    Pulse,
    RoomFile,
    RoomPad,
    RoomTask,
    Team,
)
from biosint.exchange.operations import facilitation, meetings
from biosint.exchange.operations import room as room_operations
from biosint.exchange.queries.facilitation import watched
from biosint.exchange.queries.room import proposals
from biosint.exchange.rules.room import pulse_week
from biosint.exchange.states import CourseState, SlotVote
from biosint.notices.api import Notice
from biosint.pads import api as pads
from biosint.people.api import Person
from biosint.people.operations import close_account
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from exchange.cast import Cast, running
from factories import PersonFactory, PostFactory, TeamMemberFactory
from factories.rooms import FacilitationFactory, PulseFactory, RoomTaskFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
PAGES = (
    "",
    "notes/",
    "tasks/",
    "meetings/",
    "files/",
    "work/",
    "about/",
    "agreement/",
    "contributions/",
    "pulse/",
)


def page_of(response: Any) -> str:
    return str(response.content.decode())


def room(cast: Cast, number: int = 1) -> str:
    return f"/courses/{cast.course.slug}/teams/{number}/"


def test_the_room_is_open_to_members_teachers_and_facilitators_alone(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    facilitator = FacilitationFactory(course=cast.course).person
    outsider = PersonFactory()

    for page in PAGES:
        for person in (learners[0].learner, cast.teacher, facilitator):
            assert client_of(person).get(room(cast) + page).status_code == 200, page
        assert client_of(outsider).get(room(cast) + page).status_code == 404, page


def test_a_facilitator_of_some_teams_sees_no_others(client_of: ClientOf) -> None:
    cast, _learners, team = running()
    other = cast.team(cast.admitted(), number=2)
    person = PersonFactory()
    facilitation.appoint_facilitator(
        course_id=cast.course.pk, email=person.email, numbers=[1], by=cast.teacher, at=NOON
    )
    client = client_of(person)

    assert client.get(room(cast)).status_code == 200
    assert client.get(room(cast, 2)).status_code == 404
    assert list(Team.objects.filter(rules.teams_viewable_by(person))) == [team]
    assert [bool(rules.may_view_team(person, one)) for one in (team, other)] == [True, False]
    assert client.get(f"/courses/{cast.course.slug}/marks/").status_code in {403, 404}
    standing = Facilitation.objects.get()
    client_of(cast.teacher).post(f"/courses/{cast.course.slug}/facilitate/people/{standing.pk}/end/")
    assert client.get(room(cast)).status_code == 404


def test_new_messages_come_alone_and_nothing_new_is_an_empty_answer(
    client_of: ClientOf, count_queries: Any
) -> None:
    cast, learners, team = running()
    first = PostFactory(team=team, author=learners[1].learner, text="First")
    client = client_of(learners[0].learner)
    client.get(room(cast))

    with count_queries(3):
        nothing = client.get(f"{room(cast)}news/?after={first.pk}")
    second = PostFactory(team=team, author=learners[1].learner, text="Second")
    news = client.get(f"{room(cast)}news/?after={first.pk}")

    assert (nothing.status_code, len(nothing.content)) == (204, 0)
    assert "Second" in page_of(news)
    assert "First" not in page_of(news)
    assert f'data-post="{second.pk}"' in page_of(news)


def test_unread_messages_are_marked_once(client_of: ClientOf) -> None:
    cast, learners, team = running()
    client = client_of(learners[0].learner)
    PostFactory(team=team, author=learners[1].learner)
    client.get(room(cast))
    PostFactory(team=team, author=learners[1].learner)

    assert "(1 new)" in page_of(client.get(f"{room(cast)}tasks/"))
    assert "talk-new" in page_of(client.get(room(cast)))
    assert "talk-new" not in page_of(client.get(room(cast)))
    assert "(1 new)" not in page_of(client.get(f"{room(cast)}tasks/"))


def test_whoever_is_called_by_name_is_told_once() -> None:
    _cast, learners, team = running()
    learner = learners[1].learner
    # A name that none of the invented people of the tests has.
    learner.name = "Quirina Kos"
    learner.save()
    key = uuid4()

    for _press in range(2):
        operations.post(
            team_id=team.pk, text="@quirina are you there? <b>", key=key, by=learners[0].learner, at=NOON
        )

    assert Post.objects.count() == 1
    assert list(Notice.objects.values_list("person", flat=True)) == [learner.pk]


def test_a_team_has_one_text_of_notes_even_when_two_open_it(client_of: ClientOf) -> None:
    cast, learners, _team = running()

    for learner in learners[:2]:
        assert "data-pad" in page_of(client_of(learner.learner).get(f"{room(cast)}notes/"))
    agreement = page_of(client_of(learners[0].learner).get(f"{room(cast)}agreement/"))

    assert RoomPad.objects.filter(subject="notes").count() == 1
    assert "If we disagree" in agreement


def test_texts_of_a_finished_course_are_read_only(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    client.get(f"{room(cast)}notes/")
    pad = pads.Pad.objects.get()
    cast.move(CourseState.FINISHED)

    page = page_of(client.get(f"{room(cast)}notes/"))

    assert "This course is finished." in page
    assert client.post(f"/pads/{pad.public_id}/", {"text": "x", "seen": 0, "key": uuid4()}).status_code == 403


def upload(client: Client, cast: Cast, content: bytes = b"one;two\n", key: Any = None) -> Any:
    given = {"file": SimpleUploadedFile("list.csv", content), "key": key or uuid4()}
    return client.post(f"{room(cast)}files/", given, follow=True)


def test_the_same_name_again_is_the_next_version_and_removed_files_are_closed(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    key = uuid4()
    upload(client, cast, key=key)
    upload(client, cast, key=key)
    shown = upload(client, cast, b"three;four\n")

    assert "version 2" in page_of(shown)
    assert RoomFile.objects.count() == 2
    newest = RoomFile.objects.get(version=2)
    address = re.search(r'href="(/files/[^"]+)"', page_of(shown))
    assert address
    link = address.group(1)
    opened = client.get(link)
    assert b"".join(opened.streaming_content) == b"three;four\n"  # type: ignore[attr-defined]  # a file is streamed
    assert client_of(PersonFactory()).get(link).status_code == 404
    client.post(f"{room(cast)}files/{newest.pk}/remove/")
    assert client.get(link).status_code == 404


def test_a_full_room_takes_no_more_files(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    cast, learners, _team = running()
    monkeypatch.setattr(room_operations, "MOST_BYTES", 10)
    client = client_of(learners[0].learner)
    upload(client, cast)

    refused = upload(client, cast, b"x" * 40)

    assert refused.status_code == 422
    assert "is full" in page_of(refused)
    assert RoomFile.objects.count() == 1


def test_tasks_are_written_taken_on_and_done(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client = client_of(learners[0].learner)
    day = timezone.localdate() + timedelta(days=2)
    given = {"text": "Read <script>", "assignee": "", "due_date": day.isoformat(), "key": uuid4()}
    for _press in range(2):
        client.post(f"{room(cast)}tasks/", given)
    task = RoomTask.objects.get()

    client.post(f"{room(cast)}tasks/{task.pk}/", {"wish": "mine"})
    assert "Read &lt;script&gt;" in page_of(client.get("/"))
    client.post(f"{room(cast)}tasks/{task.pk}/", {"wish": "done"})
    client.post(f"{room(cast)}tasks/{task.pk}/", {"wish": "done"})

    task.refresh_from_db()
    assert (task.assignee, task.done_by) == (learners[0].learner, learners[0].learner)
    assert "Read &lt;script&gt;" not in page_of(client.get("/"))


def test_only_somebody_of_the_team_can_be_given_a_task(client_of: ClientOf) -> None:
    cast, learners, team = running()
    given = {"text": "Read", "assignee": cast.teacher.pk, "due_date": "", "key": uuid4()}

    assert client_of(learners[0].learner).post(f"{room(cast)}tasks/", given).status_code == 422
    with pytest.raises(room_operations.NotInTeam):
        room_operations.add_task(
            team_id=team.pk,
            text="Read",
            assignee=cast.teacher,
            due_date=None,
            key=uuid4(),
            by=cast.teacher,
            at=NOON,
        )


def poll_of(client: Client, cast: Cast) -> Meeting:
    page = page_of(client.get(f"{room(cast)}meetings/"))
    times = re.findall(r'name="times" value="([^"]+)"', page)
    assert times
    given = {"title": "Kick-off", "minutes": 60, "link": "", "times": times[:2], "key": uuid4()}
    client.post(f"{room(cast)}meetings/", given)
    return Meeting.objects.get()


def test_a_poll_becomes_a_meeting_with_a_calendar_file(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    client, other = (client_of(one.learner) for one in learners[:2])
    meeting = poll_of(client, cast)
    first, second = meeting.slots.all()
    other.post(
        f"{room(cast)}meetings/{meeting.public_id}/vote/",
        {f"slot-{first.pk}": "no", f"slot-{second.pk}": "maybe"},
    )

    for _press in range(2):
        client.post(f"{room(cast)}meetings/{meeting.public_id}/close/", {"slot": second.pk})

    meeting.refresh_from_db()
    assert meeting.starts_at == second.starts_at
    assert Notice.objects.count() == 3
    calendar = Calendar.from_ical(
        other.get(f"{room(cast)}meetings/{meeting.public_id}/meeting.ics").content.decode()
    )
    event = calendar.walk("VEVENT")[0]
    assert event.decoded("dtstart") == second.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    with pytest.raises(Refused, match="chosen already"):
        meetings.vote(meeting_id=meeting.pk, votes={first.pk: SlotVote.YES}, by=learners[2].learner, at=NOON)


def test_proposed_times_follow_each_clock_over_the_change_to_summer_time() -> None:
    _cast, _learners, team = running()
    # Free Mon and Wed 17:00 to 20:00 in Belgrade and Brussels; clocks change on Sunday 29 March 2026.
    found = proposals(team, minutes=60, after=datetime(2026, 3, 23, 6, 0, tzinfo=UTC))

    hours = {one.starts_at.date(): one.starts_at.hour for one in found}

    assert hours[date(2026, 3, 23)] == 16
    assert hours[date(2026, 3, 30)] == 15
    assert all(one.free == one.of == 4 for one in found)


def test_nobody_is_present_before_a_meeting_has_a_time_and_teachers_never(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    meeting = poll_of(client_of(learners[0].learner), cast)

    for person in (learners[0].learner, cast.teacher):
        with pytest.raises(Refused):
            meetings.note_presence(meeting_id=meeting.pk, was_there=True, by=person, at=NOON)


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        (date(2026, 4, 2), None),
        (date(2026, 4, 3), date(2026, 4, 3)),
        (date(2026, 4, 9), date(2026, 4, 3)),
        (date(2026, 4, 10), date(2026, 4, 10)),
        (date(2026, 6, 11), date(2026, 5, 29)),
    ],
)
def test_the_pulse_belongs_to_the_friday_before(today: date, friday: date | None) -> None:
    cast, _learners, _team = running(start_date=date(2026, 4, 1), end_date=date(2026, 6, 1))

    week = pulse_week(cast.course, today=today)

    # After the last Friday of the course nothing is asked.
    assert week == (friday if today <= date(2026, 6, 4) else None)


def answer(cast: Cast, team: Team, by: Person, *, going: int, share: int = 4, words: str = "") -> Pulse:
    return facilitation.answer_pulse(
        team_id=team.pk,
        going=going,
        share=share,
        words=words,
        by=by,
        today=cast.course.start_date + 8 * DAY,
        at=NOON,
    )


def test_a_low_answer_is_told_to_whoever_accompanies_and_never_to_the_team(client_of: ClientOf) -> None:
    cast, learners, team = running()
    person = FacilitationFactory(course=cast.course).person

    answer(cast, team, learners[0].learner, going=2, words="I do everything alone")
    answer(cast, team, learners[0].learner, going=1, words="I do everything alone")

    assert list(Notice.objects.values_list("person", flat=True)) == [person.pk]
    assert Pulse.objects.get().going == 1
    for page in PAGES:
        assert "everything alone" not in page_of(client_of(learners[1].learner).get(room(cast) + page))
    desk = page_of(client_of(person).get(f"/courses/{cast.course.slug}/facilitate/1/"))
    assert "everything alone" in desk


def test_the_desk_shows_the_most_pressing_team_first_with_a_reason(client_of: ClientOf) -> None:
    cast, learners, team = running(
        start_date=timezone.localdate() - timedelta(days=20),
        end_date=timezone.localdate() + timedelta(days=30),
    )
    busy = cast.team(cast.admitted(), number=2)
    PostFactory(team=busy, author=busy.members.get().application.learner, posted_at=timezone.now())
    PostFactory(team=team, author=learners[0].learner, posted_at=timezone.now() - timedelta(days=9))

    page = page_of(client_of(cast.teacher).get(f"/courses/{cast.course.slug}/facilitate/"))

    assert "1 of 2 teams may need somebody" in page
    assert page.index("Team 1") < page.index("Team 2")
    assert "Nobody did anything in the room for 9 days." in page


def test_the_desk_is_closed_to_learners_and_strangers(client_of: ClientOf) -> None:
    cast, learners, _team = running()

    for person in (learners[0].learner, PersonFactory()):
        for page in ("", "1/", "people/", f"1/nudge/{learners[1].learner_id}/"):
            address = f"/courses/{cast.course.slug}/facilitate/{page}"
            assert client_of(person).get(address).status_code == 404, address


@pytest.mark.parametrize("teams", [3, 30])
def test_the_desk_costs_the_same_for_few_and_many_teams(
    teams: int, client_of: ClientOf, count_queries: Any
) -> None:
    cast, _learners, _team = running()
    for number in range(2, teams + 1):
        team = cast.team(cast.admitted(), number=number)
        TeamMemberFactory(team=team)
        PostFactory(team=team)
        RoomTaskFactory(team=team, due_date=NOON.date())
        PulseFactory(team=team)
    client = client_of(cast.teacher)
    client.get("/courses/")

    with count_queries(18):
        assert client.get(f"/courses/{cast.course.slug}/facilitate/").status_code == 200


def test_what_was_done_is_noted_followed_up_and_hidden_from_the_team(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    desk = f"/courses/{cast.course.slug}/facilitate/1/"
    client = client_of(cast.teacher)
    given = {
        "kind": "talk",
        "person": learners[0].learner_id,
        "text": "Ill for a week",
        "follow_up_date": "2026-04-10",
    }
    client.post(desk, given)
    client.post(f"{desk}nudge/{learners[1].learner_id}/", {"text": "Are you well?"})

    assert "Ill for a week" in page_of(client.get(desk))
    assert Notice.objects.get().person == learners[1].learner
    for page in PAGES:
        assert "Ill for a week" not in page_of(client_of(learners[0].learner).get(room(cast) + page))
    noted = Intervention.objects.get(kind="talk")
    client.post(f"{desk}interventions/{noted.pk}/close/")
    noted.refresh_from_db()
    assert noted.closed_by == cast.teacher


def test_contributions_count_what_each_did_and_say_what_they_do_not_see(client_of: ClientOf) -> None:
    cast, learners, team = running()
    ana = learners[0].learner
    operations.post(team_id=team.pk, text="Hello", key=uuid4(), by=ana, at=NOON)
    client = client_of(ana)
    client.get(f"{room(cast)}notes/")
    pad = pads.Pad.objects.get()
    pads.save_text(pad_id=pad.pk, text="Seven!!", seen=0, key=uuid4(), by=ana, at=NOON)

    page = page_of(client.get(f"{room(cast)}contributions/"))

    assert "What it does not see" in page
    row = re.search(rf'<th scope="row">{re.escape(ana.name)}</th>(.*?)</tr>', page)
    assert row
    assert re.findall(r'class="number">(\d+)<', row.group(1)) == ["1", "7", "0", "0", "0", "0"]


def test_a_closed_account_takes_its_confidences_along() -> None:
    cast, learners, team = running()
    person = learners[0].learner
    answer(cast, team, person, going=4, words="In confidence")
    facilitation.note_intervention(
        team_id=team.pk,
        kind="talk",
        text="About her",
        person=person,
        follow_up_date=None,
        by=cast.teacher,
        at=NOON,
    )

    close_account(by=person, at=NOON)

    assert Pulse.objects.get().words == ""
    assert not Intervention.objects.exists()


def test_a_course_that_does_not_run_warns_of_nothing() -> None:
    cast, _learners, team = running()
    cast.move(CourseState.FINISHED)

    rows = watched(cast.course, [team], at=NOON + 300 * DAY, today=(NOON + 300 * DAY).date())

    assert rows[0].found == []
