"""Packages in activities: who hands in and plays, what counts, and what teachers take away."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.exchange.models import Activity, Progress, Score
from biosint.exchange.operations.packages import begin_package, hand_in_package, try_out_package
from biosint.exchange.rules.packages import settings_of
from biosint.exchange.states import ActivityKind, CourseState, ScoreSource
from biosint.exchange.web.kinds.package import PackageSettingsForm
from biosint.packages import operations
from biosint.packages.api import Attempt
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, PersonFactory, ScoreFactory
from packages.making import h5p, scorm_12, upload

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PASSED = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}


@pytest.fixture
def cast() -> Cast:
    return a_course(state=CourseState.RUNNING)


def a_package(cast: Cast, **fields: Any) -> Activity:
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PACKAGE, **fields)
    hand_in_package(upload(scorm_12()), activity_id=activity.pk, key=uuid.uuid4(), by=cast.teacher, at=NOON)
    return activity


def reports(attempt: Attempt, state: dict[str, str], *, at: Any = NOON, sequence: int = 1) -> None:
    opened = operations.open_player(attempt_id=attempt.pk)
    operations.record(
        operations.Report(opening=opened.opening, sequence=sequence, item="one", state=state),
        attempt_id=attempt.pk,
        at=at,
    )


def address(activity: Activity, word: str = "") -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/{word}"


def test_what_a_package_tells_becomes_points_and_progress(cast: Cast) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    attempt = begin_package(activity_id=activity.pk, by=learner.learner, at=NOON)

    reports(attempt, {"cmi.core.lesson_status": "incomplete"})
    assert not Progress.objects.exists()
    reports(attempt, PASSED)

    score = Score.objects.get(application=learner, activity=activity)
    assert (score.points, score.source, score.given_by) == (Decimal("80.00"), ScoreSource.TOOL, None)
    assert Progress.objects.get(application=learner).done_at == NOON


def test_points_of_a_teacher_stay(cast: Cast) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    ScoreFactory(application=learner, activity=activity, points=Decimal(95), source=ScoreSource.TEACHER)

    reports(begin_package(activity_id=activity.pk, by=learner.learner, at=NOON), PASSED)

    assert Score.objects.get().points == 95


@pytest.mark.parametrize(("counts", "expected"), [("best", 80), ("last", 40)])
def test_of_several_attempts_the_best_or_the_last_counts(cast: Cast, counts: str, expected: int) -> None:
    learner = cast.admitted()
    activity = a_package(cast, settings={"counts": counts})
    reports(begin_package(activity_id=activity.pk, by=learner.learner, at=NOON), PASSED)

    again = begin_package(activity_id=activity.pk, by=learner.learner, at=NOON, anew=True)
    reports(again, {"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "40"})

    assert again.number == 2
    assert Score.objects.get().points == expected


def test_what_comes_after_the_end_is_kept_and_does_not_count(cast: Cast) -> None:
    learner, activity = cast.admitted(), a_package(cast, closes_at=NOON + HOUR)
    attempt = begin_package(activity_id=activity.pk, by=learner.learner, at=NOON)

    reports(attempt, PASSED, at=NOON + 2 * HOUR)

    attempt.refresh_from_db()
    assert attempt.points == 80
    assert not Score.objects.exists()
    with pytest.raises(Refused, match="is closed"):
        begin_package(activity_id=activity.pk, by=learner.learner, at=NOON + 2 * HOUR)


def test_a_package_for_teams_counts_for_all_members(cast: Cast) -> None:
    learners = [cast.admitted(), cast.admitted(cast.partner)]
    cast.team(*learners)
    cast.publish_teams()
    activity = a_package(cast, for_teams=True)

    reports(begin_package(activity_id=activity.pk, by=learners[0].learner, at=NOON), PASSED)

    assert {score.application_id for score in Score.objects.all()} == {one.pk for one in learners}


def test_a_package_that_never_says_so_is_done_when_it_is_opened(cast: Cast) -> None:
    learner, activity = cast.admitted(), a_package(cast, settings={"done_when": "opened"})

    begin_package(activity_id=activity.pk, by=learner.learner, at=NOON)

    assert Progress.objects.get(application=learner).done_at == NOON


def test_teachers_try_out_and_learners_and_strangers_do_not(cast: Cast) -> None:
    learner, activity = cast.admitted(), a_package(cast)

    reports(try_out_package(activity_id=activity.pk, by=cast.colleague, at=NOON), PASSED)
    assert not Score.objects.exists()
    with pytest.raises(Refused, match="Only teachers"):
        try_out_package(activity_id=activity.pk, by=learner.learner, at=NOON)
    with pytest.raises(Refused, match="Only learners"):
        begin_package(activity_id=activity.pk, by=PersonFactory(), at=NOON)
    with pytest.raises(Refused):
        hand_in_package(upload(h5p()), activity_id=activity.pk, key=uuid.uuid4(), by=learner.learner, at=NOON)


def test_a_teacher_hands_in_by_the_page_and_reads_what_is_wrong(cast: Cast, client: Client) -> None:
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PACKAGE)
    client.force_login(cast.teacher)
    sent = {"key": uuid.uuid4(), "file": upload(b"no zip", "dose.h5p")}

    broken = client.post(address(activity, "package/"), sent)
    done = client.post(
        address(activity, "package/"), {"key": uuid.uuid4(), "file": upload(h5p(), "dose.h5p")}, follow=True
    )

    assert broken.status_code == 422
    assert "not a whole zip" in broken.content.decode()
    assert "“Dose” is ready" in done.content.decode()
    assert "H5P.BiosintNumber 1.0" in done.content.decode()


def test_the_page_of_a_learner_tells_the_size_and_loads_nothing(
    cast: Cast, client: Client, count_queries: Any
) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    client.force_login(learner.learner)
    client.get(address(activity))

    page = client.get(address(activity)).content.decode()
    begun = client.post(address(activity, "package/begin/"))
    played = client.get(begun.headers["Location"])

    assert "Load and start" in page
    assert "<iframe" not in page
    assert 'src="http://127.0.0.1' not in page
    assert "frame-src" not in client.get(address(activity)).headers["Content-Security-Policy"]
    # The test client's site is “testserver”, which has no other origin.
    assert "<iframe" not in played.content.decode()


def test_the_frame_shows_the_other_origin_and_only_this_page_may(cast: Cast, client: Client) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    client.force_login(learner.learner)
    begin_package(activity_id=activity.pk, by=learner.learner, at=timezone.now())

    page = client.get(address(activity, "package/play/"), HTTP_HOST="localhost:8123")
    ticket = client.get(address(activity, "package/ticket/"), HTTP_HOST="localhost:8123").json()["ticket"]

    assert "frame-src http://127.0.0.1:8123" in page.headers["Content-Security-Policy"]
    assert 'src="http://127.0.0.1:8123/play/' in page.content.decode()
    assert "allow-scripts allow-same-origin" in page.content.decode()
    assert ticket.startswith("http://127.0.0.1:8123/play/")
    assert "no-cache" in page.headers["Cache-Control"]


def test_a_site_without_another_origin_plays_nothing_and_says_what_to_set(
    cast: Cast, client: Client, settings: Any
) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    client.force_login(learner.learner)
    settings.SITE_URL = "https://iah.example.edu"

    page = client.get(address(activity)).content.decode()
    client.post(address(activity, "package/begin/"))
    played = client.get(address(activity, "package/play/"))

    assert "BIOSINT_PACKAGES_ORIGIN" in page
    assert "Load and start" not in page
    assert "<iframe" not in played.content.decode()


@pytest.mark.parametrize(
    "word",
    ["", "try/", "trial/", "results/", "results/points.csv", "results/statements.jsonl", "versions/1/"],
)
def test_pages_of_teachers_are_not_there_for_others(cast: Cast, client: Client, word: str) -> None:
    learner, activity = cast.admitted(), a_package(cast)
    for person in (learner.learner, PersonFactory()):
        client.force_login(person)
        assert client.get(address(activity, f"package/{word}")).status_code in {404, 405}
        assert client.post(address(activity, f"package/{word}")).status_code in {404, 405}


@pytest.mark.parametrize("rows", [3, 30])
def test_results_cost_the_same_for_few_and_many(
    cast: Cast, client: Client, count_queries: Any, rows: int
) -> None:
    activity = a_package(cast)
    for _learner in range(rows):
        learner = cast.admitted()
        reports(begin_package(activity_id=activity.pk, by=learner.learner, at=NOON), PASSED)
    client.force_login(cast.teacher)
    client.get(address(activity, "package/results/"))

    with count_queries(9):
        page = client.get(address(activity, "package/results/")).content.decode()

    assert page.count("<tr>") == rows + 1


def test_teachers_take_results_and_the_package_away(cast: Cast, client: Client) -> None:
    learner, activity = cast.admitted(name="=Ana"), a_package(cast)
    reports(begin_package(activity_id=activity.pk, by=learner.learner, at=NOON), PASSED)
    client.force_login(cast.teacher)

    table = b"".join(client.get(address(activity, "package/results/points.csv"))).decode()
    statements = b"".join(client.get(address(activity, "package/results/statements.jsonl"))).decode()
    archive = client.get(address(activity, "package/versions/1/"))

    assert table.splitlines()[1].startswith("'=Ana,1,1,")
    assert ",yes,80.00,0" in table
    assert json.loads(statements)["result"]["score"]["raw"] == 80.0
    assert zipfile.ZipFile(io.BytesIO(b"".join(archive))).namelist() == [
        "imsmanifest.xml",
        "index.html",
        "part.js",
    ]


def test_settings_are_read_whatever_stands_there(cast: Cast) -> None:
    for kept in ({}, {"attempts": "x", "counts": 3}, {"attempts": -1}):
        read = settings_of(ActivityFactory.build(course=cast.course, settings=kept))
        assert (read.attempts, read.counts_best, read.is_done_when_opened) == (0, True, False)
    form = PackageSettingsForm(
        {"kind-counts": "last", "kind-attempts": "", "kind-done_when": "opened"},
        course=cast.course,
        activity=ActivityFactory.build(course=cast.course),
    )
    assert form.is_valid()
    assert form.as_settings() == {"counts": "last", "attempts": 0, "done_when": "opened"}
