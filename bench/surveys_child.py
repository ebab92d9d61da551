"""The report of bench/surveys.py by BIOSINT, in a process of its own.

python bench/surveys_child.py FOLDER THREADS
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from iahcalc.reports import Scale, SurveyReport, survey_report  # noqa: E402 -- found only after the line above
from iahcalc.samples import Impossible  # noqa: E402 -- as above

RUNS = 5


def figures_of(report: SurveyReport) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"items described": [], "cross-tables": [], "tests of means": []}
    found |= {"tests of ranks": [], "alpha of each scale": []}
    for item in report.items:
        if item.description is not None:
            found["items described"].append(item.description.mean)
    for pair in report.pairs:
        for name, test in (
            ("cross-tables", pair.table),
            ("tests of means", pair.means),
            ("tests of ranks", pair.ranks),
        ):
            if not isinstance(test, Impossible):
                found[name].append(test.statistic)
    for scale in report.scales:
        if scale.reliability is not None:
            found["alpha of each scale"].append(scale.reliability.alpha)
    return found


def main() -> None:
    folder, threads = Path(sys.argv[1]), int(sys.argv[2])
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    answers = np.load(folder / "answers.npy")
    groups = [np.load(folder / f"group{place}.npy") for place in range(plan["groupings"])]
    scales = [Scale(tuple(scale)) for scale in plan["scales"]]
    begun = time.perf_counter()
    # Warms: imports what is imported late, loads machine code.
    report = survey_report(answers, groups, scales=scales, threads=threads)
    first = time.perf_counter() - begun
    walls, processors = [], []
    for _ in range(RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        report = survey_report(answers, groups, scales=scales, threads=threads)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    print(
        json.dumps(
            {
                "first": first,
                "wall": statistics.median(walls),
                "cpu": statistics.median(processors),
                "figures": figures_of(report),
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
