"""How an institution comes in: asked by a letter, or asking by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from biosint.consortium import operations, queries
from biosint.consortium.letters import link_of
from biosint.consortium.models import Consortium, Membership
from biosint.consortium.rules import may_answer, may_ask, may_decide, may_lead, visible_to
from biosint.consortium.states import MembershipState, Role
from biosint.consortium.web.forms import DeclineForm, InviteForm, JoinForm
from biosint.institutions.api import (
    FactsForm,
    Institution,
    InstitutionKnown,
    named_like,
)
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import ALLOWED, Refused, require


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _choice(request: HttpRequest) -> tuple[Institution | None, bool]:
    """Return the registered institution that was chosen, or whether a new one is entered."""
    slug = request.GET.get("institution")
    if slug:
        return get_object_or_404(Institution.objects.filter(is_listed=True), slug=slug), False
    return None, "new" in request.GET


def _choose(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show the first step: a list of institutions that can be searched."""
    words = request.GET.get("q", "").strip()[:100]
    listed = Institution.objects.filter(is_listed=True)
    return render(
        request, template, {"institutions": named_like(listed, words)[:60], "words": words, **context}
    )


@limited("consortium.join", times=20, per=timedelta(hours=1))
def join(request: HttpRequest) -> HttpResponseBase:
    """Public: what joining means. Signed in: choose the institution, or enter it, and say why."""
    consortia = queries.consortia()
    person = person_of(request)
    trail = [(_("Partners"), reverse("consortium:partners"))]
    if person is None or not consortia.exists():
        return render(request, "consortium/join.html", {"trail": trail, "any": consortia.exists()})
    institution, is_new = _choice(request)
    if institution is None and not is_new:
        mine = queries.open_memberships_for(person).filter(asked_by=person)
        return _choose(request, "consortium/join_choose.html", {"trail": trail, "mine": mine})
    verdict = (
        may_ask(person, institution, speakers=queries.speakers_of(institution)) if institution else ALLOWED
    )
    facts = FactsForm(_sent(request)) if institution is None else None
    form = JoinForm(
        _sent(request),
        consortia=consortia,
        initial={"consortium": request.GET.get("of") or consortia[0].slug},
    )
    if request.method == "POST":
        # Both are checked, so that every mistake is shown at once.
        sound = [form.is_valid(), facts is None or facts.is_valid()]
        if all(sound):
            done = _asked(request, form, institution or (facts.cleaned_data if facts else {}), facts)
            if done is not None:
                return done
    wrong = bool(form.errors or (facts and facts.errors))
    return render(
        request,
        "consortium/join_ask.html",
        {
            "institution": institution,
            "facts": facts,
            "form": form,
            "several": consortia.count() > 1,
            "verdict": verdict,
            "trail": [*trail, (_("Join"), reverse("consortium:join"))],
        },
        status=422 if wrong else 200,
    )


def _asked(
    request: HttpRequest,
    form: JoinForm,
    institution: Institution | dict[str, Any],
    facts: FactsForm | None,
) -> HttpResponse | None:
    """Ask, or put what hinders beside its field and return None."""
    person = person_of(request)
    consortium: Consortium = form.cleaned_data["consortium"]
    if person is None:
        return redirect("account_login")
    try:
        operations.ask_to_join(
            consortium=consortium,
            institution=institution,
            why=form.cleaned_data["why"],
            role=Role(form.cleaned_data["role"]),
            by=person,
            at=timezone.now(),
        )
    except operations.AlreadyThere as there:
        form.add_error(None, str(there))
    except InstitutionKnown as known:
        (facts or form).add_error("name" if facts else None, str(known))
    else:
        messages.success(
            request,
            _("%(consortium)s has been asked. You get a letter as soon as it answers.")
            % {"consortium": consortium},
        )
        return redirect("consortium:join")
    return None


@login_required
def request_page(request: SignedIn, slug: str, membership_id: int) -> HttpResponseBase:
    """One request to join, for who leads the consortium and who asked."""
    membership = get_object_or_404(
        Membership.objects.filter(visible_to(request.user)).select_related(
            "consortium__coordinator", "institution", "asked_by", "decided_by"
        ),
        pk=membership_id,
        consortium__slug=slug,
    )
    form = DeclineForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        operations.decline(
            membership_id=membership.pk,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request, _("%(institution)s has your answer.") % {"institution": membership.institution}
        )
        return redirect("consortium:detail", slug=slug)
    return render(
        request,
        "consortium/request.html",
        {
            "membership": membership,
            "form": form,
            "verdict": may_decide(request.user, membership),
            "leads": may_lead(request.user, membership.consortium),
            "trail": [
                (_("Partners"), reverse("consortium:partners")),
                (membership.consortium.acronym, reverse("consortium:detail", args=[slug])),
            ],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def approve(request: SignedIn, slug: str, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.filter(visible_to(request.user)).select_related("institution"),
        pk=membership_id,
        consortium__slug=slug,
    )
    operations.approve(membership_id=membership.pk, by=request.user, at=timezone.now())
    messages.success(request, _("%(institution)s is a member now.") % {"institution": membership.institution})
    return redirect("consortium:detail", slug=slug)


@login_required
@limited("consortium.invite", times=40, per=timedelta(hours=1))
def invite(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Choose a registered institution or enter one, then the address of somebody who can accept."""
    person = person_of(request)
    consortium = get_object_or_404(queries.consortia(), slug=slug)
    if person is None:
        return redirect("account_login")
    require(may_lead(person, consortium))
    institution, is_new = _choice(request)
    trail = [
        (_("Partners"), reverse("consortium:partners")),
        (consortium.acronym, reverse("consortium:detail", args=[slug])),
    ]
    if institution is None and not is_new:
        return _choose(request, "consortium/invite_choose.html", {"consortium": consortium, "trail": trail})
    facts = FactsForm(_sent(request)) if institution is None else None
    form = InviteForm(_sent(request))
    if request.method == "POST":
        sound = [form.is_valid(), facts is None or facts.is_valid()]
        if all(sound):
            try:
                invited = operations.invite(
                    consortium=consortium,
                    institution=institution or (facts.cleaned_data if facts else {}),
                    email=form.cleaned_data["email"],
                    role=Role(form.cleaned_data["role"]),
                    by=person,
                    at=timezone.now(),
                )
            except operations.AlreadyThere as there:
                form.add_error(None, str(there))
            except InstitutionKnown as known:
                (facts or form).add_error("name" if facts else None, str(known))
            else:
                return render(
                    request,
                    "consortium/invited.html",
                    {"invitation": invited.invitation, "link": link_of(invited.token), "trail": trail},
                )
    wrong = bool(form.errors or (facts and facts.errors))
    return render(
        request,
        "consortium/invite.html",
        {
            "consortium": consortium,
            "institution": institution,
            "facts": facts,
            "form": form,
            "trail": [*trail, (_("Invite"), reverse("consortium:invite", args=[slug]))],
        },
        status=422 if wrong else 200,
    )


@never_cache
@limited("consortium.invitation", times=30, per=timedelta(minutes=10), methods=("GET", "POST"))
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page a letter leads to: what one is invited to, and the two answers."""
    found = queries.invitation_of(token)
    if found is None:
        return render(request, "consortium/invitation_unknown.html", status=404)
    person = person_of(request)
    membership = found.membership
    verdict = (
        may_answer(
            person,
            found,
            at=timezone.now(),
            speakers=queries.speakers_of(membership.institution),
        )
        if person
        else None
    )
    if request.method == "POST" and person is not None:
        return _answer(request, token, accepts="accept" in request.POST)
    return render(
        request,
        "consortium/invitation.html",
        {
            "invitation": found,
            "membership": membership,
            "consortium": membership.consortium,
            "verdict": verdict,
            "here": request.path,
            "invited": membership.state == MembershipState.INVITED,
        },
        status=410 if verdict is not None and not verdict else 200,
    )


def _answer(request: HttpRequest, token: str, *, accepts: bool) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return redirect("account_login")
    answer = operations.accept_invitation if accepts else operations.decline_invitation
    try:
        membership = answer(token=token, by=person, at=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("consortium:invitation", token=token)
    if not accepts:
        messages.success(request, _("Your answer is sent. Thank you for reading."))
        return redirect("consortium:partners")
    messages.success(
        request, _("%(institution)s is a member now. Welcome.") % {"institution": membership.institution}
    )
    return redirect("institutions:detail", slug=membership.institution.slug)
