"""The materials of activities, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from biosint.exchange.models import Material
from biosint.exchange.states import MaterialKind

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Course


def materials_of(activity: Activity) -> list[Material]:
    """Return what stands beside the text of an activity, films with their captions. Two queries."""
    captions = Material.objects.filter(removed_at=None).select_related("file")
    found = activity.materials.filter(removed_at=None).exclude(kind=MaterialKind.CAPTIONS)
    return list(found.select_related("file").prefetch_related(Prefetch("captions", captions)))


def material_numbered(activity: Activity, number: int) -> Material | None:
    """Return a material that stands; None where there is none of this number, or it was removed."""
    return activity.materials.filter(number=number, removed_at=None).select_related("file").first()


def standing_in(course: Course) -> list[Material]:
    """Return the materials of a course that stand, for its checks. Two queries."""
    found = Material.objects.filter(activity__course=course, activity__removed_at=None, removed_at=None)
    return list(found.select_related("activity").prefetch_related("captions").defer("activity__text"))
