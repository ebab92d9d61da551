r"""Formulas in what people write: TeX between dollar signs becomes MathML, which browsers draw and speak.

``$x^2$`` stands in the line, ``$$x^2$$`` on lines of its own. As in Pandoc's Markdown, a formula has no blank just
inside its signs, and no digit just behind the closing one: “between $5 and $10” stays money. ``\$`` is always a
dollar sign. What cannot be read as TeX is shown as it was typed, so nothing is lost.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# Longer formulas are tables in disguise; deeper ones no reader could follow, and no parser need try.
LONGEST = 2000
DEEPEST = 30
# Words inside a formula: the converter leaves these signs as they are, and they would become elements.
MARKED_WORDS = re.compile(r"\\(?:text|mbox|textrm|textbf|textit)\s*\{[^}]*[<>&]")
# Commands that carry addresses, styles or colours have no place in a text that others read.
FORBIDDEN = re.compile(r"\\(?:href|style|class|id|color|textcolor|colorbox|require|def|newcommand)\b")

MATH_TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none"),
    *("mtable", "mtr", "mtd", "mpadded", "mphantom", "menclose"),
}
MATH_ATTRIBUTES = {
    "math": {"display", "alttext"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "form", "lspace", "rspace", "movablelimits", "minsize", "maxsize", "largeop"},
    "mfrac": {"linethickness"},
    "mspace": {"width"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "mtd": {"columnalign"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "menclose": {"notation"},
}


def with_mathematics(reader: MarkdownIt) -> MarkdownIt:
    """Teach a reader of Markdown to read formulas."""
    reader.inline.ruler.after("escape", "math_inline", _in_line)
    reader.block.ruler.after(
        "fence", "math_block", _on_lines, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    reader.add_render_rule("math_inline", _rendered)
    reader.add_render_rule("math_block", _rendered)
    return reader


def _in_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the signature of the reader's rules
    text, start = state.src, state.pos
    if text[start] != "$":
        return False
    signs = 2 if text.startswith("$$", start) else 1
    end = _closing(text, start + signs, signs, state.posMax)
    if end is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = text[start + signs : end].strip()
        token.markup = "$" * signs
    state.pos = end + signs
    return True


def _closing(text: str, start: int, signs: int, end: int) -> int | None:
    """Return where the closing signs begin, None where there are none that close this formula."""
    if start >= end or (signs == 1 and text[start].isspace()):
        return None
    at = start
    while (at := text.find("$" * signs, at, end)) != -1:
        behind = at + signs
        is_money = signs == 1 and (text[at - 1].isspace() or (behind < end and text[behind].isdigit()))
        if at > start and text[at - 1] != "\\" and not is_money:
            return at
        at += 1
    return None


def _on_lines(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- as above
    if not _line(state, first).startswith("$$"):
        return False
    lines, last = [_line(state, first)[2:]], first
    while not lines[-1].rstrip().endswith("$$"):
        last += 1
        if last >= end or not _line(state, last).strip():
            return False
        lines.append(_line(state, last))
    content = "\n".join(lines).rstrip()[:-2].strip()
    if not content or "$$" in content:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.markup, token.block = content, "$$", True
        token.map = [first, last + 1]
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _rendered(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    token = tokens[index]
    is_block = token.type == "math_block"
    formula = drawn(token.content, is_block=is_block or token.markup == "$$")
    if formula is None:
        typed = escape(f"{token.markup}{token.content}{token.markup}")
        formula = f'<code title="{escape(_("This formula cannot be read."))}">{typed}</code>'
    return f"<p>{formula}</p>\n" if is_block else formula


@lru_cache(maxsize=4096)
def drawn(tex: str, *, is_block: bool = False) -> str | None:
    r"""Return the formula as MathML with its TeX as the spoken alternative, None where it cannot be read.

    >>> drawn(r"\frac{1}{2}")[:60]
    '<math alttext="\\frac{1}{2}" xmlns="http://www.w3.org/1998/Math'
    """
    if not tex or len(tex) > LONGEST or "$" in tex or not _is_balanced(tex):
        return None
    if FORBIDDEN.search(tex) or MARKED_WORDS.search(tex):
        return None
    from latex2mathml.converter import convert

    try:
        formula: str = convert(tex, display="block" if is_block else "inline")
    except Exception:  # noqa: BLE001 -- the library has some twenty errors of its own without a common parent
        return None
    return formula.replace("<math ", f'<math alttext="{escape(tex)}" ', 1)


def _is_balanced(tex: str) -> bool:
    depth = 0
    for sign in tex.replace(r"\{", "").replace(r"\}", ""):
        depth += (sign == "{") - (sign == "}")
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0
