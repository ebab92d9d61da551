"""Words in several languages, and Serbian in its two scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from biosint.shared.languages import TAGS

_LETTERS = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
# Letters that become two: written “Lj” before a small letter, “LJ” inside capitals.
_DOUBLE = {"Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
_SINGLE = {small.upper(): latin.upper() for small, latin in _LETTERS.items() if len(latin) == 1}
_PLAIN = str.maketrans({**_LETTERS, **_SINGLE})


def in_latin(text: str) -> str:
    """Return Serbian Cyrillic in Latin letters; everything else stays as it is.

    >>> in_latin("Његош, ЉУБАВ и Џејн")
    'Njegoš, LJUBAV i Džejn'
    """
    if not any(letter in text for letter in _DOUBLE):
        return text.translate(_PLAIN)
    written = []
    for index, letter in enumerate(text):
        pair = _DOUBLE.get(letter)
        if pair is None:
            written.append(letter)
            continue
        after = text[index + 1 : index + 2]
        before = text[index - 1 : index] if index else ""
        among_capitals = after.isupper() or (not after.isalpha() and before.isupper())
        written.append(pair.upper() if among_capitals else pair)
    return "".join(written).translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language it is really in."""

    text: str
    lang: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text


def in_language(mapping: Mapping[str, str], code: str | None = None) -> Words:
    """Return content in the language asked for (the reader's when not given).

    Serbian is written once, in either script: its Latin form follows from the Cyrillic one.
    When the language is missing, English stands in, then any other; ``is_fallback`` tells so.
    """
    code = (code or translation.get_language() or "en").lower()
    language = code.partition("-")[0]
    if text := mapping.get(code):
        return Words(in_latin(text) if code == "sr-latn" else text, TAGS.get(code, (code,))[0])
    if text := mapping.get(language):
        return Words(in_latin(text) if code == "sr-latn" else text, TAGS.get(code, (code,))[0])
    if language == "sr" and (text := mapping.get("sr-latn")):
        return Words(text, "sr-Latn")
    for other in ("en", *mapping):
        if text := mapping.get(other):
            return Words(text, TAGS.get(other, (other,))[0], is_fallback=True)
    return Words("", TAGS.get(code, (code,))[0])
