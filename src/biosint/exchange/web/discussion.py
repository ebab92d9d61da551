"""Threads of discussions: read, answered, changed, and kept readable by teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange.models import Contribution, Thread
from biosint.exchange.operations import discussion as operations
from biosint.exchange.queries.discussion import (
    CONTRIBUTIONS_PER_PAGE,
    contributions_to,
    page_of_news,
    threads_for,
)
from biosint.exchange.rules.discussion import (
    may_answer,
    may_begin_thread,
    may_edit_contribution,
    may_moderate,
)
from biosint.exchange.states import ActivityKind
from biosint.exchange.web import trails
from biosint.exchange.web.discussion_forms import AnswerForm, ChangeForm, HideForm, ThreadForm
from biosint.exchange.web.kinds.discussion import team_in
from biosint.exchange.web.place import Place, place_or_404
from biosint.exchange.web.removed import tell_of_removal
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.exchange.web.trails import Trail


def _place(request: SignedIn, slug: str, activity_id: int, *, removed: bool = False) -> Place:
    return place_or_404(request, slug, activity_id, kind=ActivityKind.DISCUSSION, removed=removed)


def _trail(place: Place) -> Trail:
    return [*trails.below_course(place.course), (place.activity.title, place.activity.get_absolute_url())]


def _thread(place: Place, thread_id: int) -> Thread:
    # Looking up among the readable ones answers 404, not 403, to strangers.
    thread = get_object_or_404(threads_for(place.person, place.activity), pk=thread_id)
    thread.activity = place.activity
    return thread


def _contribution(place: Place, contribution_id: int) -> Contribution:
    readable = threads_for(place.person, place.activity).values("pk")
    written = get_object_or_404(
        Contribution.objects.filter(thread__in=readable).select_related("thread", "author"),
        pk=contribution_id,
    )
    written.activity = written.thread.activity = place.activity
    return written


def _address(place: Place, thread: Thread) -> str:
    return reverse("exchange:thread", args=[place.course.slug, place.activity.pk, thread.pk])


def _at(place: Place, written: Contribution) -> str:
    """Return the address of a contribution, on the page of its thread on which it stands."""
    before = written.thread.contributions.filter(pk__lt=written.pk).count()
    page = before // CONTRIBUTIONS_PER_PAGE + 1
    return f"{_address(place, written.thread)}?page={page}#contribution-{written.pk}"


@login_required
def new_thread(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id, removed=request.method == "POST")
    team = team_in(request, place)
    require(may_begin_thread(place.person, place.activity, team, at=place.now))
    form = ThreadForm(request.POST or None, course=place.course, draft=f"thread-{activity_id}")
    if form.is_valid():
        thread = operations.begin_thread(
            activity_id=activity_id, team=team, by=place.person, at=place.now, **form.cleaned_data
        )
        return tell_of_removal(request, place) or redirect(_address(place, thread))
    return render(
        request,
        "exchange/new_thread.html",
        {"course": place.course, "activity": place.activity, "form": form, "trail": _trail(place)},
        status=422 if form.is_bound else 200,
    )


@login_required
def thread(request: SignedIn, slug: str, activity_id: int, thread_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    shown = _thread(place, thread_id)
    return render(request, "exchange/thread.html", _context(request, place, shown))


def _context(
    request: SignedIn, place: Place, shown: Thread, form: AnswerForm | None = None
) -> dict[str, object]:
    new_since = operations.note_visit(activity=place.activity, by=place.person, at=place.now)
    pages = Paginator(contributions_to(shown), CONTRIBUTIONS_PER_PAGE)
    page = pages.get_page(request.GET.get("page") or page_of_news(shown, new_since=new_since))
    verdict = may_answer(place.person, shown, at=place.now)
    return {
        "place": place,
        "course": place.course,
        "activity": place.activity,
        "thread": shown,
        "page": page,
        "rows": [
            (
                written,
                bool(new_since and written.written_at > new_since and written.author_id != place.person.pk),
            )
            for written in page
        ],
        "may_answer": verdict,
        "form": form or AnswerForm(course=place.course, draft=f"answer-{shown.pk}"),
        "hide_form": HideForm(),
        "is_last_page": not page.has_next(),
        "trail": _trail(place),
    }


@login_required
@require_POST
def answer(request: SignedIn, slug: str, activity_id: int, thread_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id, removed=True)
    shown = _thread(place, thread_id)
    form = AnswerForm(request.POST, course=place.course, draft=f"answer-{shown.pk}")
    if not form.is_valid():
        return render(request, "exchange/thread.html", _context(request, place, shown, form), status=422)
    written = operations.answer(thread_id=shown.pk, by=place.person, at=place.now, **form.cleaned_data)
    return tell_of_removal(request, place) or redirect(_at(place, written))


@login_required
def change(request: SignedIn, slug: str, activity_id: int, contribution_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id, removed=request.method == "POST")
    written = _contribution(place, contribution_id)
    require(may_edit_contribution(place.person, written, at=place.now))
    form = ChangeForm(request.POST or None, written=written)
    if form.is_valid():
        operations.edit_contribution(
            contribution_id=written.pk, by=place.person, at=place.now, **form.cleaned_data
        )
        return tell_of_removal(request, place) or redirect(_at(place, written))
    return render(
        request,
        "exchange/change_contribution.html",
        {
            "course": place.course,
            "form": form,
            "back": _at(place, written),
            "trail": [*_trail(place), (written.thread.title, _address(place, written.thread))],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
def former(request: SignedIn, slug: str, activity_id: int, contribution_id: int) -> HttpResponse:
    """Show what stood in a contribution before it was changed. Hidden words are for their author and teachers."""
    place = _place(request, slug, activity_id)
    written = _contribution(place, contribution_id)
    return render(
        request,
        "exchange/former_words.html",
        {
            "course": place.course,
            "written": written,
            "is_readable": written.hidden_at is None or place.is_teacher or written.author == place.person,
            "trail": [*_trail(place), (written.thread.title, _at(place, written))],
        },
    )


@login_required
@require_POST
def hide(request: SignedIn, slug: str, activity_id: int, contribution_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    written = _contribution(place, contribution_id)
    require(may_moderate(place.person, written.thread))
    form = HideForm(request.POST)
    if form.is_valid():
        operations.hide_contribution(
            contribution_id=written.pk, because=form.cleaned_data["because"], by=place.person, at=place.now
        )
    else:
        messages.error(request, _("Write why you hide this: its author and the others read the reason."))
    return redirect(_at(place, written))


@login_required
@require_POST
def show(request: SignedIn, slug: str, activity_id: int, contribution_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    written = _contribution(place, contribution_id)
    operations.show_contribution(contribution_id=written.pk, by=place.person, at=place.now)
    return redirect(_at(place, written))


@login_required
@require_POST
def pin(request: SignedIn, slug: str, activity_id: int, thread_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    shown = _thread(place, thread_id)
    operations.pin_thread(
        thread_id=shown.pk, pinned=request.POST.get("pinned") == "yes", by=place.person, at=place.now
    )
    return redirect(_address(place, shown))


@login_required
@require_POST
def close(request: SignedIn, slug: str, activity_id: int, thread_id: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    shown = _thread(place, thread_id)
    operations.close_thread(
        thread_id=shown.pk, closed=request.POST.get("closed") == "yes", by=place.person, at=place.now
    )
    return redirect(_address(place, shown))
