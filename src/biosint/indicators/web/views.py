"""Pages of the bank that everyone reads: the indicators, one of them, and the frameworks they are mapped to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium import api as consortia
from biosint.evidence import api as evidence
from biosint.indicators import queries, rules
from biosint.indicators.models import BankVersion
from biosint.indicators.operations import loading
from biosint.indicators.web.forms import SearchForm
from biosint.shared.requests import SignedIn, login_required, person_of


@require_GET
def bank(request: HttpRequest) -> HttpResponse:
    """The whole bank, one dimension of it, or what a search finds; open to everyone."""
    person = person_of(request)
    wanted = request.GET.get("bank", "")
    every = list(queries.banks_visible_to(person))
    version = _chosen(every, wanted)
    if version is None:
        return render(request, "indicators/empty.html", {"verdict": rules.may_load_bank(person)})
    dimensions = list(queries.dimensions_of(version))
    chosen = next((one for one in dimensions if one.code == request.GET.get("dimension")), None)
    search = SearchForm(request.GET)
    told = search.cleaned_data if search.is_valid() else {}
    asked = list(queries.indicators_of(version, dimension=chosen.code if chosen else ""))
    found = queries.narrowed(asked, **{key: told.get(key, "") for key in SearchForm.NARROWING})
    return render(
        request,
        "indicators/bank.html",
        {
            "bank": version,
            "banks": every,
            "chosen": chosen,
            "search": search,
            "narrows": any(told.get(key) for key in SearchForm.NARROWING),
            "tabs": [
                (_("All dimensions"), f"?bank={version.code}", chosen is None),
                *((one, f"?bank={version.code}&dimension={one.code}", one == chosen) for one in dimensions),
            ],
            "indicators": found,
            "asked": len(asked),
            "may_change": rules.may_change(person, version) if person and version.is_draft else None,
            "keeps": _keeps(request),
        },
    )


def _chosen(every: list[BankVersion], wanted: str) -> BankVersion | None:
    """The version the address names, else the newest supplied one."""
    named = next((one for one in every if one.code == wanted), None)
    supplied = (one for one in every if one.consortium_id is None and not one.is_draft)
    return named or next(supplied, None)


def _keeps(request: HttpRequest) -> bool:
    """Whether the reader keeps the bank of some consortium."""
    person = person_of(request)
    return person is not None and any(rules.may_keep(person, one) for one in consortia.consortia_of(person))


@require_GET
def detail(request: HttpRequest, bank_code: str, code: str) -> HttpResponse:
    """One indicator: what it asks, how it is read, what proves it."""
    version = get_object_or_404(queries.banks_visible_to(person_of(request)), code=bank_code)
    indicator = get_object_or_404(queries.indicators_of(version), code=code)
    counted = evidence.list_url(kind=indicator.counted_kind) if indicator.is_counted else ""
    return render(
        request,
        "indicators/detail.html",
        {
            "indicator": indicator,
            "counted_url": counted,
            "trail": [(_("Indicators"), f"{reverse('indicators:bank')}?bank={version.code}")],
        },
    )


@require_GET
def frameworks(request: HttpRequest, bank_code: str) -> HttpResponse:
    """Which themes of the frameworks by others the indicators of one version speak of, and which none does."""
    version = get_object_or_404(queries.banks_visible_to(person_of(request)), code=bank_code)
    found = queries.covered(list(queries.indicators_of(version)))
    return render(
        request,
        "indicators/frameworks.html",
        {
            "bank": version,
            "frameworks": [
                {
                    "framework": framework,
                    "themes": themes,
                    "covered": sum(1 for _theme, own in themes if own),
                }
                for framework, themes in found
            ],
            "trail": [(_("Indicators"), f"{reverse('indicators:bank')}?bank={version.code}")],
        },
    )


@login_required
@require_POST
def load(request: SignedIn) -> HttpResponse:
    """Put the newest supplied bank in use: the one button of the empty page."""
    version = loading.load_bank(source=loading.supplied_bank(), by=request.user, at=timezone.now())
    messages.success(request, _("“%(bank)s” is in use.") % {"bank": version})
    return redirect("indicators:bank")
