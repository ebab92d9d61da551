"""What is said to somebody whose work arrived after a teacher removed the activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpResponse

    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn


def tell_of_removal(request: SignedIn, place: Place) -> HttpResponse | None:
    """Lead to the course with a sentence where the activity of the work just kept is gone; None where it is not."""
    if place.activity.removed_at is None:
        return _tell_of_hiding(request, place) if place.activity.is_hidden else None
    messages.warning(
        request,
        _(
            "A teacher removed “%(activity)s” while you were working in it. Your work is kept. Ask a teacher where it belongs now."
        )
        % {"activity": place.activity},
    )
    return redirect("exchange:course", place.course.slug)


def _tell_of_hiding(request: SignedIn, place: Place) -> HttpResponse | None:
    if place.is_teacher:
        return None
    messages.warning(
        request,
        _(
            "A teacher hid “%(activity)s” while you were working in it. Your work is kept, and is there again when the activity is shown."
        )
        % {"activity": place.activity},
    )
    return redirect("exchange:course", place.course.slug)
