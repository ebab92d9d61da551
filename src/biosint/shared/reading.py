"""Pages that stay readable without a line once they were opened. Decision 0045."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

P = ParamSpec("P")
# Whose page it is, told to the worker on the device: pages of somebody else are dropped there.
READER = "Biosint-Reader"


def kept_to_read(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let the reader's device keep this page. Visitors have nothing kept; nothing but a whole page is."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        keeps = request.user.is_authenticated and "HX-Request" not in request.headers
        request.kept_to_read = keeps  # type: ignore[attr-defined]  # the frame of the page asks for it
        answer = view(request, *args, **kwargs)
        if keeps and answer.status_code == 200 and request.method == "GET":
            answer[READER] = salted_hmac("biosint.shared.reading", str(request.user.pk)).hexdigest()[:16]
        return answer

    return inner
