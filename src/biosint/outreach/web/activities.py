from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.consortium import api as consortium
from biosint.files import api as files
from biosint.outreach import operations, queries, rules
from biosint.outreach.states import TargetGroup
from biosint.outreach.web.forms import ActivityForm, FilterForm, WithdrawForm
from biosint.shared.languages import language_name
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Refused, refused


def log(request: HttpRequest) -> HttpResponse:
    """The dissemination log: open to everybody, like what it speaks of."""
    person = person_of(request)
    form = FilterForm(request.GET, institutions=queries.logging_institutions())
    form.is_valid()
    asked: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    found = queries.activities_for(person, **asked)
    return render(
        request,
        "outreach/log.html",
        {
            "form": form,
            "asked": asked,
            "reach": queries.reach_of(found),
            "page": Paginator(found, 30).get_page(request.GET.get("page")),
            "may_enter": bool(person and person.holds(*rules.LOGGERS)),
        },
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    project = consortium.current_consortium()
    institutions = queries.institutions_logged_by(request.user, project)
    if project is None or not institutions.exists():
        raise Refused(
            refused(_("Coordinators, administrators and teachers of member institutions enter activities."))
        )
    form = ActivityForm(
        request.POST or None, request.FILES or None, institutions=institutions, initial={"language": "en"}
    )
    if form.is_valid():
        try:
            activity = operations.log_activity(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except operations.NotYetHeld as early:
            form.add_error("held_date", str(early))
        except operations.ProofMissing as missing:
            form.add_error("proof_link", str(missing))
        except operations.UncountedReach as uncounted:
            form.add_error("reached_how", str(uncounted))
        except (files.FileTooLarge, files.FileEmpty, files.FormatRefused, files.FileUnsafe) as fault:
            form.add_error("proof_upload", str(fault))
        else:
            messages.success(request, _("The activity is in the log and counts as evidence."))
            return redirect(activity)
    return render(request, "outreach/new_activity.html", {"form": form}, status=422 if form.is_bound else 200)


def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = person_of(request)
    activity = get_object_or_404(
        queries.activities_for(person).select_related("entered_by", "proof_file", "withdrawn_by"),
        public_id=public_id,
    )
    inside = rules.sees_inside(person)
    return render(
        request,
        "outreach/activity.html",
        {
            "activity": activity,
            "language": language_name(activity.language),
            "groups": [TargetGroup(group).label for group in activity.target_groups],
            "inside": inside,
            "link_site": urlsplit(activity.link).hostname,
            "proof_site": urlsplit(activity.proof_link).hostname,
            "proof_url": files.download_url(activity.proof_file) if inside and activity.proof_file else "",
            "may_withdraw": rules.may_withdraw(person, activity) if person else None,
        },
    )


@login_required
def withdraw(request: SignedIn, public_id: UUID) -> HttpResponse:
    activity = get_object_or_404(queries.activities_for(request.user), public_id=public_id)
    verdict = rules.may_withdraw(request.user, activity)
    if not verdict:
        raise Refused(verdict)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        operations.withdraw_activity(
            activity_id=activity.pk, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The entry is withdrawn and counts no longer."))
        return redirect("outreach:activities")
    return render(
        request,
        "outreach/withdraw.html",
        {"activity": activity, "form": form},
        status=422 if form.is_bound else 200,
    )
