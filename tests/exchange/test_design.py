from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from biosint.exchange.models import Activity, PlanChange
from biosint.exchange.operations import design, plans
from biosint.exchange.states import CourseState, PlanVerb
from biosint.exchange.steps import week_of
from biosint.exchange.timetable import on_wall
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, OpenTemplateFactory, TeacherFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MONDAY = date(2026, 3, 16)
ZONE = "Europe/Belgrade"


@pytest.fixture
def cast() -> Cast:
    found = a_course(state=CourseState.DRAFT, start_date=MONDAY, end_date=MONDAY + timedelta(days=55))
    found.host.time_zone = ZONE
    found.host.save()
    return found


def in_week(cast: Cast, week: int, **fields: Any) -> Activity:
    begins = datetime.combine(MONDAY, time(8), tzinfo=UTC) + timedelta(days=7 * (week - 1))
    return ActivityFactory(course=cast.course, opens_at=begins, due_at=begins + timedelta(days=4), **fields)


def titles(cast: Cast) -> list[str]:
    return [one.title for one in cast.course.activities.all()]


def test_a_supplied_plan_is_placed_once_on_the_dates_of_the_course_in_its_language(cast: Cast) -> None:
    cast.course.language = "sr"
    cast.course.save()
    key = uuid4()
    for _press in range(2):
        plans.place_supplied(course_id=cast.course.pk, code="coil-8", key=key, by=cast.teacher, at=NOON)

    activities = list(cast.course.activities.all())
    kickoff = next(one for one in activities if one.kind == "live")
    assert len(activities) == 41
    assert kickoff.title == "Први заједнички састанак"
    assert kickoff.due_at is not None
    assert on_wall(kickoff.due_at, ZONE).isoformat() == "2026-03-18T17:00:00"
    assert [week_of(one, cast.course) for one in activities] == sorted(
        week_of(one, cast.course) or 0 for one in activities
    )
    assert [one.what for one in cast.course.plan_changes.all()] == [PlanVerb.PLACED]


def test_a_plan_that_is_placed_instead_of_another_takes_it_out_and_loses_nothing(cast: Cast) -> None:
    old = in_week(cast, 1, title="Old")

    plans.place_supplied(course_id=cast.course.pk, code="coil-4", replaces=True, by=cast.teacher, at=NOON)

    assert "Old" not in titles(cast)
    design.restore_activity(course_id=cast.course.pk, activity_id=old.pk, by=cast.colleague, at=NOON)
    assert "Old" in titles(cast)


def test_over_the_change_of_clocks_hours_stay_what_the_wall_shows(cast: Cast) -> None:
    plans.place_supplied(course_id=cast.course.pk, code="coil-8", by=cast.teacher, at=NOON)

    offsets = {
        (on_wall(one.due_at, ZONE).hour, one.due_at.hour)
        for one in cast.course.activities.exclude(kind="live")
        if one.due_at
    }
    assert offsets == {(20, 19), (20, 18)}


def test_an_activity_moves_within_its_week_and_stops_at_its_ends(cast: Cast) -> None:
    first, second, later = (
        in_week(cast, week, title=title) for week, title in ((1, "A"), (1, "B"), (2, "C"))
    )

    design.move_in_week(
        course_id=cast.course.pk, activity_id=second.pk, step=-1, seen_version=1, by=cast.teacher, at=NOON
    )

    assert titles(cast) == ["B", "A", "C"]
    for activity, step in ((second, -1), (first, 1), (later, -1)):
        with pytest.raises(design.CannotMove, match="end of its week"):
            design.move_in_week(
                course_id=cast.course.pk, activity_id=activity.pk, step=step, by=cast.teacher, at=NOON
            )


def test_in_another_week_an_activity_keeps_weekday_and_hour_over_the_change_of_clocks(cast: Cast) -> None:
    moved, target = in_week(cast, 1, title="A"), in_week(cast, 3, title="C")
    before = [on_wall(at, ZONE) for at in (moved.opens_at, moved.due_at) if at]

    design.move_to_week(
        course_id=cast.course.pk, activity_id=moved.pk, week=3, before_id=target.pk, by=cast.teacher, at=NOON
    )

    moved.refresh_from_db()
    after = [on_wall(at, ZONE) for at in (moved.opens_at, moved.due_at) if at]
    assert [one - other for one, other in zip(after, before, strict=True)] == [timedelta(days=14)] * 2
    assert titles(cast) == ["A", "C"]
    change = PlanChange.objects.first()
    assert change is not None
    assert (change.what, change.fields[0]) == (PlanVerb.MOVED, {"field": "week", "before": 1, "after": 3})


def test_an_activity_without_a_date_gets_the_whole_week(cast: Cast) -> None:
    loose = ActivityFactory(course=cast.course)

    design.move_to_week(course_id=cast.course.pk, activity_id=loose.pk, week=2, by=cast.teacher, at=NOON)

    loose.refresh_from_db()
    assert loose.opens_at is not None
    assert loose.due_at is not None
    assert on_wall(loose.opens_at, ZONE).isoformat() == "2026-03-23T08:00:00"
    assert on_wall(loose.due_at, ZONE).isoformat() == "2026-03-29T20:00:00"


def test_nothing_of_a_colleague_is_overwritten_unseen(cast: Cast) -> None:
    activity = in_week(cast, 1, title="A")
    design.write_activity(
        course_id=cast.course.pk,
        activity_id=activity.pk,
        seen_version=1,
        hours=Decimal(3),
        by=cast.colleague,
        at=NOON,
    )
    late = {
        "course_id": cast.course.pk,
        "activity_id": activity.pk,
        "seen_version": 1,
        "by": cast.teacher,
        "at": NOON,
    }

    for attempt in (
        lambda: design.write_activity(**late, title="B"),
        lambda: design.move_to_week(**late, week=2),
        lambda: design.remove_activity(**late),
    ):
        with pytest.raises(design.ActivityChanged, match=str(cast.colleague)):
            attempt()
    activity.refresh_from_db()
    assert (activity.title, activity.hours, activity.removed_at, activity.version) == ("A", 3, None, 2)


def test_the_log_says_what_became_what_and_equal_numbers_are_no_change(cast: Cast) -> None:
    activity = in_week(cast, 1, hours=Decimal("2.0"), weight=Decimal("5.00"))

    design.write_activity(
        course_id=cast.course.pk,
        activity_id=activity.pk,
        hours=Decimal(2),
        weight=Decimal(10),
        by=cast.teacher,
        at=NOON,
    )

    change = cast.course.plan_changes.get()
    assert change.fields == [{"field": "weight", "before": "5", "after": "10"}]
    design.write_activity(
        course_id=cast.course.pk, activity_id=activity.pk, weight=Decimal("10.0"), by=cast.teacher, at=NOON
    )
    assert cast.course.plan_changes.count() == 1


def test_removing_and_bringing_back_pressed_twice_is_once(cast: Cast) -> None:
    activity = in_week(cast, 1)
    said = {"course_id": cast.course.pk, "activity_id": activity.pk, "by": cast.teacher, "at": NOON}

    for operation in (
        design.remove_activity,
        design.remove_activity,
        design.restore_activity,
        design.restore_activity,
    ):
        operation(**said)

    assert [one.what for one in cast.course.plan_changes.all()] == [PlanVerb.RESTORED, PlanVerb.REMOVED]


def test_only_teachers_of_an_unfinished_course_plan_it(cast: Cast) -> None:
    activity = in_week(cast, 1)
    said = {"course_id": cast.course.pk, "activity_id": activity.pk, "at": NOON}

    with pytest.raises(Refused, match="Only a teacher of this course"):
        design.remove_activity(**said, by=TeacherFactory())
    cast.move(CourseState.FINISHED)
    with pytest.raises(Refused, match="finished"):
        design.remove_activity(**said, by=cast.teacher)


def test_a_whole_plan_moves_by_days(cast: Cast) -> None:
    activity, loose = in_week(cast, 1), ActivityFactory(course=cast.course)

    moved = design.shift_plan(course_id=cast.course.pk, days=14, by=cast.teacher, at=NOON)

    activity.refresh_from_db()
    loose.refresh_from_db()
    assert activity.opens_at is not None
    assert (moved, on_wall(activity.opens_at, ZONE).date(), loose.opens_at) == (
        1,
        MONDAY + timedelta(days=14),
        None,
    )


def test_a_kept_version_comes_back_with_what_learners_did(cast: Cast) -> None:
    first, second = in_week(cast, 1, title="A"), in_week(cast, 2, title="B")
    plans.keep_version(course_id=cast.course.pk, name="Start", by=cast.teacher, at=NOON)
    design.write_activity(
        course_id=cast.course.pk, activity_id=first.pk, title="A2", by=cast.teacher, at=NOON
    )
    design.remove_activity(course_id=cast.course.pk, activity_id=second.pk, by=cast.teacher, at=NOON)
    design.write_activity(course_id=cast.course.pk, title="C", by=cast.teacher, at=NOON)

    plans.turn_back(course_id=cast.course.pk, number=1, by=cast.colleague, at=NOON)

    assert titles(cast) == ["A", "B"]
    assert [one.pk for one in cast.course.activities.all()] == [first.pk, second.pk]
    assert Activity.everything.get(course=cast.course, title="C").removed_at is not None


def test_a_course_is_copied_onto_new_days_with_its_plan_but_nobody_in_it(cast: Cast) -> None:
    plans.place_supplied(course_id=cast.course.pk, code="coil-8", by=cast.teacher, at=NOON)

    copy = plans.copy_course(
        course_id=cast.course.pk,
        title="Again",
        start_date=MONDAY + timedelta(days=182),
        with_dates=True,
        by=cast.teacher,
        at=NOON,
    )

    assert copy.teachings.count() == 1
    assert copy.end_date - copy.start_date == cast.course.end_date - cast.course.start_date
    dues = [
        [on_wall(one.due_at, ZONE) for one in course.activities.all() if one.due_at]
        for course in (cast.course, copy)
    ]
    assert {later - earlier for earlier, later in zip(*dues, strict=True)} == {timedelta(days=182)}


def test_an_open_template_names_its_authors_and_what_it_builds_on(cast: Cast) -> None:
    earlier = OpenTemplateFactory(licence="CC-BY-SA-4.0")
    plans.take_over(course_id=cast.course.pk, template_id=earlier.pk, by=cast.teacher, at=NOON)

    with pytest.raises(Refused, match="CC BY-SA"):
        plans.give_away(
            course_id=cast.course.pk, title="Mine", summary="", licence="CC-BY-4.0", by=cast.teacher, at=NOON
        )
    shared = plans.give_away(
        course_id=cast.course.pk, title="Mine", summary="", licence="CC-BY-SA-4.0", by=cast.teacher, at=NOON
    )

    assert {one["name"] for one in shared.authors} == {str(cast.teacher), str(cast.colleague)}
    assert [one["slug"] for one in shared.builds_on] == [earlier.slug]
    assert [one["settings"] for one in shared.steps] == [{}, {}]


def test_links_to_outcomes_come_along_only_where_the_outcomes_do(cast: Cast) -> None:
    template = OpenTemplateFactory()
    plans.take_over(course_id=cast.course.pk, template_id=template.pk, by=cast.teacher, at=NOON)
    bare = a_course(outcomes=[])
    plans.take_over(course_id=bare.course.pk, template_id=template.pk, by=bare.teacher, at=NOON)

    assert [one.outcomes for one in cast.course.activities.all()] == [[], []]
    assert [one.outcomes for one in bare.course.activities.all()] == [[0], []]


# Pages


def test_teachers_see_the_plan_and_strangers_see_nothing(cast: Cast, client_of: ClientOf) -> None:
    in_week(cast, 1, title="Icebreaker")

    for person, status in ((cast.teacher, 200), (cast.colleague, 200), (TeacherFactory(), 404)):
        for page in ("", "changes/", "templates/", "templates/coil-4/", "dates/"):
            assert client_of(person).get(f"/courses/{cast.course.slug}/design/{page}").status_code == status


@pytest.mark.parametrize("count", [3, 30])
def test_the_plan_asks_the_database_as_often_for_many_activities(
    cast: Cast, client_of: ClientOf, count_queries: Any, count: int
) -> None:
    for number in range(count):
        in_week(cast, 1 + number % 8)
    client = client_of(cast.teacher)
    client.get("/")

    with count_queries(9):
        client.get(f"/courses/{cast.course.slug}/design/")


@pytest.mark.parametrize("count", [3, 30])
def test_the_course_page_asks_as_often_for_many_activities(
    cast: Cast, client_of: ClientOf, count_queries: Any, count: int
) -> None:
    cast.move(CourseState.RUNNING)
    learner = cast.admitted()
    for number in range(count):
        in_week(cast, 1 + number % 8)
    client = client_of(learner.learner)
    client.get("/")

    with count_queries(8):
        page = client.get(f"/courses/{cast.course.slug}/")
    assert page.content.decode().count('class="plan-row"') == count


def test_arrows_and_weeks_move_by_form_and_a_colleague_s_change_is_told(
    cast: Cast, client_of: ClientOf
) -> None:
    first, _second = in_week(cast, 1, title="A"), in_week(cast, 1, title="B")
    client, address = client_of(cast.teacher), f"/courses/{cast.course.slug}/design/move/"

    client.post(address, {"down": f"{first.pk}:1"})
    assert titles(cast) == ["B", "A"]
    client.post(address, {"activity": first.pk, "version": 2, "week": 2, "before": 0})
    told = client.post(address, {"activity": first.pk, "version": 2, "week": 3}, follow=True).content.decode()

    first.refresh_from_db()
    assert week_of(first, cast.course) == 2
    assert "has changed “A” meanwhile" in told
    assert client.post(address, {"up": "nonsense"}).status_code == 404
    newer = client_of(cast.colleague).get(f"/courses/{cast.course.slug}/design/newer/?since=0")
    assert "moved “A”" in newer.content.decode()
    assert client.get(f"/courses/{cast.course.slug}/design/newer/?since=0").status_code == 204


def form_of(activity: Activity | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Icebreaker",
        "hours": "2",
        "weight": "0",
        "version": activity.version if activity else "",
        "key": str(uuid4()),
        **changes,
    }


def test_a_time_that_does_not_exist_is_moved_and_explained(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.teacher)

    page = client.post(
        f"/courses/{cast.course.slug}/pages/new/?kind=page",
        form_of(opens_at="2026-03-29T02:30", due_at="2026-10-25T02:30"),
        follow=True,
    ).content.decode()

    made = cast.course.activities.get()
    assert made.opens_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert "does not exist in Europe/Belgrade" in page
    assert "comes twice in Europe/Belgrade" in page


def test_an_empty_form_sent_twice_adds_one_activity(cast: Cast, client_of: ClientOf) -> None:
    client, given = client_of(cast.teacher), form_of()

    for _press in range(2):
        client.post(f"/courses/{cast.course.slug}/pages/new/?kind=page", given)

    assert titles(cast) == ["Icebreaker"]


def test_a_conflict_shows_both_sides_and_saving_again_decides(cast: Cast, client_of: ClientOf) -> None:
    activity = in_week(cast, 1, title="A")
    mine = form_of(activity, title="Mine")
    design.write_activity(
        course_id=cast.course.pk, activity_id=activity.pk, title="Theirs", by=cast.colleague, at=NOON
    )
    client, address = client_of(cast.teacher), f"/courses/{cast.course.slug}/pages/{activity.pk}/edit/"

    shown = client.post(address, mine)

    assert shown.status_code == 422
    text = shown.content.decode()
    assert "<td>Theirs</td><td>Mine</td>" in text
    assert 'name="version" value="2"' in text
    client.post(address, {**mine, "version": 2})
    assert titles(cast) == ["Mine"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_at": "2026-04-02T10:00", "due_at": "2026-04-01T10:00"},
        {"due_at": "2026-04-02T10:00", "closes_at": "2026-04-01T10:00"},
        {"due_at": "soon"},
        {"due_at": "9999-04-02T10:00"},
        {"weight": "101"},
        {"outcomes": ["7"]},
    ],
)
def test_what_cannot_be_is_explained_beside_the_field(
    cast: Cast, client_of: ClientOf, wrong: dict[str, Any]
) -> None:
    answer = client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/pages/new/?kind=page", form_of(**wrong)
    )

    assert answer.status_code == 422
    assert not cast.course.activities.exists()


def test_a_title_full_of_markup_is_only_words(cast: Cast, client_of: ClientOf) -> None:
    design.write_activity(
        course_id=cast.course.pk, title="<script>alert(1)</script>", by=cast.teacher, at=NOON
    )

    for page in ("", "changes/"):
        text = client_of(cast.teacher).get(f"/courses/{cast.course.slug}/design/{page}").content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
