"""Which rules cannot all be kept, and for whom: by proof where one is at hand, else by trial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, replace
from typing import Any

from iahcalc.teams._conflict import Conflict, Task, proved
from iahcalc.teams._explanation import NOTHING
from iahcalc.teams._model import Person, Rules
from iahcalc.teams._proofs_of_groups import about_groups, about_single_people
from iahcalc.teams._proofs_of_mates import Mates, about_barred, about_mates
from iahcalc.teams._proofs_of_values import about_values
from iahcalc.teams._reasons import Reason
from iahcalc.teams._result import Result, form_teams
from iahcalc.teams._sizes import allowed_sizes, equal_sizes, numbers_of_teams

RULE_OF: Mapping[str, str] = {
    "wrong_size": "sizes",
    "too_few_common_hours": "minimum_common_hours",
    "no_shared_word": "shared",
    "alone": "at_least_two_of",
    "too_many_different": "at_most_different",
    "too_few_different": "at_least_different",
    "not_together": "together",
    "not_apart": "apart",
    "met_before": "not_again",
    "not_in_locked_team": "locked",
    "no_facilitator_left": "facilitators",
    "no_facilitator_hours": "facilitators",
    "no_facilitator_word": "facilitators",
}
"""Code of a violation -> the rule that is broken."""

NUMBERS_TRIED = 4
"""Other numbers of teams that are looked at, the nearest first."""

TRIALS_UP_TO = 200
"""Longer lists are neither formed again to find out, nor looked at with other numbers of teams."""


def conflicts(
    result: Result, *, trials: int = 8, unspoken: AbstractSet[str] = NOTHING
) -> tuple[Conflict, ...]:
    """Return which rules cannot all be kept, for whom, and what to do; nothing when all hold.

    Proofs come first: they hold for any teams of the number and sizes there are; where the limits of the sizes
    leave another number, against which nothing is proved, the last reason names it. For broken rules that no proof
    is about, and up to 200 people, the teams are formed again without one rule after the other, and
    what that shows is called a finding by trial.

    Args:
        result: the teams.
        trials: how often the teams may be formed again; 0 for proofs only.
        unspoken: attributes that are not named; a conflict about one says only which rules it is about.
    """
    if not result.violations:
        return ()
    task = Task(result.everyone, result.problem.rules, [len(team) for team in result.members])
    suspects = _suspects(result)
    proofs = list(_proofs(task, suspects))
    found = [
        _with_another_number(_discreet(conflict, unspoken), number, teams=task.teams)
        for conflict, number in zip(proofs, _other_numbers(task, proofs, suspects), strict=True)
    ]
    left = _uncovered(result, result.violations, found)
    if left:
        found += _trials(result, left, found, trials if len(result.places) <= TRIALS_UP_TO else 0)
    return tuple(found)


def _proofs(task: Task, suspects: Sequence[Person]) -> Iterator[Conflict]:
    rules = task.rules
    smallest, largest = allowed_sizes(len(task.people), task.teams, rules)
    if not smallest * task.teams <= len(task.people) <= largest * task.teams:
        yield proved(
            "sizes_do_not_fit",
            ["sizes"],
            count=len(task.people),
            teams=task.teams,
            low=smallest,
            high=largest,
        )
    single = list(about_single_people(task))
    yield from single
    yield from about_groups(task)
    yield from about_barred(task)
    yield from about_values(task)
    known = {key for conflict in single for key in conflict.people}
    suspects = [person for person in suspects if person.key not in known]
    yield from about_mates(task, Mates(task), suspects, known)
    capacity = sum(one.teams for one in rules.facilitators)
    if rules.facilitators and capacity < task.teams:
        yield proved("too_few_facilitators", ["facilitators"], capacity=capacity, teams=task.teams)


def _other_numbers(
    task: Task, proofs: Sequence[Conflict], suspects: Sequence[Person]
) -> Iterator[int | None]:
    """Yield, for each proof, the nearest number of teams against which the same proofs say nothing of the rules.

    ``None`` where the rules ask for a number, the list is long, or no number nearby is free of it.
    """
    people, rules = len(task.people), task.rules
    if not proofs or rules.teams is not None or people > TRIALS_UP_TO:
        yield from [None] * len(proofs)
        return
    possible = [
        number
        for number in numbers_of_teams(people, rules)
        if number != task.teams and number >= max(rules.locked.values(), default=1)
    ]
    if rules.size_low is None or rules.size_high is None:
        # With one limit only, the number of teams follows from it: there is no choice to speak of.
        possible = []
    nearest = sorted(possible, key=lambda number: (abs(number - task.teams), number))[:NUMBERS_TRIED]
    there = {
        number: list(_proofs(Task(task.everyone, rules, equal_sizes(people, number)), suspects))
        for number in nearest
    }
    for conflict in proofs:
        yield next(
            (number for number in nearest if not any(_same(conflict, other) for other in there[number])), None
        )


def _same(one: Conflict, other: Conflict) -> bool:
    """Tell whether two conflicts have a rule in common, and nobody or somebody in common."""
    apart = one.people and other.people and not set(one.people) & set(other.people)
    return bool(set(one.rules) & set(other.rules)) and not apart


def _with_another_number(conflict: Conflict, number: int | None, *, teams: int) -> Conflict:
    """Say how many teams a proof is about, and with how many others the rules might hold."""
    advice = () if number is None else (Reason("another_number", {"teams": number}, people=conflict.people),)
    return replace(conflict, reasons=(*conflict.reasons, *advice), teams=teams)


def _suspects(result: Result) -> Sequence[Person]:
    """Return the people whom broken rules name, or whose teams break one."""
    found: dict[str, Person] = {}
    for violation in result.violations:
        found |= {person.key: person for person in _concerned(result, violation)}
    return [found[key] for key in sorted(found)]


def _concerned(result: Result, violation: Reason) -> Sequence[Person]:
    named = [result.problem.people[result.position(key)] for key in violation.people]
    own = () if violation.team is None else result.groups[violation.team - 1]
    return [*named, *own]


def _uncovered(result: Result, violations: Sequence[Reason], found: Sequence[Conflict]) -> list[Reason]:
    """Return the broken rules that no conflict found so far is about."""
    return [
        violation
        for violation in violations
        if not any(
            RULE_OF[violation.code] in conflict.rules
            and (
                not conflict.people
                or _counted_in_all_teams(violation, conflict)
                or set(conflict.people) & {person.key for person in _concerned(result, violation)}
            )
            for conflict in found
        )
    ]


def _counted_in_all_teams(violation: Reason, conflict: Conflict) -> bool:
    """Tell whether too few have a value for all teams: the teams that lack it are those without these people."""
    return any(
        reason.code in {"value_too_rare", "value_too_rare_in_pairs"}
        and reason.parameters["attribute"] == violation.parameters.get("attribute")
        for reason in conflict.reasons
    )


def _trials(
    result: Result, left: Sequence[Reason], found: Sequence[Conflict], trials: int
) -> Iterator[Conflict]:
    """Form again with all rules, then without one after the other, until the others hold."""
    rules = result.problem.rules
    broken = tuple(dict.fromkeys(RULE_OF[violation.code] for violation in left))
    people = tuple(sorted({person.key for violation in left for person in _concerned(result, violation)}))
    # The search knows nothing of facilitators: forming again would show nothing about them.
    searched = [rule for rule in broken if rule != "facilitators"]
    if searched and trials > 0:
        if _holds(result, rules, found):
            yield Conflict(broken, people, False, (Reason("can_all_be_kept", {}, people=people),))
            return
        others = [rule for rule in _active(rules) if rule not in searched]
        needless = [
            rule
            for rule in [*searched, *others][: trials - 1]
            if rule != "sizes" and _holds(result, _without(rules, rule), found)
        ]
        if needless:
            reasons = tuple(Reason("without_rule", {"rule": rule}, people=people) for rule in needless)
            yield Conflict(tuple(needless), people, False, reasons)
            return
    yield Conflict(broken, people, False, (Reason("not_proved", {"rules": list(broken)}, people=people),))


def _holds(result: Result, rules: Rules, found: Sequence[Conflict]) -> bool:
    """Tell whether teams formed by these rules break none, but for what is proved impossible."""
    again = form_teams(result.problem.people, rules=replace(rules, facilitators=()), seed=result.seed + 1)
    return not _uncovered(again, again.violations, found)


def _active(rules: Rules) -> list[str]:
    """Return the names of the rules that are set, sizes and facilitators left out."""
    return [name for name in RULE_OF.values() if name in _DEFAULTS and getattr(rules, name)]


def _without(rules: Rules, name: str) -> Rules:
    return replace(rules, **{name: _DEFAULTS[name]})


_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default if field.default is not MISSING else {}
    for field in fields(Rules)
    if field.name in RULE_OF.values() and field.name != "facilitators"
}


def _discreet(conflict: Conflict, unspoken: AbstractSet[str]) -> Conflict:
    """Say of a conflict about an unspoken attribute only which rules it is about."""
    if all(reason.parameters.get("attribute") not in unspoken for reason in conflict.reasons):
        return conflict
    reason = Reason("not_told_in_detail", {"rules": list(conflict.rules)})
    return Conflict(conflict.rules, (), conflict.proved, (reason,))
