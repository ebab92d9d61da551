"""Writes a learning agreement as the “Online Learning Agreement” of the network Erasmus Without Paper.

The element of a course taken from home is the virtual component; what it counts for at home, a recognised one.
What nobody here knows (identifiers in the network, citizenship) is left out where the schema allows it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from biosint.recognition.elmo import names
from biosint.recognition.rules.agreements import is_complete
from biosint.recognition.states import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biosint.recognition.models import AgreementVersion, LearningAgreement, Signature

NAMESPACE = "https://github.com/erasmus-without-paper/ewp-specs-api-omobility-las/blob/stable-v1/endpoints/get-response.xsd"
SIGNED_IN = "BIOSINT"
# ISCED-F 2013 of what a learner studies; health, not further defined, where the profile says nothing.
ISCED = {
    "medicine": "0912",
    "dentistry": "0911",
    "pharmacy": "0916",
    "nursing": "0913",
    "public_health": "0919",
}
HEALTH = "0910"


class NotExportable(Exception):
    """The network asks for signatures, or for a level, that this agreement does not have."""


def document(agreement: LearningAgreement, versions: Sequence[AgreementVersion]) -> bytes:
    """Return the signed agreement as the answer of an OLA server, for the institutions that signed it.

    Args:
        versions: all of them, the latest first, with their signatures.

    Raises:
        NotExportable: not all three have signed, or the course states no EQF level.
    """
    signed = [version for version in reversed(versions) if is_complete(version)]
    if not signed:
        raise NotExportable("not signed by all")
    content = signed[-1].content
    course = content["course"]
    if not course["eqf_level"]:
        raise NotExportable("no EQF level")
    root = Element("omobility-las-get-response", {"xmlns": NAMESPACE})
    la = _add(root, "la")
    _add(la, "omobility-id", agreement.public_id.hex)
    latest = {signature.party: signature for signature in signed[-1].signatures.all()}
    _institution(_add(la, "sending-hei"), content["home"], latest[Party.HOME])
    _institution(_add(la, "receiving-hei"), content["host"], latest[Party.HOST])
    first, last = date.fromisoformat(course["first_day"]), date.fromisoformat(course["last_day"])
    start_year = first.year if first.month >= 8 else first.year - 1
    _add(la, "receiving-academic-year-id", f"{start_year}/{start_year + 1}")
    learner = agreement.application.learner
    student = _add(la, "student")
    given, family = names(content["learner"]["name"])
    _add(student, "given-names", given)
    _add(student, "family-name", family)
    _add(student, "email", learner.email)
    _add(la, "start-date", first.isoformat())
    _add(la, "end-date", last.isoformat())
    _add(la, "eqf-level-studied-at-departure", str(course["eqf_level"]))
    _add(la, "isced-f-code", ISCED.get(learner.profession, HEALTH))
    if content["learner"]["programme"]:
        _add(la, "isced-clarification", content["learner"]["programme"])
    skill = _add(la, "student-language-skill")
    _add(skill, "language", course["language"])
    knows = learner.english_level if course["language"] == "en" and learner.english_level else ""
    _add(skill, "cefr-level", knows or course["language_level"])
    _version(_add(la, "first-version"), signed[0])
    if len(signed) > 1:
        _version(_add(la, "approved-changes"), signed[-1], replaces=signed[0])
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(above: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    made = SubElement(above, name, {key.replace("_", "-"): word for key, word in attributes.items()})
    if text is not None:
        made.text = text
    return made


def _institution(hei: Element, place: dict[str, str], signature: Signature) -> None:
    # The identifier in the network is not known here; the name stands in for it, as the schema allows any text.
    _add(hei, "hei-id", place["name"])
    contact = _add(hei, "contact-person")
    given, family = names(signature.name)
    _add(contact, "given-names", given)
    _add(contact, "family-name", family)
    _add(contact, "email", signature.person.email)


def _version(above: Element, version: AgreementVersion, *, replaces: AgreementVersion | None = None) -> None:
    recognised, virtual = _add(above, "components-recognized"), _add(above, "virtual-components")
    if replaces is not None:
        _components(recognised, virtual, replaces.content, status="deleted")
        _components(recognised, virtual, version.content, status="inserted")
    else:
        _components(recognised, virtual, version.content, status="")
    given = {signature.party: signature for signature in version.signatures.all()}
    for party, name in (
        (Party.LEARNER, "student-signature"),
        (Party.HOME, "sending-hei-signature"),
        (Party.HOST, "receiving-hei-signature"),
    ):
        signature = given[party]
        made = _add(above, name)
        _add(made, "signer-name", signature.name)
        _add(made, "signer-position", signature.office)
        _add(made, "timestamp", signature.signed_at.isoformat())
        _add(made, "signer-app", SIGNED_IN)


def _components(recognised: Element, virtual: Element, content: dict[str, Any], *, status: str) -> None:
    course, unit = content["course"], content["counts_for"]
    taken = _add(virtual, "component", **({"status": status} if status else {}))
    _add(taken, "title", course["title"])
    _credit(taken, course["ects"])
    _add(taken, "short-description", "\n".join(course["outcomes"]) or course["title"])
    counted = _add(recognised, "component", **({"status": status} if status else {}))
    if unit["code"]:
        _add(counted, "los-code", unit["code"])
    _add(counted, "title", unit["title"])
    _credit(counted, unit["ects"])
    _add(counted, "recognition-conditions", content["promises"]["home"])


def _credit(component: Element, ects: str) -> None:
    credit = _add(component, "credit")
    _add(credit, "scheme", "ects")
    _add(credit, "value", ects)
