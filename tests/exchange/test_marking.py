from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from at_once import at_once
from biosint.exchange.models import Activity, AtWork, Deviation, Marking, MarkingPlan, Phrase, Score
from biosint.exchange.operations import marking as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.operations.gradebook import ReasonMissing
from biosint.exchange.operations.marking import MarkedMeanwhile, RubricInUse, mark_work
from biosint.exchange.queries.marking import Unit, desk_of, queue_of
from biosint.exchange.queries.own_marks import own_marks
from biosint.exchange.rules.discussion import may_begin_thread
from biosint.exchange.states import ActivityKind, CourseState
from biosint.exchange.web.place import Place
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, ProgressFactory, RubricFactory, TeacherFactory
from factories.gradebook import (
    ExcuseFactory,
    ExtensionFactory,
    MarkingFactory,
    MarkingPlanFactory,
    PhraseFactory,
)

ClientOf = Callable[[Person], Client]


def to_mark(cast: Cast, *, rubric: bool = True, **fields: Any) -> Activity:
    activity = ActivityFactory(
        **{
            "course": cast.course,
            "weight": 50,
            "kind": ActivityKind.PRODUCT,
            "title": "Case report",
            **fields,
        }
    )
    if rubric:
        MarkingPlanFactory(activity=activity, rubric=RubricFactory(course=cast.course))
    return Activity.objects.select_related("course", "marking_plan__rubric").get(pk=activity.pk)


def mark(cast: Cast, activity: Activity, unit: Unit, **more: Any) -> Marking:
    asked: dict[str, Any] = {
        "chosen": {"question": 0, "evidence": 1},
        "points": None,
        "comment": "Clear.",
        "deviations": {},
        "seen_version": 0,
        "by": cast.teacher,
        "at": NOON,
    }
    return mark_work(activity_id=activity.pk, unit=unit, **{**asked, **more})


def points(activity: Activity) -> dict[int, Decimal]:
    return dict(Score.objects.filter(activity=activity).values_list("application", "points"))


@pytest.mark.django_db
def test_a_team_gets_the_points_of_the_rubric_and_single_members_more_or_fewer() -> None:
    cast, learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)

    mark(
        cast,
        report,
        unit,
        deviations={learners[0].pk: (Decimal(-10), "Came twice."), learners[1].pk: (Decimal(60), "Led it.")},
    )

    # (4/4 + 1/4) / 2 = 62.50
    assert points(report) == {
        learners[0].pk: Decimal("52.50"),
        learners[1].pk: Decimal(100),
        learners[2].pk: Decimal("62.50"),
        learners[3].pk: Decimal("62.50"),
    }
    report.marking_plan.rubric.refresh_from_db()
    assert report.marking_plan.rubric.used_at == NOON


@pytest.mark.django_db
def test_a_deviation_and_a_change_of_released_points_need_a_reason() -> None:
    cast, learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    with pytest.raises(ReasonMissing):
        mark(cast, report, unit, deviations={learners[0].pk: (Decimal(5), " ")})
    mark(cast, report, unit)
    MarkingPlan.objects.update(released_at=NOON, released_by=cast.teacher)
    seen = desk_of(report, unit).version

    with pytest.raises(ReasonMissing):
        mark(cast, report, unit, chosen={"question": 0, "evidence": 0}, seen_version=seen)
    mark(cast, report, unit, comment="Clear, and short.", seen_version=seen)
    mark(
        cast,
        report,
        unit,
        chosen={"question": 0, "evidence": 0},
        seen_version=desk_of(report, unit).version,
        reason="Sources were in the annex.",
    )

    assert set(points(report).values()) == {Decimal(100)}


@pytest.mark.django_db
def test_the_second_marker_sees_what_the_first_gave_and_a_second_press_changes_nothing() -> None:
    cast, learners, _team = running()
    essay = to_mark(cast)
    unit = next(unit for unit in queue_of(essay) if unit.application_id == learners[0].pk)

    first = mark(cast, essay, unit)
    again = mark(cast, essay, unit)
    with pytest.raises(MarkedMeanwhile, match=r"62\.50"):
        mark(cast, essay, unit, chosen={"question": 1, "evidence": 1}, by=cast.colleague)

    assert (first.pk, first.version) == (again.pk, again.version)
    assert points(essay) == {learners[0].pk: Decimal("62.50")}


@pytest.mark.django_db(transaction=True)
def test_of_two_markers_at_once_one_is_told() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("One writer at a time: SQLite has no two transactions to meet.")
    cast, _learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)

    outcome = at_once(
        lambda: mark(cast, report, unit, comment="One"),
        lambda: mark(cast, report, unit, comment="Two", by=cast.colleague),
    )

    assert sorted(type(one).__name__ for one in outcome) == ["MarkedMeanwhile", "Marking"]


@pytest.mark.django_db
def test_works_stand_once_the_course_is_finished_or_the_activity_removed() -> None:
    cast, _learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    Activity.objects.filter(pk=report.pk).update(removed_at=NOON, removed_by=cast.teacher)

    with pytest.raises(Refused, match="removed"):
        mark(cast, report, unit)
    Activity.everything.filter(pk=report.pk).update(removed_at=None, removed_by=None)
    cast.move(CourseState.FINISHED)
    with pytest.raises(Refused):
        mark(cast, report, unit)


@pytest.mark.django_db
def test_a_rubric_stands_for_all_works_of_an_activity() -> None:
    cast, _learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    mark(cast, report, unit)

    with pytest.raises(RubricInUse):
        operations.set_marking(
            activity_id=report.pk, rubric_id=None, is_anonymous=False, by=cast.teacher, at=NOON
        )


@pytest.mark.django_db
def test_marking_leads_from_work_to_work_and_names_stay_hidden(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    essay = to_mark(cast)
    MarkingPlan.objects.update(is_anonymous=True)
    for learner in learners[:2]:
        ProgressFactory(activity=essay, application=learner, handed_in_at=NOON)
    client = client_of(cast.teacher)
    queue = reverse("exchange:marking", args=[cast.course.slug, essay.pk])
    essay = Activity.objects.select_related("course", "marking_plan").get(pk=essay.pk)
    one, other = queue_of(essay, only="waiting")
    first, second = (
        reverse("exchange:mark_work", args=[cast.course.slug, essay.pk, unit.code]) for unit in (one, other)
    )

    listed, page = client.get(queue), client.get(first)
    saved = client.post(
        first, {"seen": "0", "level_question": "0", "level_evidence": "0", "comment": "Good", "then": "on"}
    )
    colleague = client_of(cast.colleague).get(first)
    last = client.post(second, {"seen": "0", "level_question": "1", "level_evidence": "0"})
    mistake = client.post(first, {"seen": "0", "level_question": "1", "comment": "<script>x()</script>"})

    for html in (listed.content.decode(), page.content.decode()):
        assert not any(learner.learner.name in html for learner in learners)
    assert saved.headers["Location"] == second
    assert last.headers["Location"] == queue
    assert (mistake.status_code, "<script>x()" in mistake.content.decode()) == (422, False)
    assert colleague.status_code == 200
    assert client_of(learners[0].learner).get(first).status_code == 404
    assert client_of(TeacherFactory(at=cast.host)).get(queue).status_code == 404
    assert client.get(first.replace(one.code, "0" * 12)).status_code == 404


@pytest.mark.django_db
def test_what_was_typed_stays_when_a_colleague_was_first(client_of: ClientOf) -> None:
    cast, _learners, team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    page = reverse("exchange:mark_work", args=[cast.course.slug, report.pk, unit.code])
    client_of(cast.colleague).get(page)
    opened = client_of(cast.teacher).get(page).content.decode()
    mark(cast, report, unit, by=cast.colleague)
    typed = {"seen": "0", "level_question": "1", "level_evidence": "1", "comment": "My words"}

    told = client_of(cast.teacher).post(page, typed)
    html = told.content.decode()
    seen = desk_of(report, unit).version
    saved = client_of(cast.teacher).post(page, {**typed, "seen": str(seen), "then": "stay"})

    assert str(cast.colleague) in opened
    assert (told.status_code, "My words" in html, f'value="{seen}"' in html) == (422, True, True)
    assert saved.status_code == 302
    assert set(points(report).values()) == {Decimal(25)}
    assert not AtWork.objects.filter(person=cast.teacher).exists()
    assert team.markings.get().comment == "My words"


@pytest.mark.django_db
def test_phrases_work_without_a_script_and_belong_to_one_marker(client_of: ClientOf) -> None:
    cast, _learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    page = reverse("exchange:mark_work", args=[cast.course.slug, report.pk, unit.code])
    foreign = PhraseFactory()
    client = client_of(cast.teacher)

    client.post(page, {"seen": "0", "comment": "Name your  sources.", "keep": "yes"})
    kept = Phrase.objects.get(person=cast.teacher)
    put = client.post(page, {"seen": "0", "comment": "Well.", "insert": kept.pk, "level_question": "1"})
    client.post(page, {"drop": str(foreign.pk)})
    client.post(page, {"drop": str(kept.pk)})

    assert "Well. Name your sources." in put.content.decode()
    assert put.context["levels"].initial == {"level_question": 1}
    assert list(Phrase.objects.all()) == [foreign]
    assert not Marking.objects.exists()


@pytest.mark.django_db
def test_learners_see_the_rubric_with_the_task_and_the_levels_once_released(client_of: ClientOf) -> None:
    cast, learners, _team = running()
    report = to_mark(cast, for_teams=True)
    (unit,) = queue_of(report)
    mark(cast, report, unit, comment="Only after release")
    client, page = (
        client_of(learners[0].learner),
        reverse("exchange:activity", args=[cast.course.slug, report.pk]),
    )

    before = client.get(page)
    MarkingPlan.objects.update(released_at=NOON, released_by=cast.teacher)
    after = client.get(page)

    assert [len(levels) for _one, levels in before.context["rubric_rows"]] == [2, 2]
    assert "Only after release" not in before.content.decode()
    assert "Only after release" in after.content.decode()
    assert [[is_chosen for _level, is_chosen in levels] for _one, levels in after.context["rubric_rows"]] == [
        [True, False],
        [False, True],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("many", [3, 30])
def test_the_queue_and_a_work_cost_the_same_at_any_size(
    client_of: ClientOf, count_queries: Any, many: int
) -> None:
    cast, learners, _team = running()
    cast.team(*(cast.admitted() for _each in range(many)), number=2)
    essay = to_mark(cast)
    ProgressFactory(activity=essay, application=learners[0], handed_in_at=NOON)
    client, queue = client_of(cast.teacher), reverse("exchange:marking", args=[cast.course.slug, essay.pk])
    page = reverse("exchange:mark_work", args=[cast.course.slug, essay.pk, queue_of(essay)[0].code])
    client.get(queue)
    client.get(page)

    with count_queries(12):
        client.get(queue)
    with count_queries(19):
        client.get(page)


@pytest.mark.django_db
def test_an_extension_opens_the_door_for_its_learner_alone() -> None:
    cast, learners, team = running()
    talk = ActivityFactory(
        course=cast.course, kind=ActivityKind.DISCUSSION, due_at=NOON - DAY, closes_at=NOON - HOUR
    )
    ExtensionFactory(activity=talk, application=learners[0], until_at=NOON + DAY)
    talk.course = cast.course

    def open_to(number: int) -> tuple[bool, bool]:
        learner = learners[number]
        place = Place(cast.course, talk, learner.learner, learner, NOON)
        return bool(place.may_work), bool(may_begin_thread(learner.learner, talk, None, at=NOON))

    alone = [open_to(number) for number in (0, 1)]
    ExtensionFactory(activity=talk, application=None, team=team, until_at=NOON + HOUR)

    assert alone == [(True, True), (False, False)]
    assert [open_to(number) for number in (0, 1)] == [(True, True), (True, True)]


@pytest.mark.django_db
def test_what_the_book_keeps_is_exported_and_reasons_are_forgotten() -> None:
    cast, learners, _team = running()
    person = learners[0].learner
    essay = to_mark(cast)
    ExtensionFactory(activity=essay, application=learners[0], reason="In hospital")
    excuse = ExcuseFactory(activity=essay, application=learners[0], reason="Ill")
    MarkingFactory(activity=essay, application=learners[0], comment="Not yet released")
    PhraseFactory(person=person)

    told = list(own_marks(person))
    MarkingPlan.objects.update(released_at=NOON, released_by=cast.teacher)
    later = list(own_marks(person))
    forget_work(person)

    excuse.refresh_from_db()
    assert [one.get("reason") for one in told] == ["In hospital", "Ill", None]
    assert "Not yet released" in [one.get("comment") for one in later]
    assert excuse.reason == "…"
    assert not Phrase.objects.exists()
    assert not Deviation.objects.exists()
