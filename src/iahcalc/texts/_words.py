from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from iahcalc.texts._stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["LANGUAGES", "fold", "guess_language", "stems_of", "words_of"]

LANGUAGES: Mapping[str, str] = {
    "en": "en",
    "sr": "sr",
    "bs": "sr",
    "hr": "sr",
    "cnr": "sr",
    "me": "sr",
    "sq": "sq",
    "ro": "ro",
    "nl": "nl",
}
"""Languages that are known, and whose rules each follows."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Serbian, Macedonian and other Cyrillic in Latin letters, signs already off, and what Latin letters without a
# composed sign become. Digraphs stand as people type them without signs.
_LETTERS = str.maketrans(
    "абвгдежзијклмнопрстћуфхцчшѕыэйщ", "abvgdezzijklmnoprstcufhccssiejs"
) | str.maketrans(
    {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ю": "ju", "я": "ja", "ь": "", "ъ": ""}
    | {"đ": "dj", "ð": "dj", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "ı": "i", "’": "'"}
)
# The least that is left of a word when an ending is taken off.
_LEAST_STEM = 4

# Endings by language. What stands in the place of one comes after a sign of equality.
_ENDINGS: Mapping[str, str] = {
    "en": "ations=at ation=at ments=ment ingly ities=it ness ies=y ing ity=it ied=y edly ers=er ed es ly s e",
    "sr": (
        "ovanjima ovanjem ovanja ovanje ovanju evanjem evanja evanje ostima anjima enjima ijama ovima evima ostiju ovanih "
        "anjem enjem nosti anja anje anju enja enje enju ovao ovala ovali ijom ijem ijim ijih ijoj iju ija ije iji acija "
        "acije aciju aciji ama ima ovi ove ova evi ost osti ski ska sko ske skog skom skim skih skoj sku og om oj em im ih "
        "ega emu omu ao ala ali alo ila ili ilo io iti ati eti a e i o u"
    ),
    "sq": (
        "imeve imet imin imit shmer shme shem eve ave ive jeve set sit sha esh at et it in en ve ja je es em te i u e a t n"
    ),
    "ro": "urilor ilor elor ului urile ile ele lui lor uri ii ul le ea ei a e i u",
    "nl": "heden ingen heid ing tjes tje jes je en er e s",
}
_ORDERED: Mapping[str, tuple[tuple[str, str], ...]] = {
    language: tuple(
        (ending, instead)
        for ending, _, instead in sorted(
            (ending.partition("=") for ending in endings.split()), key=lambda parts: -len(parts[0])
        )
    )
    for language, endings in _ENDINGS.items()
}


def fold(text: str) -> str:
    """Write a text so that all spellings of a word are one: small Latin letters without signs.

    Serbian Cyrillic becomes Latin; đ becomes dj, as people type it without its stroke.

    >>> fold("Међународна сарадња"), fold("Međunarodna saradnja"), fold("Çdo shkollë")
    ('medjunarodna saradnja', 'medjunarodna saradnja', 'cdo shkolle')
    """
    plain = text.casefold().replace("\N{CYRILLIC SMALL LETTER SHORT I}", "j").translate(_LETTERS)
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text as they stand in it."""
    return _WORD.findall(text)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Folded stop words of a language by its rules ("sr" for all South Slavic ones)."""
    return frozenset(fold(word) for word in STOP_WORDS[language].split())


def rules_of(language: str) -> str:
    """Whose rules a language follows; a language that is not known follows none (``""``)."""
    return LANGUAGES.get(language.lower().split("-")[0], "")


@cache
def _stem(word: str, rules: str) -> str:
    for ending, instead in _ORDERED.get(rules, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: len(word) - len(ending)] + instead
    return word


def stems_of(text: str, *, language: str) -> list[tuple[str, str]]:
    """The words of a text that say something: each one's stem, and how it was written.

    Args:
        text: one answer.
        language: code such as "sr", "sq" or "en"; another one means no stop words and no endings.

    Returns:
        Folded stems without stop words and words of fewer than 3 letters. Stems come from a few endings of
        each language: enough to bring "saradnja" and "saradnju" together, not a dictionary.

    >>> stems_of("Сарадња са страним колегама", language="sr")
    [('saradnj', 'Сарадња'), ('stran', 'страним'), ('koleg', 'колегама')]
    """
    rules = rules_of(language)
    stops = stop_words(rules) if rules else frozenset()
    found = []
    for word in words_of(text):
        folded = fold(word).split("'")[0] if rules == "en" else fold(word).replace("'", "")
        if len(folded) >= 3 and folded not in stops:
            found.append((_stem(folded, rules), word))
    return found


def guess_language(texts: Iterable[str]) -> str:
    """The language most of whose stop words occur in the texts; ``""`` where none does.

    >>> guess_language(["The lectures were good", "More of that, please"])
    'en'
    """
    hits = dict.fromkeys(STOP_WORDS, 0)
    for text in texts:
        for word in words_of(text):
            folded = fold(word)
            for language in hits:
                hits[language] += folded in stop_words(language)
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] else ""


def language_of(texts: Sequence[str], language: str | None) -> str:
    """The language that was named, or else the one that is guessed from the first thousand texts."""
    return guess_language(texts[:1000]) if language is None else language
