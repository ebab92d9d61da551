"""The reader's language and time zone, for one request."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation


def keep_language(response: HttpResponseBase, code: str) -> None:
    """Keep a chosen language in the reader's cookie; an empty or unknown one changes nothing."""
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )


class LanguageMiddleware:
    """Chosen by cookie (the switch on every page), else by the browser, else the site's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = translation.get_language_from_request(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        # Set while signing in: the person's own language goes before the browser's.
        keep_language(response, getattr(request, "chosen_language", ""))
        return response


class ReadersZoneMiddleware:
    """The person's own zone, else the one their browser told (a cookie), else the site's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Reading the account costs a query; only people with a session can have one.
        chosen = ""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            chosen = request.user.time_zone
        name = chosen or request.COOKIES.get("biosint_zone", "") or settings.TIME_ZONE
        try:
            timezone.activate(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            timezone.activate(ZoneInfo(settings.TIME_ZONE))
        return self.get_response(request)
