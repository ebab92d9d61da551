"""The code on a personal ticket. Pure: no database."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

# Read aloud, printed and typed: no letters or digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# 31 to the power of 12 codes: nobody finds one by trying.
LENGTH = 12
_GROUP = 4


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def code_from(seed: str) -> str:
    """Return the code that belongs to a seed; without the secret of the platform nobody can work it out."""
    number = int.from_bytes(salted_hmac("surveys.ticket.code", seed, algorithm="sha256").digest())
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def tidy(typed: str) -> str:
    """Return a code as it was made, however it was typed.

    >>> tidy(" ABCD-efgh jkmn ")
    'abcdefghjkmn'
    """
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def in_groups(code: str) -> str:
    """Return a code as it is printed.

    >>> in_groups("abcdefghjkmn")
    'abcd-efgh-jkmn'
    """
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def digest_of(code: str) -> str:
    """Return the fingerprint under which a ticket is kept: 64 hexadecimal digits."""
    return salted_hmac("surveys.ticket", tidy(code), algorithm="sha256").hexdigest()
