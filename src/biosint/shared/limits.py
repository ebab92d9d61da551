"""How often one person, or one address, may do a thing; more gets a page that says when to come back."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from biosint.shared import failures

P = ParamSpec("P")


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    # The address as seen by the trusted proxy, not as the visitor claims it.
    return digest(str(get_adapter().get_client_ip(request)))


def digest(address: str) -> str:
    """Return what stands for an address, of a machine or of a mailbox, wherever it is counted."""
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()[:24]


def within(name: str, who: str, *, times: int, per: timedelta) -> bool:
    """Count one more time and tell whether it is still within the limit.

    Counts live in the cache: a restart forgives, and two requests of the same instant may count
    as one. ``who`` holds no personal data beyond a key or a digest.
    """
    seconds = int(per.total_seconds())
    key = f"limit:{name}:{who}:{int(time.time()) // seconds}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, seconds)
    return count <= times


def limited(
    name: str, *, times: int, per: timedelta, methods: tuple[str, ...] = ("POST",)
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let one person (or one address, for visitors) use a view ``times`` within ``per``."""

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method in methods and not within(name, _who(request), times=times, per=per):
                return too_many(request, after=per)
            return view(request, *args, **kwargs)

        return inner

    return decorated


def too_many(request: HttpRequest, *, after: timedelta = timedelta(minutes=5)) -> HttpResponse:
    """Return the page for a limit that was reached."""
    response = failures.page(
        request,
        status=429,
        title=_("Too many tries"),
        text=_(
            "This was done very often in a short time, so we stopped it for safety. Wait a few minutes, then try again."
        ),
    )
    response.headers["Retry-After"] = str(int(after.total_seconds()))
    return response
