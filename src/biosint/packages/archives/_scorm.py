"""``imsmanifest.xml`` of SCORM 1.2 and 2004: which pages there are to play, in order, and what passing means.

Source: ADL, SCORM 1.2 Content Aggregation Model, and SCORM 2004 CAM (3rd and 4th edition). Rules of sequencing are
not carried out: learners choose freely among the items (docs/adr/0031).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from biosint.packages.archives._zip import PackageRefused
from biosint.packages.states import Standard

if TYPE_CHECKING:
    from biosint.packages.archives._zip import Archive

MANIFEST = "imsmanifest.xml"
ITEMS = 500
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table of contents. ``href`` is empty where it only heads the lines below it.

    ``mastery`` is the score from which it is passed, as the package writes it: 0 to 100 in SCORM 1.2, -1 to 1 in 2004.
    """

    code: str
    title: str
    href: str = ""
    level: int = 0
    reports: bool = True  # a SCO; an asset only shows itself
    mastery: str = ""
    launch_data: str = ""
    time_limit: str = ""
    at_time_limit: str = ""
    threshold: str = ""  # completionThreshold of SCORM 2004


@dataclass(frozen=True, slots=True)
class Manifest:
    standard: Standard
    title: str
    items: tuple[Item, ...]
    mentioned: frozenset[str]  # every path the manifest names, to tell the encoding of names


def read_manifest(archive: Archive) -> Manifest:
    """Read the manifest at the top of the package.

    Raises:
        PackageRefused: it is not there, broken, or names nothing to play.
    """
    entry = archive.find(MANIFEST)
    assert entry is not None  # noqa: S101 -- the caller has looked for it
    try:
        root = fromstring(archive.read(entry))
    except DefusedXmlException as fault:
        raise PackageRefused(
            _("The manifest (imsmanifest.xml) defines entities, which is not safe. Export the package anew.")
        ) from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise PackageRefused(
            _("The manifest (imsmanifest.xml) cannot be read. Export the package anew from its program.")
        ) from fault
    standard = _standard(root)
    resources = _resources(root)
    organisation = _organisation(root)
    items = tuple(_items(organisation, resources)) if organisation is not None else ()
    if len(items) > ITEMS:
        raise PackageRefused(
            _("The table of contents has %(count)s lines; the limit is %(limit)s. Divide the package.")
            % {"count": len(items), "limit": ITEMS}
        )
    if not any(item.href for item in items):
        raise PackageRefused(
            _(
                "The manifest names nothing to start. When you export the package, choose “SCORM 1.2” or “SCORM 2004” with a start page."
            )
        )
    title = _text(organisation, "title") or items[0].title
    mentioned = frozenset(
        unquote(str(value))
        for element in root.iter()
        for name, value in element.attrib.items()
        if _local(name) == "href"
    )
    return Manifest(standard=standard, title=title[:TITLE_LENGTH], items=items, mentioned=mentioned)


def _local(name: str) -> str:
    """Manifests differ in namespaces and capitals; the local name says enough."""
    return name.rpartition("}")[2].lower()


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and _local(child.tag) == name]


def _first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next(iter(_children(element, name)), None)
    return element


def _text(element: Element | None, *path: str) -> str:
    found = _first(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if _local(key) == name), "").strip()


def _standard(root: Element) -> Standard:
    version = _text(root, "metadata", "schemaversion").lower()
    if version.startswith(("2004", "cam 1.3")):
        return Standard.SCORM_2004
    if version.startswith("1.2"):
        return Standard.SCORM_12
    spaces = " ".join(
        str(name)
        for element in root.iter()
        for name in (element.tag, *element.attrib)
        if isinstance(name, str)
    )
    if "adlcp_v1p3" in spaces:
        return Standard.SCORM_2004
    if "adlcp_rootv1p2" in spaces:
        return Standard.SCORM_12
    raise PackageRefused(
        _(
            "This is a package with a manifest, but neither SCORM 1.2 nor SCORM 2004. Export it in one of these, or as H5P."
        )
    )


def _resources(root: Element) -> dict[str, tuple[str, bool]]:
    """Identifier → address below the package's folder, and whether it reports (a SCO)."""
    found = {}
    for group in _children(root, "resources"):
        outer = _attribute(root, "base") + _attribute(group, "base")
        for resource in _children(group, "resource"):
            href = _attribute(resource, "href")
            if href:
                address = urljoin(outer + _attribute(resource, "base"), href.replace("\\", "/"))
                found[_attribute(resource, "identifier")] = (
                    address,
                    _attribute(resource, "scormtype").lower() != "asset",
                )
    return found


def _organisation(root: Element) -> Element | None:
    group = _first(root, "organizations")
    if group is None:
        return None
    all_of_them = _children(group, "organization")
    wanted = _attribute(group, "default")
    return next((one for one in all_of_them if _attribute(one, "identifier") == wanted), None) or next(
        iter(all_of_them), None
    )


def _items(parent: Element, resources: dict[str, tuple[str, bool]], level: int = 0) -> Iterator[Item]:
    for element in _children(parent, "item"):
        if _attribute(element, "isvisible").lower() == "false" and not _attribute(element, "identifierref"):
            continue
        href, reports = resources.get(_attribute(element, "identifierref"), ("", False))
        _refuse_elsewhere(href)
        yield Item(
            code=_attribute(element, "identifier")[:200],
            title=(_text(element, "title") or _attribute(element, "identifier"))[:TITLE_LENGTH],
            href=_with_parameters(href, _attribute(element, "parameters")),
            level=min(level, 6),
            reports=reports,
            mastery=_text(element, "masteryscore") or _measure(element),
            launch_data=(_text(element, "datafromlms"))[:4000],
            time_limit=_text(element, "maxtimeallowed") or _limit(element),
            at_time_limit=_text(element, "timelimitaction"),
            threshold=_threshold(element),
        )
        yield from _items(element, resources, level + 1)


def _measure(element: Element) -> str:
    """The passing score of SCORM 2004: the primary objective, when it is judged by its measure."""
    objective = _first(element, "sequencing", "objectives", "primaryobjective")
    if objective is None or _attribute(objective, "satisfiedbymeasure").lower() != "true":
        return ""
    return _text(objective, "minnormalizedmeasure") or "1.0"


def _limit(element: Element) -> str:
    limits = _first(element, "sequencing", "limitconditions")
    return _attribute(limits, "attemptabsolutedurationlimit") if limits is not None else ""


def _threshold(element: Element) -> str:
    found = _first(element, "completionthreshold")
    if found is None:
        return ""
    # The fourth edition has an attribute, the third a text.
    if _attribute(found, "completedbymeasure").lower() == "true":
        return _attribute(found, "minprogressmeasure") or "1.0"
    return " ".join((found.text or "").split())


def _refuse_elsewhere(href: str) -> None:
    if "://" in href or href.startswith(("//", "/")) or ".." in href.split("?", maxsplit=1)[0].split("/"):
        raise PackageRefused(
            _(
                "The package starts a page that it does not hold itself (%(address)s). Only packages that are whole can be played; export it with all its pages inside."
            )
            % {"address": href[:120]}
        )


def _with_parameters(href: str, parameters: str) -> str:
    """Join an address and launch parameters as the standard says (CAM, ``parameters``)."""
    parameters = parameters.lstrip("?&")
    if not href or not parameters:
        return href
    if parameters.startswith("#"):
        return href if "#" in href else href + parameters
    return f"{href}{'&' if '?' in href else '?'}{parameters}"
