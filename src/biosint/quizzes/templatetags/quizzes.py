"""Small readings that templates of quizzes need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from biosint.quizzes.content import Answer
from biosint.shared import prose
from biosint.shared.languages import language_name
from biosint.shared.words import Words, in_language

register = template.Library()

BLOCK, INLINE = "<div{}>{}</div>", "<span{}>{}</span>"
_ONE_PARAGRAPH = re.compile(r"<p>(.*)</p>\s*", re.DOTALL)


_BLOCKS = re.compile(r"</?(?:p|ul|ol|li|h\d|blockquote|pre|table|thead|tbody|tr|t[hd])\b[^>]*>")


@lru_cache(maxsize=1000)
def _shown(text: str) -> SafeString:
    """Return Markdown as HTML, once: a year group opens the same questions within a minute."""
    return prose.cleaned(text)


def _in_its_language(found: Words, html: SafeString, frame: str) -> SafeString:
    """Set the language of cleaned HTML, and name it where it is not the reader's.

    Args:
        frame: ``"<div{}>{}</div>"`` or the same of a span.
    """
    inner = format_html(frame, format_html(' lang="{}"', found.lang), html)
    if not found.is_fallback:
        return inner
    mark = format_html(
        ' <small class="fallback-mark">{}</small>', language_name(found.lang.partition("-")[0])
    )
    return format_html(frame, mark_safe(' class="fallback"'), inner + mark)


@register.filter
def asked(words: Mapping[str, str] | None) -> SafeString:
    """Markdown in several languages, as a block."""
    found = in_language(words or {})
    return _in_its_language(found, _shown(found.text), BLOCK) if found.text else SafeString("")


@register.filter
def asked_inline(words: Mapping[str, str] | None) -> SafeString:
    """Markdown in several languages inside a line, such as a label; blocks in it lose their frames."""
    found = in_language(words or {})
    if not found.text:
        return SafeString("")
    html = _shown(found.text).strip()
    one = _ONE_PARAGRAPH.fullmatch(html)
    inner = one[1] if one and "<p>" not in one[1] else _BLOCKS.sub(" ", html)
    # Taking whole elements out of cleaned HTML leaves cleaned HTML.
    return _in_its_language(found, SafeString(inner), INLINE)


@register.filter
def asked_plainly(words: Mapping[str, str] | None) -> str:
    """The text as it is written, for places that hold no elements, such as a list to choose from."""
    return " ".join(in_language(words or {}).text.split())


@register.filter
def chosen(answer: Answer, code: str) -> bool:
    """Whether an option was chosen."""
    return code == answer or (isinstance(answer, list) and code in answer)


@register.filter
def partner(answer: Answer, code: str) -> str:
    """What was given for the left side ``code`` of a match."""
    return answer.get(code, "") if isinstance(answer, dict) else ""


@register.filter
def rank(answer: Answer, code: str) -> str:
    """The number that was given to a thing in an order."""
    if isinstance(answer, list):
        return str(answer.index(code) + 1) if code in answer else ""
    return answer.get(code, "") if isinstance(answer, dict) else ""


@register.filter
def up_to(count: int) -> range:
    return range(1, count + 1)


@register.filter
def item(mapping: Mapping[Any, Any] | None, name: Any) -> Any:
    return (mapping or {}).get(name, "")
