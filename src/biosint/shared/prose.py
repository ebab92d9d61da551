"""Markdown that people write, turned into safe HTML."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from biosint.shared.mathematics import MATH_ATTRIBUTES, MATH_TAGS, with_mathematics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

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
    return with_mathematics(reader)


def cleaned(text: str, *, top: int = 3) -> SafeString:
    """Return the Markdown as HTML that holds only harmless elements.

    Args:
        top: the level of its highest headings: one more than that of the heading it stands under.
    """
    return SafeString(
        nh3.clean(
            _reader().render(text, {"top": top}),
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener",
        )
    )
