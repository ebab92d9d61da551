"""Pages of SWOT workshops: the list, the four sides, single statements."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.institutions.api import Institution
from biosint.people.api import Person
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Statement, Workshop
from biosint.situation.operations import workshops as operations
from biosint.situation.queries import workshops as queries
from biosint.situation.rules import workshops as rules
from biosint.situation.rules.research import may_keep
from biosint.situation.states import Side, StatementState
from biosint.situation.web.research import consortium_of, named_consortium
from biosint.situation.web.tables import cell, table_file
from biosint.situation.web.workshop_forms import BeginForm, MergeForm, StatementForm
from biosint.surveys import api as surveys


def workshop_for(request: SignedIn, public_id: UUID) -> Workshop:
    """The workshop, among those the reader may see: strangers get 404."""
    return get_object_or_404(queries.workshops_for(request.user), public_id=public_id)


def trail(workshop: Workshop | None = None) -> list[tuple[str, str]]:
    found = [(_("Workshops"), reverse("situation:workshops"))]
    return found if workshop is None else [*found, (workshop.title, workshop.get_absolute_url())]


def _led(person: Person, consortium: Consortium) -> QuerySet[Institution]:
    """The members in whose name the person may begin a workshop."""
    members = consortia.members_of(consortium)
    return members if person.is_staff else members.filter(pk__in=person.institutions_as(*surveys.KEEPERS))


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every workshop that the reader may see, the newest first."""
    consortium, _mine = consortium_of(request)
    page = Paginator(queries.workshops_for(request.user), 25).get_page(request.GET.get("page"))
    return render(
        request,
        "situation/workshops.html",
        {
            "page": page,
            "consortium": consortium,
            "may": bool(consortium and may_keep(request.user, consortium)),
        },
    )


@login_required
def begin(request: SignedIn) -> HttpResponse:
    """Begin a workshop and see its first proposals."""
    consortium = named_consortium(request)
    require(may_keep(request.user, consortium))
    led = _led(request.user, consortium)
    form = BeginForm(
        request.POST or None,
        institutions=led,
        whole=consortium.acronym,
        initial={
            "institution": led.first(),
            "title": _("Where we stand, %(year)s") % {"year": timezone.localdate().year},
        },
    )
    if form.is_valid():
        at = timezone.now()
        workshop = operations.begin_workshop(
            consortium=consortium, **form.cleaned_data, by=request.user, at=at
        )
        operations.propose(workshop_id=workshop.pk, by=request.user, at=at)
        return redirect(workshop)
    return render(
        request,
        "situation/workshop_begin.html",
        {"form": form, "trail": trail()},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_GET
def detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The four sides: what is taken, by importance, and what is proposed."""
    workshop = workshop_for(request, public_id)
    statements = queries.statements_of(workshop)
    ranking = queries.ranking(workshop, statements)
    sorted_out = queries.by_state(statements)
    vote = queries.newest_vote(workshop)
    person = request.user
    running = vote is not None and vote.is_open
    return render(
        request,
        "situation/workshop.html",
        {
            "workshop": workshop,
            "tag": page_tag(workshop.language),
            "sides": [
                {
                    "side": side,
                    "ranked": ranking.sides[side],
                    "proposed": sorted_out[StatementState.PROPOSED][side],
                    "aside": sorted_out[StatementState.DISCARDED][side],
                    "joined": sorted_out[StatementState.MERGED][side],
                }
                for side in Side
            ],
            "ranking": ranking,
            "proposals": sum(len(listed) for listed in sorted_out[StatementState.PROPOSED].values()),
            "vote": vote,
            "running": running,
            "form": StatementForm(),
            "may_word": rules.may_word(person, workshop),
            "may_lead": rules.may_lead(person, workshop),
            "may_close": rules.may_close(person, workshop, is_running=running),
            "trail": trail(),
        },
    )


@login_required
@require_POST
def propose(request: SignedIn, public_id: UUID) -> HttpResponse:
    workshop = workshop_for(request, public_id)
    new = operations.propose(workshop_id=workshop.pk, by=request.user, at=timezone.now())
    messages.success(request, _("New proposals: %(n)s. The others have the figures of today.") % {"n": new})
    return redirect(workshop)


@login_required
@require_POST
def add(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Add a statement of one's own."""
    workshop = workshop_for(request, public_id)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "situation/statement.html",
            {"form": form, "workshop": workshop, "trail": trail(workshop)},
            status=422,
        )
    operations.add_statement(
        workshop_id=workshop.pk,
        side=Side(form.cleaned_data["side"]),
        text=form.cleaned_data["text"],
        by=request.user,
        at=timezone.now(),
    )
    return redirect(f"{workshop.get_absolute_url()}#side-{form.cleaned_data['side']}")


def _statement(request: SignedIn, statement_id: int) -> Statement:
    found = Statement.objects.select_related("workshop__consortium__coordinator", "workshop__institution")
    statement = get_object_or_404(found, pk=statement_id)
    workshop_for(request, statement.workshop.public_id)
    return statement


def _back(statement: Statement) -> HttpResponse:
    return redirect(f"{statement.workshop.get_absolute_url()}#side-{statement.side}")


@login_required
def statement(request: SignedIn, statement_id: int) -> HttpResponse:
    """The words of one statement, its figure, and joining it to another that says the same."""
    one = _statement(request, statement_id)
    form = StatementForm(request.POST or None, initial={"side": one.side, "text": one.text})
    if form.is_valid():
        one = operations.mend_statement(
            statement_id=one.pk,
            side=Side(form.cleaned_data["side"]),
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return _back(one)
    others = one.workshop.statements.filter(side=one.side, state=StatementState.KEPT).exclude(pk=one.pk)
    return render(
        request,
        "situation/statement.html",
        {
            "form": form,
            "statement": one,
            "workshop": one.workshop,
            "merge_form": MergeForm(others=others) if others and one.state != StatementState.MERGED else None,
            "may_mend": rules.may_mend(request.user, one),
            "may_lead": rules.may_lead(request.user, one.workshop),
            "trail": trail(one.workshop),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def move(request: SignedIn, statement_id: int) -> HttpResponse:
    """Take a statement, or put it aside."""
    one = _statement(request, statement_id)
    to = StatementState.KEPT if request.POST.get("to") == "kept" else StatementState.DISCARDED
    return _back(operations.move_statement(statement_id=one.pk, to=to, by=request.user, at=timezone.now()))


@login_required
@require_POST
def merge(request: SignedIn, statement_id: int) -> HttpResponse:
    """Join a statement to another."""
    one = _statement(request, statement_id)
    try:
        operations.merge(
            statement_id=one.pk,
            into_id=key_in(request.POST.get("into", "")),
            by=request.user,
            at=timezone.now(),
        )
    except (operations.CannotMerge, Statement.DoesNotExist) as fault:
        messages.error(request, str(fault) if isinstance(fault, Fault) else _("Choose a statement."))
        return redirect("situation:statement", one.pk)
    messages.success(request, _("Joined. Dots given to either count together."))
    return _back(one)


@login_required
@require_POST
def part(request: SignedIn, statement_id: int) -> HttpResponse:
    """Undo a joining."""
    one = _statement(request, statement_id)
    return _back(operations.part(statement_id=one.pk, by=request.user, at=timezone.now()))


@login_required
@require_POST
def close(request: SignedIn, public_id: UUID) -> HttpResponse:
    workshop = workshop_for(request, public_id)
    operations.close_workshop(workshop_id=workshop.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The workshop is closed. It feeds the report and never changes again."))
    return redirect(workshop)


@login_required
@require_GET
def as_csv(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Every statement that is taken, with its dots and the figure behind it."""
    workshop = workshop_for(request, public_id)
    answer = table_file("swot.csv")
    writer = csv.writer(answer)
    writer.writerow(["side", "place", "dots", "voters", "statement", "figure", "source", "day", "address"])
    for side, ranked in queries.ranking(workshop).sides.items():
        for one in ranked:
            figure: dict[str, Any] = one.statement.figure
            writer.writerow(
                [
                    side.value,
                    one.place,
                    one.dots,
                    one.voters,
                    cell(one.statement.text),
                    *(cell(str(figure.get(name, ""))) for name in ("value", "source", "day", "url")),
                ]
            )
    return answer
