"""Telling what an upload is, by what it holds and not by its name, and whether it can be played here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from biosint.packages.archives import _formats, _h5p, _scorm
from biosint.packages.archives._zip import Archive, PackageRefused
from biosint.packages.states import Standard


@dataclass(frozen=True, slots=True)
class Contents:
    """A package that can be played: its standard, title, what there is to start, and its files (``archive.entries``)."""

    archive: Archive
    standard: Standard
    title: str
    # Plain values, kept with the version: {"items": [...]} of SCORM, {"library": ..., "language": ...} of H5P.
    outline: dict[str, Any]

    @property
    def unpacked(self) -> int:
        """Bytes of all files together."""
        return sum(entry.size for entry in self.archive.entries)


def examine(content: BinaryIO) -> Contents:
    """Judge a package by its directory and manifests.

    Raises:
        PackageRefused: it cannot be played or is not safe; the sentence says what to do.
        UnpackedElsewise: a manifest inside is broken.
    """
    archive = Archive(content)
    if archive.rooted_at(_h5p.DESCRIPTION):
        return _h5p_contents(archive)
    if archive.rooted_at(_scorm.MANIFEST):
        return _scorm_contents(archive)
    raise PackageRefused(
        _(
            "This zip is neither an H5P nor a SCORM package: it has no h5p.json and no imsmanifest.xml at its top. Choose the file as your program exported it, not unpacked and packed again."
        )
    )


def _h5p_contents(archive: Archive) -> Contents:
    # Licences and the like without an extension: nobody asks for them.
    archive.entries = [entry for entry in archive.entries if entry.extension]
    content = [entry for entry in archive.entries if entry.path.startswith("content/")]
    libraries = [entry for entry in archive.entries if not entry.path.startswith("content/")]
    _formats.refuse_others(content, _formats.H5P_CONTENT)
    _formats.refuse_others(libraries, _formats.H5P_LIBRARY)
    told = _h5p.read_description(archive)
    return Contents(
        archive=archive,
        standard=Standard.H5P,
        title=told.title,
        outline={"library": str(told.main), "language": told.language},
    )


def _scorm_contents(archive: Archive) -> Contents:
    manifest = _scorm.read_manifest(archive)
    archive.entries = [entry for entry in archive.entries if entry.extension]
    archive.named_as(manifest.mentioned)
    _formats.refuse_others(archive.entries, frozenset(_formats.MEDIA_TYPES))
    for item in manifest.items:
        page = unquote(urlsplit(item.href).path)
        if item.href and archive.find(page) is None:
            raise PackageRefused(
                _(
                    "“%(title)s” should start “%(page)s”, which is not in the package. Export the package anew."
                )
                % {"title": item.title, "page": PurePosixPath(page)}
            )
    return Contents(
        archive=archive,
        standard=manifest.standard,
        title=manifest.title,
        outline={"items": [asdict(item) for item in manifest.items]},
    )
