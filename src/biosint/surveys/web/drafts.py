"""Pages on which a draft is changed as a whole: its words, its sections, the order of its questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.surveys import editing, operations, queries, rules
from biosint.surveys.columns import Column
from biosint.surveys.definitions import DefinitionFault
from biosint.surveys.models import Version
from biosint.surveys.operations import OnlyWords
from biosint.surveys.states import QuestionKind
from biosint.surveys.web.condition_forms import ConditionForm
from biosint.surveys.web.forms import BeginForm, HeadForm, SectionForm
from biosint.surveys.web.questionnaires import version_for

Content = dict[str, Any]
# The supplied questionnaire whose consent is asked in the most languages.
LIKE = "students_2027"


def draft_for(request: SignedIn, version_id: int) -> Version:
    """Load a draft that the person may change; published versions are refused with the reason."""
    version = version_for(request, version_id)
    require(rules.may_change(request.user, version))
    return version


def save(request: SignedIn, version: Version, make: Callable[[], Content]) -> bool:
    """Change a draft; what does not hold together is said to the person and not kept."""
    try:
        content = make()
        operations.change_draft(version_id=version.pk, content=content, by=request.user, at=timezone.now())
    except editing.NoSuchQuestion as fault:
        raise Http404 from fault
    except (DefinitionFault, OnlyWords) as fault:
        messages.error(request, str(fault))
        return False
    return True


def columns_earlier(version: Version, codes: set[str]) -> list[Column]:
    """Return the columns, among those of the draft, that conditions may ask about."""
    return [column for column in version.definition.columns() if column.code in codes]


@login_required
def begin(request: SignedIn) -> HttpResponse:
    """An empty questionnaire: title, introduction, and the consent of a supplied one."""
    homes = Institution.objects.filter(pk__in=request.user.institutions_as(*rules.KEEPERS))
    if not homes:
        raise Http404
    form = BeginForm(request.POST or None, homes=homes)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        # People write Serbian in either script under one name.
        language = (translation.get_language() or "en").partition("-")[0]
        questionnaire = operations.bring_in(
            content=editing.begun(
                title={language: found["title"]},
                introduction={language: found["introduction"]},
                audience=found["audience"],
                like=queries.supplied_templates()[LIKE],
            ),
            institution=found["institution"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It asks for consent so far. Add your questions."))
        return redirect("surveys:edit", questionnaire.versions.get().pk)
    return render(request, "surveys/begin.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def edit(request: SignedIn, version_id: int) -> HttpResponse:
    """Title, introduction and the list of questions of a draft."""
    version = draft_for(request, version_id)
    languages = editing.languages_of(version.content)
    form = HeadForm(request.POST or None, content=version.content, languages=languages)
    if (
        request.method == "POST"
        and form.is_valid()
        and save(request, version, lambda: form.content(version.content))
    ):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    definition = version.definition
    return render(
        request,
        "surveys/edit.html",
        {
            "version": version,
            "form": form,
            "definition": definition,
            "columns": definition.columns(),
            "scored": {instrument.code for instrument in definition.instruments},
            "kinds": [kind for kind in QuestionKind if kind != QuestionKind.CONSENT],
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def move(request: SignedIn, version_id: int) -> HttpResponse:
    """One step: ``up``, ``down``, ``out``, ``double`` or ``divide`` with a question, ``join`` with a section."""
    version = draft_for(request, version_id)
    content = version.content
    steps: dict[str, Callable[[str], Content]] = {
        "up": lambda code: editing.moved(content, code, up=True),
        "down": lambda code: editing.moved(content, code, up=False),
        "out": lambda code: editing.taken_away(content, code),
        "double": lambda code: editing.doubled(content, code),
        "divide": lambda code: editing.divided(
            content, code, title={editing.languages_of(content)[0]: _("New section")}
        ),
        "join": lambda place: editing.joined_above(content, int(place) if place.isdecimal() else -1),
    }
    for name, step in steps.items():
        if name in request.POST:
            save(request, version, partial(step, request.POST[name]))
            return redirect("surveys:edit", version.pk)
    raise Http404


@login_required
def section(request: SignedIn, version_id: int, place: int) -> HttpResponse:
    """Words and order of one section of a draft; ``place`` counts from 1."""
    version = draft_for(request, version_id)
    sections = version.content["sections"]
    if not 1 <= place <= len(sections):
        raise Http404
    form = SectionForm(
        request.POST or None,
        section=sections[place - 1],
        is_first=place == 1,
        languages=editing.languages_of(version.content),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and save(request, version, lambda: editing.with_section(version.content, place - 1, form.changes()))
    ):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/section.html",
        {"version": version, "form": form, "place": place},
        status=422 if form.is_bound else 200,
    )


@login_required
def section_condition(request: SignedIn, version_id: int, place: int) -> HttpResponse:
    """When a section of a draft is shown."""
    version = draft_for(request, version_id)
    sections = version.definition.sections
    if not 2 <= place <= len(sections):
        raise Http404
    earlier = editing.earlier_than(version.content, section=place - 1)
    form = ConditionForm(
        request.POST or None,
        columns=columns_earlier(version, earlier),
        condition=sections[place - 1].shown_if,
    )

    def changed() -> Content:
        return editing.with_section(version.content, place - 1, {"shown_if": form.condition()})

    if request.method == "POST" and form.is_valid() and save(request, version, changed):
        messages.success(request, _("Saved."))
        return redirect("surveys:edit", version.pk)
    return render(
        request,
        "surveys/condition.html",
        {"version": version, "form": form, "about": sections[place - 1].title},
        status=422 if form.is_bound else 200,
    )
