"""Search words and filters of the catalogue; nonsense in an address filters nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from biosint.exchange.queries.finding import Search
from biosint.exchange.states import PUBLIC_STATES, CourseState
from biosint.people.api import LanguageLevel, Profession
from biosint.shared.days import DayField
from biosint.shared.languages import country_name, language_name
from biosint.shared.subjects import BROAD_FIELDS, SUBJECTS, subject_name
from biosint.shared.verdicts import Sentence

ALL = ("", _("all"))
# The address says q; everything else has the name that ``Search`` gives it.
WORDS = "q"
ORDERS: list[tuple[str, Sentence]] = [
    ("", _("open ones first")),
    ("start", _("first day")),
    ("deadline", _("end of applications")),
    ("title", _("title")),
    ("ects", _("most credits")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _credits(label: Sentence) -> forms.DecimalField:
    return forms.DecimalField(
        label=str(label), required=False, min_value=Decimal(0), max_value=Decimal(60), decimal_places=1
    )


class FindForm(forms.Form):
    """What a person looks for; every choice says how many courses it would show."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_(
            "Words of the title, subject, outcomes or institution. The beginning of a word is enough."
        ),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    still_open = forms.BooleanField(label=_("Applications are still open"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.ChoiceField(
        label=_("My level of that language"), required=False, choices=[ALL, *LanguageLevel.choices]
    )
    profession = forms.ChoiceField(label=_("For students of"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    outsiders = forms.BooleanField(label=_("With places for people from anywhere"), required=False)
    starts_from = DayField(label=_("Begins on or after"), required=False, widget=_day())
    starts_until = DayField(label=_("Begins on or before"), required=False, widget=_day())
    ects_from = _credits(_("Credits (ECTS) from"))
    ects_until = _credits(_("Credits (ECTS) up to"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, *((state.value, state.label) for state in CourseState if state in PUBLIC_STATES)],
    )
    order = forms.ChoiceField(label=_("In order of"), required=False, choices=ORDERS)

    def __init__(self, *args: Any, counts: dict[str, Counter[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = counts or {}
        subjects = found.get("subject", Counter())
        broad = Counter[str]()
        for code, count in subjects.items():
            broad[code[:2]] += count
        self._offer("subject", subjects + broad, _subject, [*BROAD_FIELDS, *SUBJECTS])
        self._offer("language", found.get("language", Counter()), language_name)
        self._offer("country", found.get("country", Counter()), country_name)
        professions = found.get("profession", Counter())
        # A course for every field of study is found under each.
        for_all = professions.pop("", 0)
        shown = Counter({code: professions[code] + for_all for code in Profession.values})
        self._offer("profession", shown, lambda code: str(Profession(code).label), Profession.values)

    def _offer(self, name: str, counted: Counter[str], named: Any, order: list[str] | None = None) -> None:
        """Offer what would show something, and what is chosen already."""
        chosen = str(self.initial.get(name, "") or (self.data.get(name, "") if self.is_bound else ""))
        codes = [code for code in (order or sorted(counted, key=named)) if counted[code] or code == chosen]
        self.fields[name].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ALL,
            *((code, f"{named(code)} ({counted[code]})") for code in codes if code),
        ]


def _subject(code: str) -> str:
    return str(BROAD_FIELDS[code]) if code in BROAD_FIELDS else f"– {subject_name(code)}"


def search_of(words: QueryDict) -> Search:
    """Return what an address asks for."""
    form = FindForm(words)
    # Choosers offer what there is; which codes exist at all is asked here.
    known: dict[str, dict[str, Any]] = {
        "subject": {**BROAD_FIELDS, **SUBJECTS},
        "profession": dict.fromkeys(Profession.values),
    }
    for name in ("subject", "profession", "language", "country"):
        asked = words.get(name, "")
        fits = (
            asked in known[name] if name in known else asked.replace("-", "").isalpha() and len(asked) <= 10
        )
        form.fields[name].choices = [ALL, *([(asked, asked)] if fits else [])]  # type: ignore[attr-defined]  # a ChoiceField
    form.is_valid()
    given = {field.name: form.cleaned_data.get(field.name) for field in fields(Search)}
    given["words"] = form.cleaned_data.get(WORDS)
    return Search(**{name: value for name, value in given.items() if value is not None})
