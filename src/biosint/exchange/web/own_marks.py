"""A learner's own marks: what is there, what counts how much, what is missing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from biosint.exchange import queries
from biosint.exchange.queries.activities import admission_of
from biosint.exchange.queries.deadlines import lateness_of
from biosint.exchange.queries.gradebook import book_of, marked_activities
from biosint.exchange.states import CourseState, grade_of
from biosint.exchange.web import trails
from biosint.shared.requests import SignedIn, login_required


@login_required
def my_marks(request: SignedIn, slug: str) -> HttpResponse:
    course = get_object_or_404(queries.courses_for(request.user), slug=slug)
    application = admission_of(request.user, course)
    if application is None:
        raise Http404
    activities = [activity for activity in marked_activities(course) if not activity.is_hidden]
    (row,) = book_of(course, activities, [application], at=timezone.now(), to_learner=True)
    mark = getattr(application, "mark", None) if course.state == CourseState.FINISHED else None
    return render(
        request,
        "exchange/my_marks.html",
        {
            "course": course,
            "trail": trails.below_course(course),
            "row": row,
            "cells": list(zip(activities, row.cells, strict=True)),
            "missing": [
                activity
                for activity, cell in zip(activities, row.cells, strict=True)
                if cell.is_overdue or cell.standing == "missing"
            ],
            "lateness": lateness_of(course),
            "mark": mark,
            "grade": grade_of(mark.points, pass_mark=course.pass_mark) if mark else None,
        },
    )
