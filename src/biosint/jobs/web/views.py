from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from biosint.jobs import operations, queries, rules
from biosint.jobs.registry import title_of
from biosint.jobs.states import OPEN
from biosint.shared.requests import SignedIn, login_required


@never_cache
@login_required
def detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """How far a piece of work is. htmx asks for the inner part alone, until the work has ended."""
    job = get_object_or_404(queries.jobs_for(request.user), public_id=public_id)
    context = {
        "job": job,
        "title": title_of(job.name),
        "open": job.state in OPEN,
        "may_cancel": rules.may_cancel(request.user, job),
        "result": job.result if isinstance(job.result, dict) else {},
    }
    return render(request, "jobs/_progress.html" if request.htmx else "jobs/detail.html", context)


@require_POST
@login_required
def cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    job = get_object_or_404(queries.jobs_for(request.user), public_id=public_id)
    operations.cancel(job_id=job.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The work is being stopped."))
    return redirect("jobs:detail", public_id=public_id)
