"""Serbian in its two scripts. Needs neither settings nor database, so set-up can use it too."""

_LETTERS = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
# Letters that become two: “Lj” before a small letter, “LJ” among capitals.
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


def is_cyrillic(text: str) -> bool:
    """Whether the text has any letter of Serbian Cyrillic."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)
