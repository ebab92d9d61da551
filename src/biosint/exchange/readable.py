"""What stands between a text in Markdown and a reader who hears it, or sees it large. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# Words that name no target: heard in a list of links, they say nothing. English, Serbian, Albanian.
EMPTY_NAMES = frozenset(
    {"here", "click here", "link", "this link", "more", "read more", "ovde", "ovdje", "овде", "овдје", "линк"}
    | {"više", "више", "këtu", "kliko këtu", "lidhja"}
)


class Barrier(StrEnum):
    HEADING_SKIPS = "heading_skips"
    IMAGE_UNSAID = "image_unsaid"
    LINK_UNNAMED = "link_unnamed"


@dataclass(frozen=True, slots=True)
class Found:
    """One barrier. ``words``: the heading, the image's file, or what the link says."""

    barrier: Barrier
    words: str


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=1024)
def barriers_in(text: str) -> tuple[Found, ...]:
    """Return what a text in Markdown keeps from some readers, in its order (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4).

    >>> [found.barrier.value for found in barriers_in("See [here](https://example.org)")]
    ['link_unnamed']
    """
    found: list[Found] = []
    level = 0
    tokens = _reader().parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            # The highest heading of a text stands right below the page's own, whatever its number.
            deeper = int(token.tag[1])
            if level and deeper > level + 1:
                found.append(Found(Barrier.HEADING_SKIPS, tokens[place + 1].content))
            level = deeper
        elif token.type == "inline" and token.children:
            found.extend(_of_line(token.children))
    return tuple(found)


def _of_line(tokens: Sequence[Token]) -> Iterator[Found]:
    target, said, inside = "", "", False
    for token in tokens:
        # A number stands for a picture of the page, whose words are asked for where it is added.
        is_own = str(token.attrGet("src") or "").isdecimal()
        if token.type == "image" and not is_own and not token.content.strip():
            yield Found(Barrier.IMAGE_UNSAID, str(token.attrGet("src") or "").rsplit("/", 1)[-1])
        if token.type == "link_open":
            target, said, inside = str(token.attrGet("href") or ""), "", True
        elif token.type == "link_close":
            inside = False
            name = said.strip().casefold().strip(".:!…")
            if (
                not name
                or name in EMPTY_NAMES
                or (name.startswith(("http://", "https://")) and len(name) > 40)
            ):
                yield Found(Barrier.LINK_UNNAMED, said.strip() or target)
        elif inside and token.type in {"text", "code_inline", "image"}:
            said += token.content
