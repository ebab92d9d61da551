"""Public keys that another service shows at an address (a JWK set)."""

from __future__ import annotations

import ipaddress
import json
import socket
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5
LARGEST = 64 * 1024


class KeysUnread(Exception):
    """The keys could not be read; the message says why, for the person who looks after the site."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    # Another address could lead into our own network after the first one was looked at.
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def fetch(address: str) -> dict[str, Any]:
    """Read a JWK set.

    Only https, and never an address inside our own network, so that nobody can make this server look around there.
    A site that itself runs without https, as on one machine for trial, may read http as well.

    Raises:
        KeysUnread: not such an address, no answer in ``SECONDS``, more than ``LARGEST`` bytes, or no JWK set.
    """
    parts = urlsplit(address)
    is_trial = settings.SITE_URL.startswith("http://")
    if parts.scheme != "https" and not (is_trial and parts.scheme == "http"):
        raise KeysUnread("the address does not begin with https://")
    try:
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as wrong:
        raise KeysUnread("there is no such host") from wrong
    if not is_trial and any(not ipaddress.ip_address(one[4][0]).is_global for one in found):
        raise KeysUnread("the address lies in a network of our own")
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        # The scheme is judged above.
        asked = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310
        with opener.open(asked, timeout=SECONDS) as answer:
            content = answer.read(LARGEST + 1)
        keys = json.loads(content[:LARGEST])
    except (urllib.error.URLError, OSError, ValueError) as wrong:
        raise KeysUnread("it did not answer with keys") from wrong
    if len(content) > LARGEST or not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        raise KeysUnread("it did not answer with keys")
    return keys
