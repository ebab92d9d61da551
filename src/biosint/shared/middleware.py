"""Turns a refusal into the page that explains it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from biosint.shared import failures
from biosint.shared.verdicts import Refused


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return failures.refused(request, exception.verdict)
        return None
