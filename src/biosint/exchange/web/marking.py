"""Marking the works of an activity, one after the other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import works
from biosint.exchange.models import Activity, Course, MarkingPlan, Phrase
from biosint.exchange.operations import marking as operations
from biosint.exchange.operations.gradebook import ReasonMissing
from biosint.exchange.queries.marking import (
    Desk,
    Unit,
    desk_of,
    is_anonymous,
    is_of_teams,
    others_at_work,
    queue_of,
)
from biosint.exchange.rubrics import rubric_from
from biosint.exchange.rules.gradebook import may_mark_work, may_set_up_book
from biosint.exchange.web import trails
from biosint.exchange.web.marking_forms import MarkingPlanForm, WorkForm
from biosint.exchange.web.rubric_forms import RubricMarking
from biosint.exchange.web.views.teach import course_of
from biosint.people.api import Person
from biosint.shared.requests import SignedIn, key_in, login_required

WORKS_PER_PAGE = 50


def _place(request: SignedIn, slug: str, activity_id: int) -> tuple[Course, Activity]:
    """Return the activity of a teacher's own course; removed ones are found, so that nobody loses what they type."""
    course = course_of(request, slug)
    standing = Activity.everything.filter(course=course).select_related("marking_plan__rubric")
    activity = get_object_or_404(standing, pk=activity_id)
    activity.course = course
    return course, activity


def _asked(request: SignedIn) -> dict[str, Any]:
    only = "waiting" if request.GET.get("only") == "waiting" else ""
    return {"only": only, "team": key_in(request.GET.get("team", ""))}


def _query(asked: dict[str, Any]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


@login_required
def queue(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """The works of an activity, and how they are marked."""
    course, activity = _place(request, slug, activity_id)
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    now, asked = timezone.now(), _asked(request)
    form = MarkingPlanForm(request.POST or None, course=course, plan=plan)
    if request.method == "POST" and form.is_valid():
        rubric = form.cleaned_data["rubric"]
        try:
            operations.set_marking(
                activity_id=activity.pk,
                rubric_id=rubric.pk if rubric else None,
                is_anonymous=form.cleaned_data["is_anonymous"],
                by=request.user,
                at=now,
            )
        except operations.RubricInUse as fault:
            form.add_error("rubric", str(fault))
        else:
            messages.success(request, _("Saved."))
            return redirect("exchange:marking", slug, activity_id)
    whole = queue_of(activity)
    units = queue_of(activity, **asked) if any(asked.values()) else whole
    page = Paginator(units, WORKS_PER_PAGE).get_page(request.GET.get("page"))
    hidden = is_anonymous(activity)
    shown = list(page)
    names = {} if hidden else _names(course, activity, shown)
    at_it = others_at_work(activity, [unit.code for unit in shown], person=request.user, at=now)
    busy = {one.code: one.person for one in at_it}
    waiting = [unit for unit in whole if unit.came_at is not None and not unit.is_marked]
    return render(
        request,
        "exchange/marking.html",
        {
            "course": course,
            "activity": activity,
            "trail": trails.below_book(course),
            "form": form,
            "may_set_up": may_set_up_book(request.user, course),
            "may_mark": may_mark_work(request.user, course, activity),
            "page": page,
            "rows": [(unit, names.get(unit.code, unit.code), busy.get(unit.code)) for unit in shown],
            "asked": asked,
            "query": _query(asked),
            "hidden": hidden,
            "of_teams": is_of_teams(activity),
            "first": next(iter(waiting), None),
            "waiting": len(waiting),
            "marked": sum(unit.is_marked for unit in whole),
            "whole": len(whole),
        },
        status=422 if form.is_bound else 200,
    )


def _names(course: Course, activity: Activity, units: list[Unit]) -> dict[str, str]:
    if is_of_teams(activity):
        return {unit.code: _("Team %(number)s") % {"number": unit.team_number} for unit in units}
    known = dict(
        course.applications.filter(pk__in=[unit.application_id for unit in units]).values_list(
            "pk", "learner__name"
        )
    )
    return {unit.code: known.get(unit.application_id or 0, "") for unit in units}


@login_required
def work(request: SignedIn, slug: str, activity_id: int, code: str) -> HttpResponse:
    """One work: read it, choose levels, write a comment, save and go on."""
    course, activity = _place(request, slug, activity_id)
    asked = _asked(request)
    units = queue_of(activity, team=asked["team"])
    position = next((index for index, unit in enumerate(units) if unit.code == code), None)
    if position is None:
        raise Http404
    unit, now = units[position], timezone.now()
    desk, verdict = desk_of(activity, unit), may_mark_work(request.user, course, activity)
    plan: MarkingPlan | None = getattr(activity, "marking_plan", None)
    rubric = rubric_from(plan.rubric.content) if plan and plan.rubric else None
    hidden = is_anonymous(activity)
    given = request.POST if request.method == "POST" else None
    phrase_done = _phrases(request, given)
    judged = given if phrase_done is None else None
    about: dict[str, Any] = {
        "desk": desk,
        "has_rubric": rubric is not None,
        "is_released": bool(plan and plan.released_at),
        "shows_members": not hidden,
    }
    form = WorkForm(judged, **about)
    chosen = desk.marking.chosen if desk.marking else {}
    levels = RubricMarking(judged, rubric=rubric, chosen=chosen) if rubric else None
    if given is not None and phrase_done is not None:
        form = WorkForm(initial=_typed(given, form, phrase_done), **about)
        if levels is not None and rubric is not None:
            levels = RubricMarking(rubric=rubric, chosen=_levels(given, levels))
    if judged is not None and form.is_valid() and (levels is None or levels.is_valid()):
        try:
            operations.mark_work(
                activity_id=activity.pk,
                unit=unit,
                chosen=levels.chosen if levels else {},
                points=form.cleaned_data.get("points"),
                comment=form.cleaned_data["comment"],
                deviations=form.deviations,
                seen_version=form.cleaned_data["seen"],
                reason=form.cleaned_data.get("reason", ""),
                by=request.user,
                at=now,
            )
        except operations.MarkedMeanwhile as fault:
            form.add_error(None, str(fault))
        except ReasonMissing as fault:
            form.add_error("reason", str(fault))
        else:
            return _onwards(request, activity, units, position)
    if verdict and given is None:
        operations.note_at_work(activity=activity, unit=unit, by=request.user, at=now)
    versions = works.works_in(activity, application=desk.application, team=desk.team)
    return render(
        request,
        "exchange/marking_work.html",
        {
            "course": course,
            "activity": activity,
            "trail": trails.below_marking(course, activity),
            "desk": desk,
            "unit": unit,
            "title": _title(desk, hidden=hidden),
            "hidden": hidden,
            "form": form,
            "levels": levels,
            "versions": versions,
            "phrases": Phrase.objects.filter(person=request.user),
            "others": others_at_work(activity, [unit.code], person=request.user, at=now),
            "verdict": verdict,
            "position": position + 1,
            "of": len(units),
            "before": _address(slug, activity_id, units[position - 1], asked) if position else "",
            "after": (
                _address(slug, activity_id, units[position + 1], asked) if position + 1 < len(units) else ""
            ),
            # What was typed against an older state is shown beside the state of now.
            "meanwhile": form.is_bound and bool(form.non_field_errors()),
        },
        status=422 if judged is not None else 200,
    )


def _title(desk: Desk, *, hidden: bool) -> str:
    if hidden:
        return _("Work %(code)s") % {"code": desk.unit.code}
    if desk.team is not None:
        return _("Team %(number)s") % {"number": desk.team.number}
    return desk.members[0].learner.name if desk.members else ""


def _address(slug: str, activity_id: int, unit: Unit, asked: dict[str, Any]) -> str:
    query = _query(asked)
    return reverse("exchange:mark_work", args=[slug, activity_id, unit.code]) + (f"?{query}" if query else "")


def _onwards(request: SignedIn, activity: Activity, units: list[Unit], position: int) -> HttpResponse:
    """Go to the next work that waits, from here to the end and then from the beginning."""
    slug, activity_id, asked = activity.course.slug, activity.pk, _asked(request)
    messages.success(request, _("Saved."))
    if request.POST.get("then") == "stay":
        return redirect(_address(slug, activity_id, units[position], asked))
    ahead = [*units[position + 1 :], *units[:position]]
    following = next((unit for unit in ahead if unit.came_at is not None and not unit.is_marked), None)
    if following is None:
        messages.info(request, _("No other work waits here."))
        return redirect("exchange:marking", slug, activity_id)
    return redirect(_address(slug, activity_id, following, asked))


def _phrases(request: SignedIn, given: Any) -> str | None:
    """Do what was asked about phrases; return the comment as it is then, None where nothing was asked."""
    if given is None:
        return None
    comment, person = str(given.get("comment", "")), request.user
    if given.get("insert"):
        phrase = Phrase.objects.filter(person=person, pk=key_in(given["insert"])).first()
        return " ".join(filter(None, (comment.rstrip(), phrase.text if phrase else "")))
    if given.get("drop"):
        operations.drop_phrase(phrase_id=key_in(given["drop"]), by=person)
        return comment
    if given.get("keep"):
        _keep(request, comment, person)
        return comment
    return None


def _keep(request: SignedIn, comment: str, person: Person) -> None:
    try:
        operations.keep_phrase(text=comment, by=person, at=timezone.now())
    except operations.TooManyPhrases as fault:
        messages.error(request, str(fault))


def _typed(given: Any, form: WorkForm, comment: str) -> dict[str, Any]:
    return {**{name: given[name] for name in form.fields if name in given}, "comment": comment}


def _levels(given: Any, levels: RubricMarking) -> dict[str, int]:
    return {
        criterion.code: int(word)
        for criterion in levels.rubric.criteria
        if (word := given.get(f"level_{criterion.code}", "")).isdecimal() and len(word) == 1
    }
