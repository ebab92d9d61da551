from __future__ import annotations

import csv
import dataclasses
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc import samples, scales
from iahcalc.faults import TooFewAnswers
from iahcalc.reports import Scale, survey_report
from iahcalc.reports import _counting as counting
from iahcalc.samples import Impossible

SURVEYS = Path(__file__).parent.parent / "survey_files"
NAN = float("nan")
ITEMS = [f"{letter}{number}" for letter in "ACENO" for number in range(1, 6)]


def bfi() -> tuple[npt.NDArray[np.float64], list[list[str]]]:
    with (SURVEYS / "bfi.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = np.array([[float(row[name]) if row[name] else NAN for name in ITEMS] for row in rows])
    return answers, [[row["gender"] for row in rows], [row["education"] for row in rows]]


def figures(found: Any) -> Any:
    """All numbers of a finding, so that two of them can be compared nearly."""
    if isinstance(found, float | int | np.ndarray) or found is None:
        return found
    if isinstance(found, tuple):
        return [figures(part) for part in found]
    if isinstance(found, dict):
        return [figures(part) for pair in found.items() for part in pair]
    if dataclasses.is_dataclass(found):
        return [figures(getattr(found, part.name)) for part in dataclasses.fields(found)]
    return str(found)


def assert_alike(found: Any, expected: Any) -> None:
    if isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_alike(one, other)
    elif isinstance(expected, str) or expected is None:
        assert found == expected
    else:
        assert found == pytest.approx(expected, abs=1e-8, rel=1e-8)


def test_a_report_says_what_the_single_functions_say() -> None:
    answers, groupings = bfi()
    agreeableness = Scale(tuple(range(5)), turned=(0,))

    report = survey_report(answers, groupings, scales=[agreeableness])

    assert report.respondents == 2800
    assert len(report.pairs) == 50
    for item in (0, 7, 24):
        described = samples.describe(answers[:, item])
        assert_alike(figures(report.items[item].description), figures(described))
        for grouping, groups in enumerate(groupings):
            pair = report.pair(item, grouping)
            table = samples.cross_tabulate(groups, answers[:, item])
            assert_alike(
                figures(pair.table),
                figures(samples.independence(table.counts, missing=round(table.missing))),
            )
            apart = samples.split(answers[:, item], groups)
            both = samples.compare(apart.samples, missing=apart.missing)
            assert_alike([figures(pair.means), figures(pair.ranks)], [figures(one) for one in both.findings])
            assert [group.label for group in pair.groups] == list(apart.labels)
            for group, sample in zip(pair.groups, apart.samples, strict=True):
                assert group.description.mean == pytest.approx(sample.mean())
                assert group.description.upper_quartile == np.quantile(sample, 0.75)
    turned = scales.reverse_items(answers[:, :5], items=[0], low=1, high=6)
    alone = scales.reliability(turned)
    inside = report.scales[0].reliability
    assert inside is not None
    # R: 0.7037558944 over 2,709 people.
    assert inside.alpha == pytest.approx(0.7037558944, abs=1e-9)
    assert (inside.n, inside.missing) == (2709, 91)
    assert inside.omega is not None
    assert alone.omega is not None
    assert inside.omega.value == pytest.approx(alone.omega.value, abs=1e-9)
    assert [item.item_rest for item in inside.items] == pytest.approx(
        [item.item_rest for item in alone.items]
    )


def test_all_tests_of_a_kind_are_corrected_together() -> None:
    answers, groupings = bfi()

    report = survey_report(answers[:, :6], groupings)

    p_values = [pair.means.p for pair in report.pairs if not isinstance(pair.means, Impossible)]
    assert report.means.holm == pytest.approx(samples.holm(p_values))
    assert report.tables.tests == report.ranks.tests == 12
    assert report.ranks.benjamini_hochberg == pytest.approx(samples.benjamini_hochberg(report.ranks.p))


def test_a_report_does_not_depend_on_how_the_answers_are_kept() -> None:
    answers, groupings = bfi()
    coded = np.where(np.isnan(answers), -1, answers).astype(np.int8)
    scale = [Scale((0, 1, 2))]
    expected = survey_report(answers, groupings, scales=scale)

    kept: list[npt.NDArray[Any]] = [coded, np.asfortranarray(coded), answers.astype(np.float32), coded[:, :]]
    kept.append(np.where(coded < 0, 99, coded).astype(np.int64))
    for other in kept:
        gap = 99 if other.dtype == np.int64 else -1
        for threads in (1, 2):
            found = survey_report(other, groupings, scales=scale, missing=gap, threads=threads)
            assert [pair.counts.tolist() for pair in found.pairs] == [
                pair.counts.tolist() for pair in expected.pairs
            ]
            assert found.means.p.tolist() == expected.means.p.tolist()
            assert found.scales[0].reliability == expected.scales[0].reliability


def test_many_groups_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, groupings = bfi()
    together = survey_report(answers[:, :3], groupings)
    monkeypatch.setattr(counting, "_MOST_COMBINED", 4)

    apart = survey_report(answers[:, :3], groupings)

    assert [pair.counts.tolist() for pair in apart.pairs] == [pair.counts.tolist() for pair in together.pairs]
    assert [item.counts.tolist() for item in apart.items] == [item.counts.tolist() for item in together.items]


def test_what_is_impossible_says_why_and_the_rest_goes_on() -> None:
    report = survey_report(
        [[1, 3, -1], [1, 4, -1], [1, 5, -1], [1, 3, -1]],
        [["a", "a", "b", ""], ["x", "x", "x", "x"]],
        scales=[Scale((0, 1)), Scale((1, 2))],
    )

    assert isinstance(report.pair(0, 0).means, Impossible)
    assert isinstance(report.pair(0, 0).table, Impossible)
    assert isinstance(report.pair(1, 1).ranks, Impossible)
    assert not isinstance(report.pair(1, 0).ranks, Impossible)
    assert report.items[2].description is None
    assert report.pair(2, 0).groups == ()
    assert math.isnan(report.means.p[0])
    assert report.scales[0].reliability is not None
    assert report.scales[1].reason.startswith("Reliability needs at least 2 respondents")


def test_items_alone_need_no_groups() -> None:
    report = survey_report([[1, 2], [3, 2], [-1, 5]])

    assert report.points == (1, 2, 3, 4, 5)
    assert report.items[0].counts.tolist() == [1, 0, 1, 0, 0]
    assert (report.items[0].missing, report.pairs, report.tables.tests) == (1, (), 0)


def test_wrong_calls_of_a_report_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        survey_report([1, 2])
    with pytest.raises(ValueError, match="one group"):
        survey_report([[1], [2]], [["a"]])
    with pytest.raises(ValueError, match="item 1 is not a whole point"):
        survey_report([[1, 2.5], [2, 3]])
    with pytest.raises(ValueError, match="too many different points"):
        survey_report([[1], [500]])
    with pytest.raises(ValueError, match="item 0"):
        survey_report([[1], [math.inf]])
    with pytest.raises(ValueError, match="once"):
        survey_report([[1, 2]], scales=[Scale((0, 0))])
    with pytest.raises(ValueError, match="turned"):
        survey_report([[1, 2]], scales=[Scale((0, 1), turned=(2,))])
    with pytest.raises(TooFewAnswers):
        survey_report(np.zeros((0, 3)))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_neither_the_order_of_people_nor_the_names_of_groups_matter(seed: int) -> None:
    dice = np.random.default_rng(seed)
    answers, groups = dice.integers(-1, 5, (60, 3)), dice.integers(0, 3, 60)
    order = dice.permutation(60)

    found = survey_report(answers, [groups])
    moved = survey_report(answers[order], [np.array(["x", "y", "z"])[groups[order]]])

    assert [pair.counts.tolist() for pair in moved.pairs] == [pair.counts.tolist() for pair in found.pairs]
    assert moved.ranks.p.tolist() == found.ranks.p.tolist()
