"""The room of a team: its talk, its texts, who they are, who did what, how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biosint.exchange import queries, rules
from biosint.exchange.models import Post, Team
from biosint.exchange.operations import room as operations
from biosint.exchange.operations.facilitation import answer_pulse
from biosint.exchange.queries import contributions
from biosint.exchange.queries import room as room_queries
from biosint.exchange.rules import room as room_rules
from biosint.exchange.states import RoomText, grade_of
from biosint.exchange.web import trails, week, wording
from biosint.exchange.web.forms import PostForm
from biosint.exchange.web.room_forms import PulseForm
from biosint.exchange.web.room_texts import AGREEMENT
from biosint.shared.reading import kept_to_read
from biosint.shared.requests import SignedIn, key_in, login_required

if TYPE_CHECKING:
    from biosint.exchange.models import Application

POSTS_PER_PAGE = 50


def team_or_404(request: SignedIn, slug: str, number: int) -> Team:
    """Return a team the person may see; looking up among these answers 404, not 403, to strangers."""
    return get_object_or_404(queries.teams_for(request.user), course__slug=slug, number=number)


def address(team: Team, page: str = "team") -> str:
    return reverse(f"exchange:{page}", args=[team.course.slug, team.number])


def framed(request: SignedIn, team: Team, current: str) -> dict[str, Any]:
    """What every page of the room shows: where it stands, and the ways to the others."""
    unread = 0 if current == "team" else room_queries.unread_count(team, request.user)
    talk = _("Talk (%(count)s new)") % {"count": unread} if unread else _("Talk")
    pages = [
        ("team", talk),
        ("room_notes", _("Notes")),
        ("room_tasks", _("Tasks")),
        ("room_meetings", _("Meetings")),
        ("room_files", _("Files")),
        ("room_product", _("Our work")),
        ("room_about", _("Team")),
    ]
    below = {"room_agreement": "room_about", "room_contributions": "room_about", "room_pulse": "room_about"}
    here = below.get(current, current)
    return {
        "team": team,
        "course": team.course,
        "trail": trails.below_course(team.course),
        "tabs_of_room": [(label, address(team, page), page == here) for page, label in pages],
        "may_work": room_rules.may_work_in_room(request.user, team),
        "is_member": room_rules.is_member(request.user, team),
    }


def own_application(request: SignedIn, team: Team) -> Application | None:
    return next(
        (one.application for one in team.members.all() if one.application.learner_id == request.user.pk), None
    )


def talk_of(request: SignedIn, team: Team, form: PostForm | None = None) -> dict[str, Any]:
    """The messages of a team, the newest page first asked, and the form for the next one."""
    pages = Paginator(team.posts.select_related("author"), POSTS_PER_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    shown = list(page.object_list)
    last = shown[-1].pk if shown else 0
    before = operations.note_visit(team=team, last_post=last, by=request.user, at=timezone.now())
    fresh = [post for post in shown if post.pk > before and post.author_id != request.user.pk]
    return {
        "team": team,
        "course": team.course,
        "posts": page,
        "last_post": last,
        "first_unread": fresh[0].pk if fresh and before else 0,
        "post_form": form or PostForm(team_id=team.pk),
        "may_post": rules.may_post(request.user, team),
        "reader": request.user,
    }


@kept_to_read
@login_required
def talk(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    return render(request, "exchange/team.html", talk_page(request, team))


def talk_page(request: SignedIn, team: Team, form: PostForm | None = None) -> dict[str, Any]:
    own = own_application(request, team)
    mark = getattr(own, "mark", None) if own and team.course.state == "finished" else None
    today = timezone.localdate()
    asks = bool(
        room_rules.may_answer_pulse(request.user, team, today=today)
        and room_queries.pulse_given(team, request.user, today=today) is None
    )
    return {
        **framed(request, team, "team"),
        **talk_of(request, team, form),
        "mark": mark,
        "grade": grade_of(mark.points, pass_mark=team.course.pass_mark) if mark else None,
        "asks_pulse": asks,
    }


@login_required
@require_safe
def news(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Messages after one that is known; with nothing new the answer is empty (204)."""
    team = room_queries.room_for_news(request.user, slug=slug, number=number)
    if team is None:
        raise Http404
    after = key_in(request.GET.get("after", ""))
    fresh: list[Post] = list(room_queries.posts_after(team, after)[:POSTS_PER_PAGE])
    if not fresh:
        return HttpResponse(status=204)
    operations.note_visit(team=team, last_post=fresh[-1].pk, by=request.user, at=timezone.now())
    context = {"posts": fresh, "course": team.course, "reader": request.user}
    return render(request, "exchange/_posts.html", context)


@kept_to_read
@login_required
def notes(request: SignedIn, slug: str, number: int) -> HttpResponse:
    return _text(request, slug, number, RoomText.NOTES)


@kept_to_read
@login_required
def agreement(request: SignedIn, slug: str, number: int) -> HttpResponse:
    return _text(request, slug, number, RoomText.AGREEMENT)


def _text(request: SignedIn, slug: str, number: int, subject: RoomText) -> HttpResponse:
    team = team_or_404(request, slug, number)
    is_agreement = subject is RoomText.AGREEMENT
    pad = operations.open_pad(
        team=team,
        subject=subject,
        template=str(AGREEMENT) if is_agreement else "",
        by=request.user,
        at=timezone.now(),
    )
    page = "room_agreement" if is_agreement else "room_notes"
    return render(
        request,
        "exchange/room_text.html",
        {**framed(request, team, page), "pad": pad, "is_agreement": is_agreement},
    )


@login_required
def about(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    is_teacher = rules.teaches(request.user, team.course)
    return render(
        request,
        "exchange/room_about.html",
        {
            **framed(request, team, "room_about"),
            "week": week.week_of(team),
            "teachers": [one for one in team.course.teachings.all() if one.accepted_at],
            "reasons": wording.sentences(team, to_learners=not is_teacher),
            "hours": wording.common_hours(team.common_slots, week_of=team.course.start_date),
            "zone": timezone.get_current_timezone_name(),
            "activities": queries.activities_of(team.course),
            "accompanies": not own_application(request, team) and room_rules.accompanies(request.user, team),
        },
    )


@login_required
def who_did_what(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    rows = contributions.contributions_of(team)
    return render(
        request,
        "exchange/room_contributions.html",
        {
            **framed(request, team, "room_contributions"),
            "rows": rows,
            "totals": contributions.totals(rows),
        },
    )


@login_required
def pulse(request: SignedIn, slug: str, number: int) -> HttpResponse:
    team = team_or_404(request, slug, number)
    today = timezone.localdate()
    verdict = room_rules.may_answer_pulse(request.user, team, today=today)
    given = room_queries.pulse_given(team, request.user, today=today)
    initial = {"going": given.going, "share": given.share, "words": given.words} if given else None
    form = PulseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer_pulse(team_id=team.pk, **form.cleaned_data, by=request.user, today=today, at=timezone.now())
        messages.success(request, _("Thank you. Your teachers see your answer, your team does not."))
        return redirect(address(team))
    context = {**framed(request, team, "room_pulse"), "form": form, "may_answer": verdict, "given": given}
    return render(request, "exchange/room_pulse.html", context, status=422 if form.is_bound else 200)
