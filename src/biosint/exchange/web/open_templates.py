"""Plans that their authors gave to everybody. Open to visitors."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biosint.exchange import rules
from biosint.exchange.queries import design as queries
from biosint.exchange.rules.design import may_withdraw_template
from biosint.exchange.states import LICENCE_ADDRESSES, Licence, Phase
from biosint.exchange.steps import step_from
from biosint.exchange.timetable import DAYS_A_WEEK
from biosint.exchange.web import trails
from biosint.exchange.web.kinds import kind_of
from biosint.exchange.workload import credits_for
from biosint.shared.requests import person_of

PER_PAGE = 20


@require_safe
def open_templates(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.open_templates(words), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "exchange/open_templates.html",
        {
            "words": words,
            "page": page,
            "rows": [(template, credits_for(template.hours)) for template in page],
            "trail": trails.in_catalogue(),
        },
    )


@require_safe
def open_template(request: HttpRequest, slug: str) -> HttpResponse:
    template = get_object_or_404(queries.open_templates().defer(None).select_related("course"), slug=slug)
    weeks: dict[int | None, list[tuple[str, object]]] = {}
    for plain in template.steps:
        step = step_from(plain)
        when = step.opens_at or step.due_at
        number = max(1, when.day // DAYS_A_WEEK + 1) if when else None
        row = {
            "step": step,
            "icon": kind_of(step.kind).icon,
            "phase": Phase(step.phase).label if step.phase else "",
        }
        weeks.setdefault(number, []).append((step.title, row))
    person = person_of(request)
    keeps = person is not None and (person.is_staff or rules.teaches(person, template.course))
    return render(
        request,
        "exchange/open_template.html",
        {
            "template": template,
            "ects": credits_for(template.hours),
            "licence_url": LICENCE_ADDRESSES[Licence(template.licence)],
            "weeks": sorted(weeks.items(), key=lambda row: (row[0] is None, row[0] or 0)),
            "taken": template.taken_by.count(),
            "may_withdraw": may_withdraw_template(person, template) if person and keeps else None,
            "trail": [*trails.in_catalogue(), (_("Open templates"), reverse("exchange:open_templates"))],
        },
    )
