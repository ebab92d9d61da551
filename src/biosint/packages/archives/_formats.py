"""Which files a package may hold, and as what each is handed out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.packages.archives._zip import PackageRefused

if TYPE_CHECKING:
    from biosint.packages.archives._zip import Entry

_TEXT = "; charset=utf-8"
MEDIA_TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "xml": "application/xml",
    "xsd": "application/xml",
    "dtd": "application/xml-dtd",
    "txt": "text/plain" + _TEXT,
    "md": "text/plain" + _TEXT,
    "csv": "text/csv" + _TEXT,
    "vtt": "text/vtt",
    "webvtt": "text/vtt",
    "srt": "text/plain" + _TEXT,
    "map": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "cur": "image/x-icon",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "wasm": "application/wasm",
    # To be saved, never shown inside the frame (``SAVED``).
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
SAVED = frozenset({"pdf", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"})
# Worth keeping in a packed copy, so that a weak line carries a fifth.
SHRINKING = frozenset(
    {"html", "htm", "xhtml", "js", "mjs", "css", "json", "xml", "xsd", "dtd", "txt", "md", "csv", "vtt", "webvtt", "srt", "map", "svg", "ttf", "otf", "eot", "ico", "bmp", "gltf", "wasm"}
)  # fmt: skip
# Beside these an H5P package carries scripts and styles in the folders of its libraries alone.
H5P_CONTENT = frozenset(MEDIA_TYPES) - {
    "html",
    "htm",
    "xhtml",
    "js",
    "mjs",
    "css",
    "xml",
    "xsd",
    "dtd",
    "map",
    "wasm",
}
H5P_LIBRARY = H5P_CONTENT | {"js", "css", "map"}
FLASH = frozenset({"swf", "fla", "flv"})
ARCHIVES = frozenset({"zip", "h5p", "7z", "rar", "tar", "gz", "bz2", "xz", "jar", "imscc"})


def media_type_of(extension: str) -> str:
    return MEDIA_TYPES.get(extension, "application/octet-stream")


def refuse_others(entries: Iterable[Entry], allowed: frozenset[str]) -> None:
    """Refuse a package with files of kinds that it may not hold.

    Raises:
        PackageRefused: naming up to five of the files, and what to do.
    """
    flash, packed, others = [], [], []
    for entry in entries:
        if entry.extension in FLASH:
            flash.append(entry.path)
        elif entry.extension in ARCHIVES:
            packed.append(entry.path)
        elif entry.extension not in allowed:
            others.append(entry.path)
    if flash:
        raise PackageRefused(
            _(
                "The package uses Flash (%(files)s), which no browser plays any more. Export it anew as HTML5 from the program it was made with."
            )
            % {"files": _some(flash)}
        )
    if packed:
        raise PackageRefused(
            _(
                "There are packed files inside the package (%(files)s). Unpack them, or hand each package in by itself."
            )
            % {"files": _some(packed)}
        )
    if others:
        raise PackageRefused(
            _(
                "Files of this kind cannot be part of a package: %(files)s. Take them out and export anew; offer them on a page of their own if learners need them."
            )
            % {"files": _some(others)}
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
