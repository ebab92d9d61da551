"""A thousand learners send a quiz, the server is killed in the middle: what is lost, what counts twice?

    python bench/quizzes.py [--people 1000]

Starts the real server on the embedded default with a running course and a quiz of ten questions. Each learner opens the
attempt, answers, lets the page save twice, and sends; like the page's own script, they try again when the line breaks, until
the server shows the result, and one in ten sends once more for good measure. Then attempts, points, scores of the course and
progress are counted in the database, past the platform. Writes bench/results/quizzes.md. Load and server share one machine.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import platform
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from answers import kill, start_server

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "quizzes.md"
GIVE_UP = 120.0  # seconds after the window
PAUSE = 1.0  # between two tries
QUESTIONS = 10
TOKEN = "b" * 32  # the forgery check wants the same word in the cookie and in the form


@dataclass(frozen=True)
class Course:
    activity: str  # address of the activity
    quiz: int
    sessions: list[str]


@dataclass
class Seen:
    """What all learners met together; seconds of the try that was answered."""

    begun: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)  # from the first try to the result, with all breaks
    confirmed: set[int] = field(default_factory=set)
    points: dict[int, str] = field(default_factory=dict)
    again: int = 0


def _prepare(people: int) -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biosint.config.settings")
    import django

    django.setup()
    from django.test import Client
    from django.utils import timezone

    from biosint.exchange.models import Application
    from biosint.exchange.operations.quizzes import begin_quiz
    from biosint.exchange.states import ApplicationState, CourseState
    from biosint.people.api import Person
    from biosint.quizzes import api as quizzes
    from exchange.cast import a_course
    from factories import ActivityFactory
    from factories.quizzes import SAMPLES

    now = timezone.now()
    cast = a_course(state=CourseState.RUNNING)
    activity = ActivityFactory(course=cast.course, kind="quiz", title="Pulse")
    quiz = begin_quiz(activity_id=activity.pk, by=cast.teacher, at=now)
    kinds = list(SAMPLES.values())
    asked = quizzes.add_questions(
        bank_id=quiz.bank_id,
        drafts=[quizzes.Draft(kinds[number % len(kinds)]) for number in range(QUESTIONS)],
        by=cast.teacher,
        at=now,
    )
    quiz = quizzes.set_parts(
        quiz_id=quiz.pk,
        parts=[quizzes.Asked(question_id=question.pk) for question in asked],
        seen_version=1,
        by=cast.teacher,
        at=now,
    )
    quizzes.change_quiz(
        quiz_id=quiz.pk,
        settings=quizzes.Settings(title="Pulse", minutes=60),
        seen_version=quiz.version,
        by=cast.teacher,
        at=now,
    )
    learners = Person.objects.bulk_create(
        Person(email=f"learner{number}@example.org", name=f"Learner {number}", language="en")
        for number in range(people)
    )
    Application.objects.bulk_create(
        Application(
            course=cast.course,
            learner=learner,
            state=ApplicationState.ADMITTED,
            submitted_at=now,
            decided_by=cast.teacher,
            decided_at=now,
        )
        for learner in learners
    )
    sessions = []
    for learner in learners:
        client = Client()
        client.force_login(learner)
        sessions.append(client.cookies["sessionid"].value)
    place = f"/courses/{cast.course.slug}/pages/{activity.pk}/"
    print(json.dumps({"activity": place, "quiz": quiz.pk, "sessions": sessions}))


def prepare(folder: Path, people: int) -> Course:
    words = [sys.executable, __file__, "--prepare", str(folder), "--people", str(people)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return Course(**json.loads(done.stdout.splitlines()[-1]))


@dataclass
class Learner:
    """One browser: a session, and trying again until the server answers."""

    port: int
    session: str
    seen: Seen
    until: float

    def ask(
        self, method: str, path: str, fields: list[tuple[str, str]] | None = None, *, plain: bool = False
    ) -> tuple[int, str, str, float]:
        """Return status, page, the address it leads to, and the seconds of the try that was answered."""
        while time.monotonic() < self.until:
            begun = time.monotonic()
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, page, leads = self._once(method, path, fields, plain=plain)
                if status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                    return status, page, leads, time.monotonic() - begun
            self.seen.again += 1
            time.sleep(PAUSE)
        return 0, "", "", 0.0

    def _once(
        self, method: str, path: str, fields: list[tuple[str, str]] | None, *, plain: bool
    ) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Accept-Encoding": "identity", "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
        body = None
        if fields is not None:
            body = urlencode([("csrfmiddlewaretoken", TOKEN), *fields])
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if plain:
            headers["Accept"] = "application/json"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Location") or ""
        finally:
            connection.close()


def fill(page: str, chance: random.Random) -> list[tuple[str, str]]:
    """Answer every question of the page by chance, as a browser would send it."""
    fields = {}
    for kind, name, value in re.findall(
        r'<input type="(radio|checkbox)" name="(q\d+)" value="([^"]+)"', page
    ):
        if kind == "radio" or chance.random() < 0.5:
            fields[f"{name}" if kind == "radio" else f"{name} {value}"] = (name, value)
    orders: dict[str, list[str]] = {}
    for name, options in re.findall(r'<select id="[^"]+" name="(q\d+-[^"]+)">(.*?)</select>', page):
        values = re.findall(r'<option value="([^"]+)"', options)
        orders.setdefault(name.partition("-")[0], values[:])
        mine = orders[name.partition("-")[0]]
        fields[name] = (name, mine.pop(chance.randrange(len(mine))) if mine else values[0])
    for name in re.findall(r'<input id="[^"]+" name="(q\d+)"', page):
        fields[name] = (name, chance.choice(["125", "12", "tahikardija", "тахикардија"]))
    return list(fields.values())


def learner(
    number: int, port: int, course: Course, seen: Seen, start: float, window: float, opens: float
) -> None:
    chance = random.Random(number)
    one = Learner(port, course.sessions[number], seen, start + window + GIVE_UP)
    arrives = chance.uniform(0, opens) if opens else 0.0
    sends = chance.uniform(max(arrives, 0.0), window)
    time.sleep(max(0.0, start + arrives - time.monotonic()))
    status, page, _leads, _seconds = one.ask("GET", course.activity)
    key = re.search(r'name="key" value="([^"]+)"', page)
    attempt = re.search(r'href="(/quizzes/attempts/[^"]+)"', page)
    if attempt is not None:
        address = attempt.group(1)
    elif key is not None:
        fields = [("key", key.group(1))]
        status, _page, address, seconds = one.ask("POST", f"/quizzes/{course.quiz}/begin/", fields)
        seen.begun.append(seconds)
    else:
        return
    status, page, _leads, seconds = one.ask("GET", address)
    seen.opened.append(seconds)
    revision = "0"
    filled = fill(page, chance)
    for part in (len(filled) // 2, len(filled)):
        time.sleep(max(0.0, (start + sends - time.monotonic()) / 3))
        fields = [*filled[:part], ("revision", revision)]
        status, told, _leads, seconds = one.ask("POST", f"{address}save/", fields, plain=True)
        if status == http.HTTPStatus.OK:
            seen.saved.append(seconds)
            revision = str(json.loads(told)["revision"])
    time.sleep(max(0.0, start + sends - time.monotonic()))
    begun = time.monotonic()
    fields = [*filled, ("revision", revision)]
    status, _page, leads, seconds = one.ask("POST", f"{address}send/", fields)
    if status != http.HTTPStatus.FOUND or not leads.endswith("/result/"):
        return
    seen.sent.append(seconds)
    seen.waited.append(time.monotonic() - begun)
    seen.confirmed.add(number)
    if number % 10 == 0:
        one.ask("POST", f"{address}send/", fields)


def kept(folder: Path) -> dict[str, int]:
    """Count what is in the database, read past the platform."""
    with contextlib.closing(sqlite3.connect(folder / "biosint.sqlite3")) as database:

        def one(question: str) -> int:
            return int(database.execute(question).fetchone()[0])

        return {
            "attempts": one("SELECT count(*) FROM quizzes_attempt WHERE state = 'sent'"),
            "people": one("SELECT count(DISTINCT person_id) FROM quizzes_attempt WHERE state = 'sent'"),
            "scores": one("SELECT count(*) FROM exchange_score WHERE version = 1"),
            "progress": one("SELECT count(*) FROM exchange_progress WHERE handed_in_at IS NOT NULL"),
            "unequal": one(
                "SELECT count(*) FROM quizzes_attempt a JOIN exchange_application p ON p.learner_id = a.person_id "
                "LEFT JOIN exchange_score s ON s.application_id = p.id WHERE a.state = 'sent' AND "
                "(s.id IS NULL OR abs(s.points - 100.0 * a.points / a.most_points) > 0.006)"
            ),
            "empty": one("SELECT count(*) FROM quizzes_attempt WHERE state = 'sent' AND answers = '{}'"),
        }


def run(folder: Path, port: int, *, people: int, window: float, opens: float, killed: bool, name: str) -> str:
    process = start_server(folder, port)
    try:
        course = prepare(folder, people)
        seen, start, down = Seen(), time.monotonic() + 2, 0.0
        before = Seen()
        if not opens:
            # Everybody is in already; only what follows is measured.
            for session in course.sessions:
                one = Learner(port, session, before, time.monotonic() + 60)
                _status, page, _leads, _seconds = one.ask("GET", course.activity)
                key = re.search(r'name="key" value="([^"]+)"', page)
                if key is None:
                    sys.exit("The quiz does not open. Was the front end built (make setup)?")
                one.ask("POST", f"/quizzes/{course.quiz}/begin/", [("key", key.group(1))])
            start = time.monotonic() + 2
        crowd = [
            threading.Thread(
                target=learner, args=(number, port, course, seen, start, window, opens or window / 2)
            )
            for number in range(people)
        ]
        threading.stack_size(512 * 1024)
        for each in crowd:
            each.start()
        if killed:
            time.sleep(max(0.0, start + window / 2 - time.monotonic()))
            begun = time.monotonic()
            kill(process)
            process = start_server(folder, port)
            down = time.monotonic() - begun
        for each in crowd:
            each.join()
        took = time.monotonic() - start
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    found = kept(folder)
    lost = len(seen.confirmed) - found["people"] if found["people"] < len(seen.confirmed) else 0
    twice = found["attempts"] - found["people"]
    print(name, "confirmed", len(seen.confirmed), found, f"{took:.0f} s", flush=True)
    return (
        f"| {name} | {len(seen.confirmed)} | {found['attempts']} | {found['scores']} / {found['progress']} | **{lost}** | **{twice}** | "
        f"{found['unequal']} | {found['empty']} | {spread(seen.begun)} | {spread(seen.opened)} | {spread(seen.saved)} | {spread(seen.sent)} | "
        f"{max(seen.waited, default=0):.1f} | {seen.again} | {f'{down:.1f}' if killed else ''} |"
    )


def spread(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    ordered = sorted(seconds)
    return f"{1000 * ordered[len(ordered) // 2]:.0f} / {1000 * ordered[int(0.95 * (len(ordered) - 1))]:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the time, to try the script; writes nothing"
    )
    asked = parser.parse_args()
    if asked.prepare:
        os.environ["BIOSINT_DATA_DIR"] = str(asked.prepare)
        _prepare(asked.people)
        return
    from pages import free_port

    pace = 0.1 if asked.quick else 1.0
    rows = []
    for name, window, opens, killed in (
        (f"{asked.people} in 300 s, kill -9", 300 * pace, 200 * pace, True),
        (f"{asked.people} in 60 s, begun before", 60 * pace, 0.0, False),
        (f"{asked.people} in 60 s, begun before, kill -9", 60 * pace, 0.0, True),
    ):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(
                run(
                    Path(folder),
                    free_port(),
                    people=asked.people,
                    window=window,
                    opens=opens,
                    killed=killed,
                    name=name,
                )
            )
    text = "\n".join(
        [
            "# A quiz at once",
            "",
            "Written by `bench/quizzes.py`. The server on the embedded default (SQLite, one page process), the learners as threads on the same",
            f"machine. Each opens an attempt of {QUESTIONS} questions, lets the page save it twice, and sends it; “begun before” means that all attempts were",
            "open when the minute began. “kill -9” ends the server in the middle of the window without a word and starts it again; learners try again",
            "every second until the result is shown, and one in ten sends once more. Scores and progress of the course are written in the same transaction.",
            f"{os.cpu_count()} cores (load of others at the end: {os.getloadavg()[2]:.1f}), Python {platform.python_version()}, {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
            "",
            "| run | shown the result | attempts in the database | scores / progress | shown and lost | counted twice | score unlike attempt | without answers | begin p50 / p95 ms | open p50 / p95 ms | save p50 / p95 ms | send p50 / p95 ms | longest wait, s | tries repeated | server away, s |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
            *rows,
        ]
    )
    print(text)
    if not asked.quick:
        RESULT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
