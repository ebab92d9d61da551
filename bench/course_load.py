"""The course page of a learner under load, and the same work asked of Kolibri on the same machine.

    python bench/course_load.py [--kolibri path/to/its/venv] [--activities 50 500] [--learners 10000] [--seconds 8]

Ours: the course page with the learner's own progress, served by the embedded default (SQLite, one page process).
Kolibri: the data of a lesson with as many resources and the learner's progress in each, which its page fetches after
its frame; the frame is measured beside it. Closed loop from one client process on the same machine: only ratios
inside one run can be compared. Writes bench/results/course_load.md.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import multiprocessing
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench")]

from pages import Row, Served, _load, free_port, table  # noqa: E402 -- found only after the line above

RESULT = ROOT / "bench" / "results" / "course_load.md"
# Runs in a process of its own: it settles Django on a folder and leaves the folder filled.
FILL = """
import sys
sys.path[:0] = ["bench"]
import course_pages as pages
pages.call_command("migrate", verbosity=0)
base, _teacher, learner = pages.course_of(int(sys.argv[1]), int(sys.argv[2]))
from browser import session_of
import os
print("filled", pages.FOLDER, base, session_of(learner), os.environ["BIOSINT_SECRET_KEY"], flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def running(command: list[str], ready: str, port: int, **settings: str) -> Iterator[Served]:
    """Start a server and end it; ``ready``: an address that answers 200 when it works."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.monotonic() - begun < 300:
            with contextlib.suppress(OSError):
                probe = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                probe.request("GET", ready)
                if probe.getresponse().status == http.HTTPStatus.OK:
                    break
            if process.poll() is not None:
                sys.exit(f"{command[0]} ended with {process.returncode}.")
            time.sleep(0.1)
        yield Served(process, port, time.monotonic() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def quiet(served: Served) -> None:
    """Wait until the work that a start brings with it is done, at most four minutes."""
    for _look in range(120):
        before = served.processor_seconds()
        time.sleep(2)
        if served.processor_seconds() - before < 0.1:
            return


def measure(served: Served, name: str, path: str, cookie: str, seconds: float, connections: int) -> Row:
    context = multiprocessing.get_context("spawn")
    times: list[float] = []
    before, size = 0.0, 0
    quiet(served)
    for length in (1.5, seconds):  # the first pass warms templates and caches
        out = context.Queue()
        before = served.processor_seconds()
        client = context.Process(target=_load, args=(served.port, path, cookie, length, connections, out))
        client.start()
        times, size = out.get(timeout=seconds + 120)
        client.join()
    times.sort()
    return Row(
        name,
        len(times) / seconds,
        1000 * statistics.median(times),
        1000 * times[int(0.95 * len(times))],
        1000 * (served.processor_seconds() - before) / len(times),
        size,
    )


def ours(activities: int, learners: int, seconds: float, connections: int) -> Row:
    filler = subprocess.Popen(
        [sys.executable, "-c", FILL, str(activities), str(learners)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = next(line for line in filler.stdout or () if line.startswith("filled"))
    _word, folder, base, session, key = said.split()
    port = free_port()
    try:
        with running(
            [sys.executable, "-m", "biosint", "serve", "--port", str(port)],
            "/livez",
            port,
            BIOSINT_DATA_DIR=folder,
            BIOSINT_SECRET_KEY=key,  # the session was signed with it
            PYTHONPATH=str(ROOT / "src"),
        ) as served:
            name = f"BIOSINT, {activities} activities, {learners:,} learners"
            return measure(served, name, f"{base}/", f"sessionid={session}", seconds, connections)
    finally:
        filler.communicate("")


def kolibri(place: Path, activities: int, learners: int, seconds: float, connections: int) -> tuple[Row, Row]:
    with tempfile.TemporaryDirectory() as home:
        environ = {"KOLIBRI_HOME": home}
        filled = subprocess.run(
            [
                str(place / "bin/python"),
                str(ROOT / "bench/course_load_kolibri.py"),
                str(activities),
                str(learners),
            ],
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        path, learner, facility = re.findall(r"^seeded (\S+) (\S+) (\S+)", filled, re.MULTILINE)[0]
        port = free_port()
        with running(
            [
                str(place / "bin/kolibri"),
                "start",
                "--foreground",
                f"--port={port}",
                f"--zip-port={free_port()}",
            ],
            "/api/public/info/",
            port,
            **environ,
        ) as served:
            cookie = signed_in(port, learner, facility)
            name = f"Kolibri, lesson of {activities} resources, {learners:,} learners"
            data = measure(served, f"{name}: its data", path, cookie, seconds, connections)
            frame = measure(served, f"{name}: the frame", "/en/learn/", cookie, seconds, connections)
            return data, frame


def signed_in(port: int, learner: str, facility: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/auth/session/current/")
    answer = connection.getresponse()
    answer.read()
    cookies = dict(re.findall(r"(kolibri\w*)=([^;]+)", "; ".join(answer.headers.get_all("Set-Cookie") or [])))
    connection.request(
        "POST",
        "/api/auth/session/",
        json.dumps({"username": learner, "facility": facility, "password": ""}),
        {
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies.get("kolibri_csrftoken", ""),
        },
    )
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != http.HTTPStatus.OK:
        sys.exit(f"Kolibri let nobody in: {answer.status} {said[:300]!r}")
    cookies |= dict(
        re.findall(r"(kolibri\w*)=([^;]+)", "; ".join(answer.headers.get_all("Set-Cookie") or []))
    )
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kolibri", type=Path, help="the folder of an environment with Kolibri in it")
    parser.add_argument("--activities", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--connections", type=int, default=8)
    asked = parser.parse_args()
    rows: list[Row] = []
    for activities in asked.activities:
        rows.append(ours(activities, asked.learners, asked.seconds, asked.connections))
        if asked.kolibri:
            rows.extend(kolibri(asked.kolibri, activities, asked.learners, asked.seconds, asked.connections))
    lines = [
        "# The course page under load",
        "",
        "Written by `bench/course_load.py`. Closed loop, load from the same machine: compare only figures of one run.",
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {asked.connections} connections, "
        f"{asked.seconds:.0f} s a page after 1.5 s of warming, begun when the server was idle, {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
        "",
        table(rows),
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
