"""Sentences that are kept in the database and read later, each time in the reader's own language.

A lazy translation knows its message and its parameters; both are kept, not the words they make today.
"""

from __future__ import annotations

from typing import Any, cast

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from biosint.shared.verdicts import Sentence

Kept = str | dict[str, Any]

# What stands for a lazy call is read from how it would be pickled: that is its public description.
_FORMAT = format_lazy("").__reduce__()[1][0]
_PLURAL = ngettext_lazy("one", "many", "count").__reduce__()[0]
_GETTEXT = gettext_lazy("").__reduce__()[1][0]


def keep(sentence: Sentence) -> Kept:
    """Return a sentence as plain values.

    ``gettext_lazy``, ``ngettext_lazy(one, many, "count")`` and ``format_lazy`` around either are kept as message
    and parameters; everything else as the words it makes now.

    >>> keep("Anna")
    'Anna'
    """
    if not isinstance(sentence, Promise):
        return str(sentence)
    maker, described = cast("tuple[Any, tuple[Any, ...]]", sentence.__reduce__()[:2])
    if maker is _PLURAL:
        _function, _result, number, words = described
        if isinstance(number, str) and set(words) == {"singular", "plural"}:
            return {"one": words["singular"], "many": words["plural"], "number": number}
        return str(sentence)
    function, positional, named = described[:3]
    if function is _GETTEXT:
        return {"message": positional[0]}
    if function is _FORMAT and len(positional) == 1:
        return {
            "format": keep(positional[0]),
            "with": {name: keep(value) for name, value in named.items()},
        }
    return str(sentence)


def read(kept: Kept, *, count: int = 1) -> str:
    """Return a kept sentence in the current language; ``count`` is the number that its plural goes by."""
    if isinstance(kept, str):
        return kept
    if "message" in kept:
        return gettext(kept["message"])
    if "one" in kept:
        return ngettext(kept["one"], kept["many"], count)
    words = {name: read(value, count=count) for name, value in kept["with"].items()}
    if isinstance(kept["format"], dict) and "one" in kept["format"]:
        words[kept["format"]["number"]] = str(count)
    pattern = read(kept["format"], count=count)
    try:
        return pattern.format(**words)
    except (KeyError, IndexError, ValueError):
        # A translation with a slip in its braces: the message itself is better than a broken page.
        return _source(kept["format"], count).format(**words)


def _source(kept: Kept, count: int) -> str:
    if isinstance(kept, str):
        return kept
    if "one" in kept:
        return str(kept["one"] if count == 1 else kept["many"])
    return str(kept.get("message", ""))
