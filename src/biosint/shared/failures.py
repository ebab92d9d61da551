"""Pages for what went wrong: what happened, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Sentence, Verdict


def page(request: HttpRequest, *, status: int, title: Sentence, text: Sentence) -> HttpResponse:
    """Return the page for something that cannot be had: what happened, then what can be done."""
    return render(
        request, "shared/failure.html", {"title": title, "text": text, "status": status}, status=status
    )


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return page(request, status=403, title=_("You cannot do this"), text=verdict.reason)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=403,
        title=_("You cannot do this"),
        text=str(exception or "")
        or _("Ask the coordinator of your institution if you think you should be able to."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page(
        request,
        status=404,
        title=_("Nothing is here"),
        text=_(
            "The page does not exist, or it is not open to you. If you followed a link, sign in first, then follow it again."
        ),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page(
        request,
        status=400,
        title=_("The request could not be read"),
        text=_("Go back, reload the page and send it again. Nothing was changed."),
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page(
        request,
        status=403,
        title=_("This page was open too long"),
        text=_(
            "For your safety the form is no longer valid. Go back, reload the page and send it again. Nothing was changed."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        status=500,
        title=_("Something broke on our side"),
        text=_(
            "Nothing was changed by your last step. Try again in a minute. If it happens again, tell the administrator of this site what you did."
        ),
    )
