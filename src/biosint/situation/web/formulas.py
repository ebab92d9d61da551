"""Pages of formulas: reading one in words and as a file, and trying one's own before it is put in use."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.indicators import api as indicators
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.situation.formula_words import formula_words
from biosint.situation.models import FormulaVersion, Round
from biosint.situation.operations import formulas as operations
from biosint.situation.queries import formulas, rounds, standing
from biosint.situation.rules import rounds as rules
from biosint.situation.web.formula_forms import FormulaForm, FormulaUploadForm
from iahcalc.maturity import FormulaFaulty, formula_file, parse_formula


def _consortium(request: SignedIn) -> Consortium:
    """The consortium the address names, else the reader's newest."""
    mine = consortia.consortia() if request.user.is_staff else consortia.consortia_of(request.user)
    wanted = request.GET.get("consortium", "")
    found = get_object_or_404(mine, slug=wanted) if wanted else mine.first()
    if found is None:
        raise Http404
    return found


def _last_closed(consortium: Consortium) -> Round | None:
    _before, newest = rounds.latest_pair(list(rounds.rounds_of(consortium)))
    return newest


@login_required
@require_GET
def every(request: SignedIn) -> HttpResponse:
    """The formulas a consortium can measure with."""
    consortium = _consortium(request)
    return render(
        request,
        "situation/formulas.html",
        {
            "consortium": consortium,
            "formulas": formulas.formulas_for(consortium),
            "may_plan": rules.may_plan(request.user, consortium),
            "trail": [(_("Index"), reverse("situation:index"))],
        },
    )


def _formula(request: SignedIn, formula_id: int) -> FormulaVersion:
    """A formula the reader may see: a supplied one, or one of a consortium of theirs."""
    mine = consortia.consortia() if request.user.is_staff else consortia.consortia_of(request.user)
    return get_object_or_404(formulas.formulas_of_any([None, *mine]), pk=formula_id)


@login_required
@require_GET
def detail(request: SignedIn, formula_id: int) -> HttpResponse:
    """One formula in words, with its bands and its file."""
    one = _formula(request, formula_id)
    return render(
        request,
        "situation/formula.html",
        {
            "formula": one,
            "words": formula_words(one.formula),
            "bands": one.formula.bands,
            "trail": [
                (_("Index"), reverse("situation:index")),
                (_("Formulas"), reverse("situation:formulas")),
            ],
        },
    )


@login_required
@require_GET
def source(request: SignedIn, formula_id: int) -> HttpResponse:
    """The formula as the file it is written in."""
    one = _formula(request, formula_id)
    return HttpResponse(
        one.source,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{one.code}.yaml"'},
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Write or upload a formula, see what it would do to the last closed round, then put it in use."""
    consortium = _consortium(request)
    require(rules.may_plan(request.user, consortium))
    last = _last_closed(consortium)
    bank = last.bank if last else indicators.current_bank()
    sides = list(indicators.dimensions_of(bank)) if bank else []
    start = last.formula.source if last else formula_file()
    posted = request.POST if request.method == "POST" else None
    uploads = posted is not None and "file" in request.FILES
    form = FormulaForm(
        None if uploads else posted, sides=sides, initial=FormulaForm.initial_of(parse_formula(start), sides)
    )
    upload = FormulaUploadForm(posted, request.FILES) if uploads else FormulaUploadForm()
    tried, text, status = None, "", 200
    if posted is not None:
        status = 422
        if "source" in posted:
            text = posted["source"]
        elif uploads and upload.is_valid():
            text = upload.text
        elif not uploads and form.is_valid():
            text = form.source
    if text:
        try:
            if posted is not None and "use" in posted:
                added = operations.add_formula(
                    consortium=consortium, source=text, by=request.user, at=timezone.now()
                )
                messages.success(request, _("The formula is in use: rounds can be planned with it."))
                return redirect("situation:formula", added.pk)
            tried, status = parse_formula(text), 200
        except (operations.FormulaKnown, operations.FormulaUnreadable) as fault:
            form.add_error(None, str(fault))
        except FormulaFaulty as faulty:
            for sentence in operations.sentences_of(faulty):
                (upload if uploads else form).add_error("file" if uploads else None, sentence)
    return render(
        request,
        "situation/new_formula.html",
        {
            "consortium": consortium,
            "form": form,
            "upload": upload,
            "tried": tried,
            "words": formula_words(tried) if tried else [],
            "text": text,
            "last": last,
            "rows": standing.tried(last, tried) if tried and last else [],
            "trail": [
                (_("Index"), reverse("situation:index")),
                (_("Formulas"), reverse("situation:formulas")),
            ],
        },
        status=status,
    )
