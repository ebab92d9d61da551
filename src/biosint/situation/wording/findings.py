"""What results say, in one sentence each. A null is a finding too and is said in as many words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.situation.wording.numbers import chance, figure, interval, percent, signed
from biosint.situation.wording.tests import EFFECTS

if TYPE_CHECKING:
    import numpy.typing as npt

    from iahcalc.samples import Effect, Finding, Independence
    from iahcalc.scales import Reliability

SURE = 0.05
# Below these the words change: Cohen (1988) for w and d, with the smaller steps usual for rank measures.
STEPS = {
    "cramers_v": (0.1, 0.3, 0.5),
    "hedges_g": (0.2, 0.5, 0.8),
    "d_z": (0.2, 0.5, 0.8),
    "d_av": (0.2, 0.5, 0.8),
    "d_change": (0.2, 0.5, 0.8),
    "cohens_w": (0.1, 0.3, 0.5),
    "share_difference": (0.05, 0.15, 0.3),
}
SHARES_EXPLAINED = (0.01, 0.06, 0.14)
EXPLAINING = {"eta_squared", "omega_squared", "epsilon_squared"}


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
            "No link between “%(rows)s” and “%(columns)s” was found (%(p)s). With this many answers, a link with a Cramér’s V of %(high)s or more would have been seen."
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
        _("No difference of “%(outcome)s” between the groups of “%(by)s” was found (%(p)s).") % words
        + " "
        + smallest_seen(finding)
    )


def mean_difference(finding: Finding) -> Effect | None:
    """The difference in the answers' own unit, where a test gives one."""
    return next(
        (one for one in (finding.effect, *finding.further_effects) if one.name.code == "mean_difference"),
        None,
    )


def change(finding: Finding, *, outcome: str, before: float, after: float) -> str:
    """Say whether the same people answered higher or lower the second time."""
    own = mean_difference(finding)
    words = {
        "outcome": outcome,
        "before": figure(before),
        "after": figure(after),
        "p": chance(finding.p),
        "change": signed(after - before),
        "interval": interval(own.low, own.high) if own else "–",
        "strength": strength(finding.effect),
    }
    if finding.p >= SURE:
        return (
            _("No change of “%(outcome)s” was found: %(before)s before, %(after)s after (%(p)s).") % words
            + " "
            + smallest_seen(finding)
        )
    if after > before:
        return (
            _(
                "“%(outcome)s” rose from %(before)s to %(after)s: %(change)s (with 95 %% confidence from %(interval)s; %(p)s). The change is %(strength)s."
            )
            % words
        )
    return (
        _(
            "“%(outcome)s” fell from %(before)s to %(after)s: %(change)s (with 95 %% confidence from %(interval)s; %(p)s). The change is %(strength)s."
        )
        % words
    )


def changed_answers(finding: Finding, *, outcome: str, answer: str) -> str:
    """Say whether the same people chose differently the second time; of two answers, ``answer`` is the second."""
    effect = finding.effect
    words = {"outcome": outcome, "answer": answer, "p": chance(finding.p)}
    if effect.name.code != "share_difference":
        if finding.p < SURE:
            return (
                _("The answers to “%(outcome)s” moved: more people went one way than the other (%(p)s).")
                % words
            )
        return (
            _(
                "No movement of the answers to “%(outcome)s” was found: as many went one way as the other (%(p)s)."
            )
            % words
        )
    points = {
        "points": figure(100 * abs(effect.value), digits=1),
        "low": signed(100 * effect.low, digits=1),
        "high": signed(100 * effect.high, digits=1),
        "least": figure(100 * max(abs(effect.low), abs(effect.high)), digits=1),
    }
    if finding.p >= SURE:
        return _(
            "No change of “%(outcome)s” was found (%(p)s). With this many answers, a change of %(least)s percentage points or more would have been seen."
        ) % {**words, **points}
    if effect.value > 0:
        return _(
            "“%(answer)s” to “%(outcome)s” rose by %(points)s percentage points (with 95 %% confidence from %(low)s to %(high)s; %(p)s)."
        ) % {**words, **points}
    return _(
        "“%(answer)s” to “%(outcome)s” fell by %(points)s percentage points (with 95 %% confidence from %(low)s to %(high)s; %(p)s)."
    ) % {**words, **points}


def more_than_others(finding: Finding, *, outcome: str, group: str) -> str:
    """Say whether a group changed more than all others."""
    own = mean_difference(finding)
    words = {
        "outcome": outcome,
        "group": group,
        "p": chance(finding.p),
        "more": figure(abs(own.value)) if own else "–",
        "interval": interval(own.low, own.high) if own else "–",
    }
    if finding.p >= SURE:
        return (
            _("“%(outcome)s” did not change otherwise in “%(group)s” than with all others (%(p)s).") % words
            + " "
            + smallest_seen(finding)
        )
    if finding.effect.value > 0:
        return (
            _(
                "“%(outcome)s” rose by %(more)s more in “%(group)s” than with all others (with 95 %% confidence from %(interval)s; %(p)s)."
            )
            % words
        )
    return (
        _(
            "“%(outcome)s” rose by %(more)s less in “%(group)s” than with all others (with 95 %% confidence from %(interval)s; %(p)s)."
        )
        % words
    )


# Standard errors from which a cell stands out, and how many are named.
STANDS_OUT, MOST_NAMED = 2.0, 4


def standing_out(
    finding: Independence, *, rows: Sequence[str], columns: Sequence[str], hidden: npt.NDArray[np.bool_]
) -> list[str]:
    """Name the cells of a table that hold clearly more or fewer people than without any link, the clearest first.

    ``rows`` and ``columns`` name the lines of the table tested; hidden cells are not spoken of.
    """
    distances = finding.standardised_residuals
    if finding.p >= SURE or distances is None or distances.shape != hidden.shape:
        return []
    clear = [
        (abs(float(distance)), row, column, float(distance) > 0)
        for (row, column), distance in np.ndenumerate(distances)
        if abs(distance) >= STANDS_OUT and not hidden[row, column]
    ]
    sentences = {
        True: _("“%(row)s” with “%(column)s” comes together more often than expected."),
        False: _("“%(row)s” with “%(column)s” comes together less often than expected."),
    }
    # Of two lines the second only mirrors the first.
    mirrored = distances.shape[0] == 2
    return [
        sentences[more] % {"row": rows[row], "column": columns[column]}
        for _size, row, column, more in sorted(clear, reverse=True)
        if not mirrored or row == 0
    ][:MOST_NAMED]


def smallest_seen(finding: Finding) -> str:
    """Say which size the interval excludes: what would have been seen, had it been there."""
    mean = mean_difference(finding)
    if mean is not None:
        return _("With this many answers, a difference of %(least)s or more would have been seen.") % {
            "least": figure(max(abs(mean.low), abs(mean.high)))
        }
    effect = finding.effect
    if effect.name.code in EXPLAINING:
        return _(
            "With this many answers, groups that account for %(share)s of all differences between people would have been seen."
        ) % {"share": percent(effect.high, digits=1)}
    return _("With this many answers, a %(effect)s of %(least)s or more would have been seen.") % {
        "effect": EFFECTS.get(effect.name.code, effect.name.value),
        "least": figure(max(abs(effect.low), abs(effect.high))),
    }


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


def among_others(tests: Sequence[tuple[float, float | None, float | None]]) -> str:
    """Say whether the first test of a result stands among all tests of an analysis (p, by Holm, by Benjamini-Hochberg)."""
    if not tests:
        return ""
    p, holm, fair = tests[0]
    if holm is None or fair is None:
        return ""
    if p >= SURE:
        return _("Among all tests of this analysis it stays a null.")
    if holm < SURE:
        return _("It stands also among all tests of this analysis (%(holm)s by Holm).") % {
            "holm": chance(holm)
        }
    if fair < SURE:
        return _(
            "Among all tests of this analysis it is less sure (%(holm)s by Holm, %(fair)s by Benjamini and Hochberg): take it as a hint, not as a proof."
        ) % {"holm": chance(holm), "fair": chance(fair)}
    return _(
        "Among all tests of this analysis it may well have come about by chance (%(holm)s by Holm): do not build on it."
    ) % {"holm": chance(holm)}
