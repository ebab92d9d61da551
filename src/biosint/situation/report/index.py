"""The index in a report: every institution, its dimensions, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.shared import charts
from biosint.shared.words import in_language
from biosint.situation import wording
from biosint.situation.report.gathering import IndexTold, Told
from biosint.situation.report.numbering import Numbering
from iahcalc.samples import EffectName

if TYPE_CHECKING:
    from biosint.situation.models import Participation
    from biosint.situation.queries.index import Comparison

NOTHING = "–"
MOST_STEPS = 8


def parts(told: Told, number: Numbering) -> list[papers.Part]:
    """Return the section on the index; nothing without a round."""
    index, one = told.index, told.report.round
    if index is None or one is None:
        return []
    found = [
        papers.heading(_("Index of internationalisation at home"), level=3, anchor="index"),
        number.table(
            _("Index by institution, “%(round)s”") % {"round": one},
            (_("Institution"), _("Index"), _("95 % interval"), _("Indicators answered")),
            [_standing(part, len(index.indicators)) for part in index.participations],
        ),
    ]
    known = [part for part in index.participations if part.index is not None]
    if known:
        found.append(number.drawing(_standings_chart(str(one), known)))
    own = told.report.institution
    shown = [part for part in index.participations if own is None or part.institution_id == own.pk]
    found.append(_dimensions(index, shown, number))
    if index.comparison is not None:
        found += _change(index.comparison, number)
    return [*found, *_place(index), *_raising(index, number)]


def _place(index: IndexTold) -> list[papers.Part]:
    """Where the institution stands among others that nobody names."""
    stands = index.benchmark.standing if index.benchmark is not None else None
    if stands is None:
        return []
    return [
        papers.plain(
            _(
                "Among %(peers)s others measured in the same way, which nobody names, half have %(median)s points or more; the middle half lies between %(low)s and %(high)s. This institution has %(value)s."
            )
            % {
                "peers": stands.peers,
                "median": wording.figure(stands.median, digits=1),
                "low": wording.figure(stands.lower_quartile, digits=1),
                "high": wording.figure(stands.upper_quartile, digits=1),
                "value": wording.figure(stands.value, digits=1),
            }
        )
    ]


def _raising(index: IndexTold, number: Numbering) -> list[papers.Part]:
    """What one realistic step on each indicator would bring, the largest gain first."""
    steps = [step for step in index.raising.steps if step.step.gain is not None] if index.raising else []
    if not steps:
        return []
    return [
        number.table(
            _("What would raise the index most: one realistic step, everything else unchanged"),
            (_("Indicator"), _("Dimension"), _("Gain in points")),
            [
                (
                    f"{one.indicator.code} {in_language(one.indicator.title).text}",
                    in_language(one.indicator.dimension.title).text,
                    signed(one.step.gain or 0.0),
                )
                for one in steps[:MOST_STEPS]
            ],
        )
    ]


def _standing(part: Participation, asked: int) -> tuple[str, ...]:
    answered = NOTHING if part.answered is None else f"{part.answered} / {asked}"
    if part.index is None or part.low is None or part.high is None:
        return (part.institution.short_name, NOTHING, _("too little was answered"), answered)
    return (
        part.institution.short_name,
        wording.figure(part.index, digits=1),
        f"{wording.figure(part.low, digits=1)} – {wording.figure(part.high, digits=1)}",
        answered,
    )


def _standings_chart(name: str, known: list[Participation]) -> charts.Chart:
    ordered = sorted(known, key=lambda part: -(part.index or 0))
    return charts.dots_with_intervals(
        title=_("“%(round)s”: from %(lowest)s to %(highest)s points")
        % {
            "round": name,
            "lowest": wording.figure(ordered[-1].index or 0, digits=0),
            "highest": wording.figure(ordered[0].index or 0, digits=0),
        },
        description=_("Index of internationalisation at home, 0 to 100 points."),
        rows=[charts.Dot(part.institution.short_name, part.index, part.low, part.high) for part in ordered],
        digits=1,
        interval_label=_("95 % interval: how much the index depends on which indicators were asked"),
    )


def _dimensions(index: IndexTold, shown: list[Participation], number: Numbering) -> papers.Part:
    values: list[dict[str, Any]] = [{side["code"]: side for side in part.dimensions} for part in shown]
    return number.table(
        _("Dimensions of the index, points from 0 to 100"),
        (_("Dimension"), *(part.institution.short_name for part in shown)),
        [
            (
                in_language(one.title).text,
                *(_points(sides.get(one.code, {}).get("value")) for sides in values),
            )
            for one in index.dimensions
        ],
    )


def _points(value: float | None) -> str:
    return NOTHING if value is None else wording.figure(value, digits=1)


def _change(compared: Comparison, number: Numbering) -> list[papers.Part]:
    rows = [
        (
            pair.name,
            _points(pair.before.index if pair.before else None),
            _points(pair.after.index if pair.after else None),
            NOTHING if pair.change is None else signed(pair.change),
        )
        for pair in compared.pairs
    ]
    found = [
        number.table(
            _("Change between “%(before)s” and “%(after)s”")
            % {"before": compared.before, "after": compared.after},
            (_("Institution"), _("Before"), _("After"), _("Change in points")),
            rows,
        )
    ]
    known = [pair for pair in compared.pairs if pair.change is not None]
    if known:
        found.append(
            number.drawing(
                charts.slopes(
                    title=_("%(risen)s of %(all)s institutions rose")
                    % {"risen": sum((pair.change or 0) > 0 for pair in known), "all": len(known)},
                    description=_("Index of internationalisation at home, 0 to 100 points."),
                    rows=[
                        charts.Slope(pair.name, pair.before.index, pair.after.index)
                        for pair in known
                        if pair.before is not None
                        and pair.after is not None
                        and pair.before.index is not None
                        and pair.after.index is not None
                    ],
                    before_label=str(compared.before),
                    after_label=str(compared.after),
                )
            )
        )
    found.append(papers.plain(change_sentence(compared)))
    if not compared.same_bank:
        found.append(
            papers.note(
                _(
                    "The two rounds asked different indicators. Part of the change may come from that; compare single indicators with the same code."
                )
            )
        )
    return found


def change_sentence(compared: Comparison) -> str:
    """Return what the paired test over the institutions says."""
    gains = compared.gains
    if gains is None:
        return _("Fewer than two institutions have an index in both rounds, so no test was made.")
    figures = {
        "before": wording.figure(gains.before, digits=1),
        "after": wording.figure(gains.after, digits=1),
        "gain": signed(gains.gain),
        "number": len(gains.institutions),
    }
    if gains.means is None:
        return (
            _(
                "The mean index went from %(before)s to %(after)s (%(gain)s points, %(number)s institutions). All changed by the same, so no test was made."
            )
            % figures
        )
    means = gains.means
    mean = next(
        (each for each in means.further_effects if each.name is EffectName.MEAN_DIFFERENCE), means.effect
    )
    figures |= {
        "low": signed(mean.low),
        "high": signed(mean.high),
        "t": wording.figure(means.statistic),
        "df": wording.figure(means.df or 0, digits=0),
        "p": wording.chance(means.p),
        "d": wording.figure(means.effect.value),
    }
    return (
        _(
            "The mean index went from %(before)s to %(after)s: %(gain)s points (95 %% interval %(low)s to %(high)s; paired t = %(t)s, %(df)s degrees of freedom, %(p)s; d = %(d)s; %(number)s institutions)."
        )
        % figures
    )


def signed(points: float) -> str:
    """Return a change in points with its sign."""
    shown = wording.figure(points, digits=1)
    return f"+{shown}" if points > 0 else shown
