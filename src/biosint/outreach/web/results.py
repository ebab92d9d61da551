from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from biosint.consortium import api as consortium
from biosint.outreach import queries, results
from biosint.outreach.states import LICENCE

NEWEST_RESULTS = 8
NEWEST_NEWS = 3


def overview(request: HttpRequest) -> HttpResponse:
    """What the consortium did, for everybody: figures that open, pictures, the newest results and news."""
    project = consortium.current_consortium()
    told = results.told(project)
    found = results.catalogue(project)
    return render(
        request,
        "outreach/results.html",
        {
            "project": project,
            "figures": told.figures,
            "charts": told.charts,
            "newest": found[:NEWEST_RESULTS],
            "result_count": len(found),
            "news": queries.news_shown()[:NEWEST_NEWS],
            "licence": LICENCE,
            "linked_data": _for_script(results.linked_data(project, found[:NEWEST_RESULTS])),
        },
    )


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every result that others may use, with its date and licence."""
    kind = request.GET.get("kind", "")
    project = consortium.current_consortium()
    page = Paginator(results.catalogue(project, kind), 40).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/catalogue.html",
        {
            "page": page,
            "kinds": results.KINDS,
            "kind": kind if kind in results.KINDS else "",
            "licence": LICENCE,
            "linked_data": _for_script(results.linked_data(project, list(page.object_list))),
        },
    )


def _for_script(json_text: str) -> str:
    return mark_safe(json_text)  # noqa: S308 -- linked_data has escaped every sign that could end the element
