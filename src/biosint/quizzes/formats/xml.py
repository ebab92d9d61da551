"""XML of other tools: bombs and outside parts are refused before anything is built."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

import defusedxml
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from biosint.quizzes.formats.found import LARGEST, Unreadable

__all__ = ["Element", "SubElement", "clean", "inner", "name_of", "read", "write"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
DEEPEST = 60


def read(content: bytes) -> Element:
    """Parse a file that somebody sent.

    Raises:
        Unreadable: it is too large, no XML, brings definitions of its own, or is nested without end.
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Export fewer questions at a time."))
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except defusedxml.DefusedXmlException:
        raise Unreadable(
            _("The file defines its own XML entities. That is not safe, so it is not read.")
        ) from None
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        raise Unreadable(_("The file is not whole: %(fault)s. Export it again.") % {"fault": fault}) from None
    if _is_too_deep(root):
        raise Unreadable(_("The file is nested deeper than any question is."))
    return root


def _is_too_deep(root: Element) -> bool:
    level = [root]
    for _depth in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def inner(element: Element | None) -> str:
    """Return what an element holds as HTML, without namespaces."""
    if element is None:
        return ""
    parts = [_as_text(element.text)]
    for child in element:
        name = name_of(child)
        attributes = "".join(
            f' {key.rpartition("}")[2]}="{_as_text(value, quoted=True)}"'
            for key, value in child.attrib.items()
        )
        parts += [
            f"<{name}{attributes}>",
            inner(child),
            f"</{name}>" if name != "br" else "",
            _as_text(child.tail),
        ]
    return "".join(parts)


def _as_text(text: str | None, *, quoted: bool = False) -> str:
    plain = (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;") if quoted else plain


def clean(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def write(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
