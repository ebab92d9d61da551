"""Markdown that people write, turned into safe HTML."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from biosint.shared.mathematics import MATH_ATTRIBUTES, MATH_TAGS, with_mathematics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# Signs of a private area, which stand for nothing in any text; they hold the place of a figure while the text is cleaned.
OPENS, CLOSES = "\ue000", "\ue001"
PLACES = re.compile(rf"<p>{OPENS}(\d+){CLOSES}</p>|{OPENS}(\d+){CLOSES}", re.ASCII)

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    *MATH_TAGS,
}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}, **MATH_ATTRIBUTES}


def _lowered_heading(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Set headings lower: the page's own headings stay above what people write."""
    del renderer, options
    token = tokens[index]
    level = min(int(token.tag[1]) + env["top"] - 1, 6)
    return f"</h{level}>\n" if token.type == "heading_close" else f"<h{level}>"


def _image(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Pictures come from the page alone: a number stands for one of its own, nothing is fetched from elsewhere."""
    del renderer, options
    token = tokens[index]
    number = str(token.attrGet("src"))
    return (
        f"{OPENS}{number}{CLOSES}" if number.isdigit() and number in env["placed"] else escape(token.content)
    )


def _header_cell(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, tokens, index, options, env
    return '<th scope="col">'


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    reader.add_render_rule("heading_open", _lowered_heading)
    reader.add_render_rule("heading_close", _lowered_heading)
    reader.add_render_rule("th_open", _header_cell)
    reader.add_render_rule("image", _image)
    return with_mathematics(reader)


def cleaned(text: str, *, top: int = 3, placed: Mapping[str, SafeString] | None = None) -> SafeString:
    """Return the Markdown as HTML that holds only harmless elements.

    Args:
        top: the level of its highest headings: one more than that of the heading it stands under.
        placed: what stands where a line says ``![](2)``, by that number: HTML that the caller answers for.
            Within a sentence such a mark becomes a link to ``#material-2``.
    """
    placed = placed or {}
    html = nh3.clean(
        _reader().render(text.replace(OPENS, "").replace(CLOSES, ""), {"top": top, "placed": placed}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return SafeString(PLACES.sub(lambda found: _placed(placed, found), html) if placed else html)


def _placed(placed: Mapping[str, SafeString], found: re.Match[str]) -> str:
    # A figure cannot stand inside a paragraph: one that stands alone takes its place, others are pointed to.
    return placed[found[1]] if found[1] else f'<a href="#material-{found[2]}">{found[2]}</a>'
