"""What everybody sees: a course, and the way in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.curriculum.api import IocDimension
from biosint.exchange import operations, queries, rules
from biosint.exchange.models import Application, Course, Requirement
from biosint.exchange.queries.activities import progress_of, shown_to
from biosint.exchange.queries.places import number_in_queue
from biosint.exchange.rules.groups import may_put_forward
from biosint.exchange.rules.requirements import Told, already_told, asks, meets
from biosint.exchange.rules.waiting import may_accept_offer, moves_up_now
from biosint.exchange.states import PUBLIC_STATES, ApplicationState, CourseState
from biosint.exchange.web import trails
from biosint.exchange.web.forms import ApplyForm, GuestApplyForm
from biosint.exchange.web.plan_weeks import Week, weeks_of
from biosint.exchange.web.structured import address_of, course_json
from biosint.shared.limits import digest, too_many, within
from biosint.shared.reading import kept_to_read
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.subjects import subject_name

if TYPE_CHECKING:
    from biosint.people.api import Person


@kept_to_read
def course(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    shown = get_object_or_404(queries.courses_for(person), slug=slug)
    application = queries.application_of(person, shown)
    teachings = list(shown.teachings.all())
    invitation = next(
        (
            one
            for one in teachings
            if person is not None and one.person_id == person.pk and not one.accepted_at
        ),
        None,
    )
    is_teacher = person is not None and rules.teaches(person, shown)
    parts = list(shown.participations.all())
    return render(
        request,
        "exchange/course.html",
        {
            "course": shown,
            "trail": trails.in_catalogue(),
            "parts": parts,
            "outcomes": _outcomes(shown),
            "teachers": [one for one in teachings if one.accepted_at],
            "weeks": _plan(shown, person, application, is_teacher=is_teacher),
            "application": application,
            "invitation": invitation,
            "is_teacher": is_teacher,
            "reads_pages": is_teacher or (application is not None and application.state == "admitted"),
            "may_apply": rules.may_apply(person, shown, on=timezone.localdate(), application=application),
            "may_put_forward": person is not None and may_put_forward(person, shown, on=timezone.localdate()),
            **_place_of(person, application),
            "asked": asked_of(person, shown, _requirements_now(shown)),
            "structured": course_json(shown) if shown.state in PUBLIC_STATES else "",
            "canonical": address_of(shown),
            "subject": subject_name(shown.subject) if shown.subject else "",
        },
    )


def _plan(
    shown: Course, person: Person | None, application: Application | None, *, is_teacher: bool
) -> list[Week]:
    """The plan as the reader may see it; a learner's with what they have done."""
    activities = (
        shown_to(person, shown)
        if person is not None and is_teacher
        else queries.activities_of(shown).filter(is_hidden=False)
    )
    learns = application is not None and application.state == ApplicationState.ADMITTED
    progress = progress_of(application) if learns and application is not None else {}
    return weeks_of(shown, activities, now=timezone.now(), progress=progress)


def _place_of(person: Person | None, application: Application | None) -> dict[str, object]:
    """Return what somebody who applied may do about their place, and where they wait."""
    if person is None or application is None:
        return {}
    return {
        "may_withdraw": rules.may_withdraw(person, application),
        "may_accept": may_accept_offer(person, application, at=timezone.now()),
        "number_in_queue": number_in_queue(application),
        "moves_up": moves_up_now(application.course),
    }


def _outcomes(shown: Course) -> list[dict[str, object]]:
    return [
        {"text": outcome["text"], "dimension": IocDimension(outcome["ioc_dimension"]).label}
        for outcome in shown.outcomes
    ]


def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a signed-in person; a visitor gets the one that also asks who they are."""
    person = person_of(request)
    shown = get_object_or_404(queries.courses_for(person), slug=slug)
    if person is None:
        return _apply_as_guest(request, shown)
    application = queries.application_of(person, shown)
    verdict = rules.may_apply(person, shown, on=timezone.localdate(), application=application)
    if not verdict:
        # A form sent twice ends here the second time: the course page tells the state.
        messages.info(request, str(verdict.reason))
        return redirect("exchange:course", slug)
    form = ApplyForm(request.POST or None, course=shown, person=person)
    if form.is_valid():
        operations.apply(
            course_id=shown.pk,
            by=person,
            at=timezone.now(),
            motivation=form.cleaned_data["motivation"],
            told=form.told,
            **form.profile,
            **zone_if_unknown(person.time_zone),
        )
        messages.success(
            request, _("Your application has arrived. The teachers decide and you will see it here.")
        )
        return redirect("exchange:course", slug)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "exchange/apply.html",
        {
            "course": shown,
            "form": form,
            "trail": trails.below_course(shown),
            "asked": asked_of(person, shown, form.asked),
        },
        status=status,
    )


def _apply_as_guest(request: HttpRequest, shown: Course) -> HttpResponse:
    verdict = rules.may_apply(None, shown, on=timezone.localdate(), application=None)
    if not verdict:
        messages.info(request, str(verdict.reason))
        return redirect("exchange:course", shown.slug)
    form = GuestApplyForm(request.POST or None, course=shown, person=None)
    if form.is_valid():
        # A whole class may sit behind one address: the limit stops machines, not classes.
        if not within("exchange.guest", str(shown.pk), times=200, per=timedelta(minutes=10)):
            return too_many(request, after=timedelta(minutes=10))
        # The address may be anybody's: its owner is not written to again and again. The answer stays the same.
        email = form.cleaned_data["email"]
        if within("exchange.guest.letter", digest(email), times=3, per=timedelta(hours=1)):
            operations.apply_as_guest(
                course_id=shown.pk,
                email=email,
                name=form.cleaned_data["name"],
                motivation=form.cleaned_data["motivation"],
                told=form.told,
                profile=form.profile,
                language=get_language() or "",
                time_zone=timezone.get_current_timezone_name(),
                at=timezone.now(),
            )
        return redirect("exchange:applied", shown.slug)
    return render(
        request,
        "exchange/apply.html",
        {
            "course": shown,
            "form": form,
            "trail": trails.below_course(shown),
            "asked": asked_of(None, shown, form.asked),
            "is_guest": True,
            "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        },
        status=422 if form.is_bound else 200,
    )


def _requirements_now(shown: Course) -> list[Requirement]:
    # Who can no longer apply needs them no more: the page then costs no query for them.
    return list(shown.requirements.all()) if shown.state == CourseState.OPEN else []


def asked_of(
    person: Person | None, shown: Course, requirements: list[Requirement]
) -> list[dict[str, object]]:
    """The requirements as sentences; where the profile tells, with whether the reader meets them."""
    told = Told()
    if person is not None:
        # A profile knows the level of English only.
        told = Told(
            level=person.english_level if shown.language == "en" else "", profession=person.profession
        )
    rows = []
    for one in requirements:
        verdict = meets(one, shown, told) if already_told(one, told) else None
        rows.append(
            {
                "sentence": asks(one, shown),
                "is_hard": one.is_hard,
                "verdict": bool(verdict),
                "short": verdict.reason if verdict is not None else "",
            }
        )
    return rows


def applied(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next for a guest. It says the same to everybody, whoever had an account before."""
    shown = get_object_or_404(queries.courses_for(person_of(request)), slug=slug)
    return render(request, "exchange/applied.html", {"course": shown, "trail": trails.below_course(shown)})


def zone_if_unknown(known: str) -> dict[str, str]:
    """Free hours mean nothing without a zone: the one of the page is kept where the profile has none."""
    return {} if known else {"time_zone": timezone.get_current_timezone_name()}


@login_required
@require_POST
def withdraw(request: SignedIn, slug: str) -> HttpResponse:
    shown = get_object_or_404(queries.courses_for(request.user), slug=slug)
    application = get_object_or_404(shown.applications, learner=request.user)
    operations.withdraw(application_id=application.pk, by=request.user, at=timezone.now())
    messages.success(
        request, _("Your application is withdrawn. You may apply again while the course is open.")
    )
    return redirect("exchange:course", slug)


@login_required
@require_POST
def answer_invitation(request: SignedIn, slug: str) -> HttpResponse:
    shown = get_object_or_404(queries.courses_for(request.user), slug=slug)
    teaching = get_object_or_404(shown.teachings, person=request.user)
    if request.POST.get("answer") == "yes":
        operations.accept_invitation(teaching_id=teaching.pk, by=request.user, at=timezone.now())
        messages.success(request, _("You teach this course now."))
        return redirect("exchange:desk", slug)
    operations.decline_invitation(teaching_id=teaching.pk, by=request.user, at=timezone.now())
    messages.success(request, _("You have declined the invitation."))
    return redirect("exchange:teaching")
