"""The door to Open Badges 3.0: the library that signs and checks is known here and nowhere else.

Credentials carry a Data Integrity proof (eddsa-rdfc-2022). The issuer is a ``did:key``, so a
checker needs no network; that the key belongs to an institution is said by this site.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Claims:
    """What a credential states. Texts are plain; ``credential_url`` and ``achievement_url`` are absolute."""

    credential_url: str
    achievement_url: str
    status_url: str
    status_index: int
    title: str
    holder_name: str
    holder_email: str
    issuer_did: str
    issuer_name: str
    issuer_url: str
    description: str
    criteria: str
    issued_at: datetime
    ects: Decimal | None
    evidence: str
    language: str = "en"
    expires_at: datetime | None = None
    eqf_level: int | None = None
    grade: str = ""
    outcomes: tuple[str, ...] = ()


class NotGenuine(Exception):
    """The document does not stand: it was changed, is broken, or is no credential at all."""


@dataclass(frozen=True, slots=True)
class Genuine:
    """What a genuine document says of itself."""

    credential_id: str
    issuer_did: str
    issuer_name: str
    title: str
    holder_name: str
    document: dict[str, Any]


def _sealer() -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"biosint issuer keys").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def new_key() -> tuple[str, str]:
    """Return (did, sealed private key) of a fresh Ed25519 key."""
    from openbadgeslib.ob3 import did_key_from_pem

    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return str(did_key_from_pem(public)), _sealer().encrypt(pem).decode()


def sign(claims: Claims, sealed: str) -> str:
    """Return the signed credential as JSON text."""
    from openbadgeslib import ob3

    name = ob3.IdentityObject(identity_hash=claims.holder_name, identity_type="name", hashed=False)
    address = ob3.IdentityObject.create(claims.holder_email.lower(), salt=claims.credential_url[-12:])
    credential = ob3.OpenBadgeCredential(
        id=claims.credential_url,
        name=claims.title,
        issuer=ob3.Issuer(id=claims.issuer_did, name=claims.issuer_name, url=claims.issuer_url),
        recipient_id=None,
        achievement=ob3.Achievement(
            id=claims.achievement_url,
            name=claims.title,
            description=claims.description,
            criteria_narrative=claims.criteria,
            achievement_type="MicroCredential",
            alignments=_level(claims, ob3) + _outcomes(claims, ob3),
            result_descriptions=[
                ob3.ResultDescription(
                    id=f"{claims.credential_url}#result", name="Grade", result_type="LetterGrade"
                )
            ]
            if claims.grade
            else [],
            credits_available=float(claims.ects) if claims.ects is not None else None,
        ),
        issuance_date=claims.issued_at,
        expiration_date=claims.expires_at,
        identifiers=[name, address],
        results=[ob3.Result(value=claims.grade, result_description=f"{claims.credential_url}#result")]
        if claims.grade
        else [],
        credits_earned=float(claims.ects) if claims.ects is not None else None,
        evidence=[ob3.Evidence(id=f"{claims.credential_url}#evidence", narrative=claims.evidence)],
        credential_status=[ob3.status_entry(claims.status_url, "revocation", claims.status_index)],
    )
    signer = ob3.OB3LdpSigner(_sealer().decrypt(sealed.encode()))
    signed = signer.sign(credential, created=claims.issued_at)
    signed["proof"] = [signed["proof"]]  # the published schema asks for a list
    return json.dumps(signed, sort_keys=True, ensure_ascii=False)


def _level(claims: Claims, ob3: Any) -> list[Any]:
    """The level of learning, as a place in the European Qualifications Framework."""
    if claims.eqf_level is None:
        return []
    return [
        ob3.Alignment(
            target_name=f"EQF level {claims.eqf_level}",
            target_url=f"http://data.europa.eu/snb/eqf/{claims.eqf_level}",
            target_framework="European Qualifications Framework",
            target_code=str(claims.eqf_level),
        )
    ]


def _outcomes(claims: Claims, ob3: Any) -> list[Any]:
    """What the holder can do, each as a place on the page of the credential."""
    return [
        ob3.Alignment(
            target_name=outcome,
            target_url=f"{claims.credential_url}#outcome-{number}",
            target_framework="Learning outcomes",
        )
        for number, outcome in enumerate(claims.outcomes, start=1)
    ]


def check(document: str | bytes) -> Genuine:
    """Check the signature of a credential, ours or anyone's with a ``did:key``.

    Whether it was revoked is not part of the document; ask the register.

    Raises:
        NotGenuine: one character was changed, or it is no such credential.
    """
    from openbadgeslib import ob3
    from openbadgeslib.errors import LibOpenBadgesException

    try:
        raw = json.loads(document)
    except (ValueError, RecursionError) as fault:
        raise NotGenuine("not JSON") from fault
    issuer = raw.get("issuer") if isinstance(raw, dict) else None
    did = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(did, str) or not did.startswith("did:key:"):
        # Other methods would make this site fetch an address that a stranger chose.
        raise NotGenuine("the issuer is not named by a did:key")
    try:
        found = ob3.OB3LdpVerifier.for_issuer_did(did).verify(raw)
    except (LibOpenBadgesException, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NotGenuine(str(fault)) from fault
    names = [identity.identity_hash for identity in found.identifiers if identity.identity_type == "name"]
    return Genuine(
        credential_id=str(found.id),
        issuer_did=did,
        issuer_name=found.issuer.name,
        title=found.achievement.name,
        holder_name=names[0] if names else "",
        document=raw,
    )


def status_list(*, issuer_did: str, url: str, revoked: list[int], sealed: str, at: datetime) -> str:
    """Return the signed list of revoked credentials of one issuer (W3C Bitstring Status List)."""
    from openbadgeslib import ob3

    # The standard's smallest list hides who is in it; it grows in whole bytes beyond.
    size = max(131_072, (max(revoked, default=0) // 8 + 1) * 8)
    document = ob3.build_status_list_credential(
        issuer_did, url, "revocation", revoked, size_bits=size, issued=at
    )
    method = f"{issuer_did}#{issuer_did.removeprefix('did:key:')}"
    signed = ob3.add_data_integrity_proof(document, _sealer().decrypt(sealed.encode()), method, created=at)
    return json.dumps(signed, sort_keys=True)


def into_picture(drawing: str, document: str) -> bytes:
    """Return the SVG badge with the signed document inside, as wallets read it."""
    from openbadgeslib import baking

    return bytes(
        baking.bake_svg(
            drawing.encode(),
            document,
            comment=" Open Badges 3.0 ",
            element=baking.SVG_ELEMENT_OB3,
            namespace=baking.SVG_NS_OB3,
            as_text=True,
        )
    )


def out_of_picture(picture: bytes) -> str:
    """Return the signed document of a baked SVG or PNG badge.

    Raises:
        NotGenuine: the picture holds none.
    """
    from openbadgeslib import ob3
    from openbadgeslib.errors import LibOpenBadgesException

    read = (
        ob3.OB3Verifier.extract_token_from_png
        if picture.startswith(b"\x89PNG")
        else ob3.OB3Verifier.extract_token_from_svg
    )
    try:
        return str(read(picture))
    except (LibOpenBadgesException, ValueError) as fault:
        raise NotGenuine("the picture holds no credential") from fault
