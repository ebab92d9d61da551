"""Words in several languages, and Serbian in its two scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from biosint.shared.languages import TAGS
from biosint.shared.script import in_latin, is_cyrillic

__all__ = ["Words", "in_language", "in_latin"]

# What a reader understands without learning it, nearest first; it goes before English where a text is missing.
NEAR = {"bs": ("hr", "cnr", "sr-latn"), "cnr": ("sr-latn", "bs", "hr"), "hr": ("bs", "cnr", "sr-latn")}


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
    When the language is missing, one that its readers understand stands in, then English, then any
    other; ``is_fallback`` tells so.
    """
    code = (code or translation.get_language() or "en").lower()
    language = code.partition("-")[0]
    for key in (code, language, *(("sr", "sr-latn") if language == "sr" else ())):
        if text := mapping.get(key):
            return _set(text, code)
    for key in (*NEAR.get(language, ()), "en", *mapping):
        if text := mapping.get("sr" if key == "sr-latn" and "sr-latn" not in mapping else key):
            found = _set(text, key)
            return Words(found.text, found.lang, is_fallback=True)
    return Words("", _tag("", code))


def _set(text: str, code: str) -> Words:
    """Return the text in the script of the language asked for."""
    text = in_latin(text) if code == "sr-latn" else text
    return Words(text, _tag(text, code))


def _tag(text: str, code: str) -> str:
    """Return the ``lang`` of a text; people write Serbian in either script under one name."""
    if code.partition("-")[0] == "sr":
        return "sr-Cyrl" if is_cyrillic(text) else "sr-Latn"
    return TAGS.get(code, (code,))[0]
