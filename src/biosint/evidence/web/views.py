from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from biosint.evidence import queries


def item_list(request: HttpRequest) -> HttpResponse:
    """What a figure counted."""
    return render(request, "evidence/list.html", {"items": queries.items()[:50]})
