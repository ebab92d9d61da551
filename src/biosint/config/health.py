"""Answers to load balancers, given before the host name is checked (probes come by address)."""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse


class HealthMiddleware:
    """``/livez``: the process answers. ``/readyz``: the database answers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return HttpResponse("alive\n", content_type="text/plain")
        if request.path == "/readyz":
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            except OperationalError:
                return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
            return HttpResponse("ready\n", content_type="text/plain")
        return self.get_response(request)
