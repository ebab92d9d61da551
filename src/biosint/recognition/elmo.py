"""Writes a transcript of records as ELMO 1.7, the format EMREX and student records read."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from biosint.recognition.elmo_reading import NAMESPACE
from biosint.recognition.states import Decision

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.recognition.models import Transcript

XML = "http://www.w3.org/XML/1998/namespace"


def names(name: str) -> tuple[str, str]:
    """Split a name into given names and family name: the last word is taken for the family name.

    >>> names("Ana Marija Ilić"), names("Madonna")
    (('Ana Marija', 'Ilić'), ('Madonna', 'Madonna'))
    """
    given, _space, family = name.strip().rpartition(" ")
    return (given or family, family)


def document(made: Transcript, *, pdf: bytes = b"") -> bytes:
    """Return a transcript as ELMO. ``pdf``: the same as a paper, to be carried inside."""
    root = tree(made.content, at=made.issued_at, key=made.public_id.hex, pdf=pdf)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def tree(content: dict[str, Any], *, at: datetime, key: str, pdf: bytes = b"") -> Element:
    """Return the ``elmo`` element: one report per institution that gave a course."""
    root = Element("elmo", {"xmlns": NAMESPACE})
    moment = at.replace(microsecond=0).isoformat()
    _add(root, "generatedDate", moment)
    learner = _add(root, "learner")
    given, family = names(content["learner"]["name"])
    _add(learner, "givenNames", given)
    _add(learner, "familyName", family)
    by_place: dict[str, list[dict[str, Any]]] = {}
    for record in content["records"]:
        if not record["revoked"]:
            by_place.setdefault(record["institution"]["name"], []).append(record)
    for number, records in enumerate(by_place.values()):
        report = _add(root, "report")
        _issuer(_add(report, "issuer"), records[0]["institution"])
        for record in records:
            _course(report, record)
        _add(report, "issueDate", moment)
        if pdf and number == 0:
            attachment = _add(report, "attachment")
            _add(attachment, "identifier", key, type="elmo")
            _add(attachment, "title", "Transcript of Records", lang="en")
            _add(attachment, "type", "Transcript of Records")
            _add(attachment, "content", f"data:application/pdf;base64,{base64.b64encode(pdf).decode()}")
    return root


def _add(above: Element, name: str, text: str | None = None, *, lang: str = "", **attributes: str) -> Element:
    made = SubElement(above, name, attributes)
    if lang:
        made.set(f"{{{XML}}}lang", lang)
    if text is not None:
        made.text = text
    return made


def _issuer(issuer: Element, place: dict[str, str]) -> None:
    _add(issuer, "country", place["country"].upper())
    if place["ror"]:
        _add(issuer, "identifier", place["ror"], type="ror")
    else:
        _add(issuer, "identifier", place["name"], type="local")
    _add(issuer, "title", place["name"])
    _add(issuer, "url", place["website"] or "")


def _course(report: Element, record: dict[str, Any]) -> None:
    course = _add(report, "learningOpportunitySpecification")
    _add(course, "identifier", record["key"], type="local")
    _add(course, "title", record["title"], lang=record["language"])
    _add(course, "type", "Course")
    if record["outcomes"]:
        _add(course, "description", "\n".join(record["outcomes"]), lang=record["language"])
    instance = _add(_add(course, "specifies"), "learningOpportunityInstance")
    _add(instance, "start", record["first_day"])
    _add(instance, "date", record["completed"])
    _add(instance, "status", "passed")
    _add(instance, "gradingSchemeLocalId", "0-100")
    _add(instance, "resultLabel", f"{record['points']}")
    credit = _add(instance, "credit")
    _add(credit, "scheme", "ects")
    _add(credit, "value", record["ects"])
    level = "".join(sign for sign in record["level"] if sign.isdigit())
    if level:
        eqf = _add(instance, "level")
        _add(eqf, "type", "EQF")
        _add(eqf, "value", level[:1])
    _add(instance, "languageOfInstruction", record["language"])
    _add(instance, "engagementHours", str(record["workload_hours"]))


def is_recognised(record: dict[str, Any]) -> bool:
    decided = record["recognition"]
    return decided is not None and decided["decision"] == Decision.RECOGNISED
