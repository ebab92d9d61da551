"""What the figures of an analysis say, in words that a dean understands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.shared.languages import locale

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from iahcalc.samples import Assumption, Effect, Finding
    from iahcalc.scales import Reliability

SURE = 0.05
# Below these the words change: Cohen (1988) for w and d, with the smaller steps usual for rank measures.
STEPS = {"cramers_v": (0.1, 0.3, 0.5), "hedges_g": (0.2, 0.5, 0.8)}
SHARES_EXPLAINED = (0.01, 0.06, 0.14)

METHODS: Mapping[str, str | Promise] = {
    "pearson": gettext_lazy("Pearson’s chi-square test"),
    "pearson_yates": gettext_lazy("Pearson’s chi-square test with Yates’ correction"),
    "welch_t": gettext_lazy("Welch’s t-test (compares means)"),
    "welch_anova": gettext_lazy("Welch’s analysis of variance (compares means)"),
    "mann_whitney": gettext_lazy("Mann-Whitney test (compares ranks)"),
    "kruskal_wallis": gettext_lazy("Kruskal-Wallis test (compares ranks)"),
}
EFFECTS: Mapping[str, str | Promise] = {
    "cramers_v": gettext_lazy("Cramér’s V"),
    "hedges_g": gettext_lazy("Hedges’ g"),
    "mean_difference": gettext_lazy("difference of means"),
    "rank_biserial": gettext_lazy("rank-biserial correlation"),
    "eta_squared": gettext_lazy("eta squared"),
    "omega_squared": gettext_lazy("omega squared"),
    "epsilon_squared": gettext_lazy("epsilon squared"),
}
ASSUMPTIONS: Mapping[str, str | Promise] = {
    "answers_independent": gettext_lazy(
        "We take it that each person answered once and by themselves. The numbers cannot show this."
    ),
    "expected_counts_enough": gettext_lazy(
        "There are enough answers in every cell for this test (the smallest expected number is %(smallest)s)."
    ),
    "expected_counts_small": gettext_lazy(
        "Some cells hold too few answers for this test (the smallest expected number is %(smallest)s). The p value is rough; join answers that belong together."
    ),
    "weights_are_not_counts": gettext_lazy(
        "Some counts are not whole numbers. The test takes them for people, so its p value can mislead."
    ),
    "groups_large": gettext_lazy(
        "Every group has thirty answers or more (the smallest has %(smallest)s), so comparing means is sound."
    ),
    "groups_small": gettext_lazy(
        "The smallest group has %(smallest)s answers. For small groups, trust the test of ranks more."
    ),
    "spread_need_not_be_equal": gettext_lazy("The groups may differ in spread; this test allows it."),
    "spread_differs": gettext_lazy(
        "The groups differ in spread (%(ratio)s times). The test allows it, but read the size of the difference with care."
    ),
    "spread_is_none": gettext_lazy(
        "In one group everybody gave the same answer, so read the size of the difference with care."
    ),
    "ranks_enough": gettext_lazy("There are enough answers for the test of ranks."),
    "ranks_few": gettext_lazy(
        "The smallest group has %(smallest)s answers, so the p value of the ranks is rough."
    ),
    "ties": gettext_lazy("Many people gave the same answers; the test takes this into account."),
    "shapes_alike": gettext_lazy(
        "The test of ranks speaks of medians only if the answers of the groups have the same shape."
    ),
}


def figure(value: float, *, digits: int = 2) -> str:
    """Return a number as the reader's language writes it."""
    shape = "#,##0" + (f".{'0' * digits}" if digits else "")
    # Rounded to nothing it must not keep its minus.
    rounded = round(value, digits) or 0.0
    return str(format_decimal(rounded, shape, locale=locale())).replace("-", "\N{MINUS SIGN}")


def chance(p: float) -> str:
    """Return a p value as it is printed: never “0.000”."""
    if p < 0.001:
        return f"p < {figure(0.001, digits=3)}"
    return f"p = {figure(p, digits=3)}"


def interval(low: float, high: float, *, digits: int = 2) -> str:
    return _("%(low)s to %(high)s") % {"low": figure(low, digits=digits), "high": figure(high, digits=digits)}


def assumption(found: Assumption) -> str:
    """Return one thing a test takes for granted, in the reader's language."""
    words = ASSUMPTIONS.get(found.code)
    if words is None:
        return found.sentence
    figures = {
        name: figure(value, digits=0 if float(value).is_integer() else 1)
        for name, value in found.figures.items()
    }
    return str(words) % figures if figures else str(words)


def strength(effect: Effect) -> str:
    """Return how large an effect is, in a word that fits “a … link” or “a … difference”."""
    code = effect.name.code
    steps = STEPS.get(code, SHARES_EXPLAINED)
    size = abs(effect.value)
    if size < steps[0]:
        return _("very small")
    if size < steps[1]:
        return _("small")
    if size < steps[2]:
        return _("medium")
    return _("large")


def link(finding: Finding, *, rows: str, columns: str) -> str:
    """Say whether two questions have to do with each other; a null is a finding too."""
    effect = finding.effect
    words = {
        "rows": rows,
        "columns": columns,
        "p": chance(finding.p),
        "value": figure(effect.value),
        "interval": interval(effect.low, effect.high),
        "high": figure(effect.high),
    }
    if finding.p < SURE:
        return _(
            "“%(rows)s” and “%(columns)s” are linked (%(p)s). The link is %(strength)s: Cramér’s V is %(value)s (with 95 %% confidence from %(interval)s)."
        ) % {**words, "strength": strength(effect)}
    return (
        _(
            "These answers show no link between “%(rows)s” and “%(columns)s” (%(p)s). If there is one, it is not larger than a Cramér’s V of %(high)s."
        )
        % words
    )


def difference(finding: Finding, *, outcome: str, by: str) -> str:
    """Say whether groups differ; a null is a finding too."""
    effect = finding.effect
    words = {
        "outcome": outcome,
        "by": by,
        "p": chance(finding.p),
        "effect": EFFECTS.get(effect.name.code, effect.name.value),
        "value": figure(effect.value),
        "interval": interval(effect.low, effect.high),
    }
    if finding.p < SURE:
        return _(
            "“%(outcome)s” differs between the groups of “%(by)s” (%(p)s). The difference is %(strength)s: %(effect)s is %(value)s (with 95 %% confidence from %(interval)s)."
        ) % {**words, "strength": strength(effect)}
    return (
        _(
            "These answers show no difference of “%(outcome)s” between the groups of “%(by)s” (%(p)s; %(effect)s is %(value)s, with 95 %% confidence from %(interval)s)."
        )
        % words
    )


def reliability(found: Reliability) -> str:
    """Say whether items may be summed into one score."""
    words = {"alpha": figure(found.alpha), "interval": interval(found.interval.low, found.interval.high)}
    if found.alpha >= 0.8:
        return _("The items measure one thing well: alpha is %(alpha)s (%(interval)s).") % words
    if found.alpha >= 0.7:
        return (
            _("The items measure one thing well enough to compare groups: alpha is %(alpha)s (%(interval)s).")
            % words
        )
    if found.alpha >= 0.5:
        return (
            _(
                "The items hang together only loosely: alpha is %(alpha)s (%(interval)s). Read their common score with care."
            )
            % words
        )
    return (
        _(
            "The items do not measure one thing: alpha is %(alpha)s (%(interval)s). Perhaps one is worded against the others and not turned. Do not use a common score."
        )
        % words
    )
