"""Several tests at once: the more one looks for, the more one finds by chance alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from biosint.situation.queries.results._shared import Result
from iahcalc import samples


def controlled(results: Sequence[Result]) -> list[Result]:
    """Return the same results with every test seen among all of theirs: adjusted by Holm, and by Benjamini and Hochberg."""
    p_values = [test.p for result in results for test in result.tests]
    if not p_values:
        return list(results)
    adjusted = iter(
        zip(samples.holm(p_values).tolist(), samples.benjamini_hochberg(p_values).tolist(), strict=True)
    )
    found = []
    for result in results:
        tests = []
        for test in result.tests:
            holm, fair = next(adjusted)
            tests.append(replace(test, holm=holm, fair=fair))
        found.append(replace(result, tests=tuple(tests)))
    return found
