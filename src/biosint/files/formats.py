"""Formats that may be stored, and how to tell from the content that a file is what its name says."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

HEAD = 64 * 1024
# An honest office file unpacks to perhaps twenty times its size; a bomb to a thousand times.
UNPACKED_BYTES = 300 * 1024 * 1024
UNPACKED_RATIO = 200
UNPACKED_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``inside`` is a member that a package of this format always holds.

    ``begins`` are the first bytes, where no library knows the signature; ``package`` is a zip of any members.
    """

    extension: str
    media_type: str
    signatures: frozenset[str] = frozenset()  # extensions under which the signature is known
    inside: str = ""
    text: bool = False
    begins: tuple[bytes, ...] = ()
    package: bool = False


def _format(
    extension: str,
    media_type: str,
    *signatures: str,
    inside: str = "",
    text: bool = False,
    begins: tuple[bytes, ...] = (),
) -> tuple[str, Format]:
    return extension, Format(
        extension,
        media_type,
        frozenset(signatures),
        inside,
        text,
        begins,
        package=bool(inside) or begins == _ZIP,
    )


_ZIP = (b"PK\x03\x04",)
_XML = (b"<?xml", b"\xef\xbb\xbf<?xml", b"<")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
FORMATS: dict[str, Format] = dict(
    [
        _format("pdf", "application/pdf", ".pdf"),
        _format("docx", _OFFICE + "wordprocessingml.document", ".docx", inside="word/document.xml"),
        _format("xlsx", _OFFICE + "spreadsheetml.sheet", ".xlsx", inside="xl/workbook.xml"),
        _format("pptx", _OFFICE + "presentationml.presentation", ".pptx", inside="ppt/presentation.xml"),
        _format("odt", _OPEN + "text", ".odt", ".zip", inside="content.xml"),
        _format("ods", _OPEN + "spreadsheet", ".ods", ".zip", inside="content.xml"),
        _format("odp", _OPEN + "presentation", ".odp", ".zip", inside="content.xml"),
        # Archives that the platform itself makes; no page takes one where everyday files are meant.
        _format("zip", "application/zip", ".zip"),
        _format("png", "image/png", ".png"),
        _format("jpg", "image/jpeg", ".jpg", ".jpeg", ".jfif"),
        _format("jpeg", "image/jpeg", ".jpg", ".jpeg", ".jfif"),
        _format("webp", "image/webp", ".webp"),
        _format("gif", "image/gif", ".gif"),
        _format("mp4", "video/mp4", ".mp4", ".m4v"),
        _format("webm", "video/webm", begins=(b"\x1a\x45\xdf\xa3",)),
        _format("vtt", "text/vtt", text=True, begins=(b"WEBVTT", b"\xef\xbb\xbfWEBVTT")),
        _format("srt", "application/x-subrip", text=True),
        _format("csv", "text/csv", text=True),
        _format("txt", "text/plain", text=True),
        _format("md", "text/markdown", text=True),
        _format("json", "application/json", text=True),
        # What tools of translators, LimeSurvey and SPSS write.
        _format("xlf", "application/xliff+xml", text=True, begins=_XML),
        _format("xliff", "application/xliff+xml", text=True, begins=_XML),
        _format("xml", "application/xml", text=True, begins=_XML),
        _format("lss", "application/xml", text=True, begins=_XML),
        _format("lsa", "application/zip", begins=_ZIP),
        _format("sav", "application/x-spss-sav", begins=(b"$FL2", b"$FL3")),
        _format("zsav", "application/x-spss-sav", begins=(b"$FL2", b"$FL3")),
    ]
)
DOCUMENTS = frozenset({"pdf", "docx", "odt", "pptx", "odp", "txt", "md"})
TABLES = frozenset({"xlsx", "ods", "csv"})
IMAGES = frozenset({"png", "jpg", "jpeg", "webp", "gif"})
VIDEOS = frozenset({"mp4", "webm"})
CAPTIONS = frozenset({"vtt", "srt"})
EVERYDAY = DOCUMENTS | TABLES | IMAGES


def agrees(form: Format, content: BinaryIO) -> bool:
    """Return whether the content is of this format, judged by what it holds and not by its name."""
    content.seek(0)
    head = content.read(HEAD)
    if form.begins:
        return head.startswith(form.begins) and (not form.text or _is_text(head))
    if form.text:
        return _is_text(head)
    try:
        known = {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return False
    if not known & form.signatures:
        return False
    return not form.inside or form.inside in _members(content)


def unpacks_too_far(content: BinaryIO) -> bool:
    """Return whether a package is a bomb: too many members, or far larger unpacked than packed."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            members = package.infolist()
    except zipfile.BadZipFile:
        return True
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    return (
        len(members) > UNPACKED_ENTRIES
        or unpacked > UNPACKED_BYTES
        or unpacked > max(packed, 1024) * UNPACKED_RATIO
    )


def _members(content: BinaryIO) -> frozenset[str]:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            return frozenset(package.namelist())
    except zipfile.BadZipFile:
        return frozenset()


def _is_text(head: bytes) -> bool:
    """Text in any of the encodings that spreadsheets here save: UTF-8, UTF-16 or a one-byte code page."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
