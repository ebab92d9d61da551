"""What all results are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.shared.verdicts import Fault
from biosint.situation import wording
from biosint.situation.queries import weightings
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.questions import Question
from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import samples

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet


class CannotAnswer(Fault):
    """The question cannot be answered from these data."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a result's table, ready to print."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """One thing a test takes for granted. ``ok`` is None where the numbers cannot show it."""

    sentence: str
    ok: bool | None


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a result: what was tested, how sure alone, and how sure among all tests of an analysis.

    ``holm`` and ``fair`` (Benjamini and Hochberg) are None until the result stands among others.
    """

    name: str
    p: float
    holm: float | None = None
    fair: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A further table of a result, with a sentence under it."""

    title: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One answer: what was found in words, the figures, what was taken for granted, and a chart.

    A null has the same parts as a finding. ``exact`` holds the figures unrounded.
    """

    question: Question
    title: str
    sentence: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    figures: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumed, ...]
    notes: tuple[str, ...]
    n: int
    missing: int
    chart: charts.Chart | None = None
    parts: tuple[Part, ...] = ()
    # The same question within each group of a further column, if asked.
    layers: tuple[Line, ...] = ()
    layer_head: tuple[str, ...] = ()
    # The test that answers the question first, then those within groups.
    tests: tuple[Test, ...] = ()
    # Which other answer set takes part (before and after); empty where none does.
    compared_with: str = ""
    weighting: str = ""
    exact: dict[str, Any] = field(default_factory=dict)

    @property
    def missing_sentence(self) -> str:
        """How many are counted and how many are not, in one sentence."""
        asked = self.n + self.missing
        if not asked:
            return ""
        return _(
            "%(n)s people are counted; %(missing)s (%(share)s) are left out because an answer is missing."
        ) % {
            "n": wording.figure(self.n, digits=0),
            "missing": wording.figure(self.missing, digits=0),
            "share": wording.percent(self.missing / asked),
        }


def assumed(*findings: samples.Finding) -> tuple[Assumed, ...]:
    """Return what some tests take for granted, each thing once."""
    found = {wording.assumption(one): one.ok for finding in findings for one in finding.assumptions}
    return tuple(Assumed(sentence, ok) for sentence, ok in found.items())


def limited(answers: Answers, institution: str, *, smallest: int = 0) -> tuple[Answers, bool]:
    """Return only the answers of one institution (its address word), if one is named.

    Raises:
        CannotAnswer: nobody answered there, or all answers less these would be those of fewer than ``smallest`` people.
    """
    if not institution:
        return answers, False
    places = answers.variables.get(surveys.INSTITUTION)
    codes = [option.code for option in places.options] if places else []
    if places is None or institution not in codes:
        raise CannotAnswer(_("No answers of this institution are here."))
    chosen = codes.index(institution)
    counts = [int((places.stored == place).sum()) for place in range(len(codes))]
    table = np.array([[*counts, answers.n - sum(counts)]], dtype=np.float64)
    if smallest and counts[chosen] >= smallest and hidden_cells(table, smallest=smallest)[0, chosen]:
        raise CannotAnswer(
            _(
                "So few people answered at another institution that taking these answers from all would show theirs. Look at all institutions together."
            )
        )
    return answers.only(places.stored == chosen), True


def smallest_shown(answer_set: AnswerSet, answers: Answers, *, at_institution: bool = False) -> int:
    """Return the smallest group that is shown; 0 where everything is.

    Groups are protected where the set says so and answers can be tied to one institution.
    """
    protects = answer_set.hides_small_groups and (at_institution or surveys.INSTITUTION in answers.variables)
    return answer_set.smallest_group if protects else 0


def weights_of(answer_set: AnswerSet, answers: Answers) -> npt.NDArray[np.float64] | None:
    """Return how many people each row stands for, where the set says so."""
    variable = answers.variables.get(answer_set.weight_code)
    return None if variable is None or not variable.is_number else variable.values


# Kinds of results whose shares and means are weighted; the others count every answer once and say so.
WEIGHTED = frozenset({"crosstab", "compare"})


def weighting_sentence(answers: Answers, question: Question) -> str:
    """Say by what a result is weighted and what that costs; nothing where answers have no weights."""
    if answers.weights is None:
        return ""
    if question.kind not in WEIGHTED or question.weight:
        return _("Here every answer counts once; weights are not used.")
    worth = weightings.effective_n(answers.weights)
    return " ".join(
        (
            answers.weighted_by,
            _(
                "%(n)s weighted answers tell as much as %(worth)s unweighted ones: weighting made the intervals about %(factor)s times as wide."
            )
            % {
                "n": wording.figure(answers.n, digits=0),
                "worth": wording.figure(worth, digits=0),
                "factor": wording.figure((answers.n / worth) ** 0.5 if worth else 1.0, digits=2),
            },
        )
    )


def people_in(answer_set: AnswerSet, answers: Answers) -> int:
    """Return how many people the answers stand for: rows, or the sum of their counts."""
    weights = weights_of(answer_set, answers)
    return answers.n if weights is None else round(float(np.nansum(weights)))


def source_of(answer_set: AnswerSet, answers: Answers) -> str:
    return _("%(title)s, %(n)s people") % {
        "title": answer_set.title,
        "n": wording.figure(people_in(answer_set, answers), digits=0),
    }


def variable_of(answers: Answers, code: str, *, what: str) -> Variable:
    if code not in answers.variables:
        raise CannotAnswer(_("Choose a column for “%(what)s”.") % {"what": what})
    return answers.variables[code]


def category_of(answers: Answers, code: str, *, what: str) -> Variable:
    variable = variable_of(answers, code, what=what)
    if not variable.is_category:
        raise CannotAnswer(
            _(
                "“%(name)s” has too many different values for a table. Compare its means between groups instead."
            )
            % {"name": variable.name}
        )
    return variable


def counts_in(answers: Answers, code: str) -> npt.NDArray[np.float64] | None:
    if not code:
        return None
    variable = variable_of(answers, code, what=_("Counts"))
    if not variable.is_number or bool((variable.values < 0).any()):
        raise CannotAnswer(_("“%(name)s” does not hold counts of people.") % {"name": variable.name})
    return variable.values


def few_note(smallest: int) -> str:
    return _(
        "“few” hides cells with fewer than %(smallest)s people, and where needed one more, so that nobody can be recognised. The test counts them."
    ) % {"smallest": smallest}


def blurred_note() -> str:
    return _("The figures of the test are rounded, so that hidden cells cannot be worked out from them.")


# A chance is told as the next of these above it: a step towards “no link”, never away from it.
STEPS_OF_CHANCE = (0.0009, 0.009, 0.049, 0.1, 0.2, 0.5, 1.0)


def blurred(finding: samples.Finding) -> samples.Finding:
    """Return the finding of a table with hidden cells so roughly that they cannot be worked out from it.

    With the totals, an exact statistic, chance or effect of a small table belongs to one table only. The statistic
    becomes ``nan``, the chance is rounded up, effects are kept to one digit and their intervals widened to one. How
    many people changed an answer is not said; by how much its share did is, as the totals say it already.
    """
    effect = _blurred_effect(finding.effect)
    if effect.name is samples.EffectName.SHARE_DIFFERENCE:
        effect = replace(effect, value=finding.effect.value)
    return replace(
        finding,
        statistic=math.nan,
        p=next((step for step in STEPS_OF_CHANCE if finding.p <= step), 1.0),
        effect=effect,
        assumptions=tuple(one for one in finding.assumptions if not one.code.startswith("changers_")),
        further_effects=(),
        asymptotic_p=None,
        p_error=None,
    )


def _blurred_effect(effect: samples.Effect) -> samples.Effect:
    return replace(
        effect,
        value=round(effect.value, 1),
        low=math.floor(10 * effect.low) / 10 if math.isfinite(effect.low) else effect.low,
        high=math.ceil(10 * effect.high) / 10 if math.isfinite(effect.high) else effect.high,
    )


def too_few() -> CannotAnswer:
    return CannotAnswer(
        _("There are too few different answers to work this out. Choose another column, or all institutions.")
    )


def figures_of(finding: samples.Finding, *, sign: str) -> tuple[tuple[str, str], ...]:
    degrees = ""
    if finding.df is not None:
        degrees = wording.figure(finding.df, digits=0 if float(finding.df).is_integer() else 1)
        if finding.df_denominator is not None:
            degrees += f"; {wording.figure(finding.df_denominator, digits=1)}"
    effects = [
        (
            str(wording.EFFECTS.get(effect.name.code, effect.name.value)),
            f"{wording.figure(effect.value, digits=3)} ({wording.interval(effect.low, effect.high, digits=3)})",
        )
        for effect in (finding.effect, *finding.further_effects)
    ]
    rows = [
        (_("Test"), str(wording.METHODS.get(finding.method.code, finding.method.value))),
    ]
    if not math.isnan(finding.statistic):
        rows.append((sign, wording.figure(finding.statistic, digits=3)))
    if degrees:
        rows.append((_("Degrees of freedom"), degrees))
    rows.append((_("Chance of this without any link or difference"), wording.chance(finding.p)))
    return (*rows, *effects)


def exact_of(finding: samples.Finding) -> dict[str, Any]:
    return {
        "method": finding.method.code,
        "statistic": None if math.isnan(finding.statistic) else finding.statistic,
        "df": finding.df,
        "p": finding.p,
        "effect": finding.effect.name.code,
        "value": finding.effect.value,
        "statistic_name": finding.statistic_name,
        "df_denominator": finding.df_denominator,
        "low": finding.effect.low,
        "high": finding.effect.high,
        "n": finding.n,
        "missing": finding.missing,
    }
