"""The desk on which teachers put a course into more languages, text beside text."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import queries, rules
from biosint.exchange.models import Activity, Course
from biosint.exchange.operations.wordings import say_activity, say_course
from biosint.exchange.queries.wordings import LANGUAGES, plain, rows_of
from biosint.exchange.web import trails
from biosint.exchange.web.wordings_forms import ActivityWordsForm, CourseWordsForm
from biosint.shared.languages import OWN_NAMES, language_name, page_tag
from biosint.shared.requests import SignedIn, login_required


def _course(request: SignedIn, slug: str, language: str = "") -> Course:
    course = get_object_or_404(queries.courses_for(request.user), slug=slug)
    if not rules.teaches(request.user, course):
        raise Http404
    if language and (language not in LANGUAGES or language == plain(course.language)):
        raise Http404
    return course


def _desk(course: Course) -> str:
    return reverse("exchange:wordings", args=[course.slug])


@login_required
def overview(request: SignedIn, slug: str) -> HttpResponse:
    """Which languages the course speaks, and how far each is."""
    course = _course(request, slug)
    activities = list(course.activities.defer("text").order_by("position", "pk"))
    done: dict[str, set[int]] = {}
    old: dict[str, set[int]] = {}
    versions = {activity.pk: activity.text_version for activity in activities}
    for key, language, of_version in rows_of(course):
        done.setdefault(language, set()).add(key)
        if key in versions and of_version < versions[key]:
            old.setdefault(language, set()).add(key)
    described = set(course.wordings.values_list("language", flat=True))
    languages = [code for code in LANGUAGES if code != plain(course.language)]
    chosen = request.GET.get("language", "")
    begun = sorted({*done, *described, *([chosen] if chosen in languages else [])}, key=LANGUAGES.index)
    if chosen not in languages:
        chosen = begun[0] if begun else ""
    total = len(activities) + 1
    return render(
        request,
        "exchange/wordings.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "own": OWN_NAMES.get(plain(course.language), language_name(course.language)),
            "languages": [
                {
                    "code": code,
                    "name": OWN_NAMES[code],
                    "share": round(100 * (len(done.get(code, ())) + (code in described)) / total),
                    "is_chosen": code == chosen,
                }
                for code in begun
            ],
            "others": [(code, OWN_NAMES[code]) for code in languages if code not in begun],
            "chosen": chosen,
            "is_described": chosen in described,
            "rows": [
                {
                    "activity": activity,
                    "is_done": activity.pk in done.get(chosen, ()),
                    "is_old": activity.pk in old.get(chosen, ()),
                }
                for activity in activities
            ],
        },
    )


@login_required
def course_words(request: SignedIn, slug: str, language: str) -> HttpResponse:
    course = _course(request, slug, language)
    known = course.wordings.filter(language=language).first()
    form = CourseWordsForm(request.POST or None, course=course, known=known)
    if form.is_valid():
        say_course(
            course_id=course.pk,
            language=language,
            title=form.cleaned_data["title"],
            summary=form.cleaned_data["summary"],
            outcomes=form.outcomes,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The description is saved."))
        return redirect(f"{_desk(course)}?language={language}")
    return _side_by_side(
        request, course, language, form, title=course.title, original=course.summary, activity=None
    )


@login_required
def activity_words(request: SignedIn, slug: str, activity_id: int, language: str) -> HttpResponse:
    course = _course(request, slug, language)
    activity = get_object_or_404(course.activities, pk=activity_id)
    known = activity.wordings.filter(language=language).first()
    initial = {"title": known.title, "text": known.text} if known else None
    form = ActivityWordsForm(request.POST or None, activity=activity, initial=initial)
    if form.is_valid():
        say_activity(
            activity_id=activity.pk,
            language=language,
            title=form.cleaned_data["title"],
            text=form.cleaned_data.get("text", ""),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The translation is saved."))
        following = _next_without(course, activity, language)
        if "next" in request.POST and following is not None:
            return redirect("exchange:activity_words", slug, following.pk, language)
        return redirect(f"{_desk(course)}?language={language}")
    return _side_by_side(
        request, course, language, form, title=activity.title, original=activity.text, activity=activity
    )


def _next_without(course: Course, activity: Activity, language: str) -> Activity | None:
    missing = course.activities.exclude(wordings__language=language).exclude(pk=activity.pk)
    return missing.filter(position__gte=activity.position).first() or missing.first()


def _side_by_side(
    request: SignedIn,
    course: Course,
    language: str,
    form: ActivityWordsForm | CourseWordsForm,
    *,
    title: str,
    original: str,
    activity: Activity | None,
) -> HttpResponse:
    return render(
        request,
        "exchange/wordings_write.html",
        {
            "course": course,
            "form": form,
            "language": language,
            "language_name": OWN_NAMES[language],
            "language_tag": page_tag(language),
            "own_tag": page_tag(course.language),
            "own": OWN_NAMES.get(plain(course.language), language_name(course.language)),
            "original_title": title,
            "original": original,
            "activity": activity,
            "back": f"{_desk(course)}?language={language}",
            "trail": [*trails.below_desk(course), (_("Languages"), _desk(course))],
        },
        status=422 if form.is_bound else 200,
    )
