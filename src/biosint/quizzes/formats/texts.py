"""Texts of files: their encoding, their markup, and the one language they are in."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from biosint.quizzes.content import Words
from biosint.quizzes.formats.found import LARGEST, Notes, Unreadable
from biosint.quizzes.formats.html import escaped, to_markdown

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]+|#\d+);")


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark.

    Raises:
        Unreadable: it is too large, or in another encoding: guessing would turn letters into others unseen.
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Export fewer questions at a time."))
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            _("The file is not in UTF-8. Open it in a text editor and save it with the encoding UTF-8.")
        ) from None


def as_markdown(text: str, markup: str, notes: Notes) -> str:
    """Return a text as Markdown.

    Args:
        markup: how the file says it is written: ``html``, ``markdown``, ``plain`` or ``moodle`` (lines of text in
            which HTML may stand).
    """
    if markup == "markdown":
        return text.strip()
    if markup == "html" or (markup in ("moodle", "moodle_auto_format", "") and _TAG.search(text)):
        return to_markdown(text, notes)
    return escaped(text.strip())


def said(text: str, language: str) -> Words:
    """Return a text in the language of the import, or nothing."""
    return {language: text} if text.strip() else {}
