"""The host of packages: another origin of the same server, which answers nothing but players and their files."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve

from biosint.packages import origins

ADDRESSES = "biosint.packages.web.player_urls"
# The players' own scripts and styles, of all that is built.
STATIC = ("built/players/", "packages/player/")


class PackagesHostMiddleware:
    """Answers for that host before sessions, cookies and the site's own addresses come into play."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not origins.is_host_of_packages(request):
            return self.get_response(request)
        if request.path.startswith(tuple(settings.STATIC_URL + folder for folder in STATIC)):
            return self._built(request)
        try:
            found = resolve(request.path_info, urlconf=ADDRESSES)
        except Http404:
            return _elsewhere(request)
        # A script that asks to stand between the page and us would see every address below it.
        if request.headers.get("Service-Worker"):
            return _nothing()
        try:
            response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        except Http404:
            return _nothing()
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def _built(self, request: HttpRequest) -> HttpResponseBase:
        """Let the server of static files answer, and nobody behind it."""
        response = self.get_response(request)
        known = {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.PARTIAL_CONTENT}
        return response if response.status_code in known else _nothing()


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """Lead somebody who typed the wrong one of two names to the site; tell scripts nothing."""
    is_typed = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if request.method in {"GET", "HEAD"} and is_typed:
        return HttpResponseRedirect(origins.sites_for(request)[0] + request.get_full_path())
    return _nothing()


def _nothing() -> HttpResponse:
    return HttpResponse("There is nothing here.\n", content_type="text/plain", status=HTTPStatus.NOT_FOUND)
