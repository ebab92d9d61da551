"""Pages of one institution in one round: its figures, and giving them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator, Reading
from biosint.shared.charts.described import figure as written
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.situation.models import FormerValue, Participation, Remark, Value
from biosint.situation.operations import filling as operations
from biosint.situation.operations.filling import Filled
from biosint.situation.queries import index, reviews, rounds
from biosint.situation.rules import rounds as rules
from biosint.situation.states import (
    WAITS_FOR_INSTITUTION,
    WAITS_FOR_REVIEWER,
    ReviewStanding,
    RoundState,
)
from biosint.situation.web import sentences
from biosint.situation.web.round_forms import ValueForm


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator on the page of an institution's part."""

    indicator: Indicator
    reading: Reading
    value: Value | None
    url: str
    thread: list[Remark]
    former: list[tuple[FormerValue, str]]
    standing: ReviewStanding | None

    @property
    def file_url(self) -> str:
        """Where the file is that proves it; empty without one."""
        kept = self.value.evidence_file if self.value else None
        return files.download_url(kept) if kept else ""

    @property
    def figure(self) -> str:
        return sentences.figure(self.indicator, self.reading)


def participation_of(request: SignedIn, round_id: int, slug: str) -> Participation:
    """Return an institution's part in a round the reader may see; strangers find no such page."""
    one = get_object_or_404(rounds.rounds_visible_to(request.user), pk=round_id)
    return get_object_or_404(rounds.participations_of(one), institution__slug=slug)


def counted_url(part: Participation, indicator: Indicator) -> str:
    """Where the evidence is that is counted for an indicator of this part."""
    return evidence.list_url(
        kind=indicator.counted_kind,
        institution=part.institution,
        since=part.round.since,
        until=part.round.until,
    )


@login_required
@require_GET
def participation(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    """Every figure of one institution in one round, with where it comes from and what is missing."""
    part = participation_of(request, round_id, slug)
    require(rules.may_read_values(request.user, part))
    asked = list(indicators.indicators_of(part.round.bank))
    values = rounds.values_of(part)
    is_open = part.round.state == RoundState.OPEN
    found = index.readings(part, asked, values, index.counted_at(part) if is_open else None)
    result = index.index_of(
        asked, found, formula=part.round.formula.formula, without=index.without_disputed(part)
    )
    threads = reviews.threads_of(part) if part.round.peer_review else {}
    former = reviews.former_of(part)
    review = getattr(part, "review", None)
    rows = [
        Line(
            indicator=indicator,
            reading=found[indicator.pk],
            value=values.get(indicator.pk),
            url=counted_url(part, indicator)
            if indicator.is_counted
            else sentences.proof(values.get(indicator.pk)),
            thread=threads.get(indicator.pk, []),
            former=[(one, sentences.typed(one)) for one in former.get(indicator.pk, [])],
            standing=_standing(part, threads.get(indicator.pk, []), values.get(indicator.pk)),
        )
        for indicator in asked
    ]
    by_code = {dimension.code: dimension for dimension in result.dimensions}
    return render(
        request,
        "situation/participation.html",
        {
            "part": part,
            "round": part.round,
            "result": result,
            "index_words": written(result.value, digits=1),
            "answered": sum(dimension.answered for dimension in result.dimensions),
            "asked": len(asked),
            "dimensions": [
                {"dimension": dimension, "points": by_code[dimension.code], "rows": list(members)}
                for dimension, members in groupby(rows, key=lambda row: row.indicator.dimension)
            ],
            "may_fill": rules.may_fill(request.user, part),
            "may_hand_in": rules.may_hand_in(request.user, part),
            "may_review": rules.may_review(request.user, review) if review else None,
            "review": review,
            "open_questions": sum(1 for row in rows if row.standing in WAITS_FOR_INSTITUTION),
            "to_review": sum(1 for row in rows if row.standing in WAITS_FOR_REVIEWER),
            "band": part.round.formula.formula.band(result.value),
            "is_open": is_open,
            "change": _since_the_baseline(part, asked, found),
            "trail": [
                (_("Index"), reverse("situation:index")),
                (part.round.title, reverse("situation:round", args=[round_id])),
            ],
        },
    )


def _standing(part: Participation, thread: list[Remark], value: Value | None) -> ReviewStanding | None:
    """How a value stands between the institution and its reviewer; None in a round without peer review."""
    if not part.round.peer_review:
        return None
    # Closing writes what was counted, which is no change that anybody made.
    if part.round.state == RoundState.CLOSED and value is not None and value.indicator.is_counted:
        return reviews.standing(thread, thread[-1].edition if thread else 0)
    return reviews.standing(thread, value.edition if value else 0)


def _since_the_baseline(part: Participation, asked: list[Indicator], found: dict[int, Reading]) -> str:
    """One sentence on the change since the baseline, where both rounds asked the same; else nothing."""
    before, _newest = rounds.latest_pair(list(rounds.rounds_of(part.round.consortium)))
    if (
        before is None
        or part.round.state != RoundState.CLOSED
        or before.pk == part.round_id
        or before.bank_id != part.round.bank_id
    ):
        return ""
    earlier = rounds.participations_of(before).filter(institution=part.institution).first()
    if earlier is None:
        return ""
    stood = index.readings(earlier, asked, rounds.values_of(earlier))
    return sentences.own_change(
        before, index.change_of(asked, stood, found, formula=part.round.formula.formula)
    )


@login_required
def fill(request: SignedIn, round_id: int, slug: str, dimension: str) -> HttpResponse:
    """The values of one dimension. What somebody else saved meanwhile is shown, never overwritten unseen."""
    part = participation_of(request, round_id, slug)
    require(rules.may_fill(request.user, part))
    dimensions = list(indicators.dimensions_of(part.round.bank))
    place = next((at for at, one in enumerate(dimensions) if one.code == dimension), None)
    if place is None:
        raise Http404
    asked = list(indicators.indicators_of(part.round.bank, dimension=dimension))
    values = rounds.values_of(part)
    posted = request.POST if request.method == "POST" else None
    forms = {
        one.pk: ValueForm(posted, request.FILES or None, indicator=one, value=values.get(one.pk))
        for one in asked
        if rounds.is_typed(one)
    }
    status, conflicts = 200, {}
    if posted is not None:
        filled = _saved(request, part, forms)
        if filled is not None:
            conflicts = {value.indicator_id: value for value in filled.conflicts}
            if not conflicts:
                messages.success(request, _("Saved."))
                return _onward(request, part, [one.code for one in dimensions], place)
            # The next saving is a decision made in sight of what the other person saved.
            fresh = rounds.values_of(part)
            seen = posted.copy()
            for one in asked:
                if one.pk in forms and one.pk in fresh:
                    seen[f"{one.code}-edition"] = str(fresh[one.pk].edition)
            forms = {
                key: ValueForm(seen, indicator=form.indicator, value=fresh.get(key))
                for key, form in forms.items()
            }
            status = 409
        else:
            status = 422
    found = index.readings(part, asked, values, index.counted_at(part))
    return render(
        request,
        "situation/fill.html",
        {
            "part": part,
            "round": part.round,
            "dimension": dimensions[place],
            "steps": [
                (one, reverse("situation:fill", args=[round_id, slug, one.code])) for one in dimensions
            ],
            "place": place,
            "is_last": place == len(dimensions) - 1,
            "rows": [
                {
                    "indicator": one,
                    "form": forms.get(one.pk),
                    "conflict": sentences.conflict(conflicts[one.pk]) if one.pk in conflicts else "",
                    "figure": sentences.figure(one, found[one.pk]),
                    "url": counted_url(part, one) if one.is_counted else "",
                }
                for one in asked
            ],
            "has_errors": status == 422,
            "trail": [
                (_("Index"), reverse("situation:index")),
                (part.round.title, reverse("situation:round", args=[round_id])),
                (part.institution.short_name, reverse("situation:participation", args=[round_id, slug])),
            ],
        },
        status=status,
    )


def _saved(request: SignedIn, part: Participation, forms: dict[int, ValueForm]) -> Filled | None:
    """Save what was typed; None where something has to be corrected first, which then stands beside its field."""
    if not all(form.is_valid() for form in forms.values()):
        return None
    try:
        return operations.fill(
            participation_id=part.pk,
            entries=[form.entry for form in forms.values()],
            by=request.user,
            at=timezone.now(),
        )
    except (files.FileEmpty, files.FileTooLarge, files.FormatRefused, files.FileUnsafe) as fault:
        for form in forms.values():
            if form.cleaned_data.get("upload"):
                form.add_error("upload", str(fault))
        return None


@login_required
@require_POST
def hand_in(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    part = participation_of(request, round_id, slug)
    operations.hand_in(participation_id=part.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Handed in. You can still mend a value; everything stays on record."))
    return redirect("situation:participation", round_id, slug)


def _onward(request: SignedIn, part: Participation, codes: list[str], place: int) -> HttpResponse:
    """After saving: the next dimension, or the whole picture."""
    if "onward" in request.POST and place + 1 < len(codes):
        return redirect("situation:fill", part.round_id, part.institution.slug, codes[place + 1])
    return redirect("situation:participation", part.round_id, part.institution.slug)
