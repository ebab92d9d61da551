"""What learners see: their courses, the pages of a course, the room of their team."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange import operations, queries, rules, seating
from biosint.exchange.models import Team
from biosint.exchange.web import room, trails
from biosint.exchange.web.forms import PostForm, ProductForm
from biosint.exchange.web.wording_of_people import said_to_you
from biosint.shared.dates import written_day
from biosint.shared.reading import kept_to_read
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault


@kept_to_read
@login_required
def mine(request: SignedIn) -> HttpResponse:
    return render(request, "exchange/mine.html", {"applications": queries.applications_of(request.user)})


@login_required
def why(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Tell a member why they are in this team; asked for, because it looks at everybody in the course."""
    shown = room.team_or_404(request, slug, number)
    own = next(
        (one.application_id for one in shown.members.all() if one.application.learner_id == request.user.pk),
        None,
    )
    if own is None:
        raise Http404
    reasons = seating.reasons_for(shown.course, own)
    context = {
        "team": shown,
        "course": shown.course,
        "trail": [*trails.below_course(shown.course), (_team_name(shown), room.address(shown))],
        "own_reasons": said_to_you(reasons, week_of=shown.course.start_date),
    }
    return render(request, "exchange/_why.html" if request.htmx else "exchange/why.html", context)


def _team_name(shown: Team) -> str:
    return _("Team %(number)s") % {"number": shown.number}


def _product(request: SignedIn, shown: Team, form: ProductForm | None = None) -> dict[str, object]:
    versions = list(queries.product_versions(shown))
    if form is None:
        newest = versions[0] if versions else None
        form = ProductForm(
            team_id=shown.pk,
            initial={"text": newest.text, "link": newest.link} if newest else {},
        )
    return {
        **room.framed(request, shown, "room_product"),
        "product_lede": _due(shown),
        "versions": versions,
        "product_form": form,
        "may_hand_in": rules.may_hand_in(request.user, shown),
    }


def _due(shown: Team) -> str:
    due = shown.course.product_due_date or shown.course.end_date
    return _(
        "One product of the whole team, due on %(day)s. Anybody of you may hand it in; versions are kept."
    ) % {"day": written_day(due)}


@login_required
@require_POST
def post(request: SignedIn, slug: str, number: int) -> HttpResponse:
    shown = room.team_or_404(request, slug, number)
    form = PostForm(request.POST, team_id=shown.pk)
    if form.is_valid():
        operations.post(
            team_id=shown.pk,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            by=request.user,
            at=timezone.now(),
        )
        if request.htmx:
            return render(request, "exchange/discussion.html", room.talk_of(request, shown))
        return redirect(f"{room.address(shown)}#discussion")
    if request.htmx:
        return render(request, "exchange/discussion.html", room.talk_of(request, shown, form), status=422)
    return render(request, "exchange/team.html", room.talk_page(request, shown, form), status=422)


@login_required
def product(request: SignedIn, slug: str, number: int) -> HttpResponse:
    shown = room.team_or_404(request, slug, number)
    return render(request, "exchange/room_product.html", _product(request, shown))


@login_required
@require_POST
def hand_in(request: SignedIn, slug: str, number: int) -> HttpResponse:
    shown = room.team_or_404(request, slug, number)
    form = ProductForm(request.POST, request.FILES, team_id=shown.pk)
    if form.is_valid():
        try:
            handed_in = operations.hand_in(
                team_id=shown.pk,
                text=form.cleaned_data["text"],
                link=form.cleaned_data["link"],
                upload=form.cleaned_data["file"],
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.NothingHandedIn as nothing:
            form.add_error("text", str(nothing))
        except Fault as unfit:
            form.add_error("file", str(unfit))
        else:
            messages.success(
                request,
                _("Version %(number)s is handed in. You may hand in another one.")
                % {"number": handed_in.number},
            )
            return redirect(room.address(shown, "room_product"))
    return render(request, "exchange/room_product.html", _product(request, shown, form), status=422)
