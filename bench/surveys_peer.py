"""The report of bench/surveys.py by pandas and pingouin; knows nothing of BIOSINT and runs on its peers' Python.

    python surveys_peer.py FOLDER

Reads what bench/surveys.py wrote into FOLDER, prints one line of JSON: seconds by step, figures, peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pingouin as pg
import scipy
from scipy import stats

folder = Path(sys.argv[1])
plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
items = [f"item{number}" for number in range(plan["items"])]
groupings = [f"group{number}" for number in range(plan["groupings"])]
steps: dict[str, dict[str, float]] = {}
figures: dict[str, list[float]] = {}


def step(name: str, work: Callable[[], list[float]]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    figures[name] = work()
    steps[name] = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - processor}


def table() -> pd.DataFrame:
    answers = np.load(folder / "answers.npy")
    # What pandas makes of points with gaps.
    frame = pd.DataFrame({name: answers[:, place].astype(np.float64) for place, name in enumerate(items)})
    frame[frame < 0] = np.nan
    for place, name in enumerate(groupings):
        frame[name] = np.load(folder / f"group{place}.npy")
    return frame


def describe() -> list[float]:
    found = []
    for name in items:
        column = data[name]
        described = column.describe()
        n, mean, sd = described["count"], float(column.mean()), float(column.std())
        stats.t.interval(0.95, n - 1, loc=mean, scale=sd / np.sqrt(n))
        column.value_counts(normalize=True)
        found.append(mean)
    return found


def tables() -> list[float]:
    found = []
    for name in items:
        for by in groupings:
            result = pg.chi2_independence(data, x=by, y=name, correction=True)[2]
            found.append(float(result.loc[result["test"] == "pearson", "chi2"].iloc[0]))
    return found


def column_of(result: pd.DataFrame, *names: str) -> float:
    """The figure under whichever of its names this release uses."""
    return float(next(result[name].iloc[0] for name in names if name in result))


def means() -> list[float]:
    found = []
    for name in items:
        for by in groupings:
            used = data[[name, by]].dropna()
            if used[by].nunique() == 2:
                first, second = (group for _, group in used.groupby(by)[name])
                result = pg.ttest(first, second, correction=True)
                found.append(column_of(result, "T"))
            else:
                found.append(column_of(pg.welch_anova(used, dv=name, between=by), "F"))
    return found


def ranks() -> list[float]:
    found = []
    for name in items:
        for by in groupings:
            used = data[[name, by]].dropna()
            if used[by].nunique() == 2:
                # pingouin's own mwu compares each with each: 2 TB here. scipy does the same test.
                first, second = (group for _, group in used.groupby(by)[name])
                found.append(float(stats.mannwhitneyu(first, second).statistic))
            else:
                found.append(column_of(pg.kruskal(used, dv=name, between=by), "H"))
    return found


def scales() -> list[float]:
    return [
        float(pg.cronbach_alpha(data[[items[place] for place in scale]], nan_policy="listwise")[0])
        for scale in plan["scales"]
    ]


def corrected() -> list[float]:
    p = np.random.default_rng(1).uniform(size=3 * len(items) * len(groupings))
    pg.multicomp(p, method="holm")
    pg.multicomp(p, method="fdr_bh")
    return []


warnings.simplefilter("ignore")
data = table()
work: tuple[tuple[str, Callable[[], list[float]]], ...] = (
    ("items described", describe),
    ("cross-tables", tables),
    ("tests of means", means),
    ("tests of ranks", ranks),
    ("alpha of each scale", scales),
    ("correction of all p values", corrected),
)
for step_name, question in work:
    step(step_name, question)
versions: dict[str, Any] = {
    "Python": sys.version.split()[0],
    "pandas": pd.__version__,
    "pingouin": pg.__version__,
    "scipy": scipy.__version__,
}
print(
    json.dumps(
        {
            "steps": steps,
            "figures": figures,
            "versions": versions,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
