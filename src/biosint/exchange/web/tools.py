"""Where teachers choose which external tool an activity opens."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange import rules
from biosint.exchange.models import Course
from biosint.exchange.operations.tools import HOME, place_tool
from biosint.exchange.states import ActivityKind
from biosint.exchange.web import trails
from biosint.exchange.web.place import Place, place_or_404
from biosint.lti.api import Choice, Link, Tool, begin_choice, usable_at
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require


class ToolPlaceForm(forms.Form):
    """Which tool, what it opens, and whether its points count."""

    takes_results = forms.BooleanField(
        label=gettext_lazy("Its points count for this activity"), required=False
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the content"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Leave it empty to open the tool’s first page."),
    )
    custom = forms.CharField(
        label=gettext_lazy("Parameters"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, as name=value, if the tool asks for any."),
    )

    def __init__(self, *args: object, course: Course, link: Link | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own words, handed on
        institutions = {teaching.institution_id for teaching in course.teachings.all()} | {
            part.institution_id for part in course.participations.all()
        }
        tools = Tool.objects.filter(usable_at(frozenset(institutions)))
        self.fields["tool"] = forms.ModelChoiceField(tools, label=_("Tool"), empty_label=None)
        self.order_fields(["tool"])
        if link is not None:
            # What was just chosen in the tool goes before what stands.
            self.initial = {
                "tool": link.tool_id,
                "takes_results": link.takes_results,
                "url": link.url,
                "custom": "\n".join(f"{name}={value}" for name, value in link.custom.items()),
                **self.initial,
            }

    def clean_custom(self) -> dict[str, str]:
        given: dict[str, str] = {}
        for line in self.cleaned_data["custom"].splitlines():
            if not line.strip():
                continue
            name, equals, value = line.partition("=")
            if not equals or not name.strip():
                raise forms.ValidationError(_("“%(line)s” is not name=value.") % {"line": line})
            given[name.strip()] = value.strip()
        return given


@login_required
def setup(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """Choose the tool; where the tool offers content to choose from, a second button leads there."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.TOOL)
    if not place.is_teacher:
        raise Http404
    require(rules.may_edit(request.user, place.course))
    link = Link.objects.select_related("tool").filter(home=HOME, key=str(activity_id)).first()
    form = ToolPlaceForm(
        request.POST or None, course=place.course, link=link, initial=_chosen(request, place)
    )
    if form.is_valid():
        given = form.cleaned_data
        if "choose" in request.POST and given["tool"].deep_link_url:
            choice = begin_choice(
                tool=given["tool"], home=HOME, key=str(activity_id), by=request.user, at=timezone.now()
            )
            return redirect("exchange:tool_choose", slug, activity_id, choice.public_id)
        place_tool(
            activity_id=activity_id,
            tool=given["tool"],
            takes_results=given["takes_results"],
            url=given["url"],
            custom=given["custom"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The tool opens here now."))
        return redirect(place.activity.get_absolute_url())
    return render(
        request,
        "exchange/tool_setup.html",
        {
            "course": place.course,
            "activity": place.activity,
            "form": form,
            "has_tools": form.fields["tool"].queryset.exists(),  # type: ignore[attr-defined]  # a ModelChoiceField
            "has_choice": form.fields["tool"].queryset.exclude(deep_link_url="").exists(),  # type: ignore[attr-defined]  # the same
            "trail": [
                *trails.below_course(place.course),
                (place.activity.title, place.activity.get_absolute_url()),
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _chosen(request: SignedIn, place: Place) -> dict[str, object]:
    """What was chosen in the tool, if the teacher comes back from there."""
    try:
        public_id = UUID(request.GET.get("choice", ""))
    except ValueError:
        return {}
    choice = Choice.objects.filter(
        public_id=public_id, person=request.user, home=HOME, key=str(place.activity.pk)
    ).first()
    if choice is None or not choice.chosen:
        return {}
    return {
        "tool": choice.tool_id,
        "url": choice.chosen["url"],
        "custom": "\n".join(f"{name}={value}" for name, value in choice.chosen["custom"].items()),
        "takes_results": True,
    }


@login_required
def choose(request: SignedIn, slug: str, activity_id: int, public_id: UUID) -> HttpResponse:
    """A page with one link: a form's answer must not lead to another site under our policy."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.TOOL)
    choice = Choice.objects.select_related("tool").filter(public_id=public_id, person=request.user).first()
    if choice is None or not place.is_teacher:
        raise Http404
    return render(
        request,
        "exchange/tool_choose.html",
        {
            "course": place.course,
            "activity": place.activity,
            "choice": choice,
            "trail": trails.below_course(place.course),
        },
    )
