"""The page on which a faculty puts its students forward for a course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biosint.exchange import queries, rules
from biosint.exchange.models import Application, PutForward
from biosint.exchange.operations import groups as operations
from biosint.exchange.queries.places import quotas_of, taken_in
from biosint.exchange.rules.groups import may_put_forward, places_to_put_into
from biosint.exchange.states import ApplicationState
from biosint.exchange.web import trails
from biosint.exchange.web.views.teach import tabs
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.institutions.api import Institution

PEOPLE_PER_PAGE = 50
MOST_TEXT = 40_000
SHOWN_LINES = 10


class GroupForm(forms.Form):
    institution = forms.TypedChoiceField(label=gettext_lazy("Institution"), coerce=int)
    text = forms.CharField(
        label=gettext_lazy("Your students"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "One person on each line: name and mail address. Two columns copied from a spreadsheet work, too."
        ),
    )

    def __init__(self, *args: Any, places: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = [(one.pk, one.name) for one in places]  # type: ignore[attr-defined]  # a ChoiceField
        if len(places) == 1:
            self.fields["institution"].initial = places[0].pk
            self.fields["institution"].widget = forms.HiddenInput()


@login_required
def put_forward(request: SignedIn, slug: str) -> HttpResponse:
    course = get_object_or_404(queries.courses_for(request.user), slug=slug)
    places, now = places_to_put_into(request.user, course), timezone.now()
    verdict = may_put_forward(request.user, course, on=timezone.localdate())
    if not places:
        require(verdict)
    form = GroupForm(request.POST or None, places=places)
    if form.is_valid():
        try:
            outcome = operations.put_forward(
                course_id=course.pk,
                institution_id=form.cleaned_data["institution"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=now,
            )
        except (operations.NotOfThisCourse, operations.TooMany, operations.NobodyNamed) as fault:
            form.add_error("text", str(fault))
        else:
            _tell(request, outcome)
            return redirect("exchange:put_forward", slug)
    found = PutForward.objects.filter(course=course, institution__in=places).select_related("institution")
    page = Paginator(found, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    states = dict(
        Application.objects.filter(course=course, learner__in=[one.learner_id for one in page]).values_list(
            "learner_id", "state"
        )
    )
    quotas = {quota.institution_id: quota for quota in quotas_of(course)}
    return render(
        request,
        "exchange/group.html",
        {
            "course": course,
            "form": form,
            "verdict": verdict,
            "page": page,
            "rows": [(one, _state(states.get(one.learner_id))) for one in page],
            "places": [
                (one.institution, taken_in(course, quotas[one.institution_id]), one.places)
                for one in course.participations.all()
                if one.institution in places
            ],
            "tabs": tabs(course, "applications") if rules.teaches(request.user, course) else [],
            "trail": trails.below_course(course),
        },
        status=422 if form.is_bound else 200,
    )


def _state(state: str | None) -> str:
    return str(ApplicationState(state).label) if state else _("has not applied yet")


def _tell(request: SignedIn, outcome: operations.Outcome) -> None:
    messages.success(
        request,
        ngettext("%(new)s person gets a letter now.", "%(new)s people get a letter now.", outcome.new)
        % {"new": outcome.new},
    )
    if outcome.known:
        messages.info(
            request,
            _("On the list before, so without another letter: %(known)s.") % {"known": outcome.known},
        )
    if outcome.wrong:
        lines = ", ".join(str(number) for number in outcome.wrong[:SHOWN_LINES])
        messages.warning(
            request, _("Lines that hold no mail address, or several: %(lines)s.") % {"lines": lines}
        )
