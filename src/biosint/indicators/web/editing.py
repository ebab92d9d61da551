"""Pages on which keepers write a draft: one dimension, one indicator, one language side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.indicators import queries
from biosint.indicators.contents import BankFaulty
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.operations import drafting, translating
from biosint.indicators.operations.translating import Translated
from biosint.indicators.states import LANGUAGES
from biosint.indicators.translations import TextPlace, completeness, places_of
from biosint.indicators.web.drafts import draft_of
from biosint.indicators.web.forms import DimensionForm, IndicatorForm
from biosint.shared.languages import language_name
from biosint.shared.requests import SignedIn, login_required


def _trail(bank: BankVersion) -> list[tuple[str, str]]:
    return [
        (_("Indicators"), reverse("indicators:bank")),
        (str(bank), reverse("indicators:draft", args=[bank.pk])),
    ]


def _seen(request: SignedIn, one: Dimension | Indicator | None) -> QueryDict:
    """What was sent, as if what stands now had been seen."""
    sent = request.POST.copy()
    sent["edition"] = str(one.edition if one else 0)
    return sent


def _language(request: SignedIn) -> str:
    """The language in which the reader writes now; English unless the address says otherwise."""
    wanted = request.GET.get("in", "en")
    return wanted if wanted in LANGUAGES else "en"


@login_required
def dimension(request: SignedIn, bank_id: int, dimension_id: int | None = None) -> HttpResponse:
    """Write one dimension. What somebody else saved meanwhile is said, never overwritten unseen."""
    bank = draft_of(request, bank_id)
    sides = list(queries.dimensions_of(bank))
    one = next((side for side in sides if side.pk == dimension_id), None)
    if dimension_id is not None and one is None:
        raise Http404
    language = _language(request)
    form = DimensionForm(
        request.POST or None,
        initial=DimensionForm.initial_of(one, language=language, last=len(sides)),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                drafting.save_dimension(
                    bank_id=bank.pk,
                    dimension_id=dimension_id,
                    language=language,
                    by=request.user,
                    at=timezone.now(),
                    **form.cleaned_data,
                )
            except drafting.SomebodyElseSaved as other:
                # The next saving is a decision made in sight of what the other person saved.
                form.data = _seen(request, one)
                form.add_error(None, str(other))
                status = 409
            except (drafting.CodeTaken, BankFaulty) as fault:
                form.add_error("code", str(fault))
            else:
                messages.success(request, _("Saved."))
                return redirect("indicators:draft", bank.pk)
    return render(
        request,
        "indicators/edit_dimension.html",
        {
            "form": form,
            "bank": bank,
            "dimension": one,
            "stands": one if status == 409 else None,
            "trail": _trail(bank),
        },
        status=status,
    )


@login_required
@require_POST
def remove_dimension(request: SignedIn, bank_id: int, dimension_id: int) -> HttpResponse:
    bank = draft_of(request, bank_id)
    one = get_object_or_404(bank.dimensions, pk=dimension_id)
    try:
        drafting.remove_dimension(bank_id=bank.pk, dimension_id=one.pk, by=request.user, at=timezone.now())
    except drafting.StillNeeded as needed:
        messages.error(request, str(needed))
    else:
        messages.success(request, _("Removed."))
    return redirect("indicators:draft", bank.pk)


@login_required
def indicator(request: SignedIn, bank_id: int, indicator_id: int | None = None) -> HttpResponse:
    """Write one indicator. What somebody else saved meanwhile is said, never overwritten unseen."""
    bank = draft_of(request, bank_id)
    asked = queries.indicators_of(bank)
    one = None if indicator_id is None else get_object_or_404(asked, pk=indicator_id)
    language = _language(request)
    side = request.GET.get("dimension", "")
    initial = IndicatorForm.initial_of(one, language=language, last=len(asked.filter(dimension__code=side)))
    if one is None:
        initial["dimension"] = bank.dimensions.filter(code=side).first()
    form = IndicatorForm(request.POST or None, bank=bank, language=language, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                drafting.save_indicator(
                    bank_id=bank.pk,
                    indicator_id=indicator_id,
                    edition=form.cleaned_data["edition"],
                    dimension_id=form.cleaned_data["dimension"].pk,
                    order=form.cleaned_data["order"],
                    content=form.content,
                    by=request.user,
                    at=timezone.now(),
                )
            except drafting.SomebodyElseSaved as other:
                form.data = _seen(request, one)
                form.add_error(None, str(other))
                status = 409
            except (drafting.CodeTaken, BankFaulty) as fault:
                form.add_error("code", str(fault))
            else:
                messages.success(request, _("Saved."))
                return redirect("indicators:draft", bank.pk)
    return render(
        request,
        "indicators/edit_indicator.html",
        {
            "form": form,
            "bank": bank,
            "indicator": one,
            "stands": one if status == 409 else None,
            "language": language,
            "tabs": [
                (language_name(code), f"?in={code}&dimension={side}", code == language) for code in LANGUAGES
            ]
            if one
            else [],
            "trail": _trail(bank),
        },
        status=status,
    )


@login_required
@require_POST
def remove_indicator(request: SignedIn, bank_id: int, indicator_id: int) -> HttpResponse:
    bank = draft_of(request, bank_id)
    one = get_object_or_404(bank.indicators, pk=indicator_id)
    drafting.remove_indicator(bank_id=bank.pk, indicator_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("indicators:draft", bank.pk)


@login_required
def translate(request: SignedIn, bank_id: int, language: str) -> HttpResponse:
    """The texts of one dimension, English on one side and another language on the other."""
    bank = draft_of(request, bank_id)
    if language not in LANGUAGES:
        raise Http404
    every = places_of(bank)
    side = request.GET.get("dimension", "")
    shown = [place for place in every if place.dimension == side]
    if not shown:
        raise Http404
    conflicts: tuple[TextPlace, ...] = ()
    if request.method == "POST":
        texts = [
            Translated(place.key, request.POST.get(f"{place.key}:seen", ""), request.POST[place.key][:1000])
            for place in shown
            if place.key in request.POST
        ]
        done = translating.translate(
            bank_id=bank.pk, language=language, texts=texts, by=request.user, at=timezone.now()
        )
        conflicts = done.conflicts
        if not conflicts:
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?dimension={side}")
        every = places_of(bank)
        shown = [place for place in every if place.dimension == side]
    from_language = "en" if language != "en" else "sr"
    refused_now = {place.key for place in conflicts}
    return render(
        request,
        "indicators/translate.html",
        {
            "bank": bank,
            "language": language,
            "language_name": language_name(language),
            "from_name": language_name(from_language),
            "from_language": from_language,
            "rows": [
                {
                    "place": place,
                    "source": place.words.get(from_language, ""),
                    "stands": place.words.get(language, ""),
                    "text": request.POST.get(place.key, "")
                    if place.key in refused_now
                    else place.words.get(language, ""),
                    "conflict": place.key in refused_now,
                }
                for place in shown
            ],
            "tabs": [
                (
                    f"{name} {sum(1 for one in own if one.words.get(language))}/{len(own)}",
                    f"?dimension={code}",
                    code == side,
                )
                for code, name, own in _by_dimension(bank, every)
            ],
            "row": next(one for one in completeness(every) if one.language == language),
            "trail": _trail(bank),
        },
        status=409 if conflicts else 200,
    )


def _by_dimension(bank: BankVersion, places: list[TextPlace]) -> list[tuple[str, str, list[TextPlace]]]:
    names = {"": _("Title and units"), **{side.code: str(side) for side in queries.dimensions_of(bank)}}
    return [(code, name, [one for one in places if one.dimension == code]) for code, name in names.items()]
