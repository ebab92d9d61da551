"""Languages of pages, their tags, and names of countries and languages in each."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils import translation

# Django's code -> (BCP 47 tag on the page, CLDR locale). The last five speak on pages for respondents alone.
TAGS = {
    "en": ("en", "en"),
    "sr-latn": ("sr-Latn", "sr_Latn"),
    "sr": ("sr-Cyrl", "sr_Cyrl"),
    "sq": ("sq", "sq"),
    "bs": ("bs", "bs_Latn"),
    # CLDR does not know Montenegrin; Serbian as written in Montenegro stands in for days and numbers.
    "cnr": ("cnr", "sr_Latn_ME"),
    "hr": ("hr", "hr"),
    "ro": ("ro", "ro"),
    "nl": ("nl", "nl"),
}

# Every language of a page in its own words, in the order in which a page offers them.
OWN_NAMES = {
    "en": "English",
    "sr-latn": "Srpski (latinica)",
    "sr": "Српски (ћирилица)",
    "bs": "Bosanski",
    "cnr": "Crnogorski",
    "hr": "Hrvatski",
    "sq": "Shqip",
    "ro": "Română",
    "nl": "Nederlands",
}


def page_tag(code: str | None = None) -> str:
    """Return the ``lang`` attribute of the current (or given) interface language."""
    return TAGS.get(code or translation.get_language() or "en", TAGS["en"])[0]


@lru_cache(maxsize=16)
def _locale(code: str) -> Locale:
    return Locale.parse(TAGS.get(code, TAGS["en"])[1])


def locale() -> Locale:
    """Return the CLDR locale of the current interface language."""
    return _locale(translation.get_language() or "en")


def country_name(code: str) -> str:
    """Return the country's name in the current language, or the code itself when it is unknown."""
    return str(locale().territories.get(code.upper(), code))


def language_name(code: str) -> str:
    """Return the language's name in the current language, or the code itself when it is unknown."""
    if code == "cnr":
        return str(translation.gettext("Montenegrin"))
    return str(locale().languages.get(code.replace("-", "_"), code))


def country_choices() -> list[tuple[str, str]]:
    """Return every country with its name in the current language, in that language's order."""
    names = [
        (code, str(name))
        for code, name in locale().territories.items()
        if len(code) == 2 and code not in {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}
    ]
    return sorted(names, key=lambda pair: pair[1].casefold())


TAUGHT_LANGUAGES = (
    "bs",
    "cnr",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "hr",
    "hu",
    "it",
    "mk",
    "nl",
    "pl",
    "pt",
    "ro",
    "sl",
    "sq",
    "sr",
    "tr",
)


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that people of the region teach and speak, named in the current language."""
    names = [(code, language_name(code)) for code in TAUGHT_LANGUAGES]
    return sorted(names, key=lambda pair: pair[1].casefold())
