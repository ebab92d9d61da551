from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from at_once import at_once
from biosint.audit.models import Line
from biosint.exchange.models import Activity, ActivityGroup, Application, Excuse, Extension, Mark, MarkingPlan
from biosint.exchange.operations import gradebook as operations
from biosint.exchange.operations import taking_over
from biosint.exchange.operations.gradebook import GroupAsked, ReasonMissing
from biosint.exchange.operations.taking_over import TakenOver, take_over
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.queries.gradebook import Row, book_of, learners_in_book, marked_activities
from biosint.exchange.states import CourseState, ScoreSource
from biosint.exchange.web import gradebook_files
from biosint.jobs.models import Job
from biosint.notices.models import Notice
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import (
    ActivityFactory,
    MarkFactory,
    PersonFactory,
    ProgressFactory,
    ScoreFactory,
    TeacherFactory,
)
from factories.gradebook import ExcuseFactory, ExtensionFactory, LateRuleFactory, MarkingPlanFactory
from iahcalc.marks import Standing

ClientOf = Callable[[Person], Client]


def marked(cast: Cast, weight: int = 50, **fields: Any) -> Activity:
    return ActivityFactory(course=cast.course, weight=weight, **fields)


def score(activity: Activity, application: Application, points: float, **fields: Any) -> None:
    ScoreFactory(activity=activity, application=application, points=Decimal(str(points)), **fields)


def rows(cast: Cast, at: datetime = NOON, **asked: Any) -> dict[int, Row]:
    learners = list(learners_in_book(cast.course))
    found = book_of(cast.course, marked_activities(cast.course), learners, at=at, **asked)
    return {row.application.pk: row for row in found}


@pytest.mark.django_db
def test_a_row_tells_how_a_learner_stands_and_what_it_adds_up_to() -> None:
    cast, learners, _team = running()
    essay, report, test, talk, poster = (marked(cast, 20) for _each in range(5))
    score(essay, learners[0], 80)
    ProgressFactory(activity=report, application=learners[0], handed_in_at=NOON)
    ExcuseFactory(activity=test, application=learners[0])
    Activity.objects.filter(pk=talk.pk).update(due_at=NOON - DAY, closes_at=NOON - HOUR)
    Activity.objects.filter(pk=poster.pk).update(due_at=NOON - DAY)

    row = rows(cast)[learners[0].pk]

    assert [cell.standing for cell in row.cells] == [
        Standing.MARKED,
        Standing.WAITING,
        Standing.EXCUSED,
        Standing.MISSING,
        Standing.OPEN,
    ]
    assert [cell.is_overdue for cell in row.cells] == [False, False, False, False, True]
    assert (row.total.low, row.total.high, row.total.so_far) == (20, 70, 80)
    assert row.proposed is None


@pytest.mark.django_db
def test_what_never_came_is_missing_once_the_course_is_over() -> None:
    cast, learners, _team = running()
    marked(cast)

    before, after = (
        rows(cast, at=timezone.make_aware(datetime.combine(cast.course.end_date, datetime.min.time())) + more)
        for more in (timedelta(0), 2 * DAY)
    )

    assert before[learners[0].pk].cells[0].standing is Standing.OPEN
    assert after[learners[0].pk].cells[0].standing is Standing.MISSING
    assert after[learners[0].pk].proposed == 0


@pytest.mark.django_db
def test_late_work_loses_points_by_the_day_and_never_more_than_it_has() -> None:
    cast, learners, _team = running()
    report = marked(cast, due_at=NOON)
    LateRuleFactory(course=cast.course, points_per_day=10, grace_minutes=60)
    for learner, came, points in zip(
        learners, (HOUR, 2 * HOUR, 25 * HOUR, 9 * DAY), (80, 80, 80, 30), strict=True
    ):
        ProgressFactory(activity=report, application=learner, handed_in_at=NOON + came, is_late=True)
        score(report, learner, points)

    found = rows(cast)

    assert [found[one.pk].cells[0].points for one in learners] == [80, 70, 60, 0]
    assert [found[one.pk].cells[0].days_late for one in learners] == [0, 1, 2, 9]


@pytest.mark.django_db
def test_more_time_for_a_learner_or_a_team_moves_due_and_end_and_the_latest_counts() -> None:
    cast, learners, team = running()
    report = marked(cast, due_at=NOON, closes_at=NOON + DAY)
    ExtensionFactory(activity=report, application=learners[0], until_at=NOON + 3 * DAY)
    ExtensionFactory(activity=report, application=None, team=team, until_at=NOON + 2 * DAY)

    own, theirs = due_for(report, learners[0]), due_for(report, learners[1])

    assert (own.due_at, own.closes_at) == (NOON + 3 * DAY, NOON + 3 * DAY)
    assert (theirs.due_at, theirs.is_extended) == (NOON + 2 * DAY, True)


@pytest.mark.django_db
def test_an_extension_given_afterwards_judges_what_came_anew() -> None:
    cast, learners, team = running()
    report = marked(cast, due_at=NOON)
    came = ProgressFactory(activity=report, application=learners[0], handed_in_at=NOON + HOUR, is_late=True)

    operations.extend(
        activity_id=report.pk,
        team_id=team.pk,
        until_at=NOON + DAY,
        reason="The line was down.",
        by=cast.teacher,
        at=NOON + DAY,
    )

    came.refresh_from_db()
    assert came.is_late is False
    line = Line.objects.get(action="exchange.extension.given")
    assert (line.details["reason"], line.details["team"], line.details["before"]) == (
        "The line was down.",
        team.pk,
        None,
    )


@pytest.mark.django_db
def test_more_time_and_excuses_need_a_reason_and_a_teacher_of_the_course() -> None:
    cast, learners, _team = running()
    report = marked(cast)
    who = {"activity_id": report.pk, "application_id": learners[0].pk, "at": NOON}

    with pytest.raises(ReasonMissing):
        operations.extend(until_at=NOON, reason=" ", by=cast.teacher, **who)
    with pytest.raises(ReasonMissing):
        operations.excuse(reason="", by=cast.teacher, **who)
    with pytest.raises(Refused):
        operations.excuse(reason="Ill.", by=TeacherFactory(at=cast.host), **who)

    assert not Extension.objects.exists()
    assert not Excuse.objects.exists()


@pytest.mark.django_db
def test_the_weakest_of_a_group_does_not_count() -> None:
    cast, learners, _team = running()
    tests = [marked(cast, 10) for _each in range(3)]
    for activity, points in zip(tests, (90, 30, 60), strict=True):
        score(activity, learners[0], points)

    operations.set_groups(
        course_id=cast.course.pk,
        groups=[GroupAsked("Tests", 1, None, [activity.pk for activity in tests])],
        by=cast.teacher,
        at=NOON,
    )
    row = rows(cast)[learners[0].pk]
    operations.set_groups(course_id=cast.course.pk, groups=[], by=cast.teacher, at=NOON)

    assert (row.proposed, [cell.is_dropped for cell in row.cells]) == (75, [False, True, False])
    assert not ActivityGroup.objects.exists()
    assert rows(cast)[learners[0].pk].proposed == 60


@pytest.mark.django_db
def test_learners_see_a_teachers_points_only_once_they_are_released() -> None:
    cast, learners, _team = running()
    essay, quiz = marked(cast), marked(cast)
    score(essay, learners[0], 80, source=ScoreSource.TEACHER)
    score(quiz, learners[0], 60, source=ScoreSource.AUTO)

    before = rows(cast, to_learner=True)[learners[0].pk]
    operations.release(activity_id=essay.pk, by=cast.teacher, at=NOON)
    after = rows(cast, to_learner=True)[learners[0].pk]

    assert [cell.standing for cell in before.cells] == [Standing.WAITING, Standing.MARKED]
    assert before.cells[0].comment == ""
    assert [cell.points for cell in after.cells] == [80, 60]


@pytest.mark.django_db
def test_learners_are_told_once_also_where_the_worker_is_killed_in_between(
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, learners, _team = running()
    essay = marked(cast)
    for learner in learners[:3]:
        score(essay, learner, 80)
    monkeypatch.setattr(operations, "TOLD_AT_ONCE", 2)

    for _press in range(2):
        operations.release(activity_id=essay.pk, by=cast.teacher, at=NOON)
    # A first worker told two and was killed.
    operations.tell_released(activity_id=essay.pk, url="/somewhere/", at=NOON)
    run_jobs()

    assert sorted(Notice.objects.values_list("person", flat=True)) == sorted(
        one.learner_id for one in learners[:3]
    )


@pytest.mark.django_db
def test_proposals_are_taken_over_rounded_halves_upwards_and_undecided_ones_left() -> None:
    cast, learners, _team = running()
    essay, report = marked(cast, 50), marked(cast, 50)
    for learner, one, other in zip(learners[:3], (80, 70, 50), (81, 70, 50), strict=True):
        score(essay, learner, one)
        score(report, learner, other)
    MarkFactory(application=learners[1], points=75, marked_by=cast.colleague, marked_at=NOON - DAY)
    MarkFactory(application=learners[2], points=55, marked_by=cast.colleague, marked_at=NOON + HOUR)
    asked = {
        "course_id": cast.course.pk,
        "application_ids": [one.pk for one in learners],
        "by": cast.teacher,
        "at": NOON,
    }

    careful = take_over(replaces=False, seen_at=NOON, **asked)
    replacing = take_over(replaces=True, seen_at=NOON, **asked)
    again = take_over(replaces=True, seen_at=NOON, **asked)

    assert careful == TakenOver(given=1, kept=2, undecided=1)
    # 55 was given after the page was opened: nobody overwrites what they cannot have seen.
    assert replacing == TakenOver(given=1, kept=1, undecided=1)
    assert again == TakenOver(given=0, kept=1, undecided=1)
    assert dict(Mark.objects.values_list("application", "points")) == {
        learners[0].pk: 81,
        learners[1].pk: 70,
        learners[2].pk: 55,
    }


@pytest.mark.django_db
def test_a_killed_job_of_taking_over_goes_on_where_it_stopped(
    run_jobs: Callable[[], int], client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, learners, _team = running()
    essay = marked(cast, 100)
    for learner in learners:
        score(essay, learner, 64)
    monkeypatch.setattr(taking_over, "AT_ONCE", 2)
    pressed = client_of(cast.teacher).post(
        reverse("exchange:take_over", args=[cast.course.slug]), {"seen_at": timezone.now().isoformat()}
    )
    # A first worker did two learners and was killed; its job is still open.
    take_over(
        course_id=cast.course.pk,
        application_ids=[one.pk for one in learners[:2]],
        replaces=False,
        seen_at=timezone.now(),
        by=cast.teacher,
        at=timezone.now(),
    )

    run_jobs()

    assert pressed.status_code == 302
    assert list(Mark.objects.values_list("points", "version")) == [(64, 1)] * 4
    assert "2" in Job.objects.get(name="exchange.take_over_marks").result["text"]
    assert Line.objects.filter(action="exchange.mark.given").count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_teachers_who_take_over_at_once_give_each_mark_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("One writer at a time: SQLite has no two transactions to meet.")
    cast, learners, _team = running()
    essay = marked(cast, 100)
    for learner in learners:
        score(essay, learner, 64)

    def press(by: Person) -> Callable[[], TakenOver]:
        return lambda: take_over(
            course_id=cast.course.pk,
            application_ids=[one.pk for one in learners],
            replaces=True,
            seen_at=NOON,
            by=by,
            at=NOON,
        )

    outcome = at_once(press(cast.teacher), press(cast.colleague))

    assert sorted(one.given for one in outcome if isinstance(one, TakenOver)) == [0, 4]
    assert list(Mark.objects.values_list("version", flat=True)) == [1] * 4


@pytest.mark.django_db
def test_nobody_else_opens_the_book(client_of: ClientOf) -> None:
    cast, learners, team = running()
    facilitator = PersonFactory()
    team.facilitator = facilitator
    team.save()
    essay = marked(cast)
    pages = [
        reverse("exchange:gradebook", args=[cast.course.slug]),
        reverse("exchange:book_rules", args=[cast.course.slug]),
        reverse("exchange:book_learner", args=[cast.course.slug, essay.pk, learners[0].pk]),
    ]

    for person in (learners[0].learner, facilitator, TeacherFactory(at=cast.host)):
        assert [client_of(person).get(page).status_code for page in pages] == [404, 404, 404]
    assert [client_of(cast.colleague).get(page).status_code for page in pages] == [200, 200, 200]


@pytest.mark.django_db
def test_the_book_shows_totals_removed_activities_and_filters(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    essay, gone = marked(cast, title="Essay <i>one</i>"), marked(cast, title="Old test")
    score(essay, learners[0], 80, comment="<script>alert(1)</script>")
    score(gone, learners[0], 10)
    gone.removed_at, gone.removed_by = NOON, cast.teacher
    gone.save()
    ProgressFactory(activity=essay, application=learners[1], handed_in_at=NOON, is_late=True)
    client, book = client_of(cast.teacher), reverse("exchange:gradebook", args=[cast.course.slug])

    whole = client.get(book)
    html = whole.content.decode()
    unmarked = client.get(book, {"only": "unmarked"})
    late = client.get(book, {"only": "late", "team": "1"})
    nonsense = client.get(book, {"team": "²", "institution": "x", "only": "?", "page": "x", "part": "-1"})
    learner = client.get(reverse("exchange:book_learner", args=[cast.course.slug, essay.pk, learners[0].pk]))

    assert "“Old test” was removed. Its marks (1) are kept and do not count." in html
    assert "add up to 50 %" in html
    assert "Essay <i>" not in html
    assert whole.context["rows"][0][0].total is not None
    assert [row.application.pk for row, *_more in unmarked.context["rows"]] == [learners[1].pk]
    assert [row.application.pk for row, *_more in late.context["rows"]] == [learners[1].pk]
    assert (nonsense.status_code, len(nonsense.context["rows"])) == (200, 4)
    assert "<script>alert(1)" not in learner.content.decode()


def table_of(response: Any, form: str) -> list[list[Any]]:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_book_leaves_as_a_table_that_spreadsheets_read(client_of: ClientOf, form: str) -> None:
    cast, learners, _team = running()
    essay, talk = marked(cast, title="=Essay"), marked(cast, title="Talk")
    type(learners[0].learner).objects.filter(pk=learners[0].learner_id).update(name="=1+1")
    score(essay, learners[0], 80.5)
    ProgressFactory(activity=talk, application=learners[0], handed_in_at=NOON)
    MarkFactory(application=learners[0], points=78, marked_by=cast.teacher)
    address = reverse("exchange:book_table", args=[cast.course.slug, form])

    heading, *found = table_of(client_of(cast.teacher).get(address), form)
    filtered = table_of(client_of(cast.teacher).get(address, {"institution": cast.partner.pk}), form)

    assert heading[3:5] == ["'=Essay (50 %)", "Talk (50 %)"]
    (line,) = [row for row in found if row[0] == "'=1+1"]
    assert [str(cell) for cell in line[3:8]] == ["80.5", "not marked", "40.25", "90.25", "78"]
    assert line[8] == str(cast.teacher)
    assert (len(found), len(filtered)) == (4, 3)
    assert Line.objects.filter(action="exchange.gradebook.taken").count() == 2
    assert client_of(cast.teacher).get(address.replace(form, "exe")).status_code == 404
    assert client_of(learners[0].learner).get(address).status_code in {403, 404}


@pytest.mark.django_db
def test_a_book_too_large_for_a_workbook_says_what_to_take(client_of: ClientOf, monkeypatch: Any) -> None:
    cast, _learners, _team = running()
    marked(cast)
    monkeypatch.setattr(gradebook_files, "MOST_IN_WORKBOOK", 3)
    address = reverse("exchange:book_table", args=[cast.course.slug, "xlsx"])

    said = client_of(cast.teacher).get(address, follow=True)

    assert "Take the CSV table" in said.content.decode()


@pytest.mark.django_db
def test_a_teacher_sets_rules_gives_time_excuses_and_takes_it_back(client_of: ClientOf) -> None:
    cast, learners, team = running()
    essay = marked(cast, due_at=NOON)
    client = client_of(cast.teacher)
    rules = reverse("exchange:book_rules", args=[cast.course.slug])
    page = reverse("exchange:book_learner", args=[cast.course.slug, essay.pk, learners[0].pk])

    answers = [
        client.post(rules, {"which": "late", "grace_minutes": "15", "points_per_day": "5", "at_most": "50"}),
        client.post(
            rules, {"which": "groups", "title_0": "Tests", "drop_0": "1", "activities_0": [essay.pk]}
        ),
        client.post(
            page,
            {
                "which": "time",
                "time-until_at": "2026-03-09T12:00",
                "time-for_team": "on",
                "time-reason": "Duty",
            },
        ),
        client.post(page, {"which": "excuse", "excuse-reason": "Ill"}),
        client.post(page, {"which": "count"}),
    ]
    mistakes = [
        client.post(rules, {"which": "late", "grace_minutes": "-1", "points_per_day": "500", "at_most": "5"}),
        client.post(rules, {"which": "groups", "title_0": "T", "drop_0": "1", "best_0": "2"}),
        client.post(page, {"which": "time", "time-until_at": "soon", "time-reason": ""}),
        client.post(page, {"which": "excuse", "excuse-reason": ""}),
    ]

    assert [answer.status_code for answer in answers] == [302] * 5
    assert [answer.status_code for answer in mistakes] == [422] * 4
    assert cast.course.late_rule.points_per_day == 5
    assert MarkingPlan.objects.get().group == ActivityGroup.objects.get()
    assert Extension.objects.get().team == team
    assert not Excuse.objects.exists()


@pytest.mark.django_db
def test_a_learner_reads_own_marks_alone(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    essay, report = marked(cast, title="Essay"), marked(cast, title="Report", due_at=NOON, closes_at=NOON)
    MarkingPlanFactory(activity=essay, released_at=NOON, released_by=cast.teacher)
    score(essay, learners[0], 80, comment="<b>Well</b> done")
    score(essay, learners[1], 33, comment="Not yours")
    page = reverse("exchange:my_marks", args=[cast.course.slug])

    answer = client_of(learners[0].learner).get(page)
    html = answer.content.decode()

    assert "&lt;b&gt;Well&lt;/b&gt; done" in html
    assert "Not yours" not in html
    assert answer.context["missing"] == [report]
    assert client_of(cast.teacher).get(page).status_code == 404
    assert client_of(cast.student()).get(page).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("many", [3, 30])
def test_the_book_costs_the_same_at_any_size(client_of: ClientOf, count_queries: Any, many: int) -> None:
    cast, learners, _team = running()
    cast.team(*(cast.admitted() for _each in range(many)), number=2)
    for activity in [marked(cast, 1) for _each in range(many)]:
        score(activity, learners[0], 80)
        MarkingPlanFactory(activity=activity)
    client, page = client_of(cast.teacher), reverse("exchange:gradebook", args=[cast.course.slug])
    client.get(page)
    phone, own = client_of(learners[0].learner), reverse("exchange:my_marks", args=[cast.course.slug])
    phone.get(own)

    with count_queries(16):
        client.get(page)
    with count_queries(14):
        phone.get(own)


@pytest.mark.django_db
def test_marks_stand_once_the_course_is_finished() -> None:
    cast, learners, _team = running()
    cast.move(CourseState.FINISHED)

    with pytest.raises(Refused):
        take_over(
            course_id=cast.course.pk,
            application_ids=[learners[0].pk],
            replaces=True,
            seen_at=NOON,
            by=cast.teacher,
            at=NOON,
        )
