"""The countries and languages people choose from, named in every language of a questionnaire. Pure.

Codes are ISO 3166-1 alpha-2 (and XK) and ISO 639-1 (and cnr, which has no two letters); names are the
Unicode project's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale

from biosint.shared.languages import TAGS
from biosint.shared.script import in_latin
from biosint.shared.words import in_language
from biosint.surveys.columns import Option
from biosint.surveys.states import LANGUAGES

# Parts, groups and inventions that stand among the countries of the Unicode project.
_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
# People name the language they speak; the common name of four of them, and dead or made ones, are left out.
_NO_LANGUAGES = frozenset({"ae", "cu", "ia", "ie", "pi", "sh", "vo"})
_MONTENEGRIN = {
    "en": "Montenegrin",
    "sr": "црногорски",
    "bs": "crnogorski",
    "cnr": "crnogorski",
    "hr": "crnogorski",
    "sq": "malazezisht",
    "ro": "muntenegreană",
    "nl": "Montenegrijns",
}


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(TAGS[language][1])


def _codes(names: Mapping[Any, Any], *, without: frozenset[str]) -> list[str]:
    """Return the codes of two letters among the Unicode project's, which also name parts and scripts."""
    codes = {str(code) for code in names}
    return sorted(code for code in codes if len(code) == 2 and code.isalpha() and code not in without)


@lru_cache(maxsize=1)
def countries() -> tuple[Option, ...]:
    """Return every country as an option, in the order of the codes."""
    codes = _codes(Locale("en").territories, without=_NO_COUNTRIES)
    return tuple(
        Option(code, {language: str(_locale(language).territories.get(code, code)) for language in LANGUAGES})
        for code in codes
    )


@lru_cache(maxsize=1)
def languages() -> tuple[Option, ...]:
    """Return every language as an option, in the order of the codes."""
    codes = _codes(Locale("en").languages, without=_NO_LANGUAGES)
    named = [
        Option(code, {language: str(_locale(language).languages.get(code, code)) for language in LANGUAGES})
        for code in codes
    ]
    montenegrin = Option(
        "cnr", {language: _MONTENEGRIN.get(language, "Montenegrin") for language in LANGUAGES}
    )
    return tuple(sorted([*named, montenegrin], key=lambda option: option.code))


@lru_cache(maxsize=1)
def _languages_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for option in languages():
        found[option.code] = option.code
        for name in option.label.values():
            found.setdefault(name.casefold(), option.code)
            found.setdefault(in_latin(name).casefold(), option.code)
    return found


def language_code(written: str) -> str | None:
    """Return the code of a language that somebody wrote by name, in any of our languages, or by code."""
    return _languages_by_name().get(" ".join(written.split()).casefold())


_AZBUKA = {letter: f"{place:02d}" for place, letter in enumerate("абвгдђежзијклљмнњопрстћуфхцчџш")}
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "’": "", "'": ""})


def _rank_of(name: str) -> tuple[str, str]:
    """Order names as a dictionary does: letters with marks beside those without, Cyrillic by its own alphabet."""
    small = name.casefold()
    if any(letter in _AZBUKA for letter in small):
        return "".join(_AZBUKA.get(letter, letter) for letter in small), small
    bare = unicodedata.normalize("NFKD", small.translate(_PLAIN_LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)), small


def by_name(options: Iterable[Option]) -> list[tuple[str, str]]:
    """Return code and name in the reader's language, in the order of the names."""
    named = [(option.code, in_language(option.label).text) for option in options]
    return sorted(named, key=lambda pair: _rank_of(pair[1]))
