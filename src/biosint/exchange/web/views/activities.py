"""One activity of a course, for those who take part."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from biosint.exchange import operations, rules
from biosint.exchange.queries.activities import shown_to
from biosint.exchange.queries.wordings import LANGUAGES, said_of, titles_of
from biosint.exchange.web import trails
from biosint.exchange.web.how_marked import marked_by
from biosint.exchange.web.kinds import kind_of
from biosint.exchange.web.materials_shown import with_materials
from biosint.exchange.web.place import place_or_404
from biosint.shared.languages import OWN_NAMES
from biosint.shared.reading import kept_to_read
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.words import Words


@kept_to_read
@login_required
def activity(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id)
    steps = list(shown_to(request.user, place.course).values_list("pk", "title"))
    number = next(index for index, (key, _title) in enumerate(steps) if key == activity_id)
    kind = kind_of(place.activity.kind)
    panel = kind.panel(request, place)
    asked = request.GET.get("in", "")
    said = said_of(place.activity, asked if asked in LANGUAGES else None)
    titles = titles_of(place.course)
    return render(
        request,
        "exchange/activity.html",
        {
            "course": place.course,
            "activity": place.activity,
            "place": place,
            "kind": kind,
            "panel": panel,
            "trail": trails.below_course(place.course),
            "said": said,
            "spoken": [(code, OWN_NAMES.get(code, code)) for code in said.languages],
            "before": _titled(steps[number - 1], titles) if number else None,
            "after": _titled(steps[number + 1], titles) if number + 1 < len(steps) else None,
            "number": number + 1,
            "of": len(steps),
            "may_edit": rules.may_edit(request.user, place.course),
            **with_materials(place.activity, said.text.text),
            **marked_by(place),
            **panel.context,
        },
    )


def _titled(step: tuple[int, str], titles: Mapping[int, Words]) -> tuple[int, str]:
    key, title = step
    return key, titles[key].text if key in titles else title


@login_required
@require_POST
def done(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """A learner says that something is done, or that it is not done yet."""
    place = place_or_404(request, slug, activity_id)
    operations.tick(
        activity_id=place.activity.pk,
        is_done=request.POST.get("done") != "no",
        by=request.user,
        at=timezone.now(),
    )
    return redirect(reverse("exchange:activity", args=[slug, activity_id]))
