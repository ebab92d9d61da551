"""What figures of the index say, in words that a dean reads at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biosint.indicators.api import Indicator, IndicatorKind, Missing, Reading
from biosint.shared.charts.described import figure as written
from biosint.shared.words import in_language
from biosint.situation.models import FormerValue, Round, Value
from biosint.situation.queries.index import Comparison
from biosint.situation.queries.standing import Ranked
from iahcalc.maturity import IndexChange, Standing
from iahcalc.samples import Effect, EffectName, Finding

MISSING_WORDS = {
    Missing.NOT_ANSWERED: gettext_lazy("not answered"),
    Missing.BASE_UNKNOWN: gettext_lazy("not known: the lower number is missing"),
}
# Usual reading of standardised differences (Cohen): below .2 hardly any, then small, middle, large.
SMALL, MIDDLE, LARGE = 0.2, 0.5, 0.8


def figure(indicator: Indicator, reading: Reading) -> str:
    """Return the figure of an indicator as a person reads it; a missing one says why."""
    if reading.figure is None:
        return str(MISSING_WORDS[reading.missing or Missing.NOT_ANSWERED])
    if indicator.kind == IndicatorKind.YES_NO:
        return _("Yes") if reading.figure else _("No")
    if indicator.kind == IndicatorKind.LEVEL:
        level = int(reading.figure)
        return f"{level}: {in_language(indicator.levels[level]).text}"
    parts = _("%(part)s of %(whole)s") % {
        "part": _short(reading.numerator),
        "whole": _short(reading.denominator),
    }
    unit = in_language(indicator.unit).text
    return f"{written(float(reading.figure), digits=1)} {unit} ({parts})"


def _short(number: Decimal | None) -> str:
    if number is None:
        return "–"
    return written(float(number), digits=0 if number == number.to_integral_value() else 1)


def proof(value: Value | None) -> str:
    return value.evidence_url if value else ""


def conflict(value: Value) -> str:
    """Say who saved what while the reader was typing."""
    at = timezone.localtime(value.filled_at)
    return _(
        "%(person)s saved “%(figure)s” at %(time)s while you were typing. "
        "Your own figure is below: save again to put it in the place of theirs, or type theirs."
    ) % {"person": value.filled_by, "figure": typed(value), "time": f"{at:%H:%M}"}


def typed(value: Value | FormerValue) -> str:
    """Return what somebody typed, as typed."""
    if value.answer is not None:
        return _short(value.answer)
    if value.numerator is None and value.denominator is None:
        return _("nothing")
    return f"{_short(value.numerator)} / {_short(value.denominator)}"


def signed(points: float | None) -> str:
    """Return a change in points with its sign."""
    if points is None:
        return "–"
    words = written(points, digits=1)
    return f"+{words}" if points > 0 else words


def own_change(before: Round, change: IndexChange) -> str:
    """One sentence on one institution's change since an earlier round."""
    if change.change is None or change.low is None or change.high is None:
        return _("Too little was answered in both rounds to tell a change since “%(round)s”.") % {
            "round": before
        }
    return _(
        "Since “%(round)s”, over the indicators answered in both rounds: %(change)s points "
        "(95 %% interval %(low)s to %(high)s)."
    ) % {
        "round": before,
        "change": signed(change.change),
        "low": signed(change.low),
        "high": signed(change.high),
    }


def p_value(p: float) -> str:
    """Return a probability that stays in one line and is never written as nought."""
    if p < 0.001:
        return f"p\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}{written(0.001, digits=3)}"
    return f"p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{written(p, digits=3)}"


def finding(compared: Comparison) -> list[str]:
    """What two rounds say about all institutions together, from the plainest sentence to the test."""
    gains = compared.gains
    if gains is None:
        return [_("At least two institutions need an index in both rounds before they can be compared.")]
    told = [_in_one_sentence(compared)]
    if gains.means is not None:
        told.append(_of_the_test(gains.means, len(gains.institutions)))
    else:
        told.append(_("All institutions changed by the same amount, so no test of the mean is possible."))
    if gains.ranks is not None:
        told.append(
            _("Wilcoxon's test of the ranks, which does not need normal changes, gives %(p)s.")
            % {"p": p_value(gains.ranks.p)}
        )
    lost = [pair.name for pair in compared.pairs if pair.change is not None and pair.change < 0]
    if lost:
        told.append(_("Lower than before: %(names)s.") % {"names": ", ".join(lost)})
    gone = [pair.name for pair in compared.pairs if pair.change is None]
    if gone:
        told.append(
            _("Left out, because one of the two rounds gave no index: %(names)s.")
            % {"names": ", ".join(gone)}
        )
    if not compared.same_bank:
        told.append(_("The two rounds asked different indicators. Read the change with care."))
    return told


def headline(compared: Comparison) -> str:
    """The finding in one line, for the chart."""
    gains = compared.gains
    if gains is None:
        return _("The index before and after")
    count = len(gains.institutions)
    rose = sum(1 for pair in compared.pairs if pair.change is not None and pair.change > 0)
    return ngettext(
        "The index rose at %(rose)s of %(count)s institution",
        "The index rose at %(rose)s of %(count)s institutions",
        count,
    ) % {"rose": rose, "count": count}


def _in_one_sentence(compared: Comparison) -> str:
    gains = compared.gains
    if gains is None:
        return ""
    interval = _mean_gain(gains.means)
    told = {
        "before_round": compared.before,
        "after_round": compared.after,
        "before": written(gains.before, digits=1),
        "after": written(gains.after, digits=1),
        "gain": signed(gains.gain),
        "low": signed(interval.low) if interval else "–",
        "high": signed(interval.high) if interval else "–",
    }
    return (
        _(
            "From “%(before_round)s” to “%(after_round)s” the mean index went from %(before)s to %(after)s points: "
            "%(gain)s points, with a 95 %% interval from %(low)s to %(high)s."
        )
        % told
    )


def _mean_gain(found: Finding | None) -> Effect | None:
    """The mean change with its interval, out of a paired test."""
    if found is None:
        return None
    return next((one for one in found.further_effects if one.name is EffectName.MEAN_DIFFERENCE), None)


def _of_the_test(found: Finding, institutions: int) -> str:
    size = abs(found.effect.value)
    words = (
        _("hardly any change beside the differences between institutions")
        if size < SMALL
        else _("a small change beside the differences between institutions")
        if size < MIDDLE
        else _("a middling change beside the differences between institutions")
        if size < LARGE
        else _("a large change beside the differences between institutions")
    )
    chance = (
        _("So large a mean change would hardly come about by chance alone")
        if found.p < 0.05
        else _("A mean change of this size could also come about by chance")
    )
    return _(
        "%(chance)s (paired t-test over %(count)s institutions: t = %(t)s, %(df)s degrees of freedom, %(p)s). "
        "The effect size d is %(d)s (interval %(low)s to %(high)s): %(words)s."
    ) % {
        "chance": chance,
        "count": institutions,
        "t": written(found.statistic, digits=2),
        "df": written(found.df, digits=0),
        "p": p_value(found.p),
        "d": written(found.effect.value, digits=2),
        "low": written(found.effect.low, digits=2),
        "high": written(found.effect.high, digits=2),
        "words": words,
    }


def step(indicator: Indicator, figure: float) -> str:
    """Return one end of a step in the unit of its indicator."""
    if indicator.kind == IndicatorKind.YES_NO:
        return _("Yes") if figure else _("No")
    if indicator.kind == IndicatorKind.LEVEL:
        return f"{int(figure)}: {in_language(indicator.levels[int(figure)]).text}"
    return f"{written(figure, digits=1)} {in_language(indicator.unit).text}"


def of_dimensions(compared: Comparison, names: Mapping[str, str]) -> str:
    """One sentence on which dimensions changed beyond chance, after the correction for their number."""
    tested = [row for row in compared.dimensions if row.adjusted_p is not None]
    if not tested:
        return _("No dimension could be tested: too few institutions have one in both rounds.")
    told = {"count": len(tested)}
    clear = [names.get(row.code, row.code) for row in tested if (row.adjusted_p or 0) < 0.05]
    if not clear:
        return (
            _(
                "Of %(count)s dimensions none changed beyond what chance would explain (Holm's correction over all)."
            )
            % told
        )
    return _(
        "Of %(count)s dimensions these changed beyond what chance would explain (Holm's correction over all): %(names)s."
    ) % {**told, "names": ", ".join(clear)}


def of_order(ranked: Sequence[Ranked]) -> str:
    """One sentence on how firm an order is."""
    if not ranked:
        return _("At least two institutions need every dimension before they stand in an order.")
    firm = sum(1 for row in ranked if row.rank.low == row.rank.high)
    if firm == len(ranked):
        return _("The order stands: no institution changes its place under other weights.")
    if not firm:
        return _("No place is certain: under other weights every institution could stand elsewhere.")
    return ngettext(
        "Only %(firm)s of %(count)s places stands under other weights; read the others as groups.",
        "Only %(firm)s of %(count)s places stand under other weights; read the others as groups.",
        firm,
    ) % {"firm": firm, "count": len(ranked)}


def of_standing(found: Standing) -> str:
    """One sentence on where an institution stands among unnamed others."""
    told = {
        "value": written(found.value, digits=1),
        "median": written(found.median, digits=1),
        "low": written(found.lower_quartile, digits=1),
        "high": written(found.upper_quartile, digits=1),
        "peers": found.peers,
    }
    if found.value >= found.upper_quartile:
        where = _("in the upper quarter")
    elif found.value >= found.median:
        where = _("in the upper half")
    elif found.value >= found.lower_quartile:
        where = _("in the lower half")
    else:
        where = _("in the lower quarter")
    return _(
        "With %(value)s points it stands %(where)s. Half of the %(peers)s others have %(median)s points or more; "
        "the middle half lies between %(low)s and %(high)s."
    ) % {**told, "where": where}
