"""Pages of a course by its size: queries, milliseconds, processor time, bytes.

    python bench/course_pages.py

Courses of invented learners and activities in an empty embedded database; the pages are asked in this process, so
what is measured is the work behind a page and not the network. Writes bench/results/course_pages.md.
"""

from __future__ import annotations

import gzip
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from settled import settle, settle_django  # noqa: E402 -- found only after the line above

FOLDER = settle()

import django  # noqa: E402 -- the environment is settled first

django.setup()
settle_django(FOLDER)

from django.core.management import call_command  # noqa: E402 -- Django is set up first
from django.db import connection  # noqa: E402 -- as above
from django.test import Client  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above

from biosint.exchange.models import Activity, Application, Progress, Score, Team, TeamMember  # noqa: E402 -- as above
from biosint.exchange.states import ActivityKind, Phase  # noqa: E402 -- as above
from biosint.people.api import Person  # noqa: E402 -- as above
from exchange.cast import a_course  # noqa: E402 -- as above

RESULT = ROOT / "bench" / "results" / "course_pages.md"
# activities, learners
SIZES = ((50, 100), (50, 10_000), (500, 10_000))
RUNS = 30
KINDS = (
    ActivityKind.PAGE,
    ActivityKind.DISCUSSION,
    ActivityKind.POLL,
    ActivityKind.LIVE,
    ActivityKind.PRODUCT,
)
TEXT = "## Read\n\nA page of **some** words, as teachers write them. " * 20


@dataclass(frozen=True)
class Cost:
    queries: int
    p50: float
    p95: float
    processor: float
    wire: int


def course_of(activities: int, learners: int) -> tuple[str, Person, Person]:
    """Return the address of a running course, its teacher and one of its learners."""
    start = timezone.localdate() - timedelta(days=30)
    cast = a_course(
        title=f"{activities} activities, {learners} learners",
        slug=f"course-{activities}-{learners}",
        state="running",
        start_date=start,
        end_date=start + timedelta(days=69),
        apply_until_date=start,
    )
    at, course = timezone.now(), cast.course
    steps = Activity.objects.bulk_create(
        Activity(
            course=course,
            position=number + 1,
            kind=KINDS[number % len(KINDS)],
            phase=list(Phase)[number * len(Phase) // activities],
            title=f"Step {number + 1}: look at the patient",
            text=TEXT,
            hours=1,
            weight=2 if number < 50 and KINDS[number % len(KINDS)] == ActivityKind.PRODUCT else 0,
            opens_at=at - timedelta(days=30) + timedelta(days=70 * number / activities),
            due_at=at - timedelta(days=27) + timedelta(days=70 * number / activities),
            changed_at=at,
            changed_by=cast.teacher,
        )
        for number in range(activities)
    )
    people = Person.objects.bulk_create(
        Person(email=f"l{number}@{course.slug}.example", name=f"Learner {number:05d}", country="RS")
        for number in range(learners)
    )
    applications = Application.objects.bulk_create(
        Application(
            course=course,
            learner=person,
            institution=cast.host if number % 2 else cast.partner,
            state="admitted",
            submitted_at=at,
            decided_by=cast.teacher,
            decided_at=at,
        )
        for number, person in enumerate(people)
    )
    teams = Team.objects.bulk_create(
        Team(course=course, number=number + 1, formed_at=at) for number in range(learners // 5)
    )
    TeamMember.objects.bulk_create(
        TeamMember(team=teams[number // 5], application=application)
        for number, application in enumerate(applications)
    )
    cast.publish_teams()
    done = steps[: activities // 2]
    Progress.objects.bulk_create(
        (
            Progress(application=application, activity=step, done_at=at)
            for application in applications[:1000]
            for step in done
        ),
        batch_size=5000,
    )
    marked = [step for step in steps if step.weight]
    Score.objects.bulk_create(
        (
            Score(
                application=application,
                activity=step,
                points=70,
                source="teacher",
                given_by=cast.teacher,
                given_at=at,
            )
            for application in applications
            for step in marked[:5]
        ),
        batch_size=5000,
    )
    return f"/courses/{course.slug}", cast.teacher, people[0]


def asked(client: Client, path: str) -> Cost:
    for _warm in range(3):
        answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answers {answer.status_code}.")
    asked_of_database = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's order
        nonlocal asked_of_database
        asked_of_database += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        answer = client.get(path)
    walls, before = [], time.process_time()
    for _run in range(RUNS):
        begun = time.perf_counter()
        client.get(path)
        walls.append(1000 * (time.perf_counter() - begun))
    spent = 1000 * (time.process_time() - before) / RUNS
    walls.sort()
    return Cost(
        asked_of_database,
        statistics.median(walls),
        walls[int(0.95 * RUNS)],
        spent,
        len(gzip.compress(answer.content, 6)),
    )


def costs_of(activities: int, learners: int) -> dict[str, Cost]:
    base, teacher, learner = course_of(activities, learners)
    first = Activity.objects.filter(course__slug=base.rpartition("/")[2]).order_by("position")[0].pk
    by_learner, by_teacher = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    by_learner.force_login(learner)
    by_teacher.force_login(teacher)
    return {
        "course page, learner": asked(by_learner, f"{base}/"),
        "page of an activity, learner": asked(by_learner, f"{base}/pages/{first}/"),
        "home, learner": asked(by_learner, "/"),
        "my courses, learner": asked(by_learner, "/courses/mine/"),
        "course page, visitor": asked(Client(headers={"host": "localhost"}), f"{base}/"),
        "plan, teacher": asked(by_teacher, f"{base}/design/"),
        "checks of the plan, teacher": asked(by_teacher, f"{base}/design/checks/"),
        "grade book, teacher": asked(by_teacher, f"{base}/gradebook/"),
        "overview, teacher": asked(by_teacher, f"{base}/desk/"),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    found = {size: costs_of(*size) for size in SIZES}
    lines = [
        "# Pages of a course by its size",
        "",
        f"Written by `bench/course_pages.py`. Python {platform.python_version()}, {os.cpu_count()} cores, embedded database, "
        f"{time.strftime('%Y-%m-%d')}. Queries · p50 / p95 ms on the clock · processor ms · kilobytes compressed; {RUNS} "
        "requests each, asked in one process without a network.",
        "",
        "| page | " + " | ".join(f"{one} activities, {two:,} learners" for one, two in SIZES) + " |",
        "|---|" + "---|" * len(SIZES),
    ]
    for name in found[SIZES[0]]:
        cells = [
            f"{cost.queries} · {cost.p50:.0f} / {cost.p95:.0f} · {cost.processor:.1f} · {cost.wire / 1024:.1f}"
            for cost in (found[size][name] for size in SIZES)
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
