"""Writing a rubric, and marking a work by one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from biosint.exchange import models
from biosint.exchange.rubrics import (
    MOST_CRITERIA,
    MOST_LEVELS,
    Criterion,
    Level,
    Rubric,
    RubricUnfit,
    points_of,
    rubric_from,
)

FIRST_CRITERIA = 3
FIRST_LEVELS = 4


class RubricForm(forms.Form):
    """A rubric as a form: one group of fields for each criterion, empty groups and empty levels are left out.

    Without a script, “one more criterion” sends the form and gets it back with one group more.
    """

    title = forms.CharField(label=_("Title"), max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    rows = forms.IntegerField(widget=forms.HiddenInput, initial=FIRST_CRITERIA)

    def __init__(
        self,
        given: QueryDict | None = None,
        *,
        kept: models.Rubric | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        shown = rubric_from(kept.content) if kept else None
        initial = dict(typed or {})
        if kept and shown and not typed:
            initial = {"title": kept.title, "version": kept.version, **_written(shown)}
        super().__init__(given, initial=initial)
        asked = str((given or initial).get("rows", ""))
        at_first = len(shown.criteria) if shown else FIRST_CRITERIA
        wanted = int(asked) if asked.isdecimal() and len(asked) < 4 else at_first
        self.count = min(max(wanted, 1), MOST_CRITERIA)
        self.initial["rows"] = self.count
        for row in range(self.count):
            self._add_criterion(row)

    def _add_criterion(self, row: int) -> None:
        number = {"number": row + 1}
        self.fields[f"code_{row}"] = forms.RegexField(
            r"^[a-z0-9_]{1,30}$", required=False, widget=forms.HiddenInput
        )
        self.fields[f"title_{row}"] = forms.CharField(
            label=_("Criterion %(number)s") % number, max_length=120, required=False
        )
        self.fields[f"weight_{row}"] = forms.DecimalField(
            label=_("Weight of criterion %(number)s") % number,
            min_value=Decimal("0.1"),
            max_value=100,
            decimal_places=1,
            max_digits=4,
            required=False,
            initial=1,
        )
        for step in range(MOST_LEVELS):
            both = {"number": row + 1, "level": step + 1}
            self.fields[f"points_{row}_{step}"] = forms.DecimalField(
                label=_("Points of level %(level)s of criterion %(number)s") % both,
                min_value=0,
                max_value=100,
                decimal_places=1,
                max_digits=4,
                required=False,
                initial=FIRST_LEVELS - step if step < FIRST_LEVELS else None,
            )
            self.fields[f"text_{row}_{step}"] = forms.CharField(
                label=_("Level %(level)s of criterion %(number)s") % both,
                max_length=600,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields of each criterion, for the page."""
        return [
            {
                "number": row + 1,
                "code": self[f"code_{row}"],
                "title": self[f"title_{row}"],
                "weight": self[f"weight_{row}"],
                "levels": [
                    (step + 1, self[f"points_{row}_{step}"], self[f"text_{row}_{step}"])
                    for step in range(MOST_LEVELS)
                ],
            }
            for row in range(self.count)
        ]

    @property
    def has_room(self) -> bool:
        return self.count < MOST_CRITERIA

    def with_one_more(self) -> RubricForm:
        """Return the form as it was typed, with one more criterion. It is judged when it is saved."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return RubricForm(typed={**typed, "rows": self.count + 1})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        taken = {given[f"code_{row}"] for row in range(self.count)}
        criteria = []
        for row in range(self.count):
            if given[f"title_{row}"]:
                code = given[f"code_{row}"] or _free_code(taken)
                taken.add(code)
                criteria.append(self._criterion(row, code))
            elif any(given[f"text_{row}_{step}"] for step in range(MOST_LEVELS)):
                self.add_error(f"title_{row}", _("Name the criterion, or empty its levels to leave it out."))
        if not self.errors:
            try:
                given["rubric"] = Rubric(tuple(criteria))
            except RubricUnfit as unfit:
                self.add_error(None, str(unfit))
        return given

    def _criterion(self, row: int, code: str) -> Criterion:
        given = self.cleaned_data
        levels = []
        for step in range(MOST_LEVELS):
            points, text = given[f"points_{row}_{step}"], given[f"text_{row}_{step}"]
            if not text:
                continue
            if points is None:
                self.add_error(f"points_{row}_{step}", _("Write the points of this level."))
            else:
                levels.append(Level(points=points, text=text))
        return Criterion(
            code=code,
            title=given[f"title_{row}"],
            weight=given[f"weight_{row}"] or Decimal(1),
            levels=tuple(sorted(levels, key=lambda level: -level.points)),
        )


def _free_code(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def _written(rubric: Rubric) -> dict[str, Any]:
    """Return the values of the form's fields that show a rubric."""
    shown: dict[str, Any] = {}
    for row, criterion in enumerate(rubric.criteria):
        shown |= {
            f"code_{row}": criterion.code,
            f"title_{row}": criterion.title,
            f"weight_{row}": criterion.weight,
        }
        for step in range(MOST_LEVELS):
            level = criterion.levels[step] if step < len(criterion.levels) else None
            shown[f"points_{row}_{step}"] = level.points if level else None
            shown[f"text_{row}_{step}"] = level.text if level else ""
    return shown


class RubricMarking(forms.Form):
    """One level chosen for each criterion of a rubric, on a page or (with ``prefix``) among other forms.

    Draw it with ``{% include "exchange/_rubric_marking.html" with marking=form %}`` on a page that loads
    ``exchange/rubrics.js`` and ``exchange/rubrics.css``: digit keys then choose the level of the criterion that
    is being looked at, and go on to the next. ``is_required=False`` lets criteria be left out.
    """

    def __init__(
        self,
        *args: Any,
        rubric: Rubric,
        chosen: Mapping[str, int] | None = None,
        is_required: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in rubric.criteria:
            name = f"level_{criterion.code}"
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.title,
                choices=[(position, level.text) for position, level in enumerate(criterion.levels)],
                coerce=int,
                empty_value=None,
                required=is_required,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose a level for “%(criterion)s”.") % {"criterion": criterion.title}
                },
            )
            if chosen and criterion.code in chosen:
                self.initial[name] = chosen[criterion.code]

    @property
    def rows(self) -> list[tuple[Criterion, BoundField, list[tuple[Any, Level, int]]]]:
        """Each criterion with its field, and each of its levels with its button and its digit key."""
        return [
            (
                criterion,
                self[f"level_{criterion.code}"],
                [
                    (option, level, position + 1)
                    for position, (option, level) in enumerate(
                        zip(self[f"level_{criterion.code}"], criterion.levels, strict=True)
                    )
                ],
            )
            for criterion in self.rubric.criteria
        ]

    @property
    def chosen(self) -> dict[str, int]:
        """Code of each criterion -> position of the chosen level, of a valid form."""
        return {
            criterion.code: self.cleaned_data[f"level_{criterion.code}"]
            for criterion in self.rubric.criteria
            if self.cleaned_data.get(f"level_{criterion.code}") is not None
        }

    @property
    def is_complete(self) -> bool:
        return len(self.chosen) == len(self.rubric.criteria)

    @property
    def points(self) -> Decimal:
        """Points of a valid and complete form, 0 to 100."""
        return points_of(self.rubric, self.chosen)
