"""Reading and writing XML: bombs are refused, and no sign breaks a file."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import defusedxml
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault

__all__ = ["Broken", "Element", "SubElement", "clean", "indent", "name_of", "read", "write"]

# XML 1.0 has no way to write these.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Broken(Fault):
    """The file cannot be read as what it says it is."""


def read(content: bytes) -> Element:
    """Parse a file that somebody sent.

    Raises:
        Broken: it is no XML, or it brings definitions of its own (such as entities that grow without end).
    """
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except defusedxml.DefusedXmlException:
        raise Broken(
            _("The file defines its own XML entities. That is not safe, so it is not read.")
        ) from None
    except (ParseError, ValueError, LookupError) as fault:
        raise Broken(
            _("The file is not whole: %(fault)s. Save it again in its program.") % {"fault": fault}
        ) from None
    return root


def clean(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return _SURROGATES.sub("", _FORBIDDEN.sub("", text))


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def write(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
