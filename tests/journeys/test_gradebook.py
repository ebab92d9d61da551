"""A teacher reads the grade book, a learner their own marks on a phone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from browser import Visitor
from clock import DAY, NOON
from exchange.cast import running
from factories import ActivityFactory, MarkFactory, ProgressFactory, ScoreFactory
from factories.gradebook import ExcuseFactory, LateRuleFactory, LocalScaleFactory, MarkingPlanFactory


def test_the_book_its_rules_and_a_learners_marks(
    desktop: Visitor, phone: Visitor, axe: Callable[[Any], None]
) -> None:
    cast, learners, _team = running()
    LateRuleFactory(course=cast.course)
    LocalScaleFactory(institution=cast.host)
    titles = ("Guidelines compared", "Reflection", "Test on resistance", "Case report of the team", "Poster")
    activities = [
        ActivityFactory(course=cast.course, weight=20, title=title, due_at=NOON) for title in titles
    ]
    MarkingPlanFactory(activity=activities[0], released_at=NOON, released_by=cast.teacher)
    for number, learner in enumerate(learners):
        for step, activity in enumerate(activities[: 4 - number]):
            ProgressFactory(
                activity=activity, application=learner, handed_in_at=NOON + step * DAY, is_late=step > 0
            )
            if step != 1:
                ScoreFactory(
                    activity=activity,
                    application=learner,
                    points=Decimal(60 + 9 * number),
                    comment="Clear and well argued.",
                )
    ExcuseFactory(activity=activities[4], application=learners[0])
    MarkFactory(application=learners[0], points=71)
    slug = cast.course.slug

    desktop.sign_in(cast.teacher)
    for name, arguments in (
        ("gradebook", [slug]),
        ("book_rules", [slug]),
        ("book_learner", [slug, activities[3].pk, learners[0].pk]),
        ("rubrics", [slug]),
        ("new_rubric", [slug]),
        ("local_grades", [slug]),
    ):
        page = desktop.visit(reverse(f"exchange:{name}", args=arguments))
        axe(page)
    phone.sign_in(learners[0].learner)
    own = phone.visit(reverse("exchange:my_marks", args=[slug]))
    axe(own)

    assert own.get_by_text("Clear and well argued.").count() == 3
    assert own.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
