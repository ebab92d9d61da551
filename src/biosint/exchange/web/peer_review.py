"""Reviewing works of others, and what teachers decide about results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biosint.exchange.models import Review, ReviewedWork
from biosint.exchange.operations import peer_review as operations
from biosint.exchange.operations import review_results as deciding
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.queries.peer_review import (
    NOTHING,
    received,
    reviewer_for,
    reviews_by,
    rubric_of,
    standings_of,
    with_standings,
)
from biosint.exchange.rules.peer_review import asked_of, may_begin, may_decide, may_review
from biosint.exchange.states import ActivityKind
from biosint.exchange.web import trails
from biosint.exchange.web.kinds.peer_review import rubric_words
from biosint.exchange.web.peer_review_forms import AnswerForm, OverruleForm, ReviewForm, SampleForm
from biosint.exchange.web.place import Place, place_or_404
from biosint.exchange.web.removed import tell_of_removal
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange import rubrics
    from biosint.exchange.models import Application
    from biosint.exchange.web.trails import Trail

WORKS_PER_PAGE = 25


def _place(request: SignedIn, slug: str, activity_id: int, *, removed: bool = False) -> Place:
    return place_or_404(request, slug, activity_id, kind=ActivityKind.PEER_REVIEW, removed=removed)


def _of_teacher(request: SignedIn, slug: str, activity_id: int) -> Place:
    place = _place(request, slug, activity_id)
    if not place.is_teacher:
        raise Http404
    return place


def _learner_of(place: Place) -> Application:
    if place.application is None:
        raise Http404
    return place.application


def _trail(place: Place) -> Trail:
    return [*trails.below_course(place.course), (place.activity.title, place.activity.get_absolute_url())]


def _rubric(place: Place) -> rubrics.Rubric:
    found = rubric_of(place.activity)
    if found is None:
        raise Http404
    return found[1]


@login_required
@require_POST
def ask(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    try:
        count = operations.ask_for_works(activity_id=activity_id, by=place.person, at=place.now)
    except operations.NotAReviewer as fault:
        messages.error(request, str(fault))
    else:
        if count == 0:
            messages.info(request, _("No other works are here yet. Look again when more are handed in."))
    return redirect(place.activity)


@login_required
def review(request: SignedIn, slug: str, activity_id: int, review_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id, removed=request.method == "POST")
    application = _learner_of(place)
    reviewer = reviewer_for(place.activity, application)
    # Looking up among one's own answers 404, not 403, to others.
    mine = get_object_or_404(reviews_by(reviewer), pk=review_id)
    if reviewer is not None:
        require(may_begin(mine.work, open_samples=operations.open_samples_of(reviewer)))
    rubric = _rubric(place)
    closes_at = due_for(place.activity, application).closes_at
    verdict = may_review(place.person, place.activity, at=place.now, closes_at=closes_at)
    is_sending = "send" in request.POST
    form = ReviewForm(
        request.POST or None,
        rubric=rubric,
        chosen=mine.chosen,
        initial={"words": mine.words, "version": mine.version},
        is_required=is_sending or mine.sent_at is not None,
        draft=f"review-{review_id}",
    )
    if form.is_valid():
        try:
            operations.write_review(
                review_id=review_id,
                chosen=form.chosen,
                words=form.cleaned_data["words"],
                send=is_sending,
                seen_version=form.cleaned_data["version"],
                by=place.person,
                at=place.now,
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            gone = tell_of_removal(request, place)
            if gone is not None:
                return gone
            messages.success(request, _("Your review is sent.") if is_sending else _("Your draft is kept."))
            # After a sample one sees at once how the teachers rated it.
            return redirect(request.path if mine.work.is_sample and is_sending else place.activity)
    return render(
        request,
        "exchange/review.html",
        {
            "course": place.course,
            "activity": place.activity,
            "review": mine,
            "work": mine.work,
            "names": asked_of(place.activity).names,
            "form": form,
            "verdict": verdict,
            "is_open": bool(verdict) and not (mine.work.is_sample and mine.sent_at),
            "levels": _side_by_side(rubric, mine) if mine.sent_at else [],
            "deviation": mine.points - mine.work.points
            if mine.work.is_sample and mine.points is not None and mine.work.points is not None
            else None,
            "trail": _trail(place),
        },
        status=422 if form.is_bound else 200,
    )


def _side_by_side(rubric: rubrics.Rubric, mine: Review) -> list[tuple[str, str, str]]:
    """Return for each criterion one's own level and that of the teachers (empty but for samples)."""
    theirs = dict(rubric_words(rubric, mine.work.chosen))
    return [(title, text, theirs.get(title, "")) for title, text in rubric_words(rubric, mine.chosen)]


@login_required
@require_POST
def answer(request: SignedIn, slug: str, activity_id: int, review_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    application = _learner_of(place)
    own = [one.pk for _work, reviews in received(place.activity, application) for one in reviews]
    if review_id not in own:
        raise Http404
    form = AnswerForm(request.POST)
    if form.is_valid():
        operations.answer_review(
            review_id=review_id,
            is_helpful=form.cleaned_data["helpful"] == "yes",
            answer=form.cleaned_data["answer"],
            by=place.person,
            at=place.now,
        )
        messages.success(request, _("Thank you. The reviewer reads what you say."))
    else:
        messages.error(request, _("Say whether the review helped; the sentence has 300 characters at most."))
    return redirect(f"{place.activity.get_absolute_url()}#review-{review_id}")


@login_required
@require_POST
def share(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _of_teacher(request, slug, activity_id)
    count = operations.share_out(activity_id=activity_id, by=place.person, at=place.now)
    messages.success(
        request,
        ngettext("%(count)s review is shared out.", "%(count)s reviews are shared out.", count)
        % {"count": count},
    )
    return redirect(place.activity)


@login_required
def new_sample(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _of_teacher(request, slug, activity_id)
    require(may_decide(place.person, place.activity))
    form = SampleForm(request.POST or None, rubric=_rubric(place))
    if form.is_valid():
        operations.write_sample(
            activity_id=activity_id,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            comment=form.cleaned_data["comment"],
            chosen=form.chosen,
            by=place.person,
            at=place.now,
        )
        messages.success(request, _("The sample is kept. Everybody who reviews rates it first."))
        return redirect(place.activity)
    return render(
        request,
        "exchange/new_sample.html",
        {"course": place.course, "activity": place.activity, "form": form, "trail": _trail(place)},
        status=422 if form.is_bound else 200,
    )


@login_required
def results(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _of_teacher(request, slug, activity_id)
    standings = standings_of(place.activity)
    works = ReviewedWork.objects.filter(activity=place.activity, is_sample=False).select_related(
        "team", "application__learner"
    )
    only_apart = request.GET.get("only") == "apart"
    if only_apart:
        works = works.filter(pk__in=[key for key, standing in standings.items() if standing.is_apart])
    page = Paginator(works, WORKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "exchange/review_results.html",
        {
            "course": place.course,
            "activity": place.activity,
            "page": page,
            "rows": with_standings(list(page), standings),
            "apart_count": sum(standing.is_apart for standing in standings.values()),
            "only_apart": only_apart,
            "may_decide": may_decide(place.person, place.activity),
            "trail": _trail(place),
        },
    )


@login_required
def result(request: SignedIn, slug: str, activity_id: int, work_id: int) -> HttpResponse:
    place = _of_teacher(request, slug, activity_id)
    work = get_object_or_404(
        ReviewedWork.objects.select_related("product", "team", "application__learner", "overruled_by"),
        activity=place.activity,
        is_sample=False,
        pk=work_id,
    )
    standing = standings_of(place.activity).get(work.pk, NOTHING)
    form = OverruleForm(
        request.POST or None,
        initial={"points": work.points, "because": work.overruled_because, "version": work.version},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            deciding.overrule(
                work_id=work.pk,
                points=given["points"],
                because=given["because"],
                seen_version=given["version"],
                by=place.person,
                at=place.now,
            )
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Your decision is kept."))
            return redirect(request.path)
    rubric = _rubric(place)
    sent = work.reviews.filter(sent_at__isnull=False).select_related(
        "reviewer__application__learner", "reviewer__team"
    )
    return render(
        request,
        "exchange/review_result.html",
        {
            "course": place.course,
            "activity": place.activity,
            "work": work,
            "standing": standing,
            "reviews": [(one, standing.gaps.get(one.pk), rubric_words(rubric, one.chosen)) for one in sent],
            "form": form,
            "may_decide": may_decide(place.person, place.activity),
            "names": True,
            "trail": _trail(place),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def release(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _of_teacher(request, slug, activity_id)
    now, left = deciding.release(activity_id=activity_id, by=place.person, at=place.now)
    messages.success(
        request,
        _("Results released now: %(now)s. Left for another press: %(left)s.") % {"now": now, "left": left},
    )
    return redirect("exchange:review_results", slug, activity_id)
