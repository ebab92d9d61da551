"""The frame on a page of the site in which a package plays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from biosint.packages import origins, tickets
from biosint.packages.policy import SANDBOX

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from biosint.packages.models import Attempt


@dataclass(frozen=True, slots=True)
class Frame:
    """What the template ``packages/_frame.html`` needs. ``address`` holds a ticket: it is for this person alone."""

    address: str
    origin: str
    title: str
    kept_as: str  # name under which the page keeps, in the browser, what the player could not send
    sandbox: str = SANDBOX


def can_play() -> bool:
    """Whether this site has an origin for packages; where not, ``packages/_no_origin.html`` says what to do."""
    return not origins.fault()


def frame_for(request: HttpRequest, attempt: Attempt) -> Frame | None:
    """Return the frame that plays an attempt on this page; None where no origin is set up."""
    origin = origins.origin_for(request)
    if not origin:
        return None
    ticket = tickets.ticket_for(
        attempt, site=f"{request.scheme}://{request.get_host()}", language=get_language() or "en"
    )
    return Frame(
        address=f"{origin}/play/{ticket}/",
        origin=origin,
        title=attempt.version.title,
        kept_as=f"biosint-package-{attempt.pk}",
    )


def admit_frame(response: HttpResponseBase, frame: Frame) -> HttpResponseBase:
    """Let this one page show the packages' origin in a frame; no other page of the site can."""
    # django-csp reads this from the response; its decorators know no value of the moment.
    vars(response)["_csp_update"] = {"frame-src": [frame.origin]}
    return response
