"""Handing out stored files: whole or in part, so that a film starts at once and a broken download goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header

from biosint.files import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from biosint.files.models import StoredFile

CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
# Pictures, films and captions that the platform has checked stand on pages; nothing else is shown in its origin.
SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif", "video/mp4", "video/webm", "text/vtt")


def served(request: HttpRequest, stored: StoredFile, *, shown: bool = False) -> HttpResponseBase:
    """Return the answer that hands out a file. The caller has asked whether the person may read it.

    Args:
        shown: let the browser show a picture, film or captions in the page; other formats are always saved.

    The answer honours ``If-None-Match`` and a single ``Range`` (RFC 9110, 14.2); several ranges get the whole file.
    """
    etag = f'"{stored.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = _content(request, stored, etag)
        response.headers["Accept-Ranges"] = "bytes"
        saved = not (shown and stored.media_type in SHOWN)
        response.headers["Content-Disposition"] = (
            content_disposition_header(saved, stored.name) or "attachment"
        )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _content(request: HttpRequest, stored: StoredFile, etag: str) -> HttpResponseBase:
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    condition = request.headers.get("If-Range", etag)
    if asked is None or condition != etag or not any(asked.groups()):
        return FileResponse(queries.open_content(stored), content_type=stored.media_type)
    first, last = _span(asked[1], asked[2], stored.size)
    if first > last:
        answer = HttpResponse(status=416)
        answer.headers["Content-Range"] = f"bytes */{stored.size}"
        return answer
    part = StreamingHttpResponse(_part(stored, first, last), status=206, content_type=stored.media_type)
    part.headers["Content-Length"] = str(last - first + 1)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    return part


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and last byte asked for; ``-500`` are the last 500 bytes."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def _part(stored: StoredFile, first: int, last: int) -> Iterator[bytes]:
    with queries.open_content(stored) as content:
        content.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
