"""Keys and signed tokens of LTI: what this site signs for tools, and what tools sign for it.

RS256 alone is accepted, as the security framework of 1EdTech demands.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

ALGORITHMS = ["RS256"]


class NotSigned(Exception):
    """A token that is not what its maker says: unsigned, altered, of another key, or too old."""


def _sealer() -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"biosint lti keys").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def new_key() -> tuple[str, dict[str, Any], str]:
    """Return (kid, public JWK, sealed private key) of a fresh RSA key of 2,048 bits."""
    kid = secrets.token_urlsafe(12)
    key = RSAKey.generate_key(2048, parameters={"kid": kid, "alg": "RS256", "use": "sig"})
    private = key.as_pem(private=True)
    return kid, dict(key.as_dict(private=False)), _sealer().encrypt(private).decode()


def sign(claims: Mapping[str, Any], *, kid: str, sealed: str) -> str:
    """Return claims as a token signed with one of our sealed keys."""
    key = RSAKey.import_key(_sealer().decrypt(sealed.encode()))
    return jwt.encode({"alg": "RS256", "kid": kid, "typ": "JWT"}, dict(claims), key)


def read(
    token: str, keys: Mapping[str, Any], *, now: float, leeway: int = 30, **demanded: Any
) -> dict[str, Any]:
    """Return the claims of a token signed with one of ``keys`` (a JWK set).

    Args:
        now: seconds since 1970.
        demanded: claims that must be there with just this value, or one of a frozenset of values. Of a list that
            a token gives (``aud``) one is enough.

    Raises:
        NotSigned: no key fits, it is too old or not valid yet, or a demanded claim is another.
    """
    try:
        known = KeySet.import_key_set(
            {"keys": [one for one in keys.get("keys", []) if one.get("kty") == "RSA"]}
        )
        decoded = jwt.decode(token, known, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise NotSigned(f"the signature does not fit: {wrong}") from wrong
    claims = dict(decoded.claims)
    for name in ("exp", "iat"):
        if not isinstance(claims.get(name), int | float):
            raise NotSigned(f"{name} is missing")
    if now > claims["exp"] + leeway:
        raise NotSigned("it is too old")
    if claims["iat"] > now + leeway or claims.get("nbf", 0) > now + leeway:
        raise NotSigned("it is not valid yet")
    for name, value in demanded.items():
        given = claims.get(name)
        wanted = value if isinstance(value, frozenset) else {value}
        if not wanted & set(given if isinstance(given, list) else [given]):
            raise NotSigned(f"{name} is not {value}")
    return claims


def kid_of(token: str) -> str:
    """Return the name of the key that a token says it is signed with; empty where it says none."""
    from joserfc import jws

    try:
        return str(jws.extract_compact(token.encode()).headers().get("kid", ""))
    except (JoseError, ValueError, TypeError):
        return ""
