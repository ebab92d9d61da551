"""HTML that other tools write, as Markdown, and Markdown as the HTML they read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from biosint.quizzes.formats.found import Notes
from biosint.shared import prose

_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "code": "`"}
_SIGNS = {"hr": "\n\n---\n\n", "td": " | ", "th": " | ", "sub": "_", "sup": "^"}
_BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "figure",
}
# Gone with everything inside them: what they hold is no text.
_SILENT = {"script", "style", "head", "template", "noscript"}
_LOST = {
    "img": lambda: _("A picture is not carried; put it on this site and add it to the question."),
    "audio": lambda: _("A sound is not carried."),
    "video": lambda: _("A video is not carried."),
    "iframe": lambda: _("A page inside the text is not carried."),
    "object": lambda: _("An embedded object is not carried."),
    "math": lambda: _("A formula written as MathML is carried as plain words."),
    "svg": lambda: _("A drawing is not carried."),
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|>|\d+[.)]\s|={3,}|-{3,})", re.MULTILINE)


_FORMULA = re.compile(r"\$\$(.+?)\$\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)


def escaped(text: str) -> str:
    """Return plain text so that Markdown shows it as it is; formulas of Moodle become ours."""
    parts, end = [], 0
    for formula in _FORMULA.finditer(text):
        displayed = formula[1] or formula[3]
        parts += [
            _escaped(text[end : formula.start()]),
            f"$${displayed}$$" if displayed else f"${formula[2]}$",
        ]
        end = formula.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if not found[2][0].isdigit() else _numbered(found), text
    )


def _numbered(found: re.Match[str]) -> str:
    digits = re.match(r"\d+", found[2])
    number = digits[0] if digits else ""
    return f"{found[1]}{number}\\{found[2][len(number) :]}"


class _Reader(HTMLParser):
    def __init__(self, notes: Notes) -> None:
        super().__init__(convert_charrefs=True)
        self.notes = notes
        self.written: list[str] = []
        self.silent = 0
        self.lists: list[int | None] = []
        self.links: list[str] = []
        self.pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _LOST:
            self.notes.add(str(_LOST[tag]()))
            if tag == "img" and given.get("alt"):
                self.written.append(escaped(f"[{given['alt']}]"))
        if tag in _SILENT:
            self.silent += 1
        elif tag in _INLINE and not self.pre:
            self.written.append(_INLINE[tag])
        elif tag in _SIGNS:
            self.written.append(_SIGNS[tag])
        elif tag == "br":
            self.written.append("\n" if self.pre else "\\\n")
        elif tag == "tr":
            self.written.append("\n")
            self.notes.add(_("A table is carried as lines of text."))
        else:
            self._begin_block(tag, given)

    def _begin_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
            self._gap()
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.links.append(given.get("href", ""))
            self.written.append("[")
        elif tag == "pre":
            self.pre += 1
            self.written.append("\n\n```\n")
        elif re.fullmatch(r"h[1-6]", tag):
            self.written.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _BLOCKS:
            self._gap()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _INLINE and not self.pre:
            self.written.append(_INLINE[tag])
        elif tag in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self._gap()
        elif tag == "a":
            address = self.links.pop() if self.links else ""
            safe = re.fullmatch(r"(https?:|mailto:|/(?!/))[^\s()<>]*", address)
            self.written.append(f"]({address})" if safe else "]")
        elif tag == "pre":
            self.pre = max(0, self.pre - 1)
            self.written.append("\n```\n\n")
        elif tag in _BLOCKS:
            self._gap()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre:
            self.written.append(data)
            return
        self.written.append(escaped(re.sub(r"\s+", " ", data)))

    def _gap(self) -> None:
        self.written.append("\n" if self.lists else "\n\n")

    def _item(self) -> None:
        depth = max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else None
        mark = "-" if number is None else f"{number}."
        if self.lists and number is not None:
            self.lists[-1] = number + 1
        self.written.append(f"\n{'   ' * depth}{mark} ")


def to_markdown(html: str, notes: Notes) -> str:
    """Return HTML as Markdown. What cannot be said in it is named in the notes; nothing of it can run."""
    reader = _Reader(notes)
    reader.feed(html)
    reader.close()
    text = "".join(reader.written)
    text = re.sub(r"(\*\*|~~|\*)(\s+)\1", r"\2", text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\n[ \t]+(?=[^\s\-\d])", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return text.removesuffix("\\").strip()


def to_html(markdown: str) -> str:
    """Return Markdown as the HTML that other tools show; cleaned, as on our own pages."""
    return prose.cleaned(markdown, top=2).strip()
