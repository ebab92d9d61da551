"""The desk of whoever signs agreements for an institution."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biosint.exchange.api import Course
from biosint.institutions.api import Institution
from biosint.recognition import content
from biosint.recognition.operations import agreements as operations
from biosint.recognition.operations import signatures
from biosint.recognition.queries import agreements as queries
from biosint.recognition.rules import agreements as rules
from biosint.recognition.states import Party
from biosint.recognition.web import trails
from biosint.recognition.web.forms import AgreementFilter, UnitForm
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import refused, require

PER_PAGE = 30


@login_required
def agreements(request: SignedIn) -> HttpResponse:
    if not request.user.holds(*rules.SIGNING_OFFICES):
        require(
            refused(
                _("Only an administrator, a coordinator or the dean signs agreements for an institution.")
            )
        )
    form = AgreementFilter(request.GET)
    found = queries.agreements_at(request.user)
    if form.is_valid():
        if form.cleaned_data["state"]:
            found = found.filter(state=form.cleaned_data["state"])
        for word in form.cleaned_data["words"].split()[:8]:
            found = found.filter(
                Q(application__learner__name__icontains=word)
                | Q(application__course__title__icontains=word)
                | Q(home__name__icontains=word)
            )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for agreement in page.object_list:
        version = queries.latest_of(agreement)
        mine = queries.waits_for(request.user, agreement, version)
        office = [party for party in mine if party is not Party.LEARNER]
        rows.append(
            {
                "agreement": agreement,
                "content": version.content,
                "signed": [signature.get_party_display() for signature in version.signatures.all()],
                "choice": f"{agreement.pk}:{office[0]}:{version.fingerprint}" if office else "",
                "is_late": rules.is_late(agreement, on=timezone.localdate()),
            }
        )
    return render(
        request,
        "recognition/agreements.html",
        {
            "form": form,
            "page": page,
            "rows": rows,
            "can_sign": any(row["choice"] for row in rows),
            "courses": queries.courses_to_settle(request.user),
        },
    )


@login_required
@require_POST
def sign_many(request: SignedIn) -> HttpResponse:
    """Sign the chosen agreements, each as it was shown: one signature each."""
    chosen = []
    for choice in request.POST.getlist("chosen")[:PER_PAGE]:
        key, _colon, rest = choice.partition(":")
        party, _colon, fingerprint = rest.partition(":")
        if party in (Party.HOME, Party.HOST):
            chosen.append((key_in(key), Party(party), fingerprint))
    seen = set(
        queries.agreements_at(request.user)
        .filter(pk__in=[one[0] for one in chosen])
        .values_list("pk", flat=True)
    )
    done = signatures.sign_many(
        seen=[one for one in chosen if one[0] in seen], by=request.user, at=timezone.now()
    )
    if not chosen:
        messages.warning(request, _("Choose the agreements you want to sign."))
    if done.count:
        messages.success(
            request,
            ngettext("%(count)s agreement is signed.", "%(count)s agreements are signed.", done.count)
            % {"count": done.count},
        )
    for learner, why in done.left:
        messages.error(request, f"{learner}: {why}")
    return redirect("recognition:agreements")


@login_required
def course_at_home(request: SignedIn, slug: str, institution_id: int) -> HttpResponse:
    """Say once for which unit a course counts at one's institution, and make the agreements that are missing."""
    course = get_object_or_404(Course.objects.exclude(state="draft"), slug=slug)
    institution = get_object_or_404(Institution, pk=institution_id)
    require(rules.may_settle_at_home(request.user, institution_id))
    known = queries.unit_at_home(course, institution)
    form = UnitForm(
        request.POST or None,
        institution=institution,
        known=known,
        initial={"ects": known.ects or course.ects},
    )
    if form.is_valid():
        unit: content.CountsFor = form.counts_for
        assert unit.ects is not None  # noqa: S101 -- the form asks for it
        at = timezone.now()
        operations.settle_at_home(
            course_id=course.pk,
            institution_id=institution.pk,
            code=unit.code,
            title=unit.title,
            ects=unit.ects,
            by=request.user,
            at=at,
        )
        made = operations.make_for_course(
            course_id=course.pk, institution_id=institution.pk, by=request.user, at=at
        )
        messages.success(
            request,
            _("Agreements of your students in this course say it. New agreements: %(count)s.")
            % {"count": made},
        )
        return redirect("recognition:agreements")
    return render(
        request,
        "recognition/course_at_home.html",
        {"course": course, "institution": institution, "form": form, "trail": trails.in_agreements()},
        status=422 if form.is_bound else 200,
    )
