"""The form on which a person says when a question or a section is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.shared.words import in_language
from biosint.surveys.answering import day_from, number_from, plain
from biosint.surveys.columns import Column
from biosint.surveys.conditions import Condition, Verb
from biosint.surveys.states import ColumnKind

ROWS = 4
# Longer lists than this (countries, languages) are written, not offered one by one.
MOST_OFFERED = 60
_LIMITS = (Verb.AT_LEAST, Verb.AT_MOST)


def _verb_words(verb: Verb) -> str:
    return {
        Verb.IS: _("is"),
        Verb.IS_NOT: _("is something else than"),
        Verb.CHOSEN: _("has among its answers"),
        Verb.NOT_CHOSEN: _("does not have among its answers"),
        Verb.AT_LEAST: _("is at least …"),
        Verb.AT_MOST: _("is at most …"),
    }[verb]


def _choices_of(column: Column) -> Iterator[tuple[str, str]]:
    match column.kind:
        case ColumnKind.SINGLE:
            verbs: tuple[Verb, ...] = (Verb.IS, Verb.IS_NOT)
        case ColumnKind.MULTIPLE:
            verbs = (Verb.CHOSEN, Verb.NOT_CHOSEN)
        case ColumnKind.POINT | ColumnKind.NUMBER | ColumnKind.DATE:
            verbs = _LIMITS
        case _:
            return
    listed = column.options and len(column.options) <= MOST_OFFERED
    question = Truncator(in_language(column.label).text).chars(60)
    for verb in verbs:
        start = f"“{question}” {_verb_words(verb)}"
        if not listed:
            yield f"{column.code}|{verb.value}|", start if verb in _LIMITS else f"{start} …"
            continue
        for option in column.options:
            yield f"{column.code}|{verb.value}|{option.code}", f"{start} “{in_language(option.label).text}”"


class ConditionForm(forms.Form):
    """Up to four things that must hold, all of them or any."""

    joint = forms.ChoiceField(
        label=gettext_lazy("It is shown if"),
        choices=[
            ("all", gettext_lazy("all of these hold")),
            ("any", gettext_lazy("any of these holds")),
        ],
        help_text=gettext_lazy("Several answers of one question are taken as alternatives."),
    )

    def __init__(
        self, *args: Any, columns: Sequence[Column], condition: Condition | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {column.code: column for column in columns}
        self.fields["joint"].initial = "any" if condition and condition.any_holds else "all"
        offered = [("", "–"), *(choice for column in columns for choice in _choices_of(column))]
        initial = list(_rows_of(condition, self.columns))
        self.rows = max(ROWS, len(initial) + 1)
        for row in range(self.rows):
            what, value = initial[row] if row < len(initial) else ("", "")
            self.fields[f"what_{row}"] = forms.ChoiceField(
                label=_("Condition %(number)s") % {"number": row + 1},
                choices=offered,
                required=False,
                initial=what,
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=_("Value of condition %(number)s") % {"number": row + 1},
                help_text=""
                if row
                else _("Only where the condition ends with …: a number, a day, a country or a language."),
                required=False,
                max_length=40,
                initial=_shown(value, self.columns.get(what.partition("|")[0])),
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for row in range(self.rows):
            code, verb, option = self._what(found, row)
            if not code or option:
                continue
            if self._value(found, row) is None:
                self.add_error(f"value_{row}", _("Write the value that “%(what)s” needs.") % {"what": verb})
        return found

    def _what(self, found: Mapping[str, Any], row: int) -> tuple[str, str, str]:
        code, verb, option = ((found.get(f"what_{row}") or "") + "||").split("|")[:3]
        return code, verb, option

    def _value(self, found: Mapping[str, Any], row: int) -> Any:
        column = self.columns[self._what(found, row)[0]]
        written = str(found.get(f"value_{row}", "")).strip()
        if column.kind == ColumnKind.DATE:
            day = day_from(written)
            return day.isoformat() if day else None
        if column.options:
            wanted = written.casefold()
            return next(
                (
                    option.code
                    for option in column.options
                    if wanted
                    in {option.code.casefold(), *(name.casefold() for name in option.label.values())}
                ),
                None,
            )
        number = number_from(written)
        return None if number is None else plain(number)

    def condition(self) -> dict[str, Any] | None:
        """Return the condition as a definition writes it; nothing where nothing was chosen."""
        gathered: dict[tuple[str, str], list[Any]] = {}
        for row in range(self.rows):
            code, verb, option = self._what(self.cleaned_data, row)
            if code:
                gathered.setdefault((code, verb), []).append(option or self._value(self.cleaned_data, row))
        if not gathered:
            return None
        clauses = [
            {"question": code, verb: values[0] if len(values) == 1 else values}
            for (code, verb), values in gathered.items()
        ]
        return {self.cleaned_data["joint"]: clauses}


def _shown(value: str, column: Column | None) -> str:
    """A code of a long list by its name, as people write it."""
    options = column.options if column else ()
    return next((in_language(option.label).text for option in options if option.code == value), value)


def _rows_of(condition: Condition | None, columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    for clause in condition.clauses if condition else ():
        column = columns.get(clause.code)
        listed = column is not None and 0 < len(column.options) <= MOST_OFFERED
        for value in clause.values:
            start = f"{clause.code}|{clause.verb.value}|"
            yield (f"{start}{value}", "") if listed else (start, str(value))
