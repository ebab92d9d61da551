"""In which language the page of a questionnaire speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from biosint.shared.languages import OWN_NAMES, page_tag
from biosint.surveys.translations import page_languages

if TYPE_CHECKING:
    from biosint.surveys.models import AnswerSet

KEPT_SECONDS = 3600
# What browsers call languages that we name otherwise, nearest first.
OTHER_NAMES = {
    "sr-latn-me": ("cnr", "sr-latn"),
    "sr-me": ("cnr", "sr-latn"),
    "sr-cyrl": ("sr",),
    "sh": ("sr-latn", "bs", "hr"),
    "mo": ("ro",),
}


def offered_languages(answer_set: AnswerSet) -> tuple[str, ...]:
    """Return the languages in which the set's questionnaire is complete, in the order of every page."""
    key = f"surveys-languages-{answer_set.version_id}"
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        version = answer_set.version
        complete = page_languages(version.content) if version is not None else []
        found = tuple(code for code in OWN_NAMES if code in complete)
        # A published version never changes; a draft has no link.
        cache.set(key, found, KEPT_SECONDS)
    return found


def speak(request: HttpRequest, offered: Sequence[str] = ()) -> str:
    """Choose and use the language of the page.

    The address goes first (``?lang=sq``), so that links and posters can choose; then what the reader chose
    on this site, what their browser asks for, English, and whatever there is.
    """
    wanted = request.GET.get("lang", "")
    current = translation.get_language() or "en"
    if wanted not in OWN_NAMES:
        wanted = next((code for code in _wishes(request, current) if code in offered), "")
    if not wanted:
        wanted = offered[0] if offered else current
    translation.activate(wanted)
    request.LANGUAGE_CODE = wanted
    return wanted


def _wishes(request: HttpRequest, current: str) -> Iterator[str]:
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        yield current
    for name, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        parts = name.split("-")
        for length in range(len(parts), 0, -1):
            shorter = "-".join(parts[:length])
            yield from (*OTHER_NAMES.get(shorter, ()), shorter)
    yield current
    yield "en"


def choices(offered: Sequence[str], language: str) -> list[tuple[str, str, str, bool]]:
    """Return each language to choose: code, tag, its own name, whether it is spoken now."""
    listed = [code for code in OWN_NAMES if code in offered or code == language]
    return [(code, page_tag(code), OWN_NAMES[code], code == language) for code in listed]
