"""Small parts inside a line: icons, badges, people, places, times, numbers, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import get_timezone_name
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from biosint.shared import flags, icons, prose
from biosint.shared.dates import written_day, written_moment
from biosint.shared.languages import country_name, language_name, locale, page_tag
from biosint.shared.templatetags.ui_layout import known_tone
from biosint.shared.verdicts import Sentence
from biosint.shared.words import in_language

register = template.Library()

NONE_YET = mark_safe('<span class="none">–</span>')


@register.simple_tag
def icon(name: str, *, label: Sentence = "") -> SafeString:
    """A drawing from the one set of icons. Without ``label`` it only decorates."""
    return icons.drawing(name, label=str(label))


@register.simple_tag
def badge(label: Sentence, *, tone: str = "neutral") -> SafeString:
    """A short state in a coloured frame; the word alone carries the meaning."""
    known_tone(tone, ("neutral", "info", "success", "warning", "danger"))
    return format_html('<span class="badge" data-tone="{}">{}</span>', tone, label)


@register.simple_tag
def country(code: str) -> SafeString:
    """A flag and the country's name in the reader's language."""
    if not code:
        return SafeString("")
    return format_html('<span class="country">{}{}</span>', flags.drawing(code.lower()), country_name(code))


@register.simple_tag
def language(code: str) -> str:
    """The language's name in the reader's language. (Django's own block of this name is not needed here.)"""
    return language_name(code) if code else ""


@register.simple_tag
def initials(person: Any) -> SafeString:
    """The first letters of a person's names, as decoration."""
    letters = "".join(word[0] for word in str(person).split()[:2]).upper()
    return format_html('<span class="chip-mark" aria-hidden="true">{}</span>', letters)


@register.simple_tag
def person(person: Any, *, institution: Any = None) -> SafeString:
    """A person as a chip: name and, if given, the faculty with its country."""
    if not person:
        return NONE_YET
    where = (
        format_html(
            '<span class="chip-where">{}{}</span>',
            flags.drawing(str(institution.country).lower()),
            getattr(institution, "short_name", "") or institution,
        )
        if institution
        else format_html('<span class="chip-where">{}</span>', country(person.country))
        if getattr(person, "country", "")
        else ""
    )
    return format_html(
        '<span class="chip">{}<span class="chip-name">{}{}</span></span>',
        initials(person),
        person,
        where,
    )


@register.simple_tag
def institution(institution: Any) -> SafeString:
    """An institution as a chip: its short name, flag and country."""
    if not institution:
        return NONE_YET
    return format_html(
        '<span class="chip"><span class="chip-mark" data-place aria-hidden="true">{}</span>'
        '<span class="chip-name">{}<span class="chip-where">{}</span></span></span>',
        icons.drawing("landmark"),
        getattr(institution, "short_name", "") or institution,
        country(institution.country),
    )


@register.simple_tag
def moment(at: dt.datetime | None) -> SafeString:
    """A point in time in the reader's zone, with the zone's name."""
    return _moment_in(at, timezone.get_current_timezone(), str(locale())) if at else NONE_YET


@lru_cache(maxsize=4096)
def _moment_in(at: dt.datetime, zone: dt.tzinfo, _language: str) -> SafeString:
    """Pages of courses name the same days again and again; writing one out costs a quarter of a millisecond."""
    here = timezone.localtime(at, zone)
    return format_html(
        '<time datetime="{}">{} <abbr title="{}">{}</abbr></time>',
        here.isoformat(timespec="minutes"),
        written_moment(at),
        get_timezone_name(here, width="long", locale=locale()),
        here.tzname(),
    )


@register.simple_tag
def day(date: dt.date | None) -> SafeString:
    """A day, written as the reader's language writes it."""
    if not date:
        return NONE_YET
    if isinstance(date, dt.datetime):
        date = timezone.localtime(date).date()
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), written_day(date))


@register.simple_tag
def number(value: float | Decimal | None, *, digits: int = 0, unit: Sentence = "") -> str | SafeString:
    """A number with the separators of the reader's language; nothing yet is a dash."""
    if value is None or value == "":
        return NONE_YET
    shape = "#,##0" + (f".{'0' * digits}" if digits else "")
    figure = format_decimal(value, shape, locale=locale()).replace("-", "\N{MINUS SIGN}", 1)
    return f"{figure}\N{NO-BREAK SPACE}{unit}" if unit else figure


@register.simple_tag
def words(mapping: Mapping[str, str] | None) -> SafeString:
    """Content that exists in several languages: in the reader's, else visibly in another."""
    if not mapping:
        return SafeString("")
    found = in_language(mapping)
    if not found.is_fallback:
        return format_html('<span lang="{}">{}</span>', found.lang, found.text)
    return format_html(
        '<span class="fallback"><span lang="{}">{}</span> <small class="fallback-mark">{}</small></span>',
        found.lang,
        found.text,
        language_name(found.lang.partition("-")[0]),
    )


@register.simple_tag
def markdown(text: str | None, *, level: int = 3) -> SafeString:
    """Markdown that a person wrote, cleaned; ``level`` is 2 where it stands right below the page's h1."""
    return (
        format_html('<div class="prose">{}</div>', prose.cleaned(text, top=level)) if text else SafeString("")
    )


@register.simple_tag
def page_language() -> str:
    """The ``lang`` of the page."""
    return page_tag()
