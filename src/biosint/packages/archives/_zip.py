"""The zip itself: names, sizes and kinds of its members, judged before a byte of them is unpacked."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault

FILES = 5_000
UNPACKED = 600 * 1024 * 1024
# Scripts shrink to a fifth, tables of numbers to a twentieth; a bomb to a thousandth.
RATIO = 100
RATIO_FROM = 10 * 1024 * 1024
PATH_LENGTH = 300
MANIFEST_BYTES = 8 * 1024 * 1024
CHUNK = 64 * 1024
# What programs on Windows here write when they do not say that a name is UTF-8.
CODE_PAGES = ("cp852", "cp1250", "cp866", "cp855", "cp1251")
UTF8_FLAG = 0x800
ENCRYPTED_FLAG = 0x1
# Left behind by operating systems and version control; no package needs them.
LITTER = re.compile(
    r"(^|/)(__MACOSX/|\.[^/]*(/|$)|Thumbs\.db$|desktop\.ini$|~\$|node_modules/)", re.IGNORECASE
)


class PackageRefused(Fault):
    """The file is no package that can be played here; the sentence says why and what to do."""


class UnpackedElsewise(Fault):
    """A member unpacks to something else than the directory of the zip says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package: its path below the package's own folder, and how to find it in the zip."""

    path: str
    size: int
    info: zipfile.ZipInfo

    @property
    def extension(self) -> str:
        return PurePosixPath(self.path).suffix.removeprefix(".").lower()


class Archive:
    """An opened zip whose directory is safe: no way out of its folder, no bomb, no link, no password.

    Raises (on opening):
        PackageRefused: with a sentence for the person who handed it in.
    """

    def __init__(self, content: BinaryIO) -> None:
        content.seek(0)
        try:
            self._zip = zipfile.ZipFile(content)
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as fault:
            raise PackageRefused(
                _(
                    "This file is not a whole zip. It may have broken off while it was copied: save it anew from its program and try again."
                )
            ) from fault
        members = [one for one in self._zip.infolist() if not one.is_dir()]
        _refuse_bombs(members, self._zip.start_dir)
        for member in members:
            _refuse_strange(member)
        self.entries = _without_litter(_entry(member, member.filename) for member in members)
        _refuse_twins(self.entries)

    def rooted_at(self, marker: str) -> bool:
        """Take the folder that holds ``marker`` for the top, as when somebody has zipped the folder around it.

        Returns whether the marker was found at the top or in one single folder above everything.
        """
        paths = {entry.path for entry in self.entries}
        if marker in paths:
            return True
        tops = {path.split("/", 1)[0] for path in paths}
        if len(tops) != 1 or f"{(top := tops.pop())}/{marker}" not in paths:
            return False
        self.entries = [replace(entry, path=entry.path.removeprefix(f"{top}/")) for entry in self.entries]
        return True

    def named_as(self, mentioned: Collection[str]) -> None:
        """Read names that are not marked as UTF-8 in that encoding in which the manifest mentions most of them."""
        doubtful = [
            entry for entry in self.entries if not entry.path.isascii() and not _says_utf8(entry.info)
        ]
        if not doubtful:
            return
        wanted = {unicodedata.normalize("NFC", name) for name in mentioned}
        # UTF-8 without its mark is what most programs mean; another page must be mentioned more often.
        best: dict[str, str] = {}
        for page in ("utf-8", *CODE_PAGES):
            read = {entry.path: _read_as(entry.path, page) for entry in doubtful}
            if all(read.values()) and (not best or _hits(read, wanted) > _hits(best, wanted)):
                best = read
        self.entries = [replace(entry, path=best.get(entry.path, entry.path)) for entry in self.entries]
        for entry in self.entries:
            _refuse_path(entry.path)
        _refuse_twins(self.entries)

    def find(self, path: str) -> Entry | None:
        """Return the file of that path; where there is none, the one whose name differs in capitals alone."""
        wanted = unicodedata.normalize("NFC", path)
        folded = wanted.casefold()
        near = None
        for entry in self.entries:
            if entry.path == wanted:
                return entry
            if entry.path.casefold() == folded:
                near = entry
        return near

    def read(self, entry: Entry, maximum: int = MANIFEST_BYTES) -> bytes:
        """Return a whole small file, such as a manifest."""
        if entry.size > maximum:
            raise PackageRefused(
                _("“%(path)s” is larger than a description can be. Export the package anew.")
                % {"path": entry.path}
            )
        return b"".join(self.chunks(entry))

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Unpack one file piece by piece, never more than its directory entry promises.

        Raises:
            UnpackedElsewise: broken, longer or shorter than promised, or packed in a way nobody else can read.
        """
        seen = 0
        try:
            with self._zip.open(entry.info) as member:
                while chunk := member.read(CHUNK):
                    seen += len(chunk)
                    if seen > entry.size:
                        raise UnpackedElsewise(_elsewise(entry.path))
                    yield chunk
        except (
            zipfile.BadZipFile,
            RuntimeError,
            EOFError,
            OSError,
            zlib.error,
        ) as fault:
            raise UnpackedElsewise(_elsewise(entry.path)) from fault
        if seen != entry.size:
            raise UnpackedElsewise(_elsewise(entry.path))


def _elsewise(path: str) -> str:
    return _(
        "“%(path)s” inside the package is broken. Export the package anew from its program and hand that in."
    ) % {"path": path}


def _entry(member: zipfile.ZipInfo, name: str) -> Entry:
    path = unicodedata.normalize("NFC", name.replace("\\", "/"))
    _refuse_path(path)
    return Entry(path=path, size=member.file_size, info=member)


def _says_utf8(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & UTF8_FLAG)


def _read_as(path: str, encoding: str) -> str:
    """Read a name anew that was read as code page 437, as zip says; empty where that cannot be."""
    try:
        return unicodedata.normalize("NFC", path.encode("cp437").decode(encoding))
    except UnicodeError:
        return ""


def _hits(read: dict[str, str], wanted: set[str]) -> int:
    return len(wanted & set(read.values()))


def _without_litter(entries: Iterator[Entry]) -> list[Entry]:
    return [entry for entry in entries if not LITTER.search(entry.path)]


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    outside = path.startswith("/") or re.match(r"^[A-Za-z]:", path) or ".." in parts or "." in parts
    strange = "" in parts or any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in path)
    if outside:
        raise PackageRefused(
            _(
                "The file “%(path)s” wants to lie outside of the package’s own folder. Such a package is not safe; ask whoever made it for a clean export."
            )
            % {"path": path[:120]}
        )
    if strange or len(path) > PATH_LENGTH:
        raise PackageRefused(
            _(
                "A file of the package has a name that cannot be kept (%(path)s). Give it a short name of plain letters and export anew."
            )
            % {"path": "".join(sign if sign.isprintable() else "?" for sign in path[:80])}
        )


def _refuse_strange(member: zipfile.ZipInfo) -> None:
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise PackageRefused(
            _("“%(path)s” is a link to another file. Put the file itself into the package and export anew.")
            % {"path": member.filename[:120]}
        )
    if member.flag_bits & ENCRYPTED_FLAG:
        raise PackageRefused(_("The package is locked with a password. Save it without a password."))


def _refuse_bombs(members: list[zipfile.ZipInfo], directory_at: int) -> None:
    if len(members) > FILES:
        raise PackageRefused(
            _("The package holds %(count)s files; the limit is %(limit)s. Divide it into several packages.")
            % {"count": len(members), "limit": FILES}
        )
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > UNPACKED:
        raise PackageRefused(
            _(
                "The package unpacks to %(size)s; the limit is %(limit)s. Make videos smaller, or divide it into several packages."
            )
            % {"size": filesizeformat(unpacked), "limit": filesizeformat(UNPACKED)}
        )
    if unpacked > RATIO_FROM and unpacked > packed * RATIO:
        raise PackageRefused(
            _(
                "The package unpacks to far more than it seems to hold, as no honest package does. Export it anew from its program."
            )
        )
    # Members that share their bytes: a few kilobytes that unpack to petabytes.
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise PackageRefused(
                _("Files inside the package lie on top of each other. Export it anew from its program.")
            )
        end = member.header_offset + member.compress_size
    if end > directory_at:
        raise PackageRefused(_("The package is broken. Export it anew from its program."))


def _refuse_twins(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise PackageRefused(
                _("The package holds two files named “%(path)s”. Remove one and export anew.")
                % {"path": entry.path}
            )
        seen.add(entry.path)
