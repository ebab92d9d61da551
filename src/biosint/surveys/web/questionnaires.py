from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.words import in_language
from biosint.surveys import operations, queries, rules
from biosint.surveys.answering import given_back, read_answers
from biosint.surveys.definitions import Definition, DefinitionFault
from biosint.surveys.models import Version
from biosint.surveys.orders import number_of_orders
from biosint.surveys.translations import page_languages
from biosint.surveys.web.drawing import draw_questions, problems_of
from biosint.surveys.web.speaking import choices
from biosint.surveys.wording import answers_in_words, scores_of_one


def _homes(request: SignedIn) -> list[Institution]:
    """Institutions whose questionnaires the person runs."""
    return list(Institution.objects.filter(pk__in=request.user.institutions_as(*rules.KEEPERS)))


@login_required
def index(request: SignedIn) -> HttpResponse:
    """Questionnaires to see, and those that come with the platform."""
    page = Paginator(queries.questionnaires_for(request.user), 25).get_page(request.GET.get("page"))
    homes = _homes(request)
    return render(
        request,
        "surveys/list.html",
        {
            "page": page,
            "templates": [(name, queries.supplied_definition(name)) for name in queries.supplied_templates()],
            "homes": homes,
        },
    )


@login_required
def supplied(request: SignedIn, template: str) -> HttpResponse:
    """Look at a supplied questionnaire before taking it."""
    if template not in queries.supplied_templates():
        raise Http404
    definition = queries.supplied_definition(template)
    return render(
        request,
        "surveys/supplied.html",
        {
            "template": template,
            "definition": definition,
            "questions": draw_questions(definition),
            "homes": _homes(request),
        },
    )


@login_required
@require_POST
def adopt(request: SignedIn, template: str) -> HttpResponse:
    if template not in queries.supplied_templates():
        raise Http404
    homes = _homes(request)
    chosen = request.POST.get("institution", "")
    home = next((place for place in homes if str(place.pk) == chosen), homes[0] if homes else None)
    if home is None:
        messages.error(request, _("Only people who run questionnaires at an institution can take one."))
        return redirect("surveys:list")
    questionnaire = operations.adopt_template(
        template=template, institution=home, by=request.user, at=timezone.now()
    )
    messages.success(request, _("It is yours now, as a draft. Change what you need, then publish it."))
    return redirect("surveys:detail", questionnaire.pk)


@login_required
def detail(request: SignedIn, questionnaire_id: int) -> HttpResponse:
    """One questionnaire: its versions, and what can be done now."""
    questionnaire = get_object_or_404(queries.questionnaires_for(request.user), pk=questionnaire_id)
    keeps = rules.may_keep(request.user, questionnaire.institution_id)
    versions = [
        version
        for version in questionnaire.versions.select_related("published_by")
        if version.is_published or keeps
    ]
    latest = versions[0]
    return render(
        request,
        "surveys/detail.html",
        {
            "questionnaire": questionnaire,
            "versions": versions,
            "latest": latest,
            "keeps": keeps,
            "definition": latest.definition,
        },
    )


def version_for(request: SignedIn, version_id: int) -> Version:
    """Load a version the person may see; drafts only for those who keep them."""
    version = get_object_or_404(
        Version.objects.select_related("questionnaire", "questionnaire__institution"),
        pk=version_id,
        questionnaire__in=queries.questionnaires_for(request.user).values("pk"),
    )
    if not version.is_published and not rules.may_keep(request.user, version.questionnaire.institution_id):
        raise Http404
    return version


@login_required
def version(request: SignedIn, version_id: int) -> HttpResponse:
    """A version as people see it who answer, to be filled in for trial: nothing is kept."""
    found = version_for(request, version_id)
    definition: Definition = found.definition
    offered = page_languages(found.content)
    here = translation.get_language() or "en"
    language = request.GET.get("in", here)
    if language not in offered:
        language = here if here in offered or not offered else offered[0]
    answered = read_answers(definition, request.POST) if request.method == "POST" else None
    faults = answered.faults if answered else {}
    with translation.override(language):
        questions = draw_questions(
            definition,
            order=secrets.randbelow(number_of_orders(definition)),
            given=given_back(definition, request.POST) if answered else None,
            faults=faults,
        )
        shown = answers_in_words(definition, answered.answers) if answered and not faults else None
        scored = scores_of_one(definition, answered.answers) if answered and not faults else []
        introduction = in_language(definition.introduction)
        problems = problems_of(definition, faults)
    return render(
        request,
        "surveys/version.html",
        {
            "version": found,
            "definition": definition,
            "questions": questions,
            "languages": choices(offered, language),
            "language": language,
            "introduction": introduction.text,
            "spoken": introduction.lang,
            "problems": problems,
            "kept": shown,
            "scores": scored,
        },
        status=422 if faults else 200,
    )


@login_required
@require_POST
def publish(request: SignedIn, version_id: int) -> HttpResponse:
    found = version_for(request, version_id)
    try:
        operations.publish(version_id=found.pk, by=request.user, at=timezone.now())
    except DefinitionFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Published. It stays as it is from now on; you can ask people with it."))
    return redirect("surveys:detail", found.questionnaire_id)


@login_required
@require_POST
def revise(request: SignedIn, questionnaire_id: int) -> HttpResponse:
    questionnaire = get_object_or_404(queries.questionnaires_for(request.user), pk=questionnaire_id)
    try:
        operations.revise(questionnaire_id=questionnaire.pk, by=request.user, at=timezone.now())
    except operations.DraftExists as fault:
        messages.error(request, str(fault))
    return redirect("surveys:detail", questionnaire.pk)
