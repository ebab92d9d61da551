from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.jobs import api as jobs
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.words import in_language
from biosint.situation import questions
from biosint.situation.queries import campaigns as queries
from biosint.situation.queries import results, weightings
from biosint.situation.queries.distributions import distributions
from biosint.situation.queries.tables import Answers, answers_of, is_ready
from biosint.situation.rules.weightings import may_weight
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.surveys.models import AnswerSet


def set_for(request: SignedIn, answer_set_id: int) -> AnswerSet:
    """Load a set whose results the person may read; strangers get 404."""
    return get_object_or_404(queries.sets_for(request.user), pk=answer_set_id)


def prepared_first(request: SignedIn, answer_set: AnswerSet) -> HttpResponse | None:
    """Send the person to the job that reads a large set, unless it has been read."""
    if is_ready(answer_set):
        return None
    job = jobs.enqueue(
        "situation.prepare_answers",
        by=request.user,
        at=timezone.now(),
        key=f"{answer_set.pk}-{request.user.pk}",
        answer_set_id=answer_set.pk,
        url=request.get_full_path(),
    )
    return redirect("jobs:detail", job.public_id)


def _institutions(answers: Answers) -> list[tuple[str, str]]:
    places = answers.variables.get(surveys.INSTITUTION)
    return [(option.code, in_language(option.label).text) for option in places.options] if places else []


@login_required
def overview(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """Every question of a set with its answers, for all institutions or one."""
    answer_set = set_for(request, answer_set_id)
    if (waiting := prepared_first(request, answer_set)) is not None:
        return waiting
    chosen, off = request.GET.get("institution", ""), request.GET.get("weighting", "") == weightings.OFF
    weighting = None if off else weightings.wanted(answer_set, "")
    everybody, hindrance = answers_of(answer_set), ""
    try:
        everybody = weightings.weighted(everybody, weighting)
        answers, at_institution = results.limited(
            everybody, chosen, smallest=results.smallest_shown(answer_set, everybody)
        )
    except (results.CannotAnswer, weightings.CannotWeight) as fault:
        answers, at_institution, hindrance = everybody, False, str(fault)
    smallest = results.smallest_shown(answer_set, answers, at_institution=at_institution)
    is_too_small = bool(smallest) and 0 < answers.n < smallest
    shown = (
        []
        if is_too_small or not answers.n
        else distributions(
            answers,
            weight_code=answer_set.weight_code,
            smallest=smallest,
            source=results.source_of(answer_set, answers),
        )
    )
    return render(
        request,
        "situation/results.html",
        {
            "answer_set": answer_set,
            "answers": answers,
            "people": results.people_in(answer_set, answers),
            "phase": answer_set.phase_at(timezone.now()).value,
            "turnout": queries.turnout(answer_set),
            "institutions": _institutions(everybody),
            "chosen": chosen,
            "hindrance": hindrance,
            "is_too_small": is_too_small,
            "smallest": smallest,
            "distributions": shown,
            "weighting": weighting,
            "weighting_sentence": results.weighting_sentence(answers, questions.Question(kind="crosstab")),
            "may_weight": may_weight(request.user, answer_set, at=timezone.now()),
            "may_switch": off or weighting is not None,
            "texts": [
                (code, label, everybody.texts[code])
                for code, label in _text_columns(answer_set)
                if everybody.texts.get(code)
            ],
            "may_take_out": surveys.may_take_out(request.user, answer_set),
            "trail": [(_("Situation analysis"), reverse("situation:list"))],
            "intakes": answer_set.intakes.filter(state="done").select_related("file"),
            "analyses": queries.analyses_for(request.user).filter(answer_set=answer_set),
        },
    )


def _text_columns(answer_set: AnswerSet) -> list[tuple[str, str]]:
    return [
        (column.code, in_language(column.label).text or column.code)
        for column in answer_set.columns
        if column.kind == surveys.ColumnKind.TEXT
    ]


@login_required
def written(request: SignedIn, answer_set_id: int, code: str) -> HttpResponse:
    """What people wrote freely; only for those who may see single answers."""
    answer_set = set_for(request, answer_set_id)
    columns = dict(_text_columns(answer_set))
    if code not in columns or not surveys.may_take_out(request.user, answer_set):
        raise Http404
    found = surveys.Submission.objects.filter(answer_set=answer_set, answers__has_key=code).order_by("pk")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    texts = [submission.answers[code] for submission in page]
    return render(
        request,
        "situation/texts.html",
        {"answer_set": answer_set, "code": code, "name": columns[code], "page": page, "texts": texts},
    )


def choices_of(answers: Answers) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each part of a question."""
    variables = answers.variables.values()
    categories = [(variable.code, variable.name) for variable in variables if variable.is_category]
    numbers = [
        (variable.code, variable.name)
        for variable in variables
        if variable.is_number and variable.kind != surveys.ColumnKind.DATE
    ]
    scales = [(f"scale:{scale.code}", scale.name) for scale in answers.scales.values()]
    anything = [
        *scales,
        *((variable.code, variable.name) for variable in variables if not variable.is_number),
        *numbers,
    ]
    return {
        "categories": categories,
        "numbers": numbers,
        "outcomes": [*scales, *numbers],
        "anything": anything,
    }


def ready_questions(answers: Answers, kind: str) -> list[tuple[str, str]]:
    """Questions that suggest themselves: the reliability, or the items, of each scale of the questionnaire."""
    ready = []
    for scale in answers.scales.values():
        first = scale.items[0]
        asked = questions.Question(
            kind=kind,
            items=tuple(item.code for item in scale.items),
            reversed=tuple(item.code for item in scale.items if item.reversed),
            low=f"{first.least or 1:g}",
            high=f"{first.most or 5:g}",
        )
        ready.append((scale.name, asked.as_address()))
    return ready


KINDS = {
    "crosstab": gettext_lazy("Cross-table"),
    "compare": gettext_lazy("Compare groups"),
    "paired": gettext_lazy("Before and after, the same people"),
    "difference": gettext_lazy("Change against a comparison group"),
    "reliability": gettext_lazy("Reliability of a scale"),
    "items": gettext_lazy("Items of a scale"),
}


def may_look_back(request: SignedIn, question: questions.Question) -> bool:
    """Whether the person may read the earlier answers that a question names, if it names any."""
    if not question.earlier:
        return True
    return queries.sets_for(request.user).filter(pk=key_in(question.earlier)).exists()


def _earlier_sets(request: SignedIn, answer_set: AnswerSet) -> list[tuple[str, str]]:
    sets = queries.sets_for(request.user).exclude(pk=answer_set.pk)[:50]
    return [(str(one.pk), f"{one.title} ({one.owner.short_name})") for one in sets]


@login_required
def ask(request: SignedIn, answer_set_id: int) -> HttpResponse:
    """A question put to the answers: choose columns, read the finding. The address holds it all."""
    answer_set = set_for(request, answer_set_id)
    if (waiting := prepared_first(request, answer_set)) is not None:
        return waiting
    answers = answers_of(answer_set)
    question = questions.from_address(request.GET)
    if "weight" not in request.GET and question.kind in {"crosstab", "compare"}:
        # Where rows stand for many people, that is the rule until somebody says otherwise.
        question = replace(question, weight=answer_set.weight_code)
    if not may_look_back(request, question):
        raise Http404
    result, hindrance = None, ""
    if _is_asked(question):
        try:
            result = results.work_out(answer_set, question)
        except results.CannotAnswer as fault:
            hindrance = str(fault)
    context: dict[str, Any] = {
        "answer_set": answer_set,
        "question": question,
        "result": result,
        "hindrance": hindrance,
        "institutions": _institutions(answers),
        "ready": ready_questions(answers, question.kind) if question.kind in {"reliability", "items"} else [],
        "looks_back": question.kind in questions.WITH_EARLIER,
        "earlier": _earlier_sets(request, answer_set) if question.kind in questions.WITH_EARLIER else [],
        "groups": _groups_of(answers, question.by),
        "tabs": [(label, f"?kind={kind}", question.kind == kind) for kind, label in KINDS.items()],
        "drafts": list(queries.analyses_for(request.user).filter(answer_set=answer_set, published_at=None)),
        "trail": [
            (_("Situation analysis"), reverse("situation:list")),
            (answer_set.title, reverse("situation:results", args=[answer_set.pk])),
        ],
        **choices_of(answers),
    }
    return render(request, "situation/ask.html", context, status=422 if hindrance else 200)


def _groups_of(answers: Answers, code: str) -> list[tuple[str, str]]:
    """The groups of a column, to choose the one that took part."""
    by = answers.variables.get(code)
    return [(option.code, in_language(option.label).text) for option in by.options] if by else []


def _is_asked(question: questions.Question) -> bool:
    return bool(
        {
            "crosstab": question.rows or question.columns,
            "compare": question.outcome or question.by,
            "paired": question.outcome or question.earlier,
            # Without a group the page asks for it, now that the column is known.
            "difference": question.treated,
            "reliability": question.items,
            "items": question.items,
        }[question.kind]
    )
