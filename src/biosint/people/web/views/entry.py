"""Ways in without a password: a guest's link, and the cards of the demonstration."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from biosint.people import operations, queries
from biosint.people.models import Person
from biosint.people.web.forms import LinkForm
from biosint.people.web.letters import send_new_link
from biosint.shared.limits import digest, limited, within

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _onward(request: HttpRequest) -> str:
    """Return the path to go on to: only ever on this site."""
    path = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/")
    return path if allowed else reverse("portal:home")


@never_cache
@limited("people.follow_link", times=30, per=timedelta(minutes=10), methods=("GET", "POST"))
def follow_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Lets a guest in after one press, since mail programs open links to look at them."""
    person, opens = queries.guest_of_link(token, at=timezone.now())
    onward = _onward(request)
    if person is not None and not person.is_guest:
        # A member has a password or a passkey; the letter only leads to where it is asked for.
        return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")
    if person is None or not opens:
        return render(request, "people/link_expired.html", {"form": LinkForm()}, status=410)
    if request.method == "POST":
        # Whoever has the letter reads the address.
        operations.prove_address(person=person)
        login(request, person, backend=BACKEND)
        return redirect(onward)
    return render(request, "people/follow_link.html", {"guest": person, "onward": onward})


@limited("people.new_link", times=5, per=timedelta(minutes=30))
def new_link(request: HttpRequest) -> HttpResponseBase:
    """Sends a new link. The answer is the same whether the address has an account or not."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        # Many machines may ask for one address; its owner is not flooded.
        if within("people.new_link.letter", digest(email), times=3, per=timedelta(minutes=30)):
            send_new_link(email, at=timezone.now())
        messages.success(
            request,
            _("If this address has an account, a letter is on its way to it. Look into your mailbox."),
        )
        return redirect("account_login")
    return render(request, "people/new_link.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def enter_demonstration(request: HttpRequest) -> HttpResponse:
    """Signs a visitor of the demonstration in as one of its invented people."""
    if not settings.DEMONSTRATION:
        raise Http404
    try:
        key = UUID(request.POST.get("person", ""))
    except ValueError as fault:
        raise Http404 from fault
    person = get_object_or_404(Person, public_id=key, is_active=True)
    login(request, person, backend=BACKEND)
    return redirect(_onward(request))
