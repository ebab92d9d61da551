"""The fingerprint of a work that was handed in: the same whenever nothing of it has changed. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID


def fingerprint_of(
    *, public_id: UUID, number: int, at: datetime, text: str, link: str, files: Iterable[tuple[str, str]]
) -> str:
    """Return the SHA-256 of a version of a work, as 64 hexadecimal digits.

    Args:
        files: name and SHA-256 of each; their order does not matter.

    >>> one = UUID(int=1)
    >>> at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> fingerprint_of(public_id=one, number=1, at=at, text="Fever", link="", files=[])[:12]
    'b4f4f5acaba6'
    """
    content = {
        "work": str(public_id),
        "version": number,
        "handed_in_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "text": text,
        "link": link,
        "files": sorted(list(pair) for pair in files),
    }
    return sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
