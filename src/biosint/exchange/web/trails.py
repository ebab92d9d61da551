"""Where a page stands: the pages above it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.exchange.models import Activity, Course

Trail = list[tuple[str, str]]


def in_catalogue() -> Trail:
    return [(_("Courses"), reverse("exchange:catalogue"))]


def below_course(course: Course) -> Trail:
    return [*in_catalogue(), (course.title, reverse("exchange:course", args=[course.slug]))]


def in_teaching() -> Trail:
    return [(_("Courses I teach"), reverse("exchange:teaching"))]


def below_desk(course: Course) -> Trail:
    return [*in_teaching(), (course.title, reverse("exchange:desk", args=[course.slug]))]


def below_book(course: Course) -> Trail:
    return [*below_desk(course), (_("Grade book"), reverse("exchange:gradebook", args=[course.slug]))]


def below_marking(course: Course, activity: Activity) -> Trail:
    return [
        *below_book(course),
        (activity.title, reverse("exchange:marking", args=[course.slug, activity.pk])),
    ]


def rubrics(course: Course) -> str:
    return reverse("exchange:rubrics", args=[course.slug])


def in_own_courses() -> Trail:
    return [(_("My courses"), reverse("exchange:mine"))]
