"""Pages beyond the index itself: two rounds compared, the order, what would raise one, benchmark, accreditation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium import api as consortia
from biosint.files import api as files
from biosint.indicators import api as indicators
from biosint.indicators.api import FRAMEWORKS
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.situation.models import OutsideIndex, Participation
from biosint.situation.operations import benchmarks as operations
from biosint.situation.queries import index, rounds, standing
from biosint.situation.rules import benchmarks as benchmark_rules
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState
from biosint.situation.web import drawings, sentences
from biosint.situation.web.filling import counted_url, participation_of
from biosint.situation.web.round_forms import OutsideForm
from iahcalc.maturity import FEWEST_PEERS

SPREADS = (0.25, 0.5, 0.75)


def _trail(part: Participation) -> list[tuple[str, str]]:
    return [
        (_("Index"), reverse("situation:index")),
        (part.round.title, reverse("situation:round", args=[part.round_id])),
        (
            part.institution.short_name,
            reverse("situation:participation", args=[part.round_id, part.institution.slug]),
        ),
    ]


@login_required
@require_GET
def compare(request: SignedIn) -> HttpResponse:
    """Two closed rounds of one consortium: every institution, every dimension, and the tests over them."""
    wanted = request.GET.get("consortium", "")
    mine = consortia.consortia() if request.user.is_staff else consortia.consortia_of(request.user)
    consortium = get_object_or_404(mine, slug=wanted) if wanted else mine.first()
    if consortium is None:
        raise Http404
    closed = [one for one in rounds.rounds_of(consortium) if one.state == RoundState.CLOSED]
    start, end = rounds.latest_pair(closed)

    def chosen(name: str) -> object:
        key = request.GET.get(name, "")
        return next((one for one in closed if str(one.pk) == key), None)

    before, after = chosen("before") or start, chosen("after") or end
    if before is None or after is None or before == after:
        return render(request, "situation/nothing_to_compare.html", {"rounds": closed})
    compared = index.comparison(before, after)  # type: ignore[arg-type]  # both are rounds out of the list
    titles = {side.code: side for side in indicators.dimensions_of(compared.after.bank)}
    return render(
        request,
        "situation/compare.html",
        {
            "consortium": consortium,
            "compared": compared,
            "rounds": closed,
            "chart": drawings.of_change(compared),
            "finding": sentences.finding(compared),
            "dimensions": [(titles.get(row.code), row) for row in compared.dimensions],
            "dimension_words": sentences.of_dimensions(
                compared, {key: str(one) for key, one in titles.items()}
            ),
            "trail": [(_("Index"), reverse("situation:index"))],
        },
    )


@login_required
@require_GET
def order(request: SignedIn, round_id: int) -> HttpResponse:
    """How firmly the order of the institutions stands when the dimensions are weighted otherwise."""
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id, state=RoundState.CLOSED)
    wanted = request.GET.get("spread", "")
    spread = next((each for each in SPREADS if str(each) == wanted), standing.SPREAD)
    ranked = standing.order_of(one, spread=spread)
    return render(
        request,
        "situation/order.html",
        {
            "round": one,
            "ranked": ranked,
            "spread": f"{spread:.0%}",
            "tabs": [
                (
                    _("Weights moved by about %(share)s") % {"share": f"{each:.0%}"},
                    f"?spread={each}",
                    each == spread,
                )
                for each in SPREADS
            ],
            "words": sentences.of_order(ranked),
            "trail": [
                (_("Index"), reverse("situation:index")),
                (one.title, reverse("situation:round", args=[one.pk])),
            ],
        },
    )


@login_required
@require_GET
def raise_page(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    """What one realistic step on each indicator would bring, the largest gain first."""
    part = participation_of(request, round_id, slug)
    require(rules.may_read_values(request.user, part))
    found = standing.raisers_of(part)
    return render(
        request,
        "situation/raise.html",
        {
            "part": part,
            "round": part.round,
            "found": found,
            "steps": [
                (
                    row,
                    sentences.step(row.indicator, row.step.before),
                    sentences.step(row.indicator, row.step.after),
                )
                for row in found.steps
            ],
            "chart": drawings.of_raisers(found),
            "trail": _trail(part),
        },
    )


@login_required
@require_GET
def benchmark(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    """Where an institution stands among unnamed others, and beside those that agreed to be named."""
    part = participation_of(request, round_id, slug)
    if part.round.state != RoundState.CLOSED:
        raise Http404
    require(rules.may_read_values(request.user, part))
    return _benchmark(request, part, OutsideForm(), 200)


def _benchmark(request: SignedIn, part: Participation, form: OutsideForm, status: int) -> HttpResponse:
    found = standing.benchmark(part)
    titles = {side.code: side for side in indicators.dimensions_of(part.round.bank)}
    return render(
        request,
        "situation/benchmark.html",
        {
            "part": part,
            "round": part.round,
            "found": found,
            "fewest": FEWEST_PEERS,
            "words": sentences.of_standing(found.standing) if found.standing else "",
            "dimensions": [(titles[code], row) for code, row in found.dimensions.items() if code in titles],
            "chart": drawings.of_benchmark(found),
            "agrees": rounds.is_disclosed(part),
            "may_disclose": benchmark_rules.may_disclose(request.user, part),
            "may_plan": rules.may_plan(request.user, part.round.consortium),
            "form": form,
            "trail": _trail(part),
        },
        status=status,
    )


@login_required
@require_POST
def disclose(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    part = participation_of(request, round_id, slug)
    if request.POST.get("agree") == "yes":
        operations.disclose(participation_id=part.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The index of this round is now shown beside your institution's name."))
    else:
        operations.withdraw_disclosure(participation_id=part.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Your institution is one among unnamed others again."))
    return redirect("situation:benchmark", round_id, slug)


@login_required
@require_POST
def add_outside(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    part = participation_of(request, round_id, slug)
    require(rules.may_read_values(request.user, part))
    form = OutsideForm(request.POST)
    if form.is_valid():
        try:
            operations.add_outside_index(
                consortium=part.round.consortium, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except (operations.FigureKnown, operations.SourceMissing) as fault:
            form.add_error("name", str(fault))
        else:
            messages.success(request, _("The figure is entered with its source."))
            return redirect("situation:benchmark", round_id, slug)
    return _benchmark(request, part, form, 422)


@login_required
@require_POST
def remove_outside(request: SignedIn, round_id: int, slug: str, outside_id: int) -> HttpResponse:
    part = participation_of(request, round_id, slug)
    one = get_object_or_404(OutsideIndex, pk=outside_id, consortium=part.round.consortium)
    operations.remove_outside_index(outside_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The figure is taken away."))
    return redirect("situation:benchmark", round_id, slug)


@login_required
@require_GET
def accreditation(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    """The figures of one institution under the themes of a framework, for an accreditation; made to be printed."""
    part = participation_of(request, round_id, slug)
    require(rules.may_read_values(request.user, part))
    framework = standing.framework_of(request.GET.get("framework", "")) or FRAMEWORKS[0]
    themes = dict(standing.accreditation(part))[framework]
    return render(
        request,
        "situation/accreditation.html",
        {
            "part": part,
            "round": part.round,
            "framework": framework,
            "tabs": [(one.code, f"?framework={one.code}", one == framework) for one in FRAMEWORKS],
            "themes": [
                (
                    theme,
                    [
                        {
                            "indicator": row.indicator,
                            "figure": sentences.figure(row.indicator, row.reading),
                            "is_missing": row.reading.figure is None,
                            "note": row.value.note if row.value else "",
                            "url": counted_url(part, row.indicator)
                            if row.indicator.is_counted
                            else sentences.proof(row.value),
                            "file": row.value.evidence_file if row.value else None,
                            "file_url": files.download_url(row.value.evidence_file)
                            if row.value and row.value.evidence_file
                            else "",
                        }
                        for row in own
                    ],
                )
                for theme, own in themes
            ],
            "covered": sum(1 for _theme, own in themes if own),
            "trail": _trail(part),
        },
    )
