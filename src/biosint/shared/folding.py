"""Words as people look for them: without case, accents and script."""

from __future__ import annotations

import re
import unicodedata

from biosint.shared.script import in_latin

MOST_LETTERS = 60
# Letters that no decomposition takes apart, as people type them on a foreign keyboard.
_PLAIN = str.maketrans({"đ": "dj", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text in plain small Latin letters, Serbian Cyrillic included.

    >>> folded("Здравље у Ђаковици, Škola")
    'zdravlje u djakovici, skola'
    """
    small = in_latin(text).casefold().translate(_PLAIN)
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter)
    )


def folded_words(text: str) -> list[str]:
    """Return the different words of a text, folded, in their order; a very long one is cut.

    >>> folded_words("Sepsa, sepsa i COVID-19")
    ['sepsa', 'i', 'covid', '19']
    """
    return list(dict.fromkeys(word[:MOST_LETTERS] for word in _WORD.findall(folded(text))))
