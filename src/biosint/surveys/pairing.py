"""The code that people make of things only they know, so that their answers before and after belong together.

Pure: no database. Nobody can work back from the fingerprint to the things, and the code itself is kept
nowhere. One letter is asked for, never two: then Cyrillic Њ, Latin Nj and a plain N are the same letter,
whichever script a person writes on that day.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.shared.script import in_latin

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import Promise

# Typed where a person does not know a name.
UNKNOWN = "-"
_DASHES = frozenset("-–—−_")
LAST_DAY = 31
PREFIX = "pairing-"


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def letter(typed: str) -> str:
    """Return the first letter: small, Latin, without marks; empty where there is none.

    >>> [letter(word) for word in ("Њ", "nj", "Ñ", "Ђ", "đ", "Џ", "ç", "–", "7")]
    ['n', 'n', 'n', 'd', 'd', 'd', 'c', '-', '']
    """
    plain = _without_marks(in_latin(_without_marks(typed.strip()))).casefold().replace("đ", "d")
    if plain[:1] in _DASHES:
        return UNKNOWN
    return plain[0] if plain[:1].isalpha() else ""


def day(typed: str) -> str:
    """Return the day of a month in two digits; empty where it is none.

    >>> [day(word) for word in ("7", " 07", "31", "32", "0", "x")]
    ['07', '07', '31', '', '', '']
    """
    plain = typed.strip()
    return f"{int(plain):02d}" if plain.isdecimal() and 1 <= int(plain) <= LAST_DAY else ""


def two_digits(typed: str) -> str:
    """Return two digits as they are; empty where there are not exactly two.

    >>> [two_digits(word) for word in ("07", " 42 ", "7", "123", "a1")]
    ['07', '42', '', '', '']
    """
    plain = typed.strip()
    return f"{int(plain):02d}" if plain.isdecimal() and len(plain) == len("00") else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for."""

    code: str
    label: str | Promise
    read: Callable[[str], str]
    fault: str | Promise
    length: int
    digits: bool = False

    @property
    def name(self) -> str:
        """Of the field in the form; no question can have it, as codes of questions hold no hyphen."""
        return PREFIX + self.code


_LETTER = gettext_lazy("Type one letter, or a dash (-) if you do not know.")
PARTS = (
    Part(
        "mother",
        gettext_lazy("First letter of the first name of your mother, or of the person who brought you up"),
        letter,
        _LETTER,
        2,
    ),
    Part(
        "day",
        gettext_lazy("The day of the month on which you were born, for example 07"),
        day,
        gettext_lazy("Type a day from 01 to 31."),
        2,
        digits=True,
    ),
    Part(
        "town",
        gettext_lazy("First letter of the town or village in which you were born"),
        letter,
        _LETTER,
        2,
    ),
    Part(
        "phone",
        gettext_lazy("The last two digits of your mobile number"),
        two_digits,
        gettext_lazy("Type two digits, for example 42."),
        2,
        digits=True,
    ),
    Part(
        "father",
        gettext_lazy("First letter of the first name of your father; a dash (-) if you do not know it"),
        letter,
        _LETTER,
        2,
    ),
)


@dataclass(frozen=True, slots=True)
class Code:
    """What was typed: ``text`` is empty unless every part was understood; faults stand under the field names."""

    text: str
    faults: Mapping[str, str]


def read_code(sent: Any, *, required: bool) -> Code:
    """Read the parts from a posted form. A code that may be left out is left out whole or not at all."""
    typed = {part: str(sent.get(part.name, "")) for part in PARTS}
    if not required and not any(word.strip() for word in typed.values()):
        return Code("", {})
    found = {part: part.read(word) for part, word in typed.items()}
    faults = {part.name: str(part.fault) for part, word in found.items() if not word}
    if faults and not required:
        faults = {
            name: _("%(fault)s Or leave the whole code empty.") % {"fault": fault}
            for name, fault in faults.items()
        }
    return Code("" if faults else "|".join(found.values()), faults)


def fingerprint(code: str, *, consortium: UUID) -> str:
    """Return what is kept of a code: 64 hexadecimal digits, the same throughout one consortium.

    It is keyed with the secret of the platform, for the few million possible codes could otherwise be
    tried one by one. With another secret, answers from before are matched no more.
    """
    return salted_hmac(f"surveys.pairing.{consortium}", code, algorithm="sha256").hexdigest()
