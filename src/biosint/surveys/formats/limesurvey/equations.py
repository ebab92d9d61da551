"""LimeSurvey's relevance equations of the simple kind, and our conditions, each from the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from biosint.surveys.conditions import Clause, Condition, Verb


class NotCarried(Exception):
    """The equation says more than a condition can."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name in an equation means: a column, or one option of it.

    ``values`` turns the codes of LimeSurvey into ours; without any the answer is a number or a day.
    """

    code: str
    option: str = ""
    values: Mapping[str, str] | None = None
    is_whole: bool = False
    is_day: bool = False
    shift: int = 0  # added to a number of LimeSurvey gives ours


_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<number>\d+(?:\.\d+)?)(?![\w.])|(?P<name>[A-Za-z_0-9][\w.]*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||[<>!(),=]))"
)
_SIGNS = {
    "eq": "==",
    "=": "==",
    "ne": "!=",
    "ge": ">=",
    "le": "<=",
    "gt": ">",
    "lt": "<",
    "and": "&&",
    "or": "||",
}
_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
_SUFFIX = re.compile(r"\.(?:NAOK|code|value|valueNAOK|shown)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Answered:
    """Something was answered. Every test of ours says so already."""

    code: str


_Part = Clause | _Answered


def condition_of(equation: str, names: Mapping[str, Named]) -> tuple[dict[str, Any] | None, bool]:
    """Return the condition an equation means, as a definition writes it, and whether it is exact.

    It is not exact where LimeSurvey also shows the question to people who left the other one empty.

    Raises:
        NotCarried: it is not of the simple kind.
    """
    equation = equation.strip().removeprefix("{").removesuffix("}").strip()
    if equation in {"", "1"}:
        return None, True
    reader = _Equation(equation, names)
    joint, parts = reader.whole()
    tests = [part for part in parts if isinstance(part, Clause)]
    asked = {test.code for test in tests}
    answered = [part for part in parts if isinstance(part, _Answered)]
    for part in answered:
        if part.code not in asked or joint == "any":
            known = next(
                (named for named in names.values() if named.code == part.code and named.values), None
            )
            if known is None or known.option or known.values is None:
                raise NotCarried(equation)
            tests.append(Clause(part.code, Verb.IS, tuple(known.values.values())))
    if not tests:
        raise NotCarried(equation)
    negative = {test.code for test in tests if test.verb in {Verb.IS_NOT, Verb.NOT_CHOSEN}}
    exact = negative <= reader.surely_answered
    return Condition(tuple(tests), any_holds=joint == "any" and len(tests) > 1).as_json(), exact


class _Equation:
    """Reads an equation by descending: or, and, not, comparison."""

    def __init__(self, equation: str, names: Mapping[str, Named]) -> None:
        self.equation = equation
        self.names = {name.casefold(): named for name, named in names.items()}
        self.tokens = list(self._cut(equation))
        self.place = 0
        self.surely_answered: set[str] = set()

    def _cut(self, equation: str) -> Iterator[tuple[str, str]]:
        position = 0
        while position < len(equation.rstrip()):
            match = _TOKEN.match(equation, position)
            if match is None:
                raise NotCarried(equation)
            position = match.end()
            kind, words = next((kind, words) for kind, words in match.groupdict().items() if words)
            if kind in {"name", "sign"} and words.lower() in _SIGNS:
                kind, words = "sign", _SIGNS[words.lower()]
            elif kind == "name" and words.lower() == "not":
                kind, words = "sign", "!"
            yield kind, words

    def whole(self) -> tuple[str, list[_Part]]:
        found = self._any()
        if self.place < len(self.tokens):
            raise NotCarried(self.equation)
        return found

    def _next(self, *signs: str) -> bool:
        if self.place < len(self.tokens) and self.tokens[self.place] in {("sign", sign) for sign in signs}:
            self.place += 1
            return True
        return False

    def _take(self) -> tuple[str, str]:
        if self.place >= len(self.tokens):
            raise NotCarried(self.equation)
        self.place += 1
        return self.tokens[self.place - 1]

    def _any(self) -> tuple[str, list[_Part]]:
        groups = [self._all()]
        while self._next("||"):
            groups.append(self._all())
        if len(groups) == 1:
            return groups[0]
        return "any", _merged([self._single(group) for group in groups], (Verb.IS, Verb.CHOSEN))

    def _all(self) -> tuple[str, list[_Part]]:
        groups = [self._not()]
        while self._next("&&"):
            groups.append(self._not())
        if len(groups) == 1:
            return groups[0]
        parts: list[_Part] = []
        for group in groups:
            # Alternatives inside are fine where they make one test, such as one of several answers.
            parts += group[1] if group[0] == "all" else [self._single(group)]
        return "all", _merged(parts, (Verb.IS_NOT, Verb.NOT_CHOSEN))

    def _single(self, group: tuple[str, list[_Part]]) -> _Part:
        """The one test a group makes; what only says “answered” beside a test of the same adds nothing."""
        joint, parts = group
        tests = [part for part in parts if isinstance(part, Clause)]
        if joint == "all" and tests:
            asked = {test.code for test in tests}
            parts = [part for part in parts if isinstance(part, Clause) or part.code not in asked]
        if len(parts) != 1:
            raise NotCarried(self.equation)
        return parts[0]

    def _not(self) -> tuple[str, list[_Part]]:
        if self._next("!"):
            kind, words = self._take()
            if (kind, words.lower()) == ("name", "is_empty"):
                return "all", [self._answered()]
            raise NotCarried(self.equation)
        if self._next("("):
            found = self._any()
            if not self._next(")"):
                raise NotCarried(self.equation)
            return found
        return "all", [self._comparison()]

    def _answered(self) -> _Answered:
        codes = set()
        if not self._next("("):
            raise NotCarried(self.equation)
        while True:
            codes.add(self._named(self._take()).code)
            if self._next(")"):
                break
            if not self._next(","):
                raise NotCarried(self.equation)
        if len(codes) != 1:
            raise NotCarried(self.equation)
        self.surely_answered |= codes
        return _Answered(codes.pop())

    def _named(self, token: tuple[str, str]) -> Named:
        named = self.names.get(_SUFFIX.sub("", token[1]).casefold()) if token[0] == "name" else None
        if named is None:
            raise NotCarried(self.equation)
        return named

    def _comparison(self) -> _Part:
        first = self._take()
        if (first[0], first[1].lower()) == ("name", "count"):
            answered = self._answered()
            if self._take() == ("sign", ">") and self._take() == ("number", "0"):
                return answered
            raise NotCarried(self.equation)
        sign = self._take()
        second = self._take()
        if sign[0] != "sign":
            raise NotCarried(self.equation)
        turned = first[0] != "name"
        name, value = (second, first) if turned else (first, second)
        if value[0] not in {"text", "number"}:
            raise NotCarried(self.equation)
        compared = _TURNED.get(sign[1], sign[1]) if turned else sign[1]
        return self._test(self._named(name), compared, value[1].strip("\"'"))

    def _test(self, named: Named, sign: str, value: str) -> _Part:
        if named.option:
            if (sign, value) == ("==", "Y"):
                return Clause(named.code, Verb.CHOSEN, (named.option,))
            if (sign, value) in {("!=", "Y"), ("==", "")}:
                return Clause(named.code, Verb.NOT_CHOSEN, (named.option,))
            raise NotCarried(self.equation)
        if (sign, value) == ("!=", ""):
            self.surely_answered.add(named.code)
            return _Answered(named.code)
        if named.values is not None:
            if sign not in {"==", "!="} or value not in named.values:
                raise NotCarried(self.equation)
            return Clause(named.code, Verb.IS if sign == "==" else Verb.IS_NOT, (named.values[value],))
        if named.is_day:
            day = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?: 00:00.*)?", value)
            if day is None or sign not in {">=", "<="}:
                raise NotCarried(self.equation)
            return Clause(named.code, Verb.AT_LEAST if sign == ">=" else Verb.AT_MOST, (day.group(1),))
        return self._number(named, sign, value)

    def _number(self, named: Named, sign: str, value: str) -> Clause:
        try:
            number = float(value)
        except ValueError:
            raise NotCarried(self.equation) from None
        plain = int(number) if number == int(number) else number
        if sign in {">", "<"} and named.is_whole and isinstance(plain, int):
            sign, plain = (">=", plain + 1) if sign == ">" else ("<=", plain - 1)
        verbs = {"==": Verb.IS, "!=": Verb.IS_NOT, ">=": Verb.AT_LEAST, "<=": Verb.AT_MOST}
        if sign not in verbs:
            raise NotCarried(self.equation)
        return Clause(named.code, verbs[sign], (plain + named.shift,))


def _merged(parts: Sequence[_Part], verbs: tuple[Verb, ...]) -> list[_Part]:
    """Join tests of one question into one with alternatives, where the joint allows it."""
    found: list[_Part] = []
    for part in parts:
        twin = next(
            (
                place
                for place, other in enumerate(found)
                if isinstance(part, Clause)
                and isinstance(other, Clause)
                and part.verb in verbs
                and (part.code, part.verb) == (other.code, other.verb)
            ),
            None,
        )
        if twin is None:
            found.append(part)
        else:
            other = found[twin]
            assert isinstance(other, Clause)  # noqa: S101 -- chosen above
            assert isinstance(part, Clause)  # noqa: S101 -- chosen above
            found[twin] = Clause(other.code, other.verb, (*other.values, *part.values))
    return found


@dataclass(frozen=True, slots=True)
class Variable:
    """How LimeSurvey names a column: its name, for many answers one name per option, and its codes."""

    name: str
    options: Mapping[str, str] | None = None  # our option -> name of its column
    codes: Mapping[str, str] | None = None  # our option -> code there
    shift: int = 0


def equation_of(condition: Condition, variable: Callable[[str], Variable]) -> str:
    """Return a condition as an equation; it shows a question to nobody who left the other one empty."""
    joint = " or " if condition.any_holds else " and "
    return joint.join(f"({_written(test, variable(test.code))})" for test in condition.clauses)


def _written(test: Clause, variable: Variable) -> str:
    own = f"{variable.name}.NAOK"
    if variable.options is not None:
        names = [f"{variable.options[value]}.NAOK" for value in test.values]
        if test.verb == Verb.CHOSEN:
            return " or ".join(f'{name} == "Y"' for name in names)
        every = ", ".join(f"{name}.NAOK" for name in variable.options.values())
        return " and ".join([f"count({every}) > 0", *(f'{name} != "Y"' for name in names)])
    values = [_value(value, variable) for value in test.values]
    match test.verb:
        case Verb.IS:
            return " or ".join(f"{own} == {value}" for value in values)
        case Verb.IS_NOT:
            return " and ".join([f"!is_empty({own})", *(f"{own} != {value}" for value in values)])
        case Verb.AT_LEAST:
            return f"{own} >= {values[0]}"
        case _:
            return f"{own} <= {values[0]}"


def _value(value: Any, variable: Variable) -> str:
    if variable.codes is not None:
        return f'"{variable.codes[value]}"'
    return f'"{value}"' if isinstance(value, str) else f"{value - variable.shift:.15g}"
