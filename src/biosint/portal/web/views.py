from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The public front for visitors, “what waits for you” for people who signed in."""
    return render(request, "portal/home.html", {})
