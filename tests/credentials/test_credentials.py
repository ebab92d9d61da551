from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from biosint.credentials import documents, operations, queries, rules, signing
from biosint.credentials.models import Credential
from biosint.evidence import api as evidence
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import CoordinatorFactory, InstitutionFactory, PersonFactory, StudentFactory
from factories.credentials import CredentialFactory

pytestmark = pytest.mark.django_db


def issued(**fields: Any) -> Credential:
    return CredentialFactory(
        ects=Decimal("3.00"),
        workload_hours=75,
        level="EQF 7",
        details={
            "outcomes": ["compare two health systems", "agree on one plan"],
            "language": "en",
            "grade": "B",
        },
        **fields,
    )


def test_an_issued_credential_is_genuine() -> None:
    credential = issued(holder=PersonFactory(name="Ана Ђурић"))

    checked = queries.check(credential.document)

    assert checked.finding is queries.Finding.GENUINE
    assert checked.credential == credential
    assert checked.holder_name == "Ана Ђурић"


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(name="Shared wards with honours"),
        lambda raw: raw["credentialSubject"]["achievement"].update(name="Another course"),
        lambda raw: raw["credentialSubject"].update(creditsEarned=30),
        lambda raw: raw["credentialSubject"]["identifier"][0].update(identityHash="Somebody Else"),
        lambda raw: raw["issuer"].update(name="A Famous University"),
        lambda raw: raw.pop("credentialStatus"),
        lambda raw: raw.update(validFrom="2020-01-01T00:00:00Z"),
        lambda raw: raw.pop("proof"),
        lambda raw: raw.update(extra="unsigned"),
    ],
)
def test_a_changed_credential_is_refused(change: Callable[[dict[str, Any]], Any]) -> None:
    raw = json.loads(issued().document)
    change(raw)

    assert queries.check(json.dumps(raw)).finding is queries.Finding.BROKEN


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"issuer": "did:web:example.org"}', "not json", "[" * 10_000]
)
def test_what_is_no_credential_is_refused(text: str) -> None:
    assert queries.check(text).finding is queries.Finding.BROKEN


def test_a_right_signature_of_an_unknown_key_is_called_foreign() -> None:
    credential = issued()
    did, sealed = signing.new_key()
    forged = signing.sign(
        signing.Claims(
            credential_url=documents.public_url(credential),
            achievement_url=documents.public_url(credential) + "#achievement",
            status_url=documents.site("/credentials/status/x/1.json"),
            status_index=1,
            title=credential.title,
            holder_name="Forger",
            holder_email="forger@example.org",
            issuer_did=did,
            issuer_name=credential.issuer.name,
            issuer_url=documents.site("/"),
            description="x",
            criteria="x",
            issued_at=NOON,
            ects=None,
            evidence="x",
        ),
        sealed,
    )

    assert queries.check(forged).finding is queries.Finding.FOREIGN


def test_the_document_fits_the_published_schema_and_its_samples_are_judged_rightly(shared_data: Path) -> None:
    import jsonschema

    folder = shared_data / "standards" / "openbadges3"
    schema = json.loads((folder / "educredentials" / "ob_v3p0_achievementcredential_schema.json").read_text())

    jsonschema.validate(json.loads(issued().document), schema)

    samples = folder / "1edtech-validator-ob30"
    assert (
        queries.check((samples / "simple-did-key-method.json").read_bytes()).finding
        is not queries.Finding.GENUINE
    )
    assert (
        queries.check((samples / "simple-err-proof-value.json").read_bytes()).finding
        is queries.Finding.BROKEN
    )


def test_an_achievement_is_certified_once() -> None:
    credential = issued()

    with pytest.raises(operations.AlreadyIssued, match="already has “Shared wards”"):
        issued(holder=credential.holder, issuer=credential.issuer)

    assert Credential.objects.count() == 1


def test_issuing_is_evidence_and_taking_back_withdraws_it() -> None:
    institution = InstitutionFactory()
    credential = issued(issuer=institution)
    assert evidence.total("credentials.issued", institution=institution) == 1

    operations.revoke(
        credential_id=credential.pk, reason="Issued in error.", by=CoordinatorFactory(at=institution), at=NOON
    )

    assert evidence.total("credentials.issued", institution=institution) == 0
    assert queries.check(credential.document).finding is queries.Finding.REVOKED


def test_a_revoked_credential_stands_in_the_signed_status_list(client: Client) -> None:
    credential = issued()
    entry = json.loads(credential.document)["credentialStatus"]
    path = entry["statusListCredential"].removeprefix(documents.site(""))
    operations.revoke(
        credential_id=credential.pk, reason="Error.", by=CoordinatorFactory(at=credential.issuer), at=NOON
    )

    from openbadgeslib import ob3

    listed = json.loads(client.get(path).content)
    assert ob3.set_indices(ob3.decode_encoded_list(listed["credentialSubject"]["encodedList"])) == {
        int(entry["statusListIndex"])
    }


def test_only_the_issuer_takes_a_credential_back_and_says_why() -> None:
    credential = issued()
    stranger = CoordinatorFactory(at=InstitutionFactory())

    with pytest.raises(Refused):
        operations.revoke(credential_id=credential.pk, reason="No.", by=stranger, at=NOON)
    with pytest.raises(Refused):
        operations.revoke(credential_id=credential.pk, reason="No.", by=credential.holder, at=NOON)
    with pytest.raises(operations.ReasonMissing):
        operations.revoke(
            credential_id=credential.pk, reason="  ", by=CoordinatorFactory(at=credential.issuer), at=NOON
        )

    credential.refresh_from_db()
    assert not credential.revoked
    assert "Only a coordinator" in str(rules.may_revoke(stranger, credential).reason)


def test_the_private_key_is_sealed() -> None:
    credential = issued()

    assert "PRIVATE" not in credential.key.sealed


def test_the_certificate_carries_the_credential_and_is_checked_from_it(client: Client) -> None:
    credential = issued(holder=PersonFactory(name="Теодора Савић"))

    pdf = client.get(f"/credentials/{credential.public_id}/certificate.pdf").content

    assert documents.document_in(pdf) == credential.document
    answer = client.post("/credentials/check/", {"file": SimpleUploadedFile("c.pdf", pdf)})
    assert "This credential is genuine" in answer.content.decode()
    from pypdf import PdfReader

    assert "Теодора Савић" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_the_badge_carries_the_credential() -> None:
    credential = issued(title="Care & <cure>")

    assert documents.document_in(documents.badge(credential)) == credential.document


def test_a_tampered_badge_is_refused_on_the_page(client: Client) -> None:
    badge = documents.badge(issued()).replace(b"Shared wards", b"Famed wards!")

    answer = client.post("/credentials/check/", {"file": SimpleUploadedFile("b.svg", badge)})

    assert "This credential is not genuine" in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 broken",
        b"<svg/>",
        b"\x89PNG\r\n",
        b"\xff\xfe\x00",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>",
    ],
)
def test_hostile_files_are_refused_politely(client: Client, content: bytes) -> None:
    answer = client.post("/credentials/check/", {"file": SimpleUploadedFile("x", content)})

    assert answer.status_code == 200
    assert "This credential is not genuine" in answer.content.decode()


def test_a_certificate_packed_in_an_unknown_way_is_refused_politely(client: Client) -> None:
    certificate = documents.certificate(issued()).replace(b"/FlateDecode", b"/FlateDecodX")

    answer = client.post("/credentials/check/", {"file": SimpleUploadedFile("c.pdf", certificate)})

    assert "This credential is not genuine" in answer.content.decode()


def test_checking_nothing_asks_for_something(client: Client) -> None:
    answer = client.post("/credentials/check/", {})

    assert answer.status_code == 422
    assert "Choose a file" in answer.content.decode()


def test_the_public_page_says_genuine_to_anyone_and_offers_no_revocation(client: Client) -> None:
    credential = issued()

    page = client.get(credential.get_absolute_url()).content.decode()

    assert "This credential is genuine" in page
    assert "Take this credential back" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_my_credentials_take_the_same_queries(number: int, client_of: Any, count_queries: Any) -> None:
    student = StudentFactory(at=InstitutionFactory())
    for index in range(number):
        CredentialFactory(holder=student, issuer=InstitutionFactory(), kind=f"kind{index}")
    client = client_of(student)

    with count_queries(4):
        page = client.get("/credentials/").content.decode()

    assert page.count("Shared wards") >= number
