from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from biosint.notices import operations, queries
from biosint.notices.kinds import KindUnknown, kind_of
from biosint.notices.links import DIGEST, read_stop_link
from biosint.notices.web.forms import PreferencesForm
from biosint.people.api import Person
from biosint.shared.requests import SignedIn, login_required


@login_required
def notice_list(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.notices_for(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "unread": queries.unread_count(request.user)})


@login_required
def open_notice(request: SignedIn, notice_id: int) -> HttpResponse:
    """Go to where a notice leads; opening it is reading it."""
    notice = get_object_or_404(queries.notices_for(request.user), pk=notice_id)
    operations.read(notice_ids=[notice.pk], by=request.user, at=timezone.now())
    return redirect(notice.url or "notices:list")


@require_POST
@login_required
def read_all(request: SignedIn) -> HttpResponse:
    operations.read(by=request.user, at=timezone.now())
    return redirect("notices:list")


@login_required
def preferences(request: SignedIn) -> HttpResponse:
    """How the person hears of each kind of news."""
    known = queries.preferences_of(request.user)
    form = PreferencesForm(request.POST or None, preferences=known)
    if request.method == "POST" and form.is_valid():
        operations.set_preferences(**form.chosen, by=request.user, at=timezone.now())
        messages.success(request, _("Saved. It holds for all news from now on."))
        return redirect("notices:preferences")
    status = 422 if form.errors else 200
    return render(request, "notices/preferences.html", {"form": form}, status=status)


@csrf_exempt  # the signed address is the permission; mail programs post here without having seen a form
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails of one kind, from a link in a mail, without signing in (RFC 8058)."""
    words = read_stop_link(token)
    if words is None:
        raise Http404
    person = get_object_or_404(Person, public_id=words[0], is_active=True)
    try:
        label = _("collected mails") if words[1] == DIGEST else kind_of(words[1]).label
    except KindUnknown:
        raise Http404 from None
    # Looking at a link ends nothing: programs that check mails for viruses look at all of them.
    stopped = request.method == "POST"
    if stopped:
        operations.stop_mails(kind=words[1], by=person, at=timezone.now())
    return render(request, "notices/stop.html", {"label": label, "stopped": stopped})
