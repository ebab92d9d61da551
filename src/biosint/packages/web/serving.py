"""Files of packages: kept by the browser for a year, in parts for videos, packed for weak lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from biosint.packages import queries, shelf, tickets
from biosint.packages.archives import SAVED
from biosint.packages.policy import guard

if TYPE_CHECKING:
    from django.core.files import File

    from biosint.packages.models import PackageFile

CHUNK = 64 * 1024
# The address names the version, whose files never change.
FOR_LONG = "private, max-age=31536000, immutable"


@require_safe
def serve(request: HttpRequest, mark: str, path: str) -> HttpResponseBase:
    """Hand out one file of one version to whom the mark was given."""
    try:
        version_id = tickets.read_shelf_mark(mark, at=timezone.now())
    except tickets.NotOurs as fault:
        raise Http404 from fault
    # PostgreSQL breaks at a zero byte wherever it is asked for.
    file = None if "\x00" in path else queries.file_at(version_id, unicodedata.normalize("NFC", path))
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = _content(request, file, etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_LONG
    return guard(response, request)


def _content(request: HttpRequest, file: PackageFile, etag: str) -> HttpResponseBase:
    if file.has_packed_copy and "Range" not in request.headers:
        response = _packed(request, file)
    else:
        response = _parts(request, file, etag)
    if file.path.rpartition(".")[2].lower() in SAVED:
        name = file.path.rpartition("/")[2]
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _packed(request: HttpRequest, file: PackageFile) -> HttpResponseBase:
    takes = re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", request.headers.get("Accept-Encoding", ""))
    response = FileResponse(shelf.open_kept(file.sha256, packed=bool(takes)), content_type=file.media_type)
    del response.headers["Content-Disposition"]
    if takes:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _parts(request: HttpRequest, file: PackageFile, etag: str) -> HttpResponseBase:
    """Answer with the bytes that were asked for (one range), as players of video do to move about."""
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    span = span_of(wanted, file.size)
    if span is None:
        response: HttpResponseBase = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response.headers["Content-Range"] = f"bytes */{file.size}"
        return response
    first, last = span
    content = shelf.open_kept(file.sha256)
    content.seek(first)
    response = StreamingHttpResponse(_Part(content, last - first + 1), content_type=file.media_type)
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Accept-Ranges"] = "bytes"
    if wanted and (first, last) != (0, file.size - 1):
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return response


def span_of(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of a ``Range`` header; all of them for none, None where there are none.

    Several ranges at once are answered with the whole, as the standard allows (RFC 9110, 14.2).
    """
    whole = (0, size - 1)
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", wanted.strip())
    if found is None or found.group() == "bytes=-":
        return whole
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) and size else None
    if int(first) >= size or (last and int(last) < int(first)):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


class _Part:
    """Some bytes of a file, piece by piece. Whoever hangs up before the first piece closes the file, too."""

    def __init__(self, content: File[bytes], length: int) -> None:
        self.content = content
        self.length = length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        while left > 0 and (chunk := self.content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.content.close()
