from __future__ import annotations

from itertools import chain, islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from biosint.portal import queries
from biosint.shared import registries
from biosint.shared.reading import kept_to_read
from biosint.shared.registries import Area
from biosint.shared.requests import SignedIn, login_required, person_of

# What one file may hold (sitemaps.org).
MOST_IN_SITEMAP = 50_000


@kept_to_read
def home(request: HttpRequest) -> HttpResponse:
    """The public front for visitors, “what waits for you” for people who signed in."""
    person = person_of(request)
    if person is None:
        return render(request, "portal/front.html", {"figures": queries.figures()})
    steps = queries.first_steps() if person.is_staff else []
    return render(
        request,
        "portal/home.html",
        {
            "waiting": queries.waiting_for(person),
            "panels": [
                render_to_string(panel.template, panel.context, request)
                for panel in queries.panels_for(person)
            ],
            "changes": queries.changes_for(person),
            "first_steps": steps if not all(step.done for step in steps) else [],
        },
    )


@login_required
def area(request: SignedIn, area: str) -> HttpResponse:
    """One area of the menu: its pages as cards."""
    try:
        wanted = Area(area)
    except ValueError:
        raise Http404 from None
    places = registries.destinations_for(request.user).get(wanted)
    if not places:
        raise Http404
    return render(request, "portal/area.html", {"title": registries.AREA_NAMES[wanted], "places": places})


def search(request: HttpRequest) -> HttpResponse:
    """Search as a page; the command palette asks for the list alone."""
    words = request.GET.get("q", "")
    found = queries.search(words, person_of(request))
    template = "portal/_found.html" if request.headers.get("HX-Request") else "portal/search.html"
    return render(request, template, {"words": words, "found": found})


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html", {})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {})


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {})


@cache_control(max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    rules = (
        "User-agent: *\nDisallow: /account/\nDisallow: /surveys/a/\n"
        f"Sitemap: {settings.SITE_URL}{reverse('portal:sitemap')}\n"
    )
    return HttpResponse(
        "User-agent: *\nDisallow: /\n" if settings.DEMONSTRATION else rules, content_type="text/plain"
    )


@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that apps hand up, as sitemaps.org 0.9 asks; at most 50,000."""
    home = [reverse(f"portal:{name}") for name in ("home", "about", "accessibility", "privacy")]
    paths = chain(home, *(tell() for tell in registries.PUBLIC_PATHS))
    rows = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc></url>" for path in islice(paths, MOST_IN_SITEMAP)
    )
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>',
        content_type="application/xml",
    )
