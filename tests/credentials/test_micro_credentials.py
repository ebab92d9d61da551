"""The fields the EU asks of a micro-credential, in both formats, held against the published schemas."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from biosint.credentials import api, elm, queries
from biosint.credentials.models import Credential
from clock import NOON
from factories import InstitutionFactory, PersonFactory
from factories.credentials import CredentialFactory

pytestmark = pytest.mark.django_db

TOLD = {
    "outcomes": ["compare two health systems", "agree on one plan"],
    "language": "en",
    "grade": "B (81/100)",
    "assessment": "Team product, marked by two teachers.",
    "participation": "Online, in an international team",
    "quality_assurance": "Reviewed each year by the quality board.",
    "prerequisites": "English at level B1.",
    "stackability": "Counts towards the certificate in global health.",
    "eqf_level": 7,
}


def micro(**fields: Any) -> Credential:
    return CredentialFactory(
        issuer=InstitutionFactory(country="RS"),
        **{"ects": Decimal("3.0"), "workload_hours": 75, "level": "EQF 7", "details": TOLD, **fields},
    )


def test_the_open_badge_says_what_a_micro_credential_says_and_fits_the_schema(shared_data: Path) -> None:
    import jsonschema

    signed = json.loads(micro(valid_months=24).document)

    schema = shared_data / "standards/openbadges3/educredentials/ob_v3p0_achievementcredential_schema.json"
    jsonschema.validate(signed, json.loads(schema.read_text()))
    subject = signed["credentialSubject"]
    achievement = subject["achievement"]
    assert achievement["achievementType"] == "MicroCredential"
    assert [one["targetName"] for one in achievement["alignment"]] == ["EQF level 7", *TOLD["outcomes"]]
    assert subject["result"][0]["value"] == "B (81/100)"
    assert signed["validUntil"].startswith("2028-")
    narrative = signed["evidence"][0]["narrative"]
    for word in ("assessment", "participation", "quality_assurance", "prerequisites", "stackability"):
        assert str(TOLD[word]).rstrip(".") in narrative


def test_a_changed_level_or_outcome_breaks_the_signature() -> None:
    for old, new in (("EQF level 7", "EQF level 8"), ("agree on one plan", "operate on hearts")):
        changed = micro().document.replace(old, new)

        assert queries.check(changed).finding is queries.Finding.BROKEN


def test_an_expired_credential_is_genuine_and_says_so() -> None:
    credential = micro(valid_months=1)

    assert queries.check(credential.document).finding is queries.Finding.EXPIRED
    changed = credential.document.replace("EQF level 7", "EQF level 8")
    assert queries.check(changed).finding is queries.Finding.BROKEN
    assert "has expired" in Client().get(credential.get_absolute_url()).content.decode()


def test_a_credential_is_genuine_until_it_expires() -> None:
    assert queries.check(micro(valid_months=240).document).finding is queries.Finding.GENUINE


@lru_cache(maxsize=1)
def shapes(path: Path) -> Any:
    import rdflib

    return rdflib.Graph().parse(path, format="turtle")


def faults(document: str, standards: Path) -> list[str]:
    """Return what the shapes of the EU find: “path: message”."""
    import pyld
    import pyshacl
    import rdflib
    from pyld import jsonld

    bundled = Path(pyld.__file__).parent / "documentloader/frozen/bundled/credentials-v1.jsonld"
    contexts = {
        elm.CONTEXT[0]: json.loads(bundled.read_text()),
        elm.CONTEXT[1]: json.loads((standards / "elm/edc-ap-context.jsonld").read_text()),
    }

    def beside(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url]}

    quads = jsonld.to_rdf(json.loads(document), {"documentLoader": beside, "format": "application/n-quads"})
    data = rdflib.Dataset()
    data.parse(data=quads, format="nquads")
    graph = rdflib.Graph()
    for quad in data.quads():
        graph.add(quad[:3])
    _conforms, report, _text = pyshacl.validate(
        graph, shacl_graph=shapes(standards / "elm/EDC-generic-no-cv.ttl"), inference="none"
    )
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted(
        f"{report.value(result, shacl.resultPath)}: {report.value(result, shacl.resultMessage)}"
        for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult)
        if report.value(result, shacl.resultSeverity) == shacl.Violation
    )


# What sealing adds, and the issuer, who does not conform without it; the official unsealed sample misses the same.
SEAL_ALONE = {"issued", "eidasLegalIdentifier", "issuer"}


def missing(found: list[str]) -> set[str]:
    return {fault.partition(": ")[0].rpartition("/")[2].rpartition("#")[2] for fault in found}


# pyshacl still asks rdflib in a way that rdflib gives up.
OLD_WAY = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")


@OLD_WAY
def test_the_europass_file_misses_only_what_the_seal_adds(shared_data: Path) -> None:
    standards = shared_data / "standards"
    sample = (standards / "elm/samples/Sample-MC-Annex1-unsigned.jsonld").read_text()

    assert missing(faults(sample, standards)) == SEAL_ALONE
    assert missing(faults(elm.document(micro(valid_months=12)), standards)) <= SEAL_ALONE
    assert missing(faults(elm.document(micro(details={}, level="")), standards)) <= SEAL_ALONE


@OLD_WAY
def test_the_shapes_find_a_fault(shared_data: Path) -> None:
    broken = json.loads(elm.document(micro()))
    del broken["credentialSubject"]["hasClaim"]["awardedBy"]

    assert missing(faults(json.dumps(broken), shared_data / "standards")) - SEAL_ALONE


def test_a_country_without_a_word_is_explained(client: Client) -> None:
    credential = CredentialFactory(issuer=InstitutionFactory(country="AQ"))

    answer = client.get(f"{credential.get_absolute_url()}europass.json", follow=True)

    assert "Europass has no word for the country" in answer.content.decode()


def test_the_holder_takes_the_europass_file(client: Client) -> None:
    credential = micro(holder=PersonFactory(name="Ана Ђурић"))

    answer = client.get(f"{credential.get_absolute_url()}europass.json")

    assert json.loads(answer.content)["credentialSubject"]["fullName"] == {"en": "Ана Ђурић"}
    assert api.standing(credential.issuer).filter(issued_at=NOON).exists()
