"""How often one address may send, without keeping the address."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

# A lecture hall answers through one address: the limit stops machines, not classes.
SENDINGS = 1200
WINDOW_SECONDS = 600


def _address(request: HttpRequest) -> str:
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        # Only the entry that our own proxy added can be trusted.
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def within_limit(request: HttpRequest, *, purpose: str, most: int = SENDINGS) -> bool:
    """Count one sending and tell whether the address is still within ``most`` per ten minutes.

    The address is turned into a keyed fingerprint, held in memory for ten minutes and written nowhere.
    """
    fingerprint = hmac.new(
        settings.SECRET_KEY.encode(), f"{purpose}:{_address(request)}".encode(), sha256
    ).hexdigest()[:32]
    key = f"surveys-limit-{fingerprint}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # The count ran out between the two steps: a new window begins.
        return True
