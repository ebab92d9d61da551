"""When a question or a section is shown: conditions on answers given before. Pure, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    """What is asked of an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence about one earlier answer; ``values`` are alternatives (one limit for at least, at most).

    ``code`` is that of a column: a question, or one statement of a scale or row of a matrix.
    """

    code: str
    verb: Verb
    values: tuple[Any, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answer is as asked. A question without an answer fulfils nothing, “is not” neither."""
        answer = answers.get(self.code)
        return answer is not None and _HOLDS[self.verb](answer, self.values)


_HOLDS: dict[Verb, Callable[[Any, tuple[Any, ...]], bool]] = {
    Verb.IS: lambda answer, values: answer in values,
    Verb.IS_NOT: lambda answer, values: answer not in values,
    Verb.CHOSEN: lambda answer, values: any(value in answer for value in values),
    Verb.NOT_CHOSEN: lambda answer, values: not any(value in answer for value in values),
    Verb.AT_LEAST: lambda answer, values: bool(answer >= values[0]),
    Verb.AT_MOST: lambda answer, values: bool(answer <= values[0]),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests of which all hold, or any."""

    clauses: tuple[Clause, ...]
    any_holds: bool = False

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether what depends on this is shown to somebody with these answers."""
        found = (clause.holds(answers) for clause in self.clauses)
        return any(found) if self.any_holds else all(found)

    def as_json(self) -> dict[str, Any]:
        """Return the condition as it is written in a definition."""
        return {
            "any" if self.any_holds else "all": [
                {"question": clause.code, clause.verb.value: list(clause.values)} for clause in self.clauses
            ]
        }
