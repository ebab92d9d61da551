"""Milliseconds of the teachers' desk of teams: its page, the effect of a weight, forming, a move shown.

    python bench/team_desk.py

Courses of invented learners in an empty embedded database; the pages are asked in this process, so what is
measured is the work behind a page and not the network. Writes bench/results/team_desk.md.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from settled import settle, settle_django  # noqa: E402 -- found only after the line above

FOLDER = settle()

import django  # noqa: E402 -- the environment is settled first

django.setup()
settle_django(FOLDER)

from django.core.management import call_command  # noqa: E402 -- Django is set up first
from django.test import Client  # noqa: E402 -- as above

from biosint.exchange.models import Application  # noqa: E402 -- as above
from biosint.exchange.plans import PRESETS  # noqa: E402 -- as above
from biosint.jobs.api import run_due  # noqa: E402 -- as above
from clock import NOON  # noqa: E402 -- as above
from exchange.cast import a_course  # noqa: E402 -- as above
from factories import InstitutionFactory, PersonFactory  # noqa: E402 -- as above

if TYPE_CHECKING:
    from exchange.cast import Cast

RESULT = ROOT / "bench" / "results" / "team_desk.md"
SIZES = (30, 200, 2000)
RUNS = 5
COUNTRIES = ("RS", "BE", "AL", "BA", "ME", "RO")
PROFESSIONS = ("medicine", "dentistry", "pharmacy", "nursing")
EVENINGS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def course_of(learners: int) -> Cast:
    dice = random.Random(learners)
    cast = a_course(title=f"Course of {learners}", slug=f"course-of-{learners}")
    places = [InstitutionFactory(country=country) for country in COUNTRIES]
    for number in range(learners):
        place = dice.choice(places)
        hour = dice.choice((16, 17, 18))
        free = "; ".join(f"{day} {hour}:00-21:00" for day in dice.sample(EVENINGS, 4))
        person = PersonFactory(
            name=f"Learner {number:04d}",
            country=place.country,
            profession=dice.choice(PROFESSIONS),
            gender=dice.choice(("woman", "man")),
            english_level=dice.choice(("B1", "B2", "C1", "")),
            native_language=dice.choice(("sr", "sq", "nl", "ro")),
            free_hours=free,
            time_zone="Europe/Belgrade",
        )
        Application.objects.create(
            course=cast.course,
            learner=person,
            institution=place,
            state="admitted",
            submitted_at=NOON,
            decided_by=cast.teacher,
            decided_at=NOON + timedelta(hours=1),
        )
    return cast


def asked(**more: Any) -> dict[str, Any]:
    plan = PRESETS["coil"].plan
    form: dict[str, Any] = {
        "preset": "coil",
        "size_low": plan.size_low,
        "size_high": plan.size_high,
        "common_hours": plan.common_hours,
        "nobody_alone": list(plan.nobody_alone),
        "two_countries": "on",
    }
    for name, wish in plan.wishes.items():
        form |= {f"weight_{name}": wish.weight, f"kind_{name}": wish.kind}
    return form | more


def timed(deed: Callable[[], Any], runs: int = RUNS) -> tuple[float, float]:
    """Return milliseconds on the clock and of the processor, medians after one run to warm."""
    walls, cpus = [], []
    for _run in range(runs + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        deed()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls[1:]), statistics.median(cpus[1:])


def rows_of(learners: int) -> list[tuple[str, float, float]]:
    cast = course_of(learners)
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.teacher)
    base = f"/courses/{cast.course.slug}/teams/"

    def got(path: str) -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answers {answer.status_code}.")

    def previewed() -> None:
        answer = client.post(f"{base}effect/", asked(weight_country=2), headers={"hx-request": "true"})
        if b"What it leads to" not in answer.content:
            sys.exit("The effect is not shown.")

    def formed() -> None:
        answer = client.post(f"{base}form/", asked())
        if answer.status_code != 302:
            sys.exit("The form was not taken.")
        run_due()

    rows = [("the desk, nothing formed yet", *timed(lambda: got(base)))]
    rows.append(("the effect of a weight", *timed(previewed)))
    rows.append(("forming and keeping", *timed(formed, 3)))
    rows.append(("the desk with its teams", *timed(lambda: got(base))))
    one = Application.objects.filter(course=cast.course, membership__team__number=1)[0]
    rows.append(("what a move would change", *timed(lambda: got(f"{base}move/?who={one.pk}&to=2&part=1"))))
    return rows


def main() -> None:
    call_command("migrate", verbosity=0)
    found = {learners: rows_of(learners) for learners in SIZES}
    lines = [
        "# The teachers' desk of teams",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, embedded database, {time.strftime('%Y-%m-%d')}. "
        "Milliseconds on the clock (of the processor), medians; asked in one process, without a network.",
        "",
        "| learners | " + " | ".join(str(size) for size in SIZES) + " |",
        "|---|" + "---|" * len(SIZES),
    ]
    for number, (name, *_times) in enumerate(found[SIZES[0]]):
        times = [found[size][number] for size in SIZES]
        cells = " | ".join(f"{wall:,.0f} ({cpu:,.0f})" for _name, wall, cpu in times)
        lines.append(f"| {name} | {cells} |")
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
