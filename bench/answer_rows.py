"""Seconds and memory of the answers of a large set: 1,000,000 submissions to 40 questions in the embedded database.

    python bench/answer_rows.py [--rows 1000000] [--keep FOLDER]

Each measurement runs in a process of its own, so that its peak memory is its own. Writes bench/results/answer_rows.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "bench" / "results" / "answer_rows.md"
INSTITUTIONS, SCALES, ITEMS, SINGLES, MULTIPLES, NUMBERS = 9, 4, 6, 10, 2, 4
LONGEST = 900
STEPS = {
    "read": "first reading, from the database into columns and their file",
    "again": "the same in another process: mapped from the file",
    "added": "the same after 1,000 more answers came",
    "page": "page of results, every question described",
    "crosstab": "page of a cross-table with its test",
    "compare": "page of a comparison of nine groups",
    "reliability": "page of the reliability of six items",
    "figures": "all figures: every question by three groupings, every scale, all tests corrected",
}
QUESTIONS = {
    "crosstab": "kind=crosstab&rows=single1&columns=institution",
    "compare": "kind=compare&outcome=scale:scale0&by=institution",
    "reliability": "kind=reliability&" + "&".join(f"items=s0_{item}" for item in range(ITEMS)),
}


def set_up(folder: Path) -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    for key in [key for key in os.environ if key.startswith("BIOSINT_")]:
        del os.environ[key]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "biosint.config.settings",
        "BIOSINT_DATA_DIR": str(folder),
        "BIOSINT_SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
        "BIOSINT_EMBEDDED_WORKER": "no",
        "BIOSINT_SITE_URL": "http://localhost",
    }
    import django

    django.setup()


def questionnaire() -> dict[str, Any]:
    questions: list[dict[str, Any]] = [{"code": "consent", "kind": "consent", "text": {"en": "I agree."}}]
    for scale in range(SCALES):
        questions.append(
            {
                "code": f"scale{scale}",
                "kind": "scale",
                "least": 1,
                "most": 5,
                "text": {"en": f"How true is this for you, part {scale}?"},
                "items": [
                    {"code": f"s{scale}_{item}", "text": {"en": f"Statement {item}"}} for item in range(ITEMS)
                ],
            }
        )
    for kind, number in (("single", SINGLES), ("multiple", MULTIPLES)):
        questions.extend(
            {
                "code": f"{kind}{place}",
                "kind": kind,
                "text": {"en": f"Choice {place}"},
                "options": [
                    {"code": f"o{option}", "label": {"en": f"Answer {option}"}}
                    for option in range(2 + place % 5)
                ],
            }
            for place in range(number)
        )
    questions.extend(
        {"code": f"number{place}", "kind": "number", "text": {"en": f"Number {place}"}}
        for place in range(NUMBERS)
    )
    return {
        "title": {"en": "Large questionnaire"},
        "introduction": {"en": "Forty questions."},
        "audience": "students",
        "sections": [{"title": {"en": "All"}, "questions": questions}],
    }


def rows(number: int, institutions: list[int]) -> Iterator[Any]:
    """Invented people: statements of a scale hang together, and 3 of 100 answers are missing."""
    dice = random.Random(2026)
    choices = [[f"o{option}" for option in range(2 + place % 5)] for place in range(max(SINGLES, MULTIPLES))]
    for place in range(number):
        answers: dict[str, Any] = {}
        trait = dice.random()
        for scale in range(SCALES):
            for item in range(ITEMS):
                answers[f"s{scale}_{item}"] = 1 + int(2.5 * (trait + dice.random()) * 0.999)
        for single in range(SINGLES):
            answers[f"single{single}"] = choices[single][int(dice.random() * len(choices[single]))]
        for multiple in range(MULTIPLES):
            answers[f"multiple{multiple}"] = [code for code in choices[multiple] if dice.random() < 0.4]
        for code in range(NUMBERS):
            answers[f"number{code}"] = 17 + int(dice.random() * 60) / (1 if code % 2 else 4)
        if dice.random() < 0.6:
            answers.pop(f"s{place % SCALES}_{place % ITEMS}")
        yield (
            institutions[place % len(institutions)],
            ("en", "sr", "sq")[place % 3],
            answers,
            date(2026, 11, 1),
        )


def build(folder: Path, number: int) -> float:
    set_up(folder)
    from django.core.management import call_command

    from biosint.surveys import api as surveys

    call_command("migrate", verbosity=0)
    from factories.institutions import InstitutionFactory
    from factories.people import CoordinatorFactory
    from factories.surveys import AnswerSetFactory, QuestionnaireFactory, VersionFactory

    places = [InstitutionFactory() for _place in range(INSTITUTIONS)]
    CoordinatorFactory(at=places[0])
    version = VersionFactory(
        questionnaire=QuestionnaireFactory(institution=places[0]), content=questionnaire()
    )
    answer_set = AnswerSetFactory(version=version, asked=places)
    begun = time.perf_counter()
    surveys.add_rows(answer_set=answer_set, rows=rows(number, [place.pk for place in places]))
    return time.perf_counter() - begun


def measure(folder: Path, step: str) -> None:
    """Print seconds of CPU and peak memory of one step of this process."""
    set_up(folder)
    from django.test import Client

    from biosint.people.models import Person
    from biosint.situation.queries import overviews, tables
    from biosint.surveys import api as surveys

    answer_set = surveys.AnswerSet.objects.get()
    work: Callable[[], object]
    if step == "added":
        places = list(answer_set.asked.values_list("institution_id", flat=True))
        surveys.add_rows(answer_set=answer_set, rows=rows(1000, places))
    if step in {"read", "again", "added"}:
        work = lambda: tables.answers_of(answer_set)  # noqa: E731 -- one of several kinds of work
    elif step == "figures":
        groupings = ["institution", "language", "single0"]
        work = lambda: overviews.figures_of(tables.answers_of(answer_set), groupings, about=(), smallest=5)  # noqa: E731 -- as above
    else:
        client = Client(SERVER_NAME="localhost")
        client.force_login(Person.objects.earliest("pk"))
        more = f"ask/?{QUESTIONS[step]}" if step in QUESTIONS else ""
        work = lambda: client.get(f"/situation/answers/{answer_set.pk}/{more}").content  # noqa: E731 -- as above
    begun, cpu = time.perf_counter(), time.process_time()
    made = work()
    taken = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - cpu}
    if isinstance(made, bytes) and b"<table" not in made:
        sys.exit(f"The page of “{step}” shows no figures.")
    # Not ru_maxrss: that of a child begins with what its parent held.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({**taken, "peak": peak}))


def child(folder: Path, step: str) -> dict[str, float]:
    asked = [sys.executable, __file__, "--measure", step, "--keep", str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder of a database that is made once and used again")
    parser.add_argument("--measure", choices=STEPS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.keep, asked.measure)
        return
    with tempfile.TemporaryDirectory(prefix="biosint-rows-") as made:
        folder = asked.keep or Path(made)
        folder.mkdir(exist_ok=True)
        if not (folder / "biosint.sqlite3").exists():
            build(folder, asked.rows)
        else:
            set_up(folder)
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
        for file in (folder / "columns").glob("*"):
            file.unlink()
        found = {step: child(folder, step) for step in STEPS}
        size = (folder / "biosint.sqlite3").stat().st_size / 1e6
        kept = sum(file.stat().st_size for file in (folder / "columns").glob("*")) / 1e6
    lines = [
        "# Answers of a large set",
        "",
        f"Written by `bench/answer_rows.py`: {asked.rows:,} submissions to 40 questions in the embedded database "
        f"({size:,.0f} MB), each step in a process of its own, once.",
        f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC. The file of columns takes {kept:.0f} MB; several processes "
        "share its pages. Pages are asked within the process, so the network is not in them.",
        "",
        "| step | seconds of CPU | seconds | peak memory of the process, MB |",
        "|---|---|---|---|",
        *[
            f"| {words} | {found[step]['cpu']:.2f} | {found[step]['wall']:.2f} | {found[step]['peak']:.0f} |"
            for step, words in STEPS.items()
        ],
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
