"""Where administrators register external tools."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.lti import queries
from biosint.lti.operations import keep_tool
from biosint.lti.rules import KEEPERS
from biosint.lti.web import addresses
from biosint.lti.web.forms import ToolForm
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import refused, require


def _keeps_some(request: SignedIn) -> None:
    if not (request.user.is_staff or request.user.holds(*KEEPERS)):
        require(refused(_("Only an administrator or coordinator of an institution keeps external tools.")))


@login_required
def tools(request: SignedIn) -> HttpResponse:
    _keeps_some(request)
    return render(request, "lti/tools.html", {"tools": queries.kept_tools(request.user)})


@login_required
def write(request: SignedIn, tool_id: int | None = None) -> HttpResponse:
    """Register a tool or change it; beside the form stands what the tool must be told about this site."""
    _keeps_some(request)
    known = get_object_or_404(queries.kept_tools(request.user), pk=tool_id) if tool_id else None
    form = ToolForm(request.POST or None, instance=known, person=request.user)
    if form.is_valid():
        tool = keep_tool(
            tool_id=tool_id,
            institution=form.cleaned_data["institution"],
            by=request.user,
            at=timezone.now(),
            **form.description,
        )
        messages.success(request, _("The tool is saved. Now tell it about this site."))
        return redirect("lti:tool", tool.pk)
    return render(
        request,
        "lti/tool.html",
        {
            "form": form,
            "tool": known,
            "trail": [(_("External tools"), reverse("lti:tools"))],
            "facts": _facts(known.client_id, known.deployment_id) if known else [],
        },
        status=422 if form.is_bound else 200,
    )


def _facts(client_id: str, deployment_id: str) -> list[tuple[str, str]]:
    """What a tool is told about this site, under the names that tools use."""
    return [
        ("Platform ID (issuer)", addresses.issuer()),
        ("Client ID", client_id),
        ("Deployment ID", deployment_id),
        ("Public keyset URL", addresses.absolute(reverse("lti:keyset"))),
        ("Access token URL", addresses.absolute(reverse("lti:token"))),
        ("Authentication request URL", addresses.absolute(reverse("lti:authorize"))),
    ]
