"""Choices every visitor has (language, colours), and the gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from biosint.shared.context import THEME_COOKIE, THEMES
from biosint.shared.web import specimens


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page the choice was made on, never to another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else reverse("portal:home"))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language for a year, in a cookie."""
    response = _back(request)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark for a year; anything else follows the device again."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, to those who build and try the product."""
    if not (settings.DEBUG or settings.DEMONSTRATION or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "shared/gallery.html", specimens.context(request))
