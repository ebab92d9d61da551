"""Reads conditions and finds those that can never be fulfilled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from biosint.surveys.conditions import Clause, Condition, Verb
from biosint.surveys.definitions.plain import DefinitionFault, filled_list, mapping
from biosint.surveys.states import ColumnKind

if TYPE_CHECKING:
    from biosint.surveys.columns import Column
    from biosint.surveys.definitions.content import Definition

_LIMITS = frozenset({Verb.AT_LEAST, Verb.AT_MOST})
_FITTING = {
    ColumnKind.SINGLE: frozenset({Verb.IS, Verb.IS_NOT}),
    ColumnKind.MULTIPLE: frozenset({Verb.CHOSEN, Verb.NOT_CHOSEN}),
    ColumnKind.POINT: frozenset({Verb.IS, Verb.IS_NOT, *_LIMITS}),
    ColumnKind.NUMBER: frozenset({Verb.IS, Verb.IS_NOT, *_LIMITS}),
    ColumnKind.DATE: _LIMITS,
}


def read_condition(raw: Any, where: str) -> Condition | None:
    """Read ``shown_if``; nothing means always shown."""
    if not raw:
        return None
    body = mapping(raw, where)
    if len(body) != 1 or not body.keys() <= {"all", "any"}:
        raise DefinitionFault(
            _("%(where)s: a condition is a list under “all” or under “any”.") % {"where": where}
        )
    joint, clauses = next(iter(body.items()))
    return Condition(
        clauses=tuple(_clause(mapping(entry, where), where) for entry in filled_list(clauses, where)),
        any_holds=joint == "any",
    )


def _clause(entry: Mapping[str, Any], where: str) -> Clause:
    verbs = [verb for verb in Verb if verb.value in entry]
    if len(verbs) != 1 or not entry.get("question"):
        raise DefinitionFault(
            _("%(where)s: a clause names one earlier question and one of %(verbs)s.")
            % {"where": where, "verbs": ", ".join(Verb)}
        )
    raw = entry[verbs[0].value]
    values = tuple(_value(value) for value in (raw if isinstance(raw, list | tuple) else [raw]))
    if not values or (verbs[0] in _LIMITS and len(values) != 1):
        raise DefinitionFault(
            _("%(where)s: “%(verb)s” needs a value.") % {"where": where, "verb": verbs[0].value}
        )
    return Clause(code=str(entry["question"]), verb=verbs[0], values=values)


def _value(value: Any) -> Any:
    # YAML reads yes, no and days by itself; answers know only words and numbers.
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def check_conditions(definition: Definition) -> None:
    """See that every condition asks something earlier that can come true.

    Raises:
        DefinitionFault: it asks something later, unknown, unfitting or impossible.
    """
    earlier: dict[str, Column] = {}
    for section_place, section in enumerate(definition.sections, 1):
        where = _("Section %(number)s") % {"number": section_place}
        if section.shown_if is not None:
            if section_place == 1:
                raise DefinitionFault(_("The first section is always shown: it asks for consent."))
            _check_condition(section.shown_if, earlier, where)
        # In a random order nobody knows which question of the section comes first.
        here: dict[str, Column] = {}
        for question in section.questions:
            if question.shown_if is not None:
                name = _("Question “%(code)s”") % {"code": question.code}
                known = earlier if section.random_order else {**earlier, **here}
                both = (section.shown_if, question.shown_if)
                _check_condition(question.shown_if, known, name)
                _check_together([part for part in both if part], known, name)
            here.update({column.code: column for column in question.columns()})
        earlier.update(here)


def _check_condition(condition: Condition, earlier: Mapping[str, Column], where: str) -> None:
    for clause in condition.clauses:
        column = earlier.get(clause.code)
        if column is None:
            raise DefinitionFault(
                _("%(where)s depends on “%(code)s”, which is no question that surely comes before it.")
                % {"where": where, "code": clause.code}
            )
        if clause.verb not in _FITTING.get(column.kind, ()):
            raise DefinitionFault(
                _("%(where)s: “%(verb)s” cannot be asked of “%(code)s” (%(kind)s).")
                % {"where": where, "verb": clause.verb.value, "code": clause.code, "kind": column.kind.label}
            )
        for value in clause.values:
            _check_value(value, column, clause, where)
    if not condition.any_holds:
        _check_together([condition], earlier, where)


def _check_value(value: Any, column: Column, clause: Clause, where: str) -> None:
    match column.kind:
        case ColumnKind.SINGLE | ColumnKind.MULTIPLE:
            fits = value in {option.code for option in column.options}
        case ColumnKind.DATE:
            fits = isinstance(value, str) and _is_day(value)
        case _:
            fits = isinstance(value, int | float) and _within(value, column, clause.verb)
    if not fits:
        raise DefinitionFault(
            _("%(where)s waits for “%(value)s” of “%(code)s”, which nobody can answer.")
            % {"where": where, "value": value, "code": column.code}
        )


def _within(value: float, column: Column, verb: Verb) -> bool:
    low = float("-inf") if column.least is None else column.least
    high = float("inf") if column.most is None else column.most
    if verb == Verb.AT_LEAST:
        return value <= high
    if verb == Verb.AT_MOST:
        return value >= low
    return low <= value <= high


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _check_together(conditions: list[Condition], earlier: Mapping[str, Column], where: str) -> None:
    """Find clauses of one question that exclude each other. Only clauses that must all hold are looked at."""
    by_code: dict[str, list[Clause]] = {}
    for condition in conditions:
        if not condition.any_holds or len(condition.clauses) == 1:
            for clause in condition.clauses:
                by_code.setdefault(clause.code, []).append(clause)
    for code, clauses in by_code.items():
        column = earlier[code]
        if not any(_possible(answer, clauses) for answer in _answers_to_try(column, clauses)):
            raise DefinitionFault(
                _("%(where)s is never shown: its conditions on “%(code)s” exclude each other.")
                % {"where": where, "code": code}
            )


def _possible(answer: Any, clauses: list[Clause]) -> bool:
    return all(clause.holds({clause.code: answer}) for clause in clauses)


def _answers_to_try(column: Column, clauses: list[Clause]) -> Iterator[Any]:
    """Yield answers of which one fulfils the clauses if any does."""
    named = [value for clause in clauses for value in clause.values]
    match column.kind:
        case ColumnKind.SINGLE:
            yield from (option.code for option in column.options)
        case ColumnKind.MULTIPLE:
            refused = {
                value for clause in clauses if clause.verb == Verb.NOT_CHOSEN for value in clause.values
            }
            yield [option.code for option in column.options if option.code not in refused]
        case ColumnKind.POINT:
            yield from range(int(column.least or 0), int(column.most or 0) + 1)
        case ColumnKind.DATE:
            yield from named
        case _:
            low = [column.least] if column.least is not None else []
            high = [column.most] if column.most is not None else []
            ends = [*named, *low, *high]
            # Between two limits there is always a number that is none of the refused ones.
            tried = sorted({*ends, *(end + 1e-6 for end in ends), *(end - 1e-6 for end in ends)})
            yield from (value for value in tried if _within_both(value, column))


def _within_both(value: float, column: Column) -> bool:
    return (column.least is None or value >= column.least) and (column.most is None or value <= column.most)
