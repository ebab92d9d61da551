"""Work to hand in: a text, a link, files, of a team or of a single learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from biosint.exchange import rubrics
from biosint.exchange.models import Activity, Application, MarkingPlan
from biosint.exchange.operations.products import open_work_pad
from biosint.exchange.queries.gradebook import book_of
from biosint.exchange.queries.products import (
    Workers,
    learners_with_work,
    teams_with_work,
    versions_by,
    versions_of_learner,
    workers_for,
    works_in,
)
from biosint.exchange.rules.products import MOST_FILES, may_hand_in_work, takes_of
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel

if TYPE_CHECKING:
    from biosint.exchange.models import Product
    from biosint.exchange.web.place import Place
    from biosint.shared.requests import SignedIn

WORKS_PER_PAGE = 25
VERSIONS_PER_PAGE = 10


class ProductSettings(KindSettings):
    """What learners may hand in."""

    text = forms.BooleanField(
        label=_("A text, written here"),
        required=False,
        initial=True,
        help_text=_("A team writes it together, at the same time."),
    )
    link = forms.BooleanField(label=_("A link to work elsewhere"), required=False, initial=True)
    most_files = forms.IntegerField(
        label=_("Files at most"), min_value=0, max_value=MOST_FILES, initial=5, help_text=_("0: no files.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not (given.get("text") or given.get("link") or given.get("most_files", 1)):
            self.add_error("most_files", _("Take at least one of these: a text, a link, files."))
        return given


def panel(request: SignedIn, place: Place) -> Panel:
    if place.is_teacher:
        return Panel("exchange/kinds/product_teacher.html", _for_teachers(request, place))
    return Panel(
        "exchange/kinds/product.html",
        _for_learners(request, place),
        scripts=("exchange/drafts.js",),
        styles=("exchange/rubrics.css",),
    )


def rubric_of(activity: Activity) -> rubrics.Rubric | None:
    """Return what the works will be marked by, to be read before one begins."""
    plan = MarkingPlan.objects.select_related("rubric").filter(activity=activity).first()
    return rubrics.rubric_from(plan.rubric.content) if plan is not None and plan.rubric is not None else None


def _for_learners(request: SignedIn, place: Place) -> dict[str, object]:
    activity, workers = place.activity, workers_for(place.person, place.activity)
    verdict = may_hand_in_work(
        activity,
        application=workers.application,
        team=workers.team,
        at=place.now,
        closes_at=workers.closes_at,
    )
    shared = None
    if verdict and workers.team is not None and takes_of(activity).text:
        shared = open_work_pad(activity_id=activity.pk, by=place.person, at=place.now).pad
    versions = versions_by(activity, application=workers.application, team=workers.team)
    return {
        "place": place,
        "workers": workers,
        "pad": shared,
        "versions": Paginator(versions, VERSIONS_PER_PAGE).get_page(request.GET.get("page")),
        "may_hand_in": verdict,
        "rubric": rubric_of(activity),
        "feedback": _feedback(place, workers),
    }


def _feedback(place: Place, workers: Workers) -> object:
    """Return how the learner stands in the grade book, once it is shown to learners."""
    if not place.activity.weight or workers.application is None:
        return None
    (row,) = book_of(place.course, [place.activity], [workers.application], at=place.now, to_learner=True)
    return row.cells[0] if row.cells[0].points is not None else None


def _for_teachers(request: SignedIn, place: Place) -> dict[str, object]:
    activity = place.activity
    missing = request.GET.get("show") == "missing"
    pages = page_of_works(activity, request.GET.get("page"), missing=missing)
    works = works_in([one.newest_work for one in pages])
    return {
        "place": place,
        "page": pages,
        "rows": [_row(activity, one, works.get(one.newest_work)) for one in pages],
        "missing": missing,
        "rubric": rubric_of(activity),
    }


def page_of_works(activity: Activity, page: str | None, *, missing: bool = False) -> Any:
    """Return a page of those who hand in, each with ``newest_work``: the same for the list and its download."""
    found: Any = (
        teams_with_work(activity, missing=missing)
        if activity.for_teams
        else learners_with_work(activity, missing=missing)
    )
    return Paginator(found, WORKS_PER_PAGE).get_page(page)


def _row(activity: Activity, whose: Any, work: Product | None) -> dict[str, object]:
    members = list(whose.members.all()) if activity.for_teams else []
    return {
        "team": whose if activity.for_teams else None,
        "people": [member.application.learner for member in members]
        if activity.for_teams
        else [whose.learner],
        "application": members[0].application_id if members else (None if activity.for_teams else whose.pk),
        "work": work,
    }


def left_by(activity: Activity, application: Application) -> Panel:
    """What a learner, or their team, handed in, for whoever marks it."""
    return Panel(
        "exchange/_works.html", {"works": versions_of_learner(activity, application)[:VERSIONS_PER_PAGE]}
    )


KIND = Kind(
    icon="file-up",
    explains=_("Learners, alone or as a team, hand in a text, a link or files."),
    panel=panel,
    settings_form=ProductSettings,
    left_by=left_by,
)
