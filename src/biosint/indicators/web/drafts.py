"""Pages on which a consortium writes a bank version of its own: starting, following, publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.indicators import queries, rules
from biosint.indicators.bankfile import write_bank
from biosint.indicators.contents import BankFaulty
from biosint.indicators.differences import differences
from biosint.indicators.models import BankVersion
from biosint.indicators.operations import drafting
from biosint.indicators.translations import completeness, places_of
from biosint.indicators.web.forms import DraftForm, UploadForm
from biosint.shared.languages import language_name
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import refused, require

# Fields of contents, as people call them.
PARTS = {
    "dimension": gettext_lazy("dimension"),
    "kind": gettext_lazy("kind"),
    "weight": gettext_lazy("weight"),
    "unit": gettext_lazy("unit"),
    "title": gettext_lazy("title"),
    "meaning": gettext_lazy("meaning"),
    "asks": gettext_lazy("question"),
    "evidence_asked": gettext_lazy("evidence asked for"),
    "levels": gettext_lazy("levels"),
    "numerator": gettext_lazy("what is counted"),
    "denominator": gettext_lazy("out of"),
    "cap": gettext_lazy("figure that earns all points"),
    "references": gettext_lazy("related frameworks"),
    "counted_kind": gettext_lazy("counted from evidence"),
    "counted_base": gettext_lazy("set against"),
    "counted_steps": gettext_lazy("steps"),
}


def kept_by(request: SignedIn) -> list[Consortium]:
    """The consortia whose bank the reader keeps."""
    person = request.user
    mine = consortia.consortia() if person.is_staff else consortia.consortia_of(person)
    return [one for one in mine if rules.may_keep(person, one)]


def draft_of(request: SignedIn, bank_id: int) -> BankVersion:
    """Return a draft that the reader may change; strangers find no such page."""
    bank = get_object_or_404(queries.banks_visible_to(request.user), pk=bank_id)
    require(rules.may_change(request.user, bank))
    return bank


@login_required
def start(request: SignedIn) -> HttpResponse:
    """Start a version of one's own from any version."""
    keeps = kept_by(request)
    if not keeps:
        require(
            refused(
                _("Only a coordinator or a member of a quality board of a consortium writes its indicators.")
            )
        )
    banks = queries.banks_visible_to(request.user)
    wanted = request.GET.get("from", "")
    form = DraftForm(
        request.POST or None,
        banks=banks,
        keeps=keeps,
        initial={"came_from": banks.filter(code=wanted).first() or queries.current_bank()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafting.start_draft(by=request.user, at=timezone.now(), **form.cleaned_data)
        except (drafting.CodeTaken, BankFaulty) as fault:
            form.add_error("code", str(fault))
        else:
            return redirect("indicators:draft", draft.pk)
    return render(
        request,
        "indicators/start_draft.html",
        {"form": form, "trail": [(_("Indicators"), reverse("indicators:bank"))]},
        status=422 if form.errors else 200,
    )


@login_required
def upload(request: SignedIn) -> HttpResponse:
    """Start a version of one's own from a file."""
    keeps = kept_by(request)
    if not keeps:
        require(
            refused(
                _("Only a coordinator or a member of a quality board of a consortium writes its indicators.")
            )
        )
    form = UploadForm(request.POST or None, request.FILES or None, keeps=keeps)
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafting.upload_draft(
                source=form.cleaned_data["file"].read(),
                consortium=form.cleaned_data["consortium"],
                by=request.user,
                at=timezone.now(),
            )
        except (drafting.CodeTaken, BankFaulty) as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, _("The file is read. Look it over, then publish it."))
            return redirect("indicators:draft", draft.pk)
    return render(
        request,
        "indicators/upload_draft.html",
        {"form": form, "trail": [(_("Indicators"), reverse("indicators:bank"))]},
        status=422 if form.errors else 200,
    )


@login_required
@require_GET
def draft(request: SignedIn, bank_id: int) -> HttpResponse:
    """A draft as its keepers see it: what stands in it, what is translated, what changed, what hinders publishing."""
    bank = draft_of(request, bank_id)
    sides = list(queries.dimensions_of(bank))
    asked = list(queries.indicators_of(bank))
    languages = completeness(places_of(bank))
    return render(
        request,
        "indicators/draft.html",
        {
            "bank": bank,
            "sides": [(side, [one for one in asked if one.dimension_id == side.pk]) for side in sides],
            "asked": len(asked),
            "languages": [
                {
                    "name": language_name(row.language),
                    "row": row,
                    "url": reverse("indicators:translate", args=[bank.pk, row.language]),
                }
                for row in languages
            ],
            "changes": differences(queries.content_of(bank.came_from), queries.content_of(bank))
            if bank.came_from
            else None,
            "trail": [(_("Indicators"), reverse("indicators:bank"))],
        },
    )


@login_required
@require_POST
def publish(request: SignedIn, bank_id: int) -> HttpResponse:
    bank = draft_of(request, bank_id)
    try:
        drafting.publish_bank(bank_id=bank.pk, by=request.user, at=timezone.now())
    except (drafting.NotComplete, BankFaulty) as fault:
        messages.error(request, str(fault))
        return redirect("indicators:draft", bank.pk)
    messages.success(request, _("Published. Rounds can be planned with it; it stays as it is from now on."))
    return redirect(f"{reverse('indicators:bank')}?bank={bank.code}")


@login_required
@require_POST
def discard(request: SignedIn, bank_id: int) -> HttpResponse:
    bank = draft_of(request, bank_id)
    try:
        drafting.discard_draft(bank_id=bank.pk, by=request.user, at=timezone.now())
    except drafting.StillNeeded as needed:
        messages.error(request, str(needed))
        return redirect("indicators:draft", bank.pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("indicators:bank")


@require_GET
def changes(request: HttpRequest, bank_code: str) -> HttpResponse:
    """What one version changed against the one it came from, or against another one."""
    visible = queries.banks_visible_to(person_of(request))
    bank = get_object_or_404(visible, code=bank_code)
    others = [one for one in visible if one != bank]
    wanted = request.GET.get("against", "")
    against = next((one for one in others if one.code == wanted), None) or (
        bank.came_from if bank.came_from in others else (others[0] if others else None)
    )
    found = differences(queries.content_of(against), queries.content_of(bank)) if against else None

    def named(parts: tuple[str, ...]) -> str:
        return ", ".join(str(PARTS[part]) for part in parts if part in PARTS)

    return render(
        request,
        "indicators/changes.html",
        {
            "bank": bank,
            "against": against,
            "tabs": [(one, f"?against={one.code}", one == against) for one in others],
            "found": found,
            "altered": [(one, named(one.parts)) for one in found.altered] if found else [],
            "sides_altered": [(one, named(one.parts)) for one in found.dimensions_altered] if found else [],
            "trail": [(_("Indicators"), f"{reverse('indicators:bank')}?bank={bank.code}")],
        },
    )


@require_GET
def bank_file(request: HttpRequest, bank_code: str) -> HttpResponse:
    """A version as the file it can be loaded from again."""
    bank = get_object_or_404(queries.banks_visible_to(person_of(request)), code=bank_code)
    return HttpResponse(
        write_bank(queries.content_of(bank)),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="indicators-{bank.code}.yaml"'},
    )
