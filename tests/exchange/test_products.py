"""Works of activities: versions, teams that write together, receipts, lateness, two at once, a removed activity."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from at_once import at_once
from biosint.exchange.models import Activity, Application, Product, Progress, Team
from biosint.exchange.operations import NothingHandedIn, give_score
from biosint.exchange.operations import products as operations
from biosint.exchange.operations.forgetting_work import forget_work
from biosint.exchange.operations.gradebook import extend, release
from biosint.exchange.queries.own_work import own_work
from biosint.exchange.queries.products import is_intact, work_for
from biosint.exchange.states import ActivityKind, CourseState, ScoreSource
from biosint.exchange.work_pads import access_to_work_pad
from biosint.files import api as files
from biosint.pads import api as pads
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory, PersonFactory, RubricFactory
from factories.exchange_work import LearnersWorkFactory, WorkFactory
from factories.gradebook import MarkingPlanFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def a_product(**fields: Any) -> tuple[Cast, list[Application], Team, Activity]:
    cast, learners, team = running()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PRODUCT, **fields)
    return cast, learners, team, activity


def handed_in(activity: Activity, by: Person, **given: Any) -> Product:
    return operations.hand_in_work(
        **{
            "activity_id": activity.pk,
            "text": "Fever at home.",
            "key": uuid4(),
            "by": by,
            "at": NOON,
            **given,
        }
    )


def written(activity: Activity, by: Person, text: str) -> pads.Pad:
    pad = operations.open_work_pad(activity_id=activity.pk, by=by, at=NOON).pad
    pads.save_text(pad_id=pad.pk, text=text, seen=pad.number, key=uuid4(), by=by, at=NOON)
    return pad


def a_pdf(name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + name.encode() + b"\n%%EOF\n")


def base_of(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/"


def test_a_learner_hands_in_alone_and_versions_stay() -> None:
    _cast, (ana, bo, *_others), _team, activity = a_product()

    first = handed_in(activity, ana.learner)
    second = handed_in(activity, ana.learner, text="Fever at home, again.", at=NOON + HOUR)

    assert [(one.number, one.application, one.team) for one in (first, second)] == [
        (1, ana, None),
        (2, ana, None),
    ]
    progress = Progress.objects.get(activity=activity)
    assert (progress.application, progress.done_at, progress.handed_in_at) == (ana, NOON, NOON + HOUR)
    assert handed_in(activity, bo.learner).number == 1


def test_a_team_hands_in_the_text_it_wrote_together_for_all_of_it() -> None:
    _cast, learners, team, activity = a_product(for_teams=True)
    written(activity, learners[0].learner, "Ours: wait two days.")

    work = handed_in(activity, learners[1].learner, text="ignored", contributors=[learners[0].pk])
    written(activity, learners[2].learner, "Changed afterwards.")

    work.refresh_from_db()
    assert (work.team, work.application, work.text) == (team, None, "Ours: wait two days.")
    assert [one.pk for one in work.contributors.all()] == [learners[0].pk]
    assert Progress.objects.filter(activity=activity, done_at=NOON).count() == 4


def test_files_of_the_version_before_are_kept_where_asked() -> None:
    _cast, (ana, *_others), _team, activity = a_product()
    first = handed_in(activity, ana.learner, uploads=[a_pdf("one.pdf"), a_pdf("two.pdf")])
    one = first.files.get(name="one.pdf")

    second = handed_in(activity, ana.learner, kept=[one.pk], uploads=[a_pdf("three.pdf")])

    assert sorted(file.name for file in second.files.all()) == ["one.pdf", "three.pdf"]
    assert first.files.count() == 2


def test_nothing_and_too_many_files_are_refused_with_a_sentence() -> None:
    _cast, (ana, *_others), _team, activity = a_product(settings={"most_files": 1, "link": False})

    with pytest.raises(NothingHandedIn, match="nothing to hand in"):
        handed_in(activity, ana.learner, text=" ", link="https://example.org/")
    with pytest.raises(operations.TooManyFiles, match="1 files at most"):
        handed_in(activity, ana.learner, uploads=[a_pdf("a.pdf"), a_pdf("b.pdf")])
    with pytest.raises(files.FormatRefused):
        handed_in(activity, ana.learner, uploads=[SimpleUploadedFile("a.exe", b"MZ")])
    assert not Product.objects.exists()


def test_a_receipt_tells_whether_a_work_was_changed() -> None:
    _cast, (ana, *_others), _team, activity = a_product()
    work = Product.objects.get(pk=handed_in(activity, ana.learner, uploads=[a_pdf()]).pk)
    assert is_intact(work)

    work.text += " Changed."

    assert not is_intact(work)


def test_strangers_teachers_and_learners_without_a_team_hand_in_nothing() -> None:
    cast, _learners, _team, activity = a_product(for_teams=True)
    alone = cast.admitted()

    for person, words in (
        (PersonFactory(), "Only learners"),
        (cast.teacher, "Only learners"),
        (alone.learner, "when you are in a team"),
    ):
        with pytest.raises(Refused, match=words):
            handed_in(activity, person)


def test_more_time_opens_the_work_and_takes_its_lateness_away() -> None:
    cast, (ana, bo, *_others), _team, activity = a_product(due_at=NOON - HOUR, closes_at=NOON + HOUR)
    late = handed_in(activity, ana.learner)
    assert late.is_late

    extend(
        activity_id=activity.pk,
        application_id=ana.pk,
        until_at=NOON + DAY,
        reason="ill",
        by=cast.teacher,
        at=NOON,
    )

    late.refresh_from_db()
    assert not late.is_late
    assert not handed_in(activity, ana.learner, at=NOON + 2 * HOUR).is_late
    with pytest.raises(Refused, match="closed"):
        handed_in(activity, bo.learner, at=NOON + 2 * HOUR)


def test_a_team_waits_for_a_member_with_more_time_and_each_is_judged_alone() -> None:
    cast, (ana, bo, *_others), _team, activity = a_product(for_teams=True, due_at=NOON - HOUR, closes_at=NOON)
    extend(
        activity_id=activity.pk,
        application_id=ana.pk,
        until_at=NOON + DAY,
        reason="ill",
        by=cast.teacher,
        at=NOON,
    )

    work = handed_in(activity, bo.learner, link="https://example.org/plan", at=NOON + HOUR)

    assert not work.is_late
    late = dict(Progress.objects.filter(activity=activity).values_list("application", "is_late"))
    assert (late[ana.pk], late[bo.pk]) == (False, True)


def test_members_write_the_text_of_their_team_and_nobody_else_does() -> None:
    cast, learners, _team, activity = a_product(for_teams=True)
    pad = written(activity, learners[0].learner, "Ours.")
    stranger = cast.admitted(cast.partner)
    cast.team(stranger, number=2)
    # The rule asks the clock itself; a course that runs now is what it sees.
    told = {
        who: access_to_work_pad(person, pad)
        for who, person in (
            ("mate", learners[3].learner),
            ("teacher", cast.teacher),
            ("other", stranger.learner),
        )
    }

    assert {who: (one.may_read, bool(one.may_write)) for who, one in told.items()} == {
        "mate": (True, True),
        "teacher": (True, False),
        "other": (False, False),
    }


def test_works_and_their_files_are_read_by_the_team_and_the_teachers() -> None:
    cast, learners, _team, activity = a_product(for_teams=True)
    work = handed_in(activity, learners[0].learner, uploads=[a_pdf()])
    stored = work.files.get()

    for person, reads in (
        (learners[3].learner, True),
        (cast.colleague, True),
        (cast.admitted().learner, False),
        (PersonFactory(), False),
    ):
        assert bool(files.may_read(person, stored)) is reads
        assert work_for(person).filter(pk=work.pk).exists() is reads
    assert not files.may_read(None, stored)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_version() -> None:
    _cast, (ana, *_others), _team, activity = a_product()
    key = uuid4()

    outcome = at_once(*[lambda: handed_in(activity, ana.learner, key=key)] * 3)

    assert {one.pk for one in outcome if isinstance(one, Product)} == {Product.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_members_at_once_are_two_versions_of_one_text() -> None:
    _cast, learners, _team, activity = a_product(for_teams=True)
    opened = at_once(
        *[
            lambda one=one: operations.open_work_pad(activity_id=activity.pk, by=one.learner, at=NOON)
            for one in learners
        ]
    )
    assert len({one.pad_id for one in opened}) == 1  # type: ignore[attr-defined]  # pads, or the test ends here

    outcome = at_once(
        *[lambda one=one: handed_in(activity, one.learner, link="https://example.org/") for one in learners]
    )

    assert sorted(one.number for one in outcome if isinstance(one, Product)) == [1, 2, 3, 4]
    assert Progress.objects.filter(activity=activity).count() == 4


def test_a_closed_account_leaves_no_work_of_its_own() -> None:
    _cast, (ana, *_others), _team, activity = a_product()
    handed_in(activity, ana.learner, uploads=[a_pdf()])
    assert [one["text"] for one in own_work(ana.learner)] == ["Fever at home."]

    forget_work(ana.learner)

    work = Product.objects.get()
    assert (work.text, work.files.count()) == ("", 0)


def test_a_learner_hands_in_on_pages_and_gets_a_receipt(client_of: ClientOf) -> None:
    cast, (ana, bo, *_others), _team, activity = a_product()
    client, base = client_of(ana.learner), base_of(activity)
    form = {
        "text": "<script>alert(1)</script> **Fever**",
        "key": str(uuid4()),
        "uploads": [a_pdf("a.pdf"), a_pdf("b.pdf")],
    }

    empty = client.post(f"{base}works/new/", {"text": "", "key": str(uuid4())})
    sent = client.post(f"{base}works/new/", form, follow=True)

    assert (empty.status_code, sent.status_code) == (422, 200)
    assert "nothing to hand in yet" in empty.content.decode()
    page = sent.content.decode()
    work = Product.objects.get()
    assert work.fingerprint in page
    assert "<strong>Fever</strong>" in page
    assert "<script>alert" not in page
    assert "a.pdf" in page
    receipt = f"{base}works/{work.public_id}/"
    assert [client_of(one).get(receipt).status_code for one in (bo.learner, cast.teacher)] == [404, 200]
    assert "Hand in a new version" in client.get(base).content.decode()
    assert 'value="' in client.get(f"{base}works/new/").content.decode()


def test_a_team_writes_together_on_the_page(client_of: ClientOf) -> None:
    _cast, learners, _team, activity = a_product(for_teams=True)
    client, base = client_of(learners[0].learner), base_of(activity)

    page = client.get(base).content.decode()
    written(activity, learners[1].learner, "Ours: two days.")
    form = client.get(f"{base}works/new/").content.decode()
    client.post(f"{base}works/new/", {"contributors": [learners[1].pk], "key": str(uuid4())})

    assert "data-pad=" in page
    assert "Ours: two days." in form
    assert 'name="text"' not in form
    assert Product.objects.get().text == "Ours: two days."


def test_a_work_sent_after_the_activity_was_removed_is_kept_and_told(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_product()
    Activity.objects.filter(pk=activity.pk).update(removed_by=cast.teacher, removed_at=timezone.now())
    client, base = client_of(ana.learner), base_of(activity)

    sent = client.post(f"{base}works/new/", {"text": "My long words", "key": str(uuid4())}, follow=True)

    page = sent.content.decode()
    assert "Your work is kept" in page
    assert "My long words" in page
    assert Product.objects.get().text == "My long words"
    assert client.get(f"{base}works/new/").status_code == 404


def test_learners_see_the_rubric_before_and_the_feedback_after_its_release(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_product(weight=40)
    plan = MarkingPlanFactory(activity=activity, rubric=RubricFactory(course=cast.course))
    handed_in(activity, ana.learner)
    give_score(
        activity=activity,
        application=ana,
        points=Decimal(80),
        source=ScoreSource.TEACHER,
        comment="Clear.",
        seen_version=0,
        by=cast.teacher,
        at=NOON,
    )
    client, base = client_of(ana.learner), base_of(activity)

    before = client.get(base).content.decode()
    release(activity_id=activity.pk, by=cast.teacher, at=NOON)
    after = client.get(base).content.decode()

    assert plan.rubric.content["criteria"][0]["title"] in before
    assert "Clear." not in before
    assert "80 of 100 points" in after
    assert "Clear." in after


def test_teachers_see_who_has_handed_in_and_take_the_works_along(client_of: ClientOf) -> None:
    cast, learners, _team, activity = a_product()
    handed_in(activity, learners[0].learner, uploads=[a_pdf()])
    client, base = client_of(cast.teacher), base_of(activity)

    page = client.get(base).content.decode()
    missing = client.get(f"{base}?show=missing").content.decode()
    archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(f"{base}works/download/"))))

    assert f"gradebook/{activity.pk}/learners/{learners[0].pk}/" in page
    assert learners[0].learner.name not in missing
    assert learners[1].learner.name in missing
    assert [name.rpartition("/")[2] for name in archive.namelist()] == ["work.md", "01 plan.pdf"]
    assert client_of(learners[0].learner).get(f"{base}works/download/").status_code == 403


def test_the_grade_book_shows_the_work(client_of: ClientOf) -> None:
    cast, learners, _team, activity = a_product(for_teams=True, weight=30)
    handed_in(activity, learners[0].learner, link="https://example.org/our-plan")

    page = client_of(cast.teacher).get(
        f"/courses/{cast.course.slug}/gradebook/{activity.pk}/learners/{learners[2].pk}/"
    )

    assert "https://example.org/our-plan" in page.content.decode()


def test_the_work_of_a_finished_course_is_read_and_no_more_changed(client_of: ClientOf) -> None:
    cast, (ana, *_others), _team, activity = a_product()
    handed_in(activity, ana.learner)
    cast.move(CourseState.FINISHED)
    client, base = client_of(ana.learner), base_of(activity)

    assert "This course is finished." in client.get(base).content.decode()
    assert client.get(f"{base}works/new/").status_code == 403


@pytest.mark.parametrize("rows", [3, 24])
@pytest.mark.parametrize("for_teams", [True, False])
def test_the_teachers_list_costs_the_same(
    rows: int, for_teams: bool, client_of: ClientOf, count_queries: Any
) -> None:
    cast, _learners, _team, activity = a_product(for_teams=for_teams)
    for number in range(rows):
        learner = cast.admitted()
        if for_teams:
            WorkFactory(activity=activity, team=cast.team(learner, number=number + 2))
        else:
            LearnersWorkFactory(activity=activity, application=learner)
    client, base = client_of(cast.teacher), base_of(activity)
    client.get(base)

    with count_queries(18 if for_teams else 15):
        client.get(base)


@pytest.mark.parametrize("rows", [2, 9])
def test_the_learners_page_costs_the_same(rows: int, client_of: ClientOf, count_queries: Any) -> None:
    _cast, (ana, *_others), _team, activity = a_product()
    for _row in range(rows):
        handed_in(activity, ana.learner)
    client, base = client_of(ana.learner), base_of(activity)
    client.get(base)

    with count_queries(19):
        client.get(base)
