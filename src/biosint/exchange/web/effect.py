"""What a plan would lead to, in words and bars: each wish against what is possible, each rule held or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.exchange.operations import is_spoken
from biosint.exchange.plans import UNSPOKEN, Plan
from biosint.exchange.web import drawings, wording
from biosint.exchange.web.forms.teams import NAMES, WORD_KINDS
from biosint.exchange.web.wording_of_conflicts import conflict_words
from iahcalc import teams

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from biosint.exchange.seating import Judged
    from biosint.shared.verdicts import Sentence

KINDS = dict(WORD_KINDS)
NAMED = 3  # of one kind, told one by one; the others are counted


@dataclass(frozen=True, slots=True)
class WishShown:
    """One wish over all teams, in percent of what a team could reach at best."""

    name: Sentence
    kind: Sentence
    mean: int
    worst: int
    bound: int
    bar: SafeString
    now: int | None


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule of the plan; ``broken`` tells where it does not hold. ``is_told``: whether it may be said."""

    name: Sentence
    is_told: bool = True
    broken: list[str] = field(default_factory=list)
    more: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Teams that a plan would form, or that stand, as a whole."""

    sizes: str
    teams: int
    mean: int
    worst: int
    now_mean: int | None
    now_worst: int | None
    wishes: list[WishShown]
    rules: list[RuleShown]
    # Why some rules cannot hold in so many teams of these sizes, as far as it can be proved.
    conflicts: list[str]

    @property
    def broken(self) -> int:
        return sum(1 for rule in self.rules if rule.broken)


def percent(share: float) -> int:
    """Return a share as a whole percentage; only what is complete is 100."""
    return 100 if share >= 1 else min(99, round(100 * share))


def effect_of(judged: Judged, plan: Plan, *, now: Judged | None, people: int) -> Effect:
    """Describe the teams. ``now``: those that stand, to compare with. ``people``: learners who need a team."""
    result = judged.result
    before = {(one.wish.attribute, one.wish.kind): one.mean for one in now.result.wishes} if now else {}
    scores = [team.score for team in result.teams]
    now_scores = [team.score for team in now.result.teams] if now else []
    return Effect(
        sizes=_sizes(result, people),
        teams=len(result.teams),
        mean=percent(sum(scores) / len(scores)),
        worst=percent(min(scores)),
        now_mean=percent(sum(now_scores) / len(now_scores)) if now_scores else None,
        now_worst=percent(min(now_scores)) if now_scores else None,
        wishes=[
            WishShown(
                name=NAMES[one.wish.attribute],
                kind=KINDS[one.wish.kind],
                mean=percent(one.mean),
                worst=percent(one.worst),
                bound=percent(one.bound),
                bar=drawings.wish_bar(mean=one.mean, worst=one.worst, bound=one.bound),
                now=percent(before[one.wish.attribute, one.wish.kind])
                if (one.wish.attribute, one.wish.kind) in before
                else None,
            )
            for one in result.wishes
        ],
        rules=rules_of(judged, plan),
        conflicts=list(_conflicts(result)),
    )


def _conflicts(result: teams.Result) -> Iterator[str]:
    """Yield what is proved to hinder, kind by kind: the first few in full, the others counted."""
    alike: dict[tuple[str, ...], list[teams.Conflict]] = defaultdict(list)
    # Proofs only: trials form teams again and again, and this must come at once.
    for conflict in teams.conflicts(result, trials=0):
        # That a rule about something confided cannot hold tells how many wrote what.
        if conflict.proved and all(map(is_spoken, conflict.reasons)):
            alike[tuple(reason.code for reason in conflict.reasons) or conflict.rules].append(conflict)
    for found in alike.values():
        for conflict in found[:NAMED]:
            yield from conflict_words(conflict)
        rest = len(found) - NAMED
        if rest > 0:
            yield ngettext("… and so for %(count)s more.", "… and so for %(count)s more.", rest) % {
                "count": rest
            }


def _sizes(result: teams.Result, people: int) -> str:
    sizes = sorted({len(team.people) for team in result.teams})
    number = len(result.teams)
    shown = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]}–{sizes[-1]}"
    return ngettext(
        "%(people)s learners in %(count)s team of %(sizes)s",
        "%(people)s learners in %(count)s teams of %(sizes)s",
        number,
    ) % {"people": people, "count": number, "sizes": shown}


def rules_of(judged: Judged, plan: Plan) -> list[RuleShown]:
    """Return every rule of the plan, with where it does not hold and for whom."""
    found = list(judged.result.violations)
    names = {int(person.key): person.name for person in judged.result.problem.people}
    shown = []
    for name, is_about, is_told in _asked(plan):
        if not is_told:
            # Whether it holds would tell, team by team, what somebody wrote in confidence.
            shown.append(RuleShown(name, is_told=False))
            continue
        broken = [reason for reason in found if is_about(reason)]
        first = [told(reason, judged, names) for reason in broken[:NAMED]]
        rest = len(broken) - len(first)
        more = ngettext("and in %(count)s more place", "and in %(count)s more places", rest) % {"count": rest}
        shown.append(RuleShown(name, broken=first, more=more if rest else ""))
    return shown


About = Callable[[teams.Reason], bool]


def _asked(plan: Plan) -> list[tuple[Sentence, About, bool]]:
    """Return each rule of the plan: its name, which broken rules are about it, and whether it may be told."""
    low, high = plan.size_low, plan.size_high
    size = f"{low}" if low == high else f"{low}–{high}"
    rules: list[tuple[Sentence, About, bool]] = [
        (_("Teams of %(size)s, or as near as can be") % {"size": size}, _coded("wrong_size"), True)
    ]
    if plan.common_hours:
        name = _("At least %(hours)s common hours a week") % {"hours": f"{plan.common_hours:g}"}
        rules.append((name, _coded("too_few_common_hours"), True))
    rules += [
        (
            _("Nobody alone: %(attribute)s") % {"attribute": NAMES[attribute]},
            _alone(attribute),
            attribute not in UNSPOKEN,
        )
        for attribute in plan.nobody_alone
    ]
    if plan.two_countries:
        rules.append((_("At least two countries in every team"), _coded("too_few_different"), True))
    if plan.institutions_at_most:
        name = _("At most %(limit)s institutions in a team") % {"limit": plan.institutions_at_most}
        rules.append((name, _coded("too_many_different"), True))
    if plan.shared_level:
        name = _("One language that all speak at %(level)s") % {"level": plan.shared_level}
        rules.append((name, _coded("no_shared_word"), True))
    if plan.not_again:
        rules.append((_("Not the same team-mates as last time"), _coded("met_before"), True))
    if plan.facilitators:
        rules.append(
            (
                _("A teacher for every team"),
                _coded("no_facilitator_left", "no_facilitator_hours", "no_facilitator_word"),
                True,
            )
        )
    return rules


def _coded(*codes: str) -> About:
    return lambda reason: reason.code in codes


def _alone(attribute: str) -> About:
    return lambda reason: reason.code == "alone" and reason.parameters["attribute"] == attribute


def told(reason: teams.Reason, judged: Judged, names: dict[int, str]) -> str:
    """Return a broken rule as “Team 3: …”."""
    people = [int(key) for key in reason.people if key.isdecimal()]
    said = wording.said_of(reason.code, reason.parameters, people, names)
    text = said.text if said else reason.english
    if reason.team is None:
        return text
    return _("Team %(number)s: %(text)s") % {"number": judged.number(reason.team), "text": text}
