"""Loops over the bytes of rows of JSON. What they do not understand at once they leave to the caller, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iahcalc.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

QUOTE, BACKSLASH, COMMA, COLON, DOT, MINUS = 34, 92, 44, 58, 46, 45
OPENS_LIST, CLOSES_LIST, OPENS_ROW, CLOSES_ROW = 91, 93, 123, 125
SPACE, ZERO, NINE = 32, 48, 57
# Up to so many digits a number and a power of ten are exact, so that their quotient is rounded once, as Python does.
MOST_DIGITS = 15
NUMBER, CHOICE, SEVERAL, RANK, TEXT, DAY = 0, 1, 2, 3, 4, 5
NOT_UNDERSTOOD = -1


@compiled(allocates=False)
def past_blanks(text: Any, at: int, end: int) -> int:
    while at < end and text[at] <= SPACE:
        at += 1
    return at


@compiled(allocates=False)
def end_of_word(text: Any, at: int, end: int) -> int:
    """The place of the closing quote; -1 where the word is not written plainly."""
    while at < end:
        if text[at] == QUOTE:
            return at
        if text[at] == BACKSLASH:
            return NOT_UNDERSTOOD
        at += 1
    return NOT_UNDERSTOOD


@compiled(allocates=False)
def past_value(text: Any, at: int, end: int) -> int:
    """The place after any value, however it is written."""
    depth = 0
    while at < end:
        letter = text[at]
        if letter == QUOTE:
            at += 1
            while at < end and text[at] != QUOTE:
                at += 2 if text[at] == BACKSLASH else 1
        elif letter in (OPENS_LIST, OPENS_ROW):
            depth += 1
        elif letter in (CLOSES_LIST, CLOSES_ROW):
            if depth == 0:
                return at
            depth -= 1
        elif letter == COMMA and depth == 0:
            return at
        at += 1
    return at


@compiled(allocates=False)
def place_of(
    text: Any, start: int, stop: int, words: Any, starts: Any, first: int, after: int, hint: int
) -> int:
    """The place of a word among some words, looked for from ``hint`` on; -1 where it is none of them."""
    length = stop - start
    number = after - first
    for step in range(number):
        candidate = first + (hint - first + step) % number
        begins = starts[candidate]
        if starts[candidate + 1] - begins != length:
            continue
        same = True
        for offset in range(length):
            if text[start + offset] != words[begins + offset]:
                same = False
                break
        if same:
            return candidate
    return NOT_UNDERSTOOD


@compiled(allocates=False)
def read_number(text: Any, at: int, end: int, out: Any, slot: int, row: int) -> int:
    negative = text[at] == MINUS
    if negative:
        at += 1
    mantissa = 0
    digits = 0
    divisor = 1.0
    pointed = False
    while at < end:
        letter = text[at]
        if ZERO <= letter <= NINE:
            mantissa = mantissa * 10 + (letter - ZERO)
            digits += 1
            if pointed:
                divisor *= 10.0
        elif letter == DOT and not pointed:
            pointed = True
        else:
            break
        if digits > MOST_DIGITS:
            return NOT_UNDERSTOOD
        at += 1
    if digits == 0 or at >= end or (text[at] != COMMA and text[at] != CLOSES_ROW and text[at] > SPACE):
        return NOT_UNDERSTOOD
    value = mantissa / divisor
    out[slot, row] = -value if negative else value
    return at


@compiled(allocates=False)
def days_until(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 in the Gregorian calendar, counted in years that begin in March."""
    if month <= 2:
        year -= 1
        month += 12
    return (
        365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 1 - 719468
    )


@compiled(allocates=False)
def read_day(text: Any, at: int, end: int, out: Any, slot: int, row: int) -> int:
    if at + 11 >= end or text[at] != QUOTE or text[at + 11] != QUOTE:
        return NOT_UNDERSTOOD
    number = 0
    for offset in range(10):
        letter = text[at + 1 + offset]
        if offset in (4, 7):
            if letter != MINUS:
                return NOT_UNDERSTOOD
        elif ZERO <= letter <= NINE:
            number = number * 10 + (letter - ZERO)
        else:
            return NOT_UNDERSTOOD
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= 28:
        # The last days of months are few; Python knows which of them there are.
        return NOT_UNDERSTOOD
    out[slot, row] = days_until(year, month, day)
    return at + 12


@compiled(allocates=False)
def read_list(
    text: Any,
    at: int,
    end: int,
    words: Any,
    starts: Any,
    first: int,
    after: int,
    kind: int,
    out: Any,
    slot: int,
    row: int,
) -> int:
    if text[at] != OPENS_LIST:
        return NOT_UNDERSTOOD
    if kind == SEVERAL:
        for place in range(after - first):
            out[slot + place, row] = 0.0
    at = past_blanks(text, at + 1, end)
    rank = 0
    hint = first
    while at < end and text[at] != CLOSES_LIST:
        if text[at] != QUOTE:
            return NOT_UNDERSTOOD
        stop = end_of_word(text, at + 1, end)
        if stop == NOT_UNDERSTOOD:
            return NOT_UNDERSTOOD
        found = place_of(text, at + 1, stop, words, starts, first, after, hint)
        rank += 1
        if found != NOT_UNDERSTOOD:
            out[slot + found - first, row] = rank if kind == RANK else 1.0
            hint = found
        at = past_blanks(text, stop + 1, end)
        if at < end and text[at] == COMMA:
            at = past_blanks(text, at + 1, end)
    return at + 1


@compiled(allocates=False)
def read_row(
    text: Any, at: int, end: int, keys: Any, key_starts: Any, kinds: Any, slots: Any,
    words: Any, word_starts: Any, choices: Any, out: Any, row: int,
) -> bool:  # fmt: skip
    """Read one row; False where something in it is written in a way these loops do not know."""
    fields = len(kinds)
    at = past_blanks(text, at, end)
    if at >= end or text[at] != OPENS_ROW:
        return False
    at = past_blanks(text, at + 1, end)
    hint = 0
    while at < end and text[at] != CLOSES_ROW:
        if text[at] != QUOTE:
            return False
        stop = end_of_word(text, at + 1, end)
        if stop == NOT_UNDERSTOOD:
            return False
        # Fields mostly come in the order of the questionnaire, so the next one is tried first.
        field = place_of(text, at + 1, stop, keys, key_starts, 0, fields, hint) if fields else NOT_UNDERSTOOD
        at = past_blanks(text, stop + 1, end)
        if at >= end or text[at] != COLON:
            return False
        at = past_blanks(text, at + 1, end)
        if at >= end:
            return False
        if field == NOT_UNDERSTOOD:
            at = past_value(text, at, end)
        else:
            hint = field + 1
            kind = kinds[field]
            slot = slots[field]
            if kind == NUMBER:
                at = read_number(text, at, end, out, slot, row)
            elif kind == CHOICE:
                if text[at] != QUOTE:
                    return False
                stop = end_of_word(text, at + 1, end)
                if stop == NOT_UNDERSTOOD:
                    return False
                first = choices[field]
                found = place_of(text, at + 1, stop, words, word_starts, first, choices[field + 1], first)
                if found != NOT_UNDERSTOOD:
                    out[slot, row] = found - first
                at = stop + 1
            elif kind == TEXT:
                out[slot, row] = 1.0
                at = past_value(text, at, end)
            elif kind == DAY:
                at = read_day(text, at, end, out, slot, row)
            else:
                at = read_list(
                    text, at, end, words, word_starts, choices[field], choices[field + 1], kind, out, slot, row
                )  # fmt: skip
            if at == NOT_UNDERSTOOD:
                return False
        at = past_blanks(text, at, end)
        if at < end and text[at] == COMMA:
            at = past_blanks(text, at + 1, end)
    return at < end


@compiled(
    "void(uint8[::1], int64[::1], uint8[::1], int64[::1], int64[::1], int64[::1], "
    "uint8[::1], int64[::1], int64[::1], float64[:, ::1], boolean[::1])",
    allocates=False,
)
def read_rows(
    text: npt.NDArray[Any],
    starts: npt.NDArray[Any],
    keys: npt.NDArray[Any],
    key_starts: npt.NDArray[Any],
    kinds: npt.NDArray[Any],
    slots: npt.NDArray[Any],
    words: npt.NDArray[Any],
    word_starts: npt.NDArray[Any],
    choices: npt.NDArray[Any],
    out: npt.NDArray[Any],
    understood: npt.NDArray[Any],
) -> None:
    """Read rows, ``text[starts[i]:starts[i + 1]]`` each, into ``out[column, row]``, which comes filled with ``nan``.

    The field ``f`` is called ``keys[key_starts[f]:key_starts[f + 1]]``, fills columns from ``slots[f]`` on and chooses
    among the words ``choices[f]`` to ``choices[f + 1]``.
    """
    for row in range(len(starts) - 1):
        understood[row] = read_row(
            text, starts[row], starts[row + 1], keys, key_starts, kinds, slots,
            words, word_starts, choices, out, row,
        )  # fmt: skip
