"""The coding desk: codebook, reading one answer after the other, comparing, what came out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.people.api import Person
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Code, Codebook, Coder, Quote
from biosint.situation.operations import coding as operations
from biosint.situation.queries import coding as queries
from biosint.situation.rules import coding as rules
from biosint.situation.web.coding_forms import BeginForm, CodeForm, CoderForm, QuoteForm
from biosint.situation.web.results import set_for
from biosint.surveys import api as surveys

DIFFERENCES = 20


def _codebook(request: SignedIn, codebook_id: int) -> tuple[Codebook, Coder | None]:
    """The codebook, for its keepers and coders; 404 for everybody else."""
    codebook = get_object_or_404(
        Codebook.objects.select_related("answer_set__owner", "answer_set__version"), pk=codebook_id
    )
    coder = queries.coder_of(codebook, request.user)
    if not rules.may_view(request.user, codebook, coder=coder):
        raise Http404
    return codebook, coder


def _trail(person: Person, codebook: Codebook, *, inside: bool = True) -> list[tuple[str, str]]:
    """Where one stands; a coder who reads no results is not sent to pages that do not exist for them."""
    answer_set = codebook.answer_set
    above = [
        (_("Situation analysis"), reverse("situation:list")),
        (answer_set.title, reverse("situation:results", args=[answer_set.pk])),
    ]
    found = above if surveys.may_read_results(person, answer_set) else []
    return [*found, (_("Open answers"), codebook.get_absolute_url())] if inside else found


@login_required
def begin(request: SignedIn, answer_set_id: int, code: str) -> HttpResponse:
    """Open the codebook of a question, or begin it."""
    answer_set = set_for(request, answer_set_id)
    texts = [column.code for column in answer_set.columns if column.kind == surveys.ColumnKind.TEXT]
    if code not in texts or not surveys.may_take_out(request.user, answer_set):
        raise Http404
    known = Codebook.objects.filter(answer_set=answer_set, question=code).first()
    if known is not None:
        return redirect(known)
    at = timezone.now()
    may = rules.may_begin(request.user, answer_set, at=at)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = operations.begin_codebook(
            answer_set=answer_set,
            question=code,
            sample_size=form.cleaned_data["sample_size"],
            by=request.user,
            at=at,
        )
        return redirect(made)
    blank = Codebook(answer_set=answer_set, question=code)
    return render(
        request,
        "situation/coding_begin.html",
        {
            "form": form,
            "may": may,
            "answers": len(queries.written(answer_set, code)),
            "question": queries.question_words(blank),
            "trail": _trail(request.user, blank, inside=False),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_GET
def codebook(request: SignedIn, codebook_id: int) -> HttpResponse:
    """Codes, coders and how far they are; then agreement, frequencies and quotes."""
    one, coder = _codebook(request, codebook_id)
    desk = queries.desk_of(one)
    person = request.user
    groupings = queries.groupings(desk) if desk.final else []
    by = request.GET.get("by", "")
    return render(
        request,
        "situation/codebook.html",
        {
            "codebook": one,
            "question": queries.question_words(one),
            "desk": desk,
            "codes": list(one.codes.prefetch_related("quotes")),
            "coders": [(each, desk.read_by(each), len(desk.task_of(each))) for each in desk.coders],
            "own": coder,
            "own_left": len(desk.left_for(coder)) if coder else 0,
            "agreements": queries.agreements(desk),
            "frequencies": queries.frequencies(desk, everybody=_("All"), by=by) if desk.final else None,
            "by": by,
            "groupings": groupings,
            "code_form": CodeForm(),
            "coder_form": CoderForm(),
            "may_keep": rules.may_keep(person, one),
            "may_change_codes": rules.may_change_codes(person, one, is_compared=desk.is_compared),
            "may_take_out": surveys.may_take_out(person, one.answer_set),
            "may_close": rules.may_close(
                person,
                one,
                is_compared=desk.is_compared,
                undecided=len(desk.undecided),
                uncoded=len(desk.uncoded),
            ),
            "trail": _trail(request.user, one, inside=False),
        },
    )


def _said(request: SignedIn, form: Form) -> None:
    messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))


@login_required
@require_POST
def add_code(request: SignedIn, codebook_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    form = CodeForm(request.POST)
    if not form.is_valid():
        _said(request, form)
        return redirect(one)
    told = form.cleaned_data
    # A name in Cyrillic gives no word of Latin letters; then the code is numbered.
    word = slugify(told["label"])[:30] or f"code-{one.codes.count() + 1}"
    try:
        operations.add_code(codebook_id=one.pk, word=word, **told, by=request.user, at=timezone.now())
    except operations.CodeTaken as taken:
        messages.error(request, str(taken))
    return redirect(one)


@login_required
@require_POST
def remove_code(request: SignedIn, codebook_id: int, code_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    code = get_object_or_404(Code, pk=code_id, codebook=one)
    try:
        operations.remove_code(code_id=code.pk, by=request.user, at=timezone.now())
    except operations.CodeInUse as used:
        messages.error(request, str(used))
    return redirect(one)


@login_required
@require_POST
def name_coder(request: SignedIn, codebook_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    form = CoderForm(request.POST)
    if not form.is_valid():
        _said(request, form)
        return redirect(one)
    person = Person.objects.filter(email__iexact=form.cleaned_data["address"], is_active=True).first()
    if person is None:
        messages.error(request, _("Nobody here has this address. Ask them to open an account first."))
        return redirect(one)
    try:
        operations.name_coder(
            codebook_id=one.pk,
            person=person,
            place=form.cleaned_data["place"],
            by=request.user,
            at=timezone.now(),
        )
    except operations.CoderTaken as taken:
        messages.error(request, str(taken))
    return redirect(one)


@login_required
def read(request: SignedIn, codebook_id: int) -> HttpResponse:
    """Read one answer and give it its codes; the next one follows."""
    one, coder = _codebook(request, codebook_id)
    if coder is None:
        raise Http404
    desk = queries.desk_of(one)
    task, left = desk.task_of(coder), desk.left_for(coder)
    if request.method == "POST":
        key = key_in(request.POST.get("answer", ""))
        try:
            operations.code_answer(
                codebook_id=one.pk,
                submission_id=key,
                codes=request.POST.getlist("code"),
                by=request.user,
                at=timezone.now(),
            )
        except Fault as fault:
            messages.error(request, str(fault))
            return redirect(one)
        return redirect("situation:read_answers", one.pk)
    wanted = request.GET.get("number", "")
    if wanted:
        place = key_in(wanted) - 1
        if not 0 <= place < len(task):
            raise Http404
    elif left:
        place = task.index(left[0])
    else:
        return redirect(one)
    key = task[place]
    text, language = desk.texts[key]
    given = desk.codings.get(coder.place, {}).get(key)
    return render(
        request,
        "situation/coding_read.html",
        {
            "codebook": one,
            "question": queries.question_words(one),
            "codes": list(one.codes.all()),
            "text": text,
            "tag": page_tag(language) if language else "",
            "key": key,
            "given": given or (),
            "was_read": given is not None,
            "number": place + 1,
            "of": len(task),
            "done": len(task) - len(left),
            "may_code": rules.may_code(
                request.user, one, coder=coder, is_compared=desk.is_compared and key not in desk.rest
            ),
            "trail": _trail(request.user, one),
        },
    )


@login_required
@require_GET
def suggest(request: SignedIn, codebook_id: int) -> HttpResponse:
    """Words that stand out and answers that are alike: a first idea for codes."""
    one, _coder = _codebook(request, codebook_id)
    return render(
        request,
        "situation/coding_suggestions.html",
        {
            "codebook": one,
            "question": queries.question_words(one),
            "found": queries.suggestions(queries.desk_of(one)),
            "trail": _trail(request.user, one),
        },
    )


@login_required
@require_GET
def compare(request: SignedIn, codebook_id: int) -> HttpResponse:
    """What the two coders saw differently, to be settled together."""
    one, coder = _codebook(request, codebook_id)
    desk = queries.desk_of(one)
    may = rules.may_decide(request.user, one, coder=coder, is_compared=desk.is_compared)
    page = Paginator(desk.differing, DIFFERENCES).get_page(request.GET.get("page"))
    rows = [
        {
            "key": key,
            "text": desk.texts[key][0],
            "first": desk.codings[Coder.FIRST][key],
            "second": desk.codings[Coder.SECOND][key],
            "final": desk.decided.get(key),
            "ticked": desk.decided.get(
                key, tuple({*desk.codings[Coder.FIRST][key]} & {*desk.codings[Coder.SECOND][key]})
            ),
        }
        for key in page
    ]
    return render(
        request,
        "situation/coding_compare.html",
        {
            "codebook": one,
            "question": queries.question_words(one),
            "desk": desk,
            "codes": list(one.codes.all()),
            "rows": rows,
            "page": page,
            "may_decide": may,
            "trail": _trail(request.user, one),
        },
    )


@login_required
@require_POST
def decide(request: SignedIn, codebook_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    try:
        operations.decide(
            codebook_id=one.pk,
            submission_id=key_in(request.POST.get("answer", "")),
            codes=request.POST.getlist("code"),
            by=request.user,
            at=timezone.now(),
        )
    except operations.NotToBeCoded as fault:
        messages.error(request, str(fault))
    number = request.GET.get("page", "")
    back = reverse("situation:compare_codings", args=[one.pk])
    return redirect(f"{back}?page={key_in(number)}" if number else back)


@login_required
@require_POST
def close(request: SignedIn, codebook_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    operations.close_codebook(codebook_id=one.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The coding is finished. Its codes can be put into tables and tests now."))
    return redirect(one)


@login_required
def quotes(request: SignedIn, codebook_id: int, code_id: int) -> HttpResponse:
    """The answers of one code, to choose a sentence from, make it unrecognisable by hand and release it."""
    one, _coder = _codebook(request, codebook_id)
    code = get_object_or_404(Code, pk=code_id, codebook=one)
    require(surveys.may_take_out(request.user, one.answer_set))
    desk = queries.desk_of(one)
    keys = [key for key, given in desk.final.items() if code.word in given]
    chosen = key_in(request.GET.get("answer", ""))
    text, language = desk.texts[chosen] if chosen in keys else ("", "")
    form = QuoteForm(request.POST if request.method == "POST" else None, initial={"text": text[:500]})
    if form.is_valid():
        operations.release_quote(
            code_id=code.pk,
            text=form.cleaned_data["text"],
            language=language,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Released. The quote may stand in reports."))
        return redirect("situation:quotes", one.pk, code.pk)
    page = Paginator(keys, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "situation/coding_quotes.html",
        {
            "codebook": one,
            "code": code,
            "released": list(code.quotes.select_related("released_by")),
            "rows": [(key, desk.texts[key][0]) for key in page],
            "page": page,
            "form": form if chosen in keys or form.is_bound else None,
            "trail": _trail(request.user, one),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def withdraw_quote(request: SignedIn, codebook_id: int, quote_id: int) -> HttpResponse:
    one, _coder = _codebook(request, codebook_id)
    quote = get_object_or_404(Quote, pk=quote_id, code__codebook=one)
    operations.withdraw_quote(quote_id=quote.pk, by=request.user, at=timezone.now())
    return redirect("situation:quotes", one.pk, quote.code_id)
