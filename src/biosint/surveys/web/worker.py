"""The script that opens a questionnaire without a line. Its address bounds what it may see."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

SOURCE = Path(__file__).resolve().parent.parent / "answer_worker.js"


@lru_cache(maxsize=1)
def _source() -> bytes:
    return SOURCE.read_bytes()


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Hand out the script from above the answer pages: a browser lets it see only what lies below."""
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    # Looked for anew each time, so that a mended script reaches every device.
    response["Cache-Control"] = "no-cache"
    return response
