"""A real worker process for tests: registers two tasks, then works until it is told to end.

Started as ``worker_script.py SECONDS_AHEAD FOLDER``; its clock runs SECONDS_AHEAD, so that a test
need not wait until a dead worker counts as silent.
"""

import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- Django must be set up first

from biosint.jobs import api as jobs  # noqa: E402 -- as above

ahead = timedelta(seconds=int(sys.argv[1]))
folder = Path(sys.argv[2])
stop = threading.Event()


@jobs.task("tests.hang_once")
def hang_once(job: jobs.Progress) -> str:
    """Hangs at the first attempt, so that the test can kill it in the middle."""
    job.report(1, 2, "Half")
    if job.attempt == 1:
        (folder / "hanging").touch()
        time.sleep(60)
    return f"attempt {job.attempt}"


@jobs.task("tests.sign")
def sign(_job: jobs.Progress, number: int) -> None:
    with (folder / f"{os.getpid()}.log").open("a", encoding="utf-8") as log:
        log.write(f"{number}\n")


@jobs.task("tests.until_told")
def until_told(job: jobs.Progress) -> None:
    """Goes on for ever, reporting, until the worker is told to end."""
    (folder / "started").touch()
    while True:
        job.report(0, 1)
        time.sleep(0.02)


signal.signal(signal.SIGTERM, lambda *_words: stop.set())
jobs.work_until(stop, clock=lambda: timezone.now() + ahead)
