"""All figures of answers in one go. Every figure comes from ``iahcalc``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault
from biosint.situation.models import Overview
from biosint.situation.queries.results import blurred, exact_of
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import reports, samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.people.models import Person

MOST_GROUPINGS = 3
# Whole numbers up to this are counted point by point; others are compared by their mean alone.
LARGEST_POINT = 60
# The questions of the published study of 2023: interest in mobility, language, support by the institution.
PUBLISHED_DESIGN = ("mobility", "english", "support")


class NothingToShow(Fault):
    """There are too few answers, or no question, for an overview."""


def overviews_for(person: Person) -> QuerySet[Overview]:
    """Return the overviews of answers whose results a person may read."""
    readable = surveys.AnswerSet.objects.filter(surveys.results_readable_by(person)).values("pk")
    return (
        Overview.objects.filter(answer_set__in=readable)
        .exclude(together_with__in=surveys.AnswerSet.objects.exclude(pk__in=readable))
        .select_related("answer_set", "answer_set__owner", "created_by")
    )


def figures_of(
    answers: Answers, groupings: Sequence[str], *, about: Sequence[str], smallest: int
) -> dict[str, Any]:
    """Return every figure as plain data: questions, tests by grouping (corrected together), scales.

    Args:
        groupings: codes of columns with answers to choose from.
        about: codes of the questions wanted; all where empty.
        smallest: groups and cells of fewer people are hidden (0 hides nothing).

    Raises:
        NothingToShow: too few answers, or no question.
    """
    if answers.n < max(smallest, 1):
        raise NothingToShow(_("Too few people answered to show figures without anybody being recognised."))
    chosen = [answers.variables[code] for code in groupings if code in answers.variables]
    asked = _questions(answers, chosen, about)
    if not asked:
        raise NothingToShow(_("None of these questions was asked here."))
    by = [_grouped(grouping, smallest=smallest) for grouping in chosen]
    counted = [variable for variable in asked if _is_counted(variable)]
    places = {variable.code: place for place, variable in enumerate(counted)}
    scales = [
        scale
        for scale in answers.scales.values()
        if len(scale.items) > 1 and all(item.code in places for item in scale.items)
    ]
    tests: list[dict[str, Any]] = []
    questions: dict[str, dict[str, Any]] = {}
    reliabilities: list[dict[str, Any]] = []
    if counted:
        report = reports.survey_report(
            np.column_stack([variable.stored for variable in counted]),
            by,
            scales=[
                reports.Scale(
                    tuple(places[item.code] for item in scale.items),
                    tuple(places[item.code] for item in scale.items if item.reversed),
                )
                for scale in scales
            ],
        )
        for variable, item in zip(counted, report.items, strict=True):
            questions[variable.code] = _counted_question(variable, item, report.points, smallest=smallest)
        for pair in report.pairs:
            tests.append(
                _counted_test(
                    counted[pair.item], chosen[pair.grouping], pair, report.points, smallest=smallest
                )
            )
        reliabilities = [
            {
                "code": scale.code,
                "label": dict(scale.label),
                "items": [item.code for item in scale.items],
                **_reliability(found),
            }
            for scale, found in zip(scales, report.scales, strict=True)
        ]
    for variable in asked:
        if variable.code not in places:
            questions[variable.code] = _number_question(variable, smallest=smallest)
            tests += [_number_test(variable, grouping, smallest=smallest) for grouping in chosen]
    return {
        "n": answers.n,
        "smallest": smallest,
        "groupings": [_words(grouping) for grouping in chosen],
        "questions": [{**_words(variable), **questions[variable.code]} for variable in asked],
        "tests": _among_all(tests),
        "scales": reliabilities,
    }


def _questions(answers: Answers, groupings: Sequence[Variable], about: Sequence[str]) -> list[Variable]:
    own = {variable.code for variable in groupings} | {
        surveys.INSTITUTION,
        surveys.LANGUAGE,
        surveys.GROUP,
        "@set",
    }
    return [
        variable
        for code, variable in answers.variables.items()
        if code not in own
        and variable.kind != surveys.ColumnKind.DATE
        and (not about or code in about or variable.scale in about)
        # A choice among very many answers has no mean, and its table nobody could read.
        and (not variable.options or _is_counted(variable))
    ]


def _grouped(grouping: Variable, *, smallest: int) -> npt.NDArray[np.float64]:
    """Groups as numbers, those with too few people left out."""
    values = grouping.values
    sizes = np.bincount(grouping.stored[grouping.answered].astype(np.intp), minlength=len(grouping.options))
    for place in np.flatnonzero(sizes < smallest).tolist():
        values[values == place] = np.nan
    return values


def _is_counted(variable: Variable) -> bool:
    return variable.stored.dtype == np.int8 and int(variable.stored.max(initial=0)) <= LARGEST_POINT


def _words(variable: Variable) -> dict[str, Any]:
    return {
        "code": variable.code,
        "label": dict(variable.label),
        "options": [{"code": option.code, "label": dict(option.label)} for option in variable.options],
    }


def _shown(counts: npt.NDArray[Any], hidden: npt.NDArray[np.bool_]) -> Any:
    shown = counts.astype(object)
    shown[hidden] = None
    return shown.tolist()


def _counted_question(
    variable: Variable, item: reports.ItemReport, points: Sequence[float], *, smallest: int
) -> dict[str, Any]:
    found: dict[str, Any] = {"n": int(item.counts.sum()), "missing": item.missing}
    width = len(variable.options) or int(max(points)) + 1
    counts = np.zeros(width, dtype=np.int64)
    for point, count in zip(points, item.counts.tolist(), strict=True):
        if count:
            counts[int(point)] = count
    hidden = hidden_cells(counts[None, :].astype(np.float64), smallest=smallest)[0]
    found["counts"] = _shown(counts, hidden)
    if not variable.options and item.description is not None and item.description.n >= smallest:
        found |= _described(item.description)
    return found


def _described(one: samples.Description) -> dict[str, Any]:
    return {"mean": one.mean, "sd": one.sd, "median": one.median, "low": one.low, "high": one.high}


def _number_question(variable: Variable, *, smallest: int) -> dict[str, Any]:
    try:
        found = samples.describe(variable.values)
    except Undefined:
        return {"n": 0, "missing": len(variable.stored)}
    if found.n < smallest:
        return {"n": found.n, "missing": found.missing}
    return {"n": found.n, "missing": found.missing, **_described(found)}


def _counted_test(
    variable: Variable,
    grouping: Variable,
    pair: reports.PairReport,
    points: Sequence[float],
    *,
    smallest: int,
) -> dict[str, Any]:
    """A choice is tested as a table, a point by its means."""
    test: dict[str, Any] = {"question": variable.code, "by": grouping.code, "missing": pair.missing}
    found = pair.table if variable.options else pair.means
    used = [place for place, point in enumerate(points) if point < len(variable.options)]
    hidden = hidden_cells(pair.counts[:, used].astype(np.float64), smallest=smallest)
    if isinstance(found, samples.Finding):
        test |= exact_of(blurred(found) if hidden.any() else found)
        if variable.options:
            test["assumptions"] = [one.code for one in found.assumptions if one.ok is False]
    else:
        test["reason"] = found.reason
    if variable.options:
        test["groups"] = [int(group.label) for group in pair.groups]
        test["points"] = [int(points[place]) for place in used]
        test["counts"] = _shown(pair.counts[:, used], hidden)
    else:
        test["groups"] = [int(group.label) for group in pair.groups]
        test["means"] = [
            {"n": group.description.n, **_described(group.description)}
            if group.description.n >= max(smallest, 1)
            else None
            for group in pair.groups
        ]
    return test


def _number_test(variable: Variable, grouping: Variable, *, smallest: int) -> dict[str, Any]:
    groups = samples.split(variable.values, _grouped(grouping, smallest=smallest))
    kept = [
        (int(label), sample)
        for label, sample in zip(groups.labels, groups.samples, strict=True)
        if len(sample) >= max(smallest, 1)
    ]
    missing = groups.missing + sum(map(len, groups.samples)) - sum(len(sample) for _label, sample in kept)
    test: dict[str, Any] = {"question": variable.code, "by": grouping.code, "missing": missing}
    try:
        test |= exact_of(samples.compare([sample for _label, sample in kept], missing=missing).findings[0])
    except Undefined as undefined:
        test["reason"] = str(undefined)
    described = [samples.describe(sample) for _label, sample in kept]
    test["groups"] = [label for label, _sample in kept]
    test["means"] = [{"n": one.n, **_described(one)} for one in described]
    return test


def _reliability(found: reports.ScaleReport) -> dict[str, Any]:
    own = found.reliability
    if own is None:
        return {"reason": found.reason}
    return {
        "alpha": own.alpha,
        "low": own.interval.low,
        "high": own.interval.high,
        "omega": None if own.omega is None else own.omega.value,
        "n": own.n,
        "missing": own.missing,
    }


def _among_all(tests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Correct all tests together and put the largest effects first; those that could not be made stand last."""
    p_values = [test.get("p", float("nan")) for test in tests]
    holm, fair = samples.holm(p_values), samples.benjamini_hochberg(p_values)
    for test, by_holm, by_fair in zip(tests, holm.tolist(), fair.tolist(), strict=True):
        if "p" in test:
            test |= {"holm": by_holm, "fair": by_fair, "strength": strength_of(test["effect"], test["value"])}
    return sorted(tests, key=lambda test: -test.get("strength", -1.0))


def strength_of(effect: str, value: float) -> float:
    """Bring effect sizes of several kinds onto one scale, that of a correlation from 0 to 1, to sort them by.

    Cohen (1988): r = d / sqrt(d² + 4); the root of a share of variance explained.
    """
    if effect == "hedges_g":
        return abs(value) / float(np.sqrt(value**2 + 4))
    if effect in {"eta_squared", "omega_squared", "epsilon_squared"}:
        return float(np.sqrt(max(value, 0.0)))
    return abs(value)
