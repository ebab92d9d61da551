"""``h5p.json`` and the libraries of an H5P package: everything that its player will ask for must be inside.

Source: the H5P file specification and ``library.json`` of its content types.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from biosint.packages.archives._zip import PackageRefused

if TYPE_CHECKING:
    from biosint.packages.archives._zip import Archive

DESCRIPTION = "h5p.json"
CONTENT = "content/content.json"
# What the bundled player speaks (docs/adr/0031).
CORE_API = (1, 28)
NAMED = 6


@dataclass(frozen=True, slots=True)
class Library:
    """A content type or what it rests on, as a package names it."""

    name: str
    major: int
    minor: int

    @property
    def folder(self) -> str:
        return f"{self.name}-{self.major}.{self.minor}"

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Description:
    title: str
    main: Library
    language: str


def read_description(archive: Archive) -> Description:
    """Read ``h5p.json`` and follow every library that is loaded beforehand.

    Raises:
        PackageRefused: something is broken or missing; what is missing is named.
    """
    told = _mapping(archive, DESCRIPTION)
    name = told.get("mainLibrary")
    if not isinstance(name, str) or not name:
        raise PackageRefused(
            _(
                "The description (h5p.json) does not name the main content type. Save the content anew in an H5P editor."
            )
        )
    loaded = _dependencies(told, DESCRIPTION)
    main = next((library for library in loaded if library.name == name), None)
    if main is None:
        raise PackageRefused(
            _(
                "The description (h5p.json) does not list its own main content type (%(library)s). Save the content anew in an H5P editor."
            )
            % {"library": name}
        )
    _mapping(archive, CONTENT)
    _follow(archive, loaded)
    language = told.get("defaultLanguage") or told.get("language")
    return Description(
        title=str(told.get("title") or main.name)[:200],
        main=main,
        language=language[:20] if isinstance(language, str) and language != "und" else "",
    )


def _mapping(archive: Archive, path: str) -> dict[str, Any]:
    entry = archive.find(path)
    if entry is None:
        raise PackageRefused(
            _("The package lacks “%(path)s”. Download or save the content anew as an H5P file.")
            % {"path": path}
        )
    try:
        read = json.loads(archive.read(entry).decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise PackageRefused(
            _("“%(path)s” inside the package is broken. Save the content anew in an H5P editor.")
            % {"path": path}
        ) from fault
    if not isinstance(read, dict):
        raise PackageRefused(
            _("“%(path)s” inside the package is broken. Save the content anew in an H5P editor.")
            % {"path": path}
        )
    return read


def _dependencies(told: dict[str, Any], path: str) -> list[Library]:
    listed = told.get("preloadedDependencies", [])
    try:
        return [
            Library(str(one["machineName"]), int(one["majorVersion"]), int(one["minorVersion"]))
            for one in listed
        ]
    except (KeyError, TypeError, ValueError) as fault:
        raise PackageRefused(
            _("“%(path)s” lists its libraries wrongly. Save the content anew in an H5P editor.")
            % {"path": path}
        ) from fault


def _follow(archive: Archive, first: list[Library]) -> None:
    """Look into every library that will be loaded; collect all that is missing before refusing."""
    missing: list[str] = []
    seen: set[Library] = set()
    waiting = list(first)
    while waiting:
        library = waiting.pop()
        if library in seen:
            continue
        seen.add(library)
        if archive.find(f"{library.folder}/library.json") is None:
            missing.append(str(library))
            continue
        waiting += _look_into(archive, library)
    if missing:
        raise PackageRefused(
            _(
                "The package lacks parts it needs: %(libraries)s. Export it with all its libraries (on H5P sites: “Reuse”, then “Download”)."
            )
            % {"libraries": ", ".join(sorted(missing)[:NAMED]) + (" …" if len(missing) > NAMED else "")}
        )


def _look_into(archive: Archive, library: Library) -> list[Library]:
    path = f"{library.folder}/library.json"
    told = _mapping(archive, path)
    if (told.get("machineName"), str(told.get("majorVersion")), str(told.get("minorVersion"))) != (
        library.name,
        str(library.major),
        str(library.minor),
    ):
        raise PackageRefused(
            _("The folder “%(folder)s” holds another library than its name says. Save the content anew.")
            % {"folder": library.folder}
        )
    _refuse_newer(told, library)
    for kind in ("preloadedJs", "preloadedCss"):
        for one in told.get(kind) or []:
            file = f"{library.folder}/{one.get('path', '')}" if isinstance(one, dict) else ""
            if not file or archive.find(file) is None:
                raise PackageRefused(
                    _(
                        "The library %(library)s lacks its file “%(file)s”. Export the package with all its libraries."
                    )
                    % {"library": library, "file": file or kind}
                )
    return _dependencies(told, path)


def _refuse_newer(told: dict[str, Any], library: Library) -> None:
    needed = told.get("coreApi")
    if not isinstance(needed, dict):
        return
    try:
        version = (int(needed["majorVersion"]), int(needed["minorVersion"]))
    except (KeyError, TypeError, ValueError):
        return
    if version > CORE_API:
        raise PackageRefused(
            _(
                "%(library)s needs a newer H5P player (%(needed)s) than this site has (%(have)s). Ask your system administrator to upgrade, or use an older version of the content type."
            )
            % {
                "library": library,
                "needed": ".".join(map(str, version)),
                "have": ".".join(map(str, CORE_API)),
            }
        )
