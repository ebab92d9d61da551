from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.evidence import operations, queries, rules
from biosint.evidence.kinds import kinds
from biosint.evidence.web.forms import FilterForm, VouchForm
from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Refused, refused


def item_list(request: HttpRequest) -> HttpResponse:
    """What a figure counted: the address holds the question, so a report's figure opens the very list."""
    person = person_of(request)
    visible = queries.items().filter(rules.viewable_by(person))
    codes = [kind.code for kind in kinds()]
    form = FilterForm(request.GET, codes=codes)
    form.is_valid()
    asked = form.cleaned_data
    among = _institutions(request.GET.get("among"))
    found = queries.narrowed(
        visible,
        kind=asked.get("kind") or "",
        institution=asked.get("institution"),
        among=among,
        since=queries.day_start(asked.get("since")),
        until=queries.day_start(asked.get("until")),
    )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "evidence/list.html",
        {
            "form": form,
            "page": page,
            "rows": [(item, rules.may_open_proof(person, item)) for item in page],
            "among": among,
            "sums": queries.sums(found),
            "may_open_proofs": rules.may_open_proofs(person),
            "may_enter": bool(person and (person.is_staff or person.holds(*rules.KEEPERS))),
        },
    )


def _institutions(slugs: str | None) -> list[Institution] | None:
    """Return the institutions a figure was counted among; None where it names none."""
    return list(Institution.objects.filter(slug__in=slugs.split(","))) if slugs else None


@login_required
def vouch(request: SignedIn) -> HttpResponse:
    """Enter evidence by hand, with a proof and one's own name."""
    places = request.user.institutions_as(*rules.KEEPERS)
    if request.user.is_staff:
        places = frozenset(Institution.objects.values_list("pk", flat=True))
    if not places:
        raise Refused(
            refused(_("Only coordinators, administrators and members of the quality board enter evidence."))
        )
    form = VouchForm(request.POST or None, institutions=places)
    if form.is_valid():
        operations.vouch(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The evidence is recorded under your name."))
        return redirect("evidence:list")
    return render(request, "evidence/vouch.html", {"form": form}, status=422 if form.is_bound else 200)
