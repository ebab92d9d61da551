"""What one person has done on the plans of courses, for their own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from biosint.exchange.models import CalendarFeed, OpenTemplate, PlanChange, PlanVersion

if TYPE_CHECKING:
    from biosint.people.api import Person


def plan_work(person: Person) -> Iterator[dict[str, Any]]:
    """Yield changes, kept versions, templates and calendar addresses. Of an address only that there is one: it is a key."""
    for change in PlanChange.objects.filter(changed_by=person).select_related("course"):
        yield {
            "course": change.course.title,
            "changed_at": change.changed_at,
            "what": change.what,
            "title": change.title,
            "fields": change.fields,
        }
    for version in PlanVersion.objects.filter(kept_by=person).select_related("course").defer("steps"):
        yield {"course": version.course.title, "kept_at": version.kept_at, "version": version.name}
    for template in OpenTemplate.objects.filter(published_by=person).defer("steps"):
        yield {
            "open_template": template.title,
            "published_at": template.published_at,
            "licence": template.licence,
            "withdrawn_at": template.withdrawn_at,
        }
    for feed in CalendarFeed.objects.filter(person=person).select_related("course"):
        yield {"course": feed.course.title, "calendar_address_since": feed.made_at}
