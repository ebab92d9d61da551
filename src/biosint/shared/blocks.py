"""Markdown as plain blocks, for documents that are not HTML (PDF, DOCX)."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt

Run = dict[str, Any]  # {"text": str, "bold": bool, "italic": bool, "url": str}
Block = dict[
    str, Any
]  # {"kind": "heading" | "paragraph" | "item" | "numbered" | "quote", "level": int, "runs": [Run]}


def blocks(markdown: str) -> list[Block]:
    r"""Return headings, paragraphs, list items and quotes in order; HTML in the text stays text.

    >>> blocks("# Why\n\nFor **all**.")[0]
    {'kind': 'heading', 'level': 1, 'runs': [{'text': 'Why', 'bold': False, 'italic': False, 'url': ''}]}
    """
    found: list[Block] = []
    lists: list[str] = []
    quoted = 0
    heading = 0
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        match token.type:
            case "bullet_list_open":
                lists.append("item")
            case "ordered_list_open":
                lists.append("numbered")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "inline":
                kind = "heading" if heading else lists[-1] if lists else "quote" if quoted else "paragraph"
                found.append(
                    {"kind": kind, "level": heading or len(lists), "runs": _runs(token.children or [])}
                )
            case "fence" | "code_block":
                found.append({"kind": "paragraph", "level": 0, "runs": [_run(token.content.strip())]})
    return found


def plain_text(markdown: str) -> str:
    r"""Return the words without marks, on one line.

    >>> plain_text("Follow **one** patient.\n\n- Listen")
    'Follow one patient. Listen'
    """
    return " ".join("".join(run["text"] for run in block["runs"]) for block in blocks(markdown))


def _run(text: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Run:
    return {"text": text, "bold": bold, "italic": italic, "url": url}


def _runs(children: list[Any]) -> list[Run]:
    runs: list[Run] = []
    bold = italic = 0
    url = ""
    for child in children:
        match child.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                address = str(child.attrGet("href") or "")
                url = address if address.startswith(("http://", "https://", "mailto:")) else ""
            case "link_close":
                url = ""
            case "softbreak" | "hardbreak":
                runs.append(_run(" "))
            case _ if child.content:
                runs.append(_run(child.content, bold=bold > 0, italic=italic > 0, url=url))
    return runs
