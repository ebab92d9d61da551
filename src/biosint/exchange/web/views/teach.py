"""What teachers do before a course starts: describe it, invite, give places, write pages, admit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from biosint.exchange import operations, queries, rules
from biosint.exchange.models import Application, Course
from biosint.exchange.queries.places import free_for_waiting
from biosint.exchange.rules.waiting import may_fill_places, moves_up_now
from biosint.exchange.states import ApplicationState, CourseState
from biosint.exchange.web import trails
from biosint.exchange.web.forms import CourseForm, NewCourseForm, PlacesForm, TeacherSearch
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person

APPLICATIONS_PER_PAGE = 50
COURSES_PER_PAGE = 30
FOUND = 10


def course_of(request: SignedIn, slug: str) -> Course:
    """Return the course its teacher asked for; everybody else gets 404."""
    return get_object_or_404(queries.taught_by(request.user), slug=slug)


def tabs(course: Course, current: str) -> list[tuple[str, str, bool]]:
    """The pages of a teacher's desk."""
    pages = [
        ("desk", _("Overview")),
        ("design", _("Plan")),
        ("applications", _("Applications")),
        ("teams", _("Teams")),
        ("gradebook", _("Grade book")),
        ("marks", _("Marks")),
    ]
    return [
        (label, reverse(f"exchange:{name}", args=[course.slug]), name == current) for name, label in pages
    ]


@login_required
def teaching(request: SignedIn) -> HttpResponse:
    taught = queries.taught_by(request.user).order_by("-start_date", "-pk")
    return render(
        request,
        "exchange/teaching.html",
        {
            "page": Paginator(taught, COURSES_PER_PAGE).get_page(request.GET.get("page")),
            "invitations": queries.invitations_of(request.user),
            "may_create": rules.may_create_course(request.user),
        },
    )


@login_required
def new(request: SignedIn) -> HttpResponse:
    require(rules.may_create_course(request.user))
    form = NewCourseForm(request.POST or None, person=request.user)
    if form.is_valid():
        course = operations.create_course(
            host=form.cleaned_data["host"], by=request.user, at=timezone.now(), **form.description
        )
        messages.success(request, _("The course is begun. Invite a teacher from another country next."))
        return redirect("exchange:desk", course.slug)
    return render(request, "exchange/new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def edit(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    form = CourseForm(request.POST or None, instance=course)
    if form.is_valid():
        operations.edit_course(course_id=course.pk, by=request.user, at=timezone.now(), **form.description)
        messages.success(request, _("The course is changed."))
        return redirect("exchange:desk", slug)
    return render(
        request,
        "exchange/edit.html",
        {"course": course, "form": form, "trail": trails.below_desk(course)},
        status=422 if form.is_bound else 200,
    )


@login_required
def desk(request: SignedIn, slug: str) -> HttpResponse:
    course, person = course_of(request, slug), request.user
    who = request.GET.get("who", "").strip()[:100]
    taken = queries.places_taken(course)
    parts = [(part, taken.get(part.institution_id, 0)) for part in course.participations.all()]
    own = {part.institution_id for part, _count in parts}
    planned = course.activities.aggregate(count=Count("pk"), hours=Sum("hours"))
    return render(
        request,
        "exchange/desk.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "desk"),
            "steps": steps(),
            "step": step_of(course),
            "parts": parts,
            "outsiders": sum(count for key, count in taken.items() if key not in own),
            "admitted": sum(taken.values()),
            "undecided": course.applications.filter(state=ApplicationState.SUBMITTED).count(),
            "team_count": course.teams.count(),
            "activity_count": planned["count"],
            "activity_hours": planned["hours"],
            "teachings": course.teachings.all(),
            "search": TeacherSearch(initial={"who": who}),
            "who": who,
            "found": list(queries.teachers_to_invite(course, who)[:FOUND]) if who else [],
            "may_edit": rules.may_edit(person, course),
            "may_publish": rules.may_publish(person, course),
            "may_start": rules.may_start(person, course),
            "may_finish": rules.may_finish(person, course, unmarked=queries.unmarked_count(course)),
            "may_cancel": rules.may_cancel(person, course),
        },
    )


def steps() -> list[str]:
    """The way of a course, for the row of steps."""
    return [
        pgettext("step of a course", "Prepare"),
        pgettext("step of a course", "Admit"),
        pgettext("step of a course", "Form teams"),
        pgettext("step of a course", "Work"),
        pgettext("step of a course", "Finished"),
    ]


def step_of(course: Course) -> int:
    """Return where a course stands among ``steps``, counted from 0."""
    if course.state == CourseState.OPEN:
        return 2 if course.teams_published_at or course.apply_until_date < timezone.localdate() else 1
    return {CourseState.DRAFT: 0, CourseState.RUNNING: 3, CourseState.FINISHED: 5}.get(
        CourseState(course.state), 0
    )


MOVES: dict[str, Callable[..., Course]] = {
    "publish": operations.publish,
    "start": operations.start,
    "finish": operations.finish,
    "cancel": operations.cancel,
}


@login_required
@require_POST
def move(request: SignedIn, slug: str, to: str) -> HttpResponse:
    """Publish, start, finish or cancel; pressing twice is once."""
    course = course_of(request, slug)
    MOVES[to](course_id=course.pk, by=request.user, at=timezone.now())
    messages.success(
        request,
        {
            "publish": _("The course is published. Students can apply now."),
            "start": _("The course is running."),
            "finish": _("The course is finished. Learners who passed have their completion."),
            "cancel": _("The course is cancelled."),
        }[to],
    )
    return redirect("exchange:desk", slug)


@login_required
@require_POST
def invite(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    wanted = request.POST.get("teacher", "")
    held = get_object_or_404(queries.teachers(), pk=key_in(wanted))
    try:
        operations.invite_teacher(
            course_id=course.pk,
            person=held.person,
            institution=held.institution,
            by=request.user,
            at=timezone.now(),
        )
    except (operations.InvitedAlready, operations.NotATeacher) as fault:
        messages.info(request, str(fault))
    else:
        messages.success(
            request, _("%(person)s finds the invitation on their first page.") % {"person": held.person}
        )
    return redirect(f"{reverse('exchange:desk', args=[slug])}#teachers")


@login_required
def places(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    form = PlacesForm(request.POST or None, course=course)
    if form.is_valid():
        operations.set_places(
            course_id=course.pk,
            places=form.places,
            outsiders=form.cleaned_data["outsiders"],
            moves_up=form.cleaned_data["moves_up"],
            answer_days=form.cleaned_data["answer_days"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The places are set."))
        return redirect(f"{reverse('exchange:desk', args=[slug])}#places")
    return render(
        request,
        "exchange/places.html",
        {"course": course, "form": form, "trail": trails.below_desk(course)},
        status=422 if form.is_bound else 200,
    )


@login_required
def applications(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    page = Paginator(queries.applications_to(course), APPLICATIONS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(request.user, course, application) for application in page]
    return render(
        request,
        "exchange/applications.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "applications"),
            "page": page,
            "rows": rows,
            "places": sum(part.places for part in course.participations.all()) + course.outsider_places,
            "admitted": queries.admitted_count(course),
            "free_for_waiting": free_for_waiting(course),
            "may_fill": may_fill_places(request.user, course),
            "moves_up": moves_up_now(course),
        },
    )


DECISIONS: dict[str, tuple[ApplicationState, Callable[..., Application]]] = {
    "admit": (ApplicationState.ADMITTED, operations.admit),
    "wait": (ApplicationState.WAITING, operations.put_on_waiting_list),
    "decline": (ApplicationState.DECLINED, operations.decline),
}


def _row(person: Person, course: Course, application: Application) -> dict[str, object]:
    # The course in hand has its teachers already: the rules read them without a query for each row.
    application.course = course
    return {
        "application": application,
        "tone": {"admitted": "success", "waiting": "info", "offered": "info", "submitted": "warning"}.get(
            application.state, "neutral"
        ),
        **{name: rules.may_decide(person, application, to) for name, (to, _operation) in DECISIONS.items()},
    }


@login_required
@require_POST
def decide(request: SignedIn, slug: str, application_id: int, decision: str) -> HttpResponse:
    course = course_of(request, slug)
    application = get_object_or_404(course.applications.select_related("learner"), pk=application_id)
    if decision not in DECISIONS:
        raise Http404
    try:
        _decide(decision, application, by=request.user, at=timezone.now())
    except operations.CourseFull as full:
        messages.error(request, str(full))
    else:
        said = {
            "admit": _("%(learner)s has a place."),
            "wait": _("%(learner)s is on the waiting list."),
            "decline": _("%(learner)s gets no place."),
        }[decision]
        messages.success(request, said % {"learner": application.learner})
    page = request.GET.get("page", "")
    address = reverse("exchange:applications", args=[slug])
    return redirect(f"{address}?page={page}" if page.isdigit() else address)


def _decide(decision: str, application: Application, *, by: Person, at: datetime) -> None:
    DECISIONS[decision][1](application_id=application.pk, by=by, at=at)
