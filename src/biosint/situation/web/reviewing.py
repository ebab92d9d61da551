"""Pages of peer review: what the reviewing institution says, and what the institution answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.files import api as files
from biosint.indicators import api as indicators
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.situation.models import Participation, Review, Value
from biosint.situation.operations import reviews as operations
from biosint.situation.operations.reviews import Said
from biosint.situation.queries import index, reviews, rounds
from biosint.situation.rules import rounds as rules
from biosint.situation.states import WAITS_FOR_INSTITUTION, Opinion
from biosint.situation.web import sentences
from biosint.situation.web.filling import counted_url, participation_of
from biosint.situation.web.round_forms import RemarkForm


def _review_of(request: SignedIn, round_id: int, slug: str) -> tuple[Participation, Review]:
    part = participation_of(request, round_id, slug)
    review = get_object_or_404(reviews.reviews_of(part.round), participation=part)
    return part, review


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
def review(request: SignedIn, round_id: int, slug: str, dimension: str) -> HttpResponse:
    """The values of one dimension with their proofs, and what the reviewer says about each."""
    part, found = _review_of(request, round_id, slug)
    require(rules.may_review(request.user, found))
    dimensions = list(indicators.dimensions_of(part.round.bank))
    place = next((at for at, one in enumerate(dimensions) if one.code == dimension), None)
    if place is None:
        raise Http404
    asked = list(indicators.indicators_of(part.round.bank, dimension=dimension))
    values, threads = rounds.values_of(part), reviews.threads_of(part)
    posted = request.POST if request.method == "POST" else None
    editions = {one.pk: (value.edition if (value := values.get(one.pk)) else 0) for one in asked}
    forms = {
        one.pk: RemarkForm(posted, prefix=one.code, initial={"edition": editions[one.pk]}) for one in asked
    }
    status = 200
    changed: tuple[int, ...] = ()
    if posted is not None:
        status = 422
        if all(form.is_valid() for form in forms.values()):
            recorded = operations.say(
                review_id=found.pk,
                said=[
                    Said(key, Opinion(told["opinion"]), told["edition"], told["words"])
                    for key, form in forms.items()
                    if (told := form.cleaned_data)["opinion"]
                ],
                by=request.user,
                at=timezone.now(),
            )
            changed, status = recorded.changed, 409
            if not changed:
                messages.success(request, _("Recorded."))
                onward = dimensions[place + 1].code if place + 1 < len(dimensions) else None
                if "onward" in posted and onward:
                    return redirect("situation:review", round_id, slug, onward)
                return redirect("situation:participation", round_id, slug)
            fresh = posted.copy()
            for one in asked:
                fresh[f"{one.code}-edition"] = str(editions[one.pk])
            forms = {one.pk: RemarkForm(fresh, prefix=one.code) for one in asked}
            threads = reviews.threads_of(part)
    stands = index.readings(part, asked, values, index.counted_at(part))
    return render(
        request,
        "situation/review.html",
        {
            "part": part,
            "round": part.round,
            "dimension": dimensions[place],
            "place": place,
            "is_last": place == len(dimensions) - 1,
            "steps": [
                (one, reverse("situation:review", args=[round_id, slug, one.code])) for one in dimensions
            ],
            "rows": [
                {
                    "indicator": one,
                    "form": forms[one.pk],
                    "figure": sentences.figure(one, stands[one.pk]),
                    "value": values.get(one.pk),
                    "url": counted_url(part, one) if one.is_counted else sentences.proof(values.get(one.pk)),
                    "file_url": _file_url(values.get(one.pk)),
                    "thread": threads.get(one.pk, []),
                    "standing": reviews.standing(threads.get(one.pk, []), editions[one.pk]),
                    "changed": one.pk in changed,
                }
                for one in asked
            ],
            "has_errors": status == 422,
            "trail": _trail(part),
        },
        status=status,
    )


def _file_url(value: Value | None) -> str:
    return files.download_url(value.evidence_file) if value and value.evidence_file else ""


@login_required
@require_POST
def finish(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    _part, found = _review_of(request, round_id, slug)
    operations.finish_review(review_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The review is finished. You can still add to it while the round is open."))
    return redirect("situation:participation", round_id, slug)


@login_required
def answers(request: SignedIn, round_id: int, slug: str) -> HttpResponse:
    """What the reviewer asks or disputes, to be answered here or mended where the values are given."""
    part, _found = _review_of(request, round_id, slug)
    require(rules.may_fill(request.user, part))
    asked = {one.code: one for one in indicators.indicators_of(part.round.bank)}
    wrong, typed = "", ""
    if request.method == "POST":
        indicator = asked.get(request.POST.get("indicator", ""))
        if indicator is None:
            raise Http404
        typed = request.POST.get("words", "")[:1000]
        try:
            operations.answer(
                participation_id=part.pk,
                indicator_id=indicator.pk,
                words=typed,
                by=request.user,
                at=timezone.now(),
            )
        except operations.SentenceMissing as missing:
            messages.error(request, str(missing))
            wrong = indicator.code
        except operations.NothingWasAsked as nothing:
            messages.error(request, str(nothing))
            return redirect("situation:answers", round_id, slug)
        else:
            messages.success(request, _("Answered. The reviewing institution sees it."))
            return redirect("situation:answers", round_id, slug)
    values, threads = rounds.values_of(part), reviews.threads_of(part)
    every = list(asked.values())
    stands = index.readings(part, every, values, index.counted_at(part))
    rows = [
        {
            "indicator": one,
            "figure": sentences.figure(one, stands[one.pk]),
            "thread": threads[one.pk],
            "mend_url": reverse("situation:fill", args=[round_id, slug, one.dimension.code])
            + f"#indicator-{one.code}",
            "is_typed": rounds.is_typed(one),
            "wrong": one.code == wrong,
        }
        for one in every
        if one.pk in threads
        and reviews.standing(threads[one.pk], value.edition if (value := values.get(one.pk)) else 0)
        in WAITS_FOR_INSTITUTION
    ]
    return render(
        request,
        "situation/answers.html",
        {"part": part, "round": part.round, "rows": rows, "trail": _trail(part)},
        status=422 if wrong else 200,
    )
