"""Files of QTI 3: one item, or a package of many."""

from __future__ import annotations

import io
import posixpath
import zipfile

from django.utils.translation import gettext as _

from biosint.quizzes.formats import xml
from biosint.quizzes.formats.found import LARGEST, MOST_QUESTIONS, Found, Unreadable
from biosint.quizzes.formats.qti import read_item

MANIFEST = "imsmanifest.xml"
ITEM = "imsqti_item_xmlv3p0"
MOST_MEMBERS = 5000
LARGEST_ITEM = 2 * 1024 * 1024
LARGEST_WHOLE = 60 * 1024 * 1024


def read(content: bytes, *, language: str) -> list[Found]:
    """Return every item of a package, or the one item of a file.

    Args:
        language: of items that do not say theirs.

    Raises:
        Unreadable: no QTI 3, unsafe, larger unpacked than anybody's questions are, or without any item.
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 10 MB. Export fewer questions at a time."))
    if content.startswith(b"PK"):
        return _package(content, language)
    root = xml.read(content)
    if xml.name_of(root) == "qti-assessment-item":
        return [read_item(root, language=language)]
    if xml.name_of(root) == "assessmentItem":
        raise Unreadable(_("This is QTI 2. Export it as QTI 3."))
    raise Unreadable(_("This is no item of QTI 3."))


def _package(content: bytes, language: str) -> list[Found]:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Unreadable(_("The package is not whole. Export it again.")) from None
    with package:
        if len(package.infolist()) > MOST_MEMBERS:
            raise Unreadable(_("The package holds more than %(most)s files.") % {"most": MOST_MEMBERS})
        reader = _Unpacked(package)
        names = {posixpath.normpath(name): name for name in package.namelist()}
        if MANIFEST not in names:
            raise Unreadable(_("The package has no table of contents (imsmanifest.xml)."))
        manifest = xml.read(reader.member(names[MANIFEST]))
        found: list[Found] = []
        for resource in [part for part in manifest.iter() if xml.name_of(part) == "resource"]:
            kind, address = resource.get("type", ""), posixpath.normpath(resource.get("href", ""))
            if kind == ITEM:
                found.append(_item(reader, names, address, language))
            elif kind.startswith("imsqti_test"):
                found.append(
                    Found(
                        address, None, (_("The order of a test is not carried; put a quiz together here."),)
                    )
                )
            elif kind.startswith("imsqti_item"):
                found.append(Found(address, None, (_("This item is QTI 2. Export it as QTI 3."),)))
            elif kind.startswith("imsqti_stimulus"):
                found.append(Found(address, None, (_("A text that several items share is not carried."),)))
            if len(found) > MOST_QUESTIONS:
                raise Unreadable(_("The file holds more than %(most)s questions.") % {"most": MOST_QUESTIONS})
    if not found:
        raise Unreadable(_("No question was found in the file."))
    return found


class _Unpacked:
    """Unpacks members while all of them together stay within reason, whatever their headers claim."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.left = LARGEST_WHOLE

    def member(self, name: str) -> bytes:
        try:
            with self.package.open(name) as stream:
                content = stream.read(LARGEST_ITEM + 1)
        except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError):
            raise Unreadable(_("The package is not whole, or it is locked. Export it again.")) from None
        self.left -= len(content)
        if len(content) > LARGEST_ITEM or self.left < 0:
            raise Unreadable(_("The package unpacks to far more than questions need."))
        return content


def _item(reader: _Unpacked, names: dict[str, str], address: str, language: str) -> Found:
    if address not in names:
        return Found(address[:150], None, (_("The package does not hold this item."),))
    try:
        root = xml.read(reader.member(names[address]))
    except Unreadable as fault:
        return Found(address[:150], None, (str(fault),))
    if xml.name_of(root) != "qti-assessment-item":
        return Found(address[:150], None, (_("This is no item of QTI 3."),))
    return read_item(root, language=language)
