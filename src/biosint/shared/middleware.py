"""Turns a refusal into the page that explains it, and away what no database can be asked for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from biosint.shared import failures
from biosint.shared.verdicts import Refused


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL breaks at a zero byte wherever it is asked for; no word of ours holds one.
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return failures.bad_request(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away zero bytes in what was sent, too; the forgery check before us has read it already."""
        del view, args, kwargs
        if request.method == "POST" and any(
            "\x00" in word for _name, words in request.POST.lists() for word in words
        ):
            return failures.bad_request(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return failures.refused(request, exception.verdict)
        return None
