"""Points of a course as grades of the institutions that take part (ECTS grading tables)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from biosint.exchange.models import Completion, Course, LocalScale, Mark
from biosint.exchange.states import ApplicationState
from iahcalc.marks import GradingTable, Overlap, convert

if TYPE_CHECKING:
    from biosint.institutions.api import Institution

# Below this many people who passed, a place among them says little; it is told wherever a grade is shown.
THIN = 30


@dataclass(frozen=True, slots=True)
class LocalGrade:
    """A course's points as a grade of one institution.

    Attributes:
        grade: the grade by the institution's rule for several that fit.
        highest, lowest: the best and the weakest grade that fit.
        reference: whose grades the institution counted.
        group_size: how many passed the course; the learner's place among them was compared.
        start, end: the place, as shares from the top.
        is_thin: the group is too small to lean on; somebody should look at the grade.
    """

    grade: str
    highest: str
    lowest: str
    reference: str
    group_size: int
    start: float
    end: float
    is_thin: bool


def table_of(scale: LocalScale) -> GradingTable:
    return GradingTable(
        tuple(str(row["grade"]) for row in scale.grades), tuple(int(row["count"]) for row in scale.grades)
    )


def scale_of(institution: Institution) -> LocalScale | None:
    return LocalScale.objects.filter(institution=institution).first()


def scales_in(course: Course) -> dict[int, LocalScale]:
    """Return the scales of the institutions that take part, by institution."""
    parts = course.participations.values("institution")
    return {
        scale.institution_id: scale
        for scale in LocalScale.objects.filter(institution__in=parts).select_related("institution")
    }


def passed_points(course: Course) -> dict[int, int]:
    """Return how many learners passed with each number of points, as the marks stand now."""
    rows = (
        Mark.objects.filter(
            application__course=course,
            application__state=ApplicationState.ADMITTED,
            points__gte=course.pass_mark,
        )
        .order_by()
        .values_list("points")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def converted(points: int, group: Mapping[int, int], scale: LocalScale) -> LocalGrade | None:
    """Return points as a grade of a scale; None where nobody of the group has just these points."""
    if not group.get(points):
        return None
    better = sum(count for other, count in group.items() if other > points)
    size = sum(group.values())
    found = convert((better, better + group[points]), size, table_of(scale), overlap=Overlap(scale.overlap))
    return LocalGrade(
        found.grade,
        found.highest,
        found.lowest,
        scale.reference,
        size,
        found.start,
        found.end,
        is_thin=size < THIN,
    )


def local_grade(completion: Completion, institution: Institution) -> LocalGrade | None:
    """Return a completion's points as a grade of an institution.

    The learner's place among all who completed the course is laid over the institution's grading table
    (ECTS Users' Guide 2015, grade conversion). None while the institution has kept no table.
    """
    scale = scale_of(institution)
    if scale is None:
        return None
    course = completion.application.course_id
    rows = (
        Completion.objects.filter(application__course=course)
        .order_by()
        .values_list("points")
        .annotate(count=Count("pk"))
    )
    return converted(completion.points, dict(rows), scale)
