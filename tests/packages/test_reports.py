from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from biosint.packages import operations, queries
from biosint.packages.events import ResultRecorded, result_recorded
from biosint.packages.models import Attempt, ItemState, PackageFile, PackageVersion, Statement
from biosint.packages.operations import Report
from biosint.packages.states import VersionState
from clock import NOON
from factories import PersonFactory
from factories.packages import AttemptFactory, PackageVersionFactory
from packages.making import h5p, scorm_12, scorm_2004, upload

pytestmark = pytest.mark.django_db
PLACE = "tests.place:1"
PASSED = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}
HALF = {"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "half"}


@pytest.fixture
def told() -> Iterator[list[ResultRecorded]]:
    events: list[ResultRecorded] = []

    def listen(event: ResultRecorded, **_more: Any) -> None:
        events.append(event)

    result_recorded.connect(listen, weak=False, dispatch_uid="test")
    yield events
    result_recorded.disconnect(dispatch_uid="test")


def handed_in(content: bytes, place: str = PLACE) -> PackageVersion:
    version, job = operations.hand_in(
        upload(content), place=place, key=uuid.uuid4(), by=PersonFactory(), at=NOON
    )
    assert job is None
    return version


def report(
    attempt: Attempt, state: dict[str, Any], *, opening: int = 1, sequence: int = 1, item: str = "one"
) -> Any:
    return operations.record(
        Report(opening=opening, sequence=sequence, item=item, state=state), attempt_id=attempt.pk, at=NOON
    )


def test_a_small_package_is_ready_at_once_and_equal_files_lie_once() -> None:
    first, second = handed_in(scorm_12()), handed_in(scorm_12(mastery="70"))

    assert (first.state, first.number, second.number) == (VersionState.READY, 1, 2)
    assert {file.path for file in first.files.all()} == {"imsmanifest.xml", "index.html", "part.js"}
    sums = PackageFile.objects.filter(path="index.html").values_list("sha256", flat=True)
    assert len(sums) == 2
    assert len(set(sums)) == 1
    assert first.sent_size < first.unpacked_size


def test_the_same_form_sent_twice_is_one_version() -> None:
    key, teacher = uuid.uuid4(), PersonFactory()
    for _press in range(2):
        operations.hand_in(upload(scorm_12()), place=PLACE, key=key, by=teacher, at=NOON)

    assert PackageVersion.objects.count() == 1


def test_a_large_package_is_unpacked_by_a_job_that_may_run_twice(
    monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    from biosint.packages.operations import _intake

    monkeypatch.setattr(_intake, "AT_ONCE_FILES", 1)
    version, job = operations.hand_in(
        upload(h5p()), place=PLACE, key=uuid.uuid4(), by=PersonFactory(), at=NOON
    )
    assert job is not None
    assert queries.newest_version(PLACE) is None

    run_jobs()
    operations.unpack(version_id=version.pk, told=lambda _done, _total: None)

    ready = queries.newest_version(PLACE)
    assert ready == version
    assert version.files.count() == 4


def test_who_has_begun_keeps_the_version_when_another_takes_its_place() -> None:
    old = handed_in(scorm_12())
    learner = PersonFactory()
    begun = operations.begin(place=PLACE, by=learner, at=NOON)
    new = handed_in(scorm_12(mastery="90"))

    assert operations.begin(place=PLACE, by=learner, at=NOON) == begun
    assert begun.version == old
    assert operations.begin(place=PLACE, by=PersonFactory(), at=NOON).version == new


def test_another_attempt_begins_only_after_the_last_is_done_and_as_often_as_allowed() -> None:
    handed_in(scorm_12())
    learner = PersonFactory()

    def again() -> int:
        return operations.begin(place=PLACE, by=learner, at=NOON, anew=True, attempts=2).number

    attempt = operations.begin(place=PLACE, by=learner, at=NOON)
    assert again() == 1
    operations.open_player(attempt_id=attempt.pk)
    report(attempt, PASSED)
    assert [again(), again()] == [2, 2]
    second = queries.attempt_at(PLACE, learner)
    assert second is not None
    operations.open_player(attempt_id=second.pk)
    report(second, PASSED)
    assert again() == 2


def test_a_result_is_announced_once_with_the_best_of_all_attempts(told: list[ResultRecorded]) -> None:
    handed_in(scorm_12())
    attempt = operations.begin(place=PLACE, by=PersonFactory(), at=NOON)
    operations.open_player(attempt_id=attempt.pk)

    report(attempt, HALF, sequence=1)
    for _sent in range(2):
        report(attempt, PASSED, sequence=2)
    report(attempt, {**PASSED, "cmi.suspend_data": "more"}, sequence=3)

    assert [(one.is_done, one.passed, one.points, one.best_points) for one in told] == [
        (True, True, Decimal("80.00"), Decimal("80.00"))
    ]
    assert ItemState.objects.get().state["cmi.suspend_data"] == "more"


def test_a_report_that_comes_late_does_not_undo_a_newer_one() -> None:
    attempt = AttemptFactory(opening=1)

    report(attempt, PASSED, sequence=5)
    report(attempt, HALF, sequence=4)

    assert ItemState.objects.get().state == PASSED


def test_of_two_windows_the_one_opened_last_writes_and_the_other_is_told() -> None:
    attempt = AttemptFactory()
    for _window in range(2):
        operations.open_player(attempt_id=attempt.pk)

    newer = report(attempt, HALF, opening=2)
    older = report(attempt, {**HALF, "cmi.suspend_data": "old"}, opening=1, sequence=9)

    assert (newer.is_superseded, older.is_superseded) == (False, True)
    assert ItemState.objects.get().state == HALF


def test_what_was_reached_in_a_forgotten_window_counts_without_touching_the_state(
    told: list[ResultRecorded],
) -> None:
    attempt = AttemptFactory(opening=2)
    report(attempt, HALF, opening=2)

    report(attempt, PASSED, opening=1, sequence=9)

    kept = ItemState.objects.get()
    assert (kept.state, kept.is_done, kept.points) == (HALF, True, 80)
    assert told[-1].is_done


def test_openings_that_never_were_are_refused() -> None:
    attempt = AttemptFactory(opening=1)

    for opening in (0, 2):
        with pytest.raises(operations.ReportUnknown):
            report(attempt, PASSED, opening=opening)


def test_every_part_must_be_done_and_parts_nobody_knows_are_left_out(told: list[ResultRecorded]) -> None:
    handed_in(scorm_2004())
    attempt = operations.begin(place=PLACE, by=PersonFactory(), at=NOON)
    operations.open_player(attempt_id=attempt.pk)
    done = {"cmi.completion_status": "completed", "cmi.score.scaled": "0.9"}

    report(attempt, done, item="a")
    report(attempt, done, item="head")
    report(attempt, done, item="made up")
    assert told[-1].is_done is False
    report(attempt, {**done, "cmi.score.scaled": "0.5"}, item="b")

    assert (told[-1].is_done, told[-1].points) == (True, Decimal("70.00"))
    assert ItemState.objects.count() == 2


def test_a_trial_of_a_teacher_announces_nothing_and_begins_anew(told: list[ResultRecorded]) -> None:
    handed_in(scorm_12())
    teacher = PersonFactory()
    first = operations.try_out(place=PLACE, by=teacher, at=NOON)
    operations.open_player(attempt_id=first.pk)
    report(first, PASSED)

    second = operations.try_out(place=PLACE, by=teacher, at=NOON)

    assert told == []
    assert second.pk != first.pk
    assert ItemState.objects.count() == 0
    assert list(queries.attempts_at(PLACE)) == []


def test_statements_are_kept_once_and_only_known_words() -> None:
    attempt = AttemptFactory(opening=1)
    key = uuid.uuid4()
    answered = {
        "id": str(key),
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"id": "q1"},
    }
    strange = {"id": str(uuid.uuid4()), "verb": {"id": "http://elsewhere.example/shouted"}}
    sent = Report(
        opening=1, sequence=1, item="one", state=HALF, statements=((key, answered), (uuid.uuid4(), strange))
    )

    for _sent in range(2):
        operations.record(sent, attempt_id=attempt.pk, at=NOON)

    assert list(Statement.objects.values_list("key", "verb", "thing")) == [(key, "answered", "q1")]


def test_everything_kept_of_a_person_is_exported_and_its_words_are_forgotten() -> None:
    attempt = AttemptFactory(opening=1)
    report(attempt, {**HALF, "cmi.comments": "my own words"})
    (record,) = queries.records_of(attempt.person)
    assert record["states"]["one"]["cmi.comments"] == "my own words"

    operations.forget(attempt.person)

    assert ItemState.objects.get().state == {}


def test_a_package_goes_along_when_a_course_is_copied() -> None:
    handed_in(h5p())

    for _press in range(2):
        copy = operations.hand_over(from_place=PLACE, to_place="tests.place:2", by=PersonFactory(), at=NOON)

    assert copy is not None
    assert queries.newest_version("tests.place:2") == copy
    assert copy.files.count() == 4


def test_results_of_packages_that_say_nothing_themselves_are_written_as_statements() -> None:
    version = PackageVersionFactory(package__place=PLACE)
    attempt = AttemptFactory(version=version, opening=1)
    report(attempt, PASSED)

    (statement,) = queries.statements_at(PLACE)

    assert statement["verb"]["id"].endswith("/completed")
    assert statement["result"] == {
        "completion": True,
        "duration": "PT0S",
        "success": True,
        "score": {"scaled": 0.8, "raw": 80.0, "min": 0, "max": 100},
    }
