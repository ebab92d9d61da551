from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from biosint.shared.requests import SignedIn, key_in, login_required, person_of
from biosint.shared.verdicts import Fault, refused
from biosint.situation import questions, wording
from biosint.situation.models import Analysis
from biosint.situation.operations import analyses as operations
from biosint.situation.queries import campaigns as queries
from biosint.situation.queries import results, weightings
from biosint.situation.queries.kept import results_of
from biosint.situation.queries.tables import answers_of
from biosint.situation.rules import campaigns as rules
from biosint.situation.web.results import may_look_back, set_for
from biosint.surveys import api as surveys


class WordsForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("In your own words, for people who read nothing else. Markdown may be used."),
    )


@login_required
@require_POST
def keep(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Keep the result of the page one is on in a draft, or in a new one."""
    answer_set = set_for(request, answer_set_id)
    at = timezone.now()
    question = questions.from_address(request.POST)
    if not question.weighting:
        # What is kept stays as it was seen, also when other weights come into force.
        current = weightings.wanted(answer_set, "")
        question = replace(question, weighting=str(current.pk) if current else weightings.OFF)
    back = reverse("situation:ask", args=[answer_set.pk]) + f"?{question.as_address()}"
    if not may_look_back(request, question):
        raise Http404
    try:
        results.work_out(answer_set, question)
        wanted = request.POST.get("analysis", "")
        drafts = queries.analyses_for(request.user).filter(answer_set=answer_set, published_at=None)
        analysis = (
            get_object_or_404(drafts, pk=key_in(wanted))
            if wanted
            else operations.begin_analysis(
                answer_set=answer_set, title=answer_set.title, by=request.user, at=at
            )
        )
        operations.keep_result(
            analysis_id=analysis.pk,
            question=question,
            remark=request.POST.get("remark", "")[:1000],
            by=request.user,
            at=at,
        )
    except Fault as fault:
        messages.error(request, str(fault))
        return redirect(back)
    messages.success(request, _("The result is kept in “%(title)s”.") % {"title": analysis.title})
    return redirect("situation:analysis", analysis.public_id)


def index(request: HttpRequest) -> HttpResponse:
    """Published analyses, open to everybody; drafts to those who may see them."""
    person = person_of(request)
    page = Paginator(queries.analyses_for(person), 25).get_page(request.GET.get("page"))
    return render(request, "situation/analyses.html", {"page": page, "person": person})


def _worked_out(analysis: Analysis) -> list[dict[str, Any]]:
    """Every result of an analysis with the sentence that sees it among the others."""
    return [
        {
            "place": one.place,
            "result": one.result,
            "hindrance": one.hindrance,
            "remark": one.remark,
            "address": reverse("situation:ask", args=[analysis.answer_set_id])
            + f"?{one.question.as_address()}",
            "among": wording.among_others([(test.p, test.holm, test.fair) for test in one.result.tests])
            if one.result
            else "",
        }
        for one in results_of(analysis)
    ]


def detail(request: HttpRequest, public_id: Any) -> HttpResponse:
    """An analysis: its words and its results, worked out from the answers."""
    person = person_of(request)
    analysis = get_object_or_404(queries.analyses_for(person), public_id=public_id)
    nobody = refused(_("Sign in to change this."))
    worked = _worked_out(analysis)
    may_read_data = bool(person and surveys.may_read_results(person, analysis.answer_set))
    return render(
        request,
        "situation/analysis.html",
        {
            "analysis": analysis,
            "results": worked,
            "tests": [test for entry in worked if entry["result"] for test in entry["result"].tests],
            "may_change": rules.may_change(person, analysis) if person else nobody,
            "may_publish": rules.may_publish(person, analysis, at=timezone.now()) if person else nobody,
            "may_read_data": may_read_data,
            "answers": results.people_in(analysis.answer_set, answers_of(analysis.answer_set)),
            "trail": [(_("Analyses"), reverse("situation:analyses"))],
        },
    )


def _analysis_for(request: SignedIn, public_id: Any) -> Analysis:
    return get_object_or_404(queries.analyses_for(request.user), public_id=public_id)


@login_required
def edit(request: SignedIn, public_id: Any) -> HttpResponse:
    """Title and summary of a draft."""
    analysis = _analysis_for(request, public_id)
    form = WordsForm(request.POST or None, initial={"title": analysis.title, "summary": analysis.summary})
    if request.method == "POST" and form.is_valid():
        operations.describe_analysis(
            analysis_id=analysis.pk, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Saved."))
        return redirect("situation:analysis", analysis.public_id)
    return render(
        request,
        "situation/analysis_edit.html",
        {"form": form, "analysis": analysis},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def drop(request: SignedIn, public_id: Any) -> HttpResponse:
    """Take a result out of a draft."""
    analysis = _analysis_for(request, public_id)
    place = request.POST.get("place", "")
    if place.isdecimal():
        operations.drop_result(
            analysis_id=analysis.pk, place=key_in(place), by=request.user, at=timezone.now()
        )
    return redirect("situation:analysis", analysis.public_id)


@login_required
@require_POST
def publish(request: SignedIn, public_id: Any) -> HttpResponse:
    """Show the analysis to everybody."""
    analysis = _analysis_for(request, public_id)
    operations.publish_analysis(analysis_id=analysis.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Published. Everybody can read it now, without signing in."))
    return redirect("situation:analysis", analysis.public_id)
