"""Columns of an answer set as the variables that statistics programs know: one number or word each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from biosint.surveys.columns import Column, Option
from biosint.surveys.states import ColumnKind


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: a column, or one option of a column with several answers or an order.

    ``numbers`` are the options as whole numbers, in the order in which they stand in the code book.
    """

    name: str
    column: Column
    option: Option | None = None
    numbers: Mapping[str, int] | None = None

    def label(self) -> Mapping[str, str]:
        """The words of the question, with the row, statement or option they are about."""
        if self.option is None:
            return self.column.label
        return {
            code: f"{text}: {self.option.label.get(code) or next(iter(self.option.label.values()), '')}"
            for code, text in self.column.label.items()
        }

    def value(self, answers: Mapping[str, Any]) -> Any:
        """Return what an answer holds of it: a number, a word, an ISO day; None where nothing was answered.

        Of several answers it is 1 or 0, of an order the place from 1.
        """
        answer = answers.get(self.column.code)
        if answer is None:
            return None
        if self.option is not None:
            if self.column.kind == ColumnKind.MULTIPLE:
                return int(self.option.code in answer)
            return answer.index(self.option.code) + 1 if self.option.code in answer else None
        return self.numbers.get(answer) if self.numbers is not None else answer


def variables_of(columns: Iterable[Column], *, taken: Iterable[str] = ()) -> list[Variable]:
    """Return the variables of a code book; every name is met once, also where capitals are not told apart."""
    used = {name.lower() for name in taken}
    found = []
    for column in columns:
        parts: list[Option | None] = (
            list(column.options) if column.kind in {ColumnKind.MULTIPLE, ColumnKind.RANK} else [None]
        )
        for option in parts:
            wished = column.code if option is None else f"{column.code}_{option.code}"
            values = _numbers(column.options) if column.kind == ColumnKind.SINGLE else None
            found.append(Variable(_name(wished, used), column, option, values))
    return found


def _name(wished: str, used: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9_]", "_", wished)[:60]
    if not base[:1].isalpha():
        base = f"v_{base}"
    name = next(name for name in (base, *(f"{base}_{n}" for n in range(2, 9999))) if name.lower() not in used)
    used.add(name.lower())
    return name


def _numbers(options: Iterable[Option]) -> dict[str, int]:
    """Codes that are whole numbers keep their value; else options are counted from 1."""
    codes = [option.code for option in options]
    if all(re.fullmatch(r"0|-?[1-9]\d{0,5}", code) for code in codes):
        return {code: int(code) for code in codes}
    return {code: number for number, code in enumerate(codes, 1)}
