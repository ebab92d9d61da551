"""Real worker processes on the real database: nothing is lost, nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from biosint.jobs import registry
from biosint.jobs.api import Job, JobState, enqueue, workers_seen_since

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts worker processes on the database of this test."""
    started: list[subprocess.Popen[bytes]] = []
    settings = connection.settings_dict
    address = (
        f"postgresql://biosint@/{settings['NAME']}?host={quote(settings['HOST'], safe='/')}"
        if connection.vendor == "postgresql"
        else f"sqlite://{settings['NAME']}"
    )
    source = Path(__file__).parents[2] / "src"
    environ = {**os.environ, "BIOSINT_DATABASE_URL": address, "PYTHONPATH": str(source)}

    def begin(*, ahead: int = 0) -> subprocess.Popen[bytes]:
        script = Path(__file__).with_name("worker_script.py")
        worker = subprocess.Popen([sys.executable, str(script), str(ahead), str(tmp_path)], env=environ)
        started.append(worker)
        return worker

    yield begin
    for worker in started:
        if worker.poll() is None:
            worker.kill()
        worker.wait(10)


@pytest.fixture(autouse=True)
def _tasks() -> Iterator[None]:
    """This process only enqueues; the worker's script holds the real work."""
    names = ["tests.hang_once", "tests.sign", "tests.until_told"]
    for name in names:
        registry.task(name)(lambda _job: None)
    yield
    for name in names:
        del registry._TASKS[name]


def wait_for(fact: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.05)


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_a_job_survives_the_killing_of_its_worker(start: Start, tmp_path: Path) -> None:
    job = enqueue("tests.hang_once", by=None, at=timezone.now())
    victim = start()
    wait_for((tmp_path / "hanging").exists)

    victim.kill()
    victim.wait(10)
    assert state_of(job) == JobState.RUNNING
    start(ahead=120)

    wait_for(lambda: state_of(job) == JobState.DONE)
    job.refresh_from_db()
    assert (job.result, job.attempts) == ("attempt 2", 2)


def test_two_workers_share_the_queue_and_do_each_job_once(start: Start, tmp_path: Path) -> None:
    for number in range(60):
        enqueue("tests.sign", by=None, at=timezone.now(), number=number)

    start()
    start()

    wait_for(lambda: not Job.objects.exclude(state=JobState.DONE).exists())
    signed = [int(line) for log in tmp_path.glob("*.log") for line in log.read_text().split()]
    assert sorted(signed) == list(range(60))


def test_a_worker_told_to_end_hands_its_job_back_and_signs_off(start: Start, tmp_path: Path) -> None:
    job = enqueue("tests.until_told", by=None, at=timezone.now())
    worker = start()
    wait_for((tmp_path / "started").exists)
    assert workers_seen_since(timezone.now() - timedelta(minutes=1)).count() == 1

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert not workers_seen_since(timezone.now() - timedelta(minutes=1)).exists()
