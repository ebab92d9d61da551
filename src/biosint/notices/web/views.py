from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from biosint.notices import operations, queries
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
