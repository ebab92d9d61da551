"""Requests whose person is known, and the one way to require that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required as _login_required
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from biosint.people.models import Person

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request of a signed-in person."""

    user: Person  # narrower than Django's, which allows visitors
    htmx: HtmxDetails


def login_required(
    view: Callable[Concatenate[SignedIn, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send visitors to sign-in; hand the view a request whose ``user`` is a Person."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(cast("SignedIn", request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", _login_required(inner))


def person_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None for a visitor."""
    return request.user if request.user.is_authenticated else None


def key_in(word: str) -> int:
    """Return the key of a record that a form or an address names; 0, which no record has, for any other word.

    ``str.isdigit`` alone is not enough: it is true of “²”, and of numbers that no database holds.
    """
    return int(word) if word.isdecimal() and len(word) < 19 else 0
