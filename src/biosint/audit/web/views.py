from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.audit import queries
from biosint.audit.rules import may_read
from biosint.audit.web.forms import Filters
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require


@login_required
def line_list(request: SignedIn) -> HttpResponseBase:
    """Who did what; a coordinator sees the people of their institution."""
    require(may_read(request.user))
    filters = Filters(request.GET or None)
    asked = (
        {name: value for name, value in filters.cleaned_data.items() if value} if filters.is_valid() else {}
    )
    lines = queries.narrowed(queries.lines_for(request.user), zone=timezone.get_current_timezone(), **asked)
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "audit/list.html",
        {"page": page, "filters": filters, "asked": asked},
        status=422 if filters.errors else 200,
    )


@login_required
def of_record(request: SignedIn, kind: str, key: str) -> HttpResponse:
    """The history of one record. Records without a line that the reader may see answer 404."""
    lines = list(queries.lines_of_record(request.user, kind=kind, key=key)[:200])
    if not lines:
        raise Http404
    return render(
        request,
        "audit/of_record.html",
        {
            "label": lines[0].subject_label,
            "lines": lines,
            "trail": [(_("Audit trail"), reverse("audit:list"))],
        },
    )
