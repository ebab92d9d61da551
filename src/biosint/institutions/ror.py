"""Identifiers of the Research Organization Registry: one form, and the check of their last two digits."""

import re

# Crockford's base 32: no i, l, o, u, so that nothing is mistaken for a digit.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
SHAPE = re.compile(rf"(?:https?://)?(?:ror\.org/)?(0[{LETTERS}]{{6}}[0-9]{{2}})/?")


def ror_address(text: str) -> str | None:
    """Return the identifier as a full address, or None when it is none.

    The last two digits are 98 minus the remainder of the rest, times 100, divided by 97
    (ISO/IEC 7064, MOD 97-10), so that one wrong letter never passes.

    >>> ror_address("05f950310")
    'https://ror.org/05f950310'
    >>> ror_address("https://ror.org/05f950311") is None
    True
    """
    found = SHAPE.fullmatch(text.strip().lower())
    if found is None:
        return None
    word = found[1]
    number = 0
    for letter in word[:-2]:
        number = number * 32 + LETTERS.index(letter)
    return f"https://ror.org/{word}" if 98 - number * 100 % 97 == int(word[-2:]) else None
