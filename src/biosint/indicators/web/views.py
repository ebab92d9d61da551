from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.evidence import api as evidence
from biosint.indicators import operations, queries, rules
from biosint.shared.requests import SignedIn, login_required, person_of


@require_GET
def bank(request: HttpRequest) -> HttpResponse:
    """The whole bank, or one dimension of it, open to everyone."""
    wanted = request.GET.get("bank", "")
    every = list(queries.banks())
    version = next((one for one in every if one.code == wanted), every[0] if every else None)
    if version is None:
        verdict = rules.may_load_bank(person_of(request))
        return render(request, "indicators/empty.html", {"verdict": verdict})
    dimensions = list(queries.dimensions_of(version))
    chosen = next((one for one in dimensions if one.code == request.GET.get("dimension")), None)
    return render(
        request,
        "indicators/bank.html",
        {
            "bank": version,
            "banks": every,
            "chosen": chosen,
            "tabs": [
                (_("All dimensions"), f"?bank={version.code}", chosen is None),
                *((one, f"?bank={version.code}&dimension={one.code}", one == chosen) for one in dimensions),
            ],
            "indicators": queries.indicators_of(version, dimension=chosen.code if chosen else ""),
        },
    )


@require_GET
def detail(request: HttpRequest, bank_code: str, code: str) -> HttpResponse:
    """One indicator: what it asks, how it is read, what proves it."""
    version = get_object_or_404(queries.banks(), code=bank_code)
    indicator = get_object_or_404(queries.indicators_of(version), code=code)
    counted = evidence.list_url(kind=indicator.counted_kind) if indicator.is_counted else ""
    return render(
        request,
        "indicators/detail.html",
        {
            "indicator": indicator,
            "counted_url": counted,
            "trail": [(_("Indicators"), reverse("indicators:bank"))],
        },
    )


@login_required
@require_POST
def load(request: SignedIn) -> HttpResponse:
    """Put the supplied bank in use: the one button of the empty page."""
    version = operations.load_bank(source=operations.supplied_bank(), by=request.user, at=timezone.now())
    messages.success(request, _("“%(bank)s” is in use.") % {"bank": version})
    return redirect("indicators:bank")
