"""What keeps opened pages on the device, and the page that stands in for one that was never opened."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

SOURCE = Path(__file__).resolve().parent.parent / "reading_worker.js"


@lru_cache(maxsize=1)
def _source() -> bytes:
    return SOURCE.read_bytes()


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that keeps pages. It looks after the whole site, so the answer has to allow that."""
    answer = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    # Looked for anew each time, so that a mended script reaches every device.
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """Shown by the device when there is no connection and the page was not opened before."""
    return render(request, "shared/away.html", {})
