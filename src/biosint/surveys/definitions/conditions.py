"""Reads conditions and finds those that can never be fulfilled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from biosint.surveys.conditions import Condition, Test, Verb
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
    joint, tests = next(iter(body.items()))
    return Condition(
        tests=tuple(_test(mapping(entry, where), where) for entry in filled_list(tests, where)),
        any_holds=joint == "any",
    )


def _test(entry: Mapping[str, Any], where: str) -> Test:
    verbs = [verb for verb in Verb if verb.value in entry]
    if len(verbs) != 1 or not entry.get("question"):
        raise DefinitionFault(
            _("%(where)s: a test names one earlier question and one of %(verbs)s.")
            % {"where": where, "verbs": ", ".join(Verb)}
        )
    raw = entry[verbs[0].value]
    values = tuple(_value(value) for value in (raw if isinstance(raw, list | tuple) else [raw]))
    if not values or (verbs[0] in _LIMITS and len(values) != 1):
        raise DefinitionFault(
            _("%(where)s: “%(verb)s” needs a value.") % {"where": where, "verb": verbs[0].value}
        )
    return Test(code=str(entry["question"]), verb=verbs[0], values=values)


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
    for test in condition.tests:
        column = earlier.get(test.code)
        if column is None:
            raise DefinitionFault(
                _("%(where)s depends on “%(code)s”, which is no question that surely comes before it.")
                % {"where": where, "code": test.code}
            )
        if test.verb not in _FITTING.get(column.kind, ()):
            raise DefinitionFault(
                _("%(where)s: “%(verb)s” cannot be asked of “%(code)s” (%(kind)s).")
                % {"where": where, "verb": test.verb.value, "code": test.code, "kind": column.kind.label}
            )
        for value in test.values:
            _check_value(value, column, test, where)
    if not condition.any_holds:
        _check_together([condition], earlier, where)


def _check_value(value: Any, column: Column, test: Test, where: str) -> None:
    match column.kind:
        case ColumnKind.SINGLE | ColumnKind.MULTIPLE:
            fits = value in {option.code for option in column.options}
        case ColumnKind.DATE:
            fits = isinstance(value, str) and _is_day(value)
        case _:
            fits = isinstance(value, int | float) and _within(value, column, test.verb)
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
    """Find tests of one question that exclude each other. Only tests that must all hold are looked at."""
    by_code: dict[str, list[Test]] = {}
    for condition in conditions:
        if not condition.any_holds or len(condition.tests) == 1:
            for test in condition.tests:
                by_code.setdefault(test.code, []).append(test)
    for code, tests in by_code.items():
        column = earlier[code]
        if not any(_possible(answer, tests) for answer in _answers_to_try(column, tests)):
            raise DefinitionFault(
                _("%(where)s is never shown: its conditions on “%(code)s” exclude each other.")
                % {"where": where, "code": code}
            )


def _possible(answer: Any, tests: list[Test]) -> bool:
    return all(test.holds({test.code: answer}) for test in tests)


def _answers_to_try(column: Column, tests: list[Test]) -> Iterator[Any]:
    """Yield answers of which one fulfils the tests if any does."""
    named = [value for test in tests for value in test.values]
    match column.kind:
        case ColumnKind.SINGLE:
            yield from (option.code for option in column.options)
        case ColumnKind.MULTIPLE:
            refused = {value for test in tests if test.verb == Verb.NOT_CHOSEN for value in test.values}
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
