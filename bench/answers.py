"""Three hundred people answer within a minute, the server is killed in the middle: what is lost, what counts twice?

    python bench/answers.py [--people 300]

Starts the real server on the embedded default with the supplied questionnaire for students. Each person opens the page, takes a
while, and sends; like the page's own script, they send again when the line breaks, until the server thanks. Then every
thanked answer is looked for in the database. Writes bench/results/answers.md. Load and server share one machine.
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
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "answers.md"
GIVE_UP = 90.0  # seconds after the last person began
PAUSE = 1.0  # between two tries of one person


@dataclass(frozen=True)
class Campaign:
    token: str
    answer_set: int
    form: list[tuple[str, str]]
    mark: str  # a free text that tells the answers of one person from another's
    codes: list[str]


@dataclass
class Seen:
    """What all people met together."""

    thanked: set[str] = field(default_factory=set)
    opened: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)  # from the first try to the thanks, with all breaks
    again: int = 0


def prepare(folder: Path, people: int, *, tickets: bool) -> Campaign:
    """Start a campaign in a process of its own; the server runs meanwhile."""
    words = [sys.executable, __file__, "--prepare", str(folder), "--people", str(people)]
    found = subprocess.run(
        [*words, *(["--tickets"] if tickets else [])], check=True, capture_output=True, text=True
    )
    return Campaign(**json.loads(found.stdout.splitlines()[-1]))


def _prepare(people: int, *, tickets: bool) -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biosint.config.settings")
    import django

    django.setup()
    from datetime import timedelta

    from django.utils import timezone

    from biosint.surveys import operations, queries
    from biosint.surveys.models import AskedInstitution
    from biosint.surveys.states import Entry
    from factories.surveys import AnswerSetFactory, VersionFactory

    now = timezone.now()
    answer_set = AnswerSetFactory(
        version=VersionFactory(content=queries.supplied_templates()["students_2026"]),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=1),
        token=f"load{now:%H%M%S}",
        entry=Entry.TICKETS if tickets else Entry.LINK,
    )
    asked = AskedInstitution.objects.create(answer_set=answer_set, institution=answer_set.owner)
    codes = []
    if tickets:
        from biosint.surveys.tickets import new_code

        codes = [new_code() for _person in range(people)]
        operations.add_tickets(places=[(code, (asked, None)) for code in codes])
    form, mark = _filled(answer_set.version.definition)
    print(
        json.dumps(
            {
                "token": answer_set.token,
                "answer_set": answer_set.pk,
                "form": form,
                "mark": mark,
                "codes": codes,
            }
        )
    )


def _filled(definition: object) -> tuple[list[tuple[str, str]], str]:
    """Answer every question with its first answer; return the fields and the code of a free text."""
    form: list[tuple[str, str]] = []
    mark = ""
    for question in definition.questions:  # type: ignore[attr-defined]  # read by surveys, which only the child imports
        match question.kind.value:
            case "consent":
                form.append((question.code, "yes"))
            case "single" | "multiple":
                form.append((question.code, question.options[0].code))
            case "scale":
                form += [(item.code, str(question.points[1])) for item in question.items]
            case "number":
                form.append((question.code, str(int(question.least or 0) + 1)))
            case "text":
                mark = question.code
    return form, mark


def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body or None, {"Accept-Encoding": "identity", **kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def until_answered(port: int, seen: Seen, until: float, *request: str) -> tuple[int, str, float]:
    """Ask until the server answers; return status, page and the seconds of the try that was answered."""
    while time.monotonic() < until:
        begun = time.monotonic()
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, page = ask(port, *request)
            if status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return status, page, time.monotonic() - begun
        seen.again += 1
        time.sleep(PAUSE)
    return 0, "", 0.0


def person(number: int, port: int, campaign: Campaign, seen: Seen, start: float, window: float) -> None:
    chance = random.Random(number)
    arrives, sends = sorted(chance.uniform(0, window) for _moment in range(2))
    until = start + window + GIVE_UP
    time.sleep(max(0.0, start + arrives - time.monotonic()))
    ticket = campaign.codes[number] if campaign.codes else ""
    address = f"/surveys/a/{campaign.token}/?lang=en" + (f"&ticket={ticket}" if ticket else "")
    _status, page, seconds = until_answered(port, seen, until, "GET", address)
    key = re.search(r'name="key" value="([^"]+)"', page)
    if key is None:
        return
    seen.opened.append(seconds)
    time.sleep(max(0.0, start + sends - time.monotonic()))
    mark = f"person {number}"
    filled = [(name, word) for name, word in campaign.form]
    fields = [*filled, (campaign.mark, mark), ("key", key.group(1)), ("ticket", ticket)]
    begun = time.monotonic()
    status, _page, seconds = until_answered(
        port, seen, until, "POST", f"/surveys/a/{campaign.token}/?lang=en", urlencode(fields)
    )
    if status == http.HTTPStatus.SEE_OTHER:
        seen.thanked.add(mark)
        seen.sent.append(seconds)
        seen.waited.append(time.monotonic() - begun)


def start_server(folder: Path, port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "biosint", "serve", "--port", str(port)],
        env={**os.environ, "BIOSINT_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 300
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", "/livez")[0] == http.HTTPStatus.OK:
                return process
        time.sleep(0.05)
    sys.exit("The server did not start.")


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the server and its page process at once, without a word (kill -9)."""
    from pages import Served

    for pid in Served(process, 0, 0.0).family():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(timeout=30)


def kept(folder: Path, campaign: Campaign) -> list[str]:
    """Return the marks of all answers in the database, read past the platform."""
    with contextlib.closing(sqlite3.connect(folder / "biosint.sqlite3")) as database:
        rows = database.execute(
            "SELECT answers FROM surveys_submission WHERE answer_set_id = ?", [campaign.answer_set]
        )
        return [json.loads(answers).get(campaign.mark, "") for (answers,) in rows]


def run(folder: Path, port: int, *, people: int, window: float, tickets: bool, killed: bool) -> str:
    process = start_server(folder, port)
    try:
        campaign = prepare(folder, people, tickets=tickets)
        for _warm in range(3):
            status, _page = ask(port, "GET", f"/surveys/a/{campaign.token}/?lang=en")
            if status != http.HTTPStatus.OK:
                sys.exit(f"The questionnaire does not open: {status}. Was the front end built (make setup)?")
        seen, start, down = Seen(), time.monotonic() + 1, 0.0
        crowd = [
            threading.Thread(target=person, args=(number, port, campaign, seen, start, window))
            for number in range(people)
        ]
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
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    marks = kept(folder, campaign)
    name = (
        f"{people} people in {window:.0f} s{', by ticket' if tickets else ''}{', kill -9' if killed else ''}"
    )
    lost, twice = len(seen.thanked - set(marks)), len(marks) - len(set(marks))
    print(name, "thanked", len(seen.thanked), "kept", len(marks), "lost", lost, "twice", twice, flush=True)
    return (
        f"| {name} | {len(seen.thanked)} | {len(marks)} | **{lost}** | **{twice}** | {_spread(seen.opened)} | "
        f"{_spread(seen.sent)} | {max(seen.waited, default=0):.1f} | {seen.again} | {f'{down:.1f}' if killed else ''} |"
    )


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    ordered = sorted(seconds)
    return f"{1000 * statistics.median(ordered):.0f} / {1000 * ordered[int(0.95 * len(ordered))]:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--tickets", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare:
        os.environ["BIOSINT_DATA_DIR"] = str(asked.prepare)
        _prepare(asked.people, tickets=asked.tickets)
        return
    from pages import free_port

    rows = []
    for window, tickets, killed in (
        (60, False, True),
        (60, True, True),
        (10, False, False),
        (10, True, True),
    ):
        with tempfile.TemporaryDirectory() as name:
            port = free_port()
            rows.append(
                run(Path(name), port, people=asked.people, window=window, tickets=tickets, killed=killed)
            )
    RESULT.write_text(
        "\n".join(
            [
                "# Answers at once",
                "",
                "Written by `bench/answers.py`. The server on the embedded default (SQLite, one page process), the people as threads on",
                "the same machine; each opens the supplied questionnaire for students, fills it in and sends, at chance moments of the window.",
                "“kill -9” ends the server in the middle of the window without a word and starts it again; people send again until they are thanked.",
                f"{os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
                "",
                "| run | thanked | in the database | thanked and lost | counted twice | open p50 / p95 ms | send p50 / p95 ms | longest wait, s | tries repeated | server away, s |",
                "|---|---|---|---|---|---|---|---|---|---|",
                *rows,
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
