"""A course in the words of schema.org, so that search engines of the web find it."""

from __future__ import annotations

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from biosint.exchange.models import Course

# A data block inside HTML must not be able to end its own element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def course_json(course: Course) -> SafeString:
    """Return JSON-LD of a published course, safe inside ``<script type="application/ld+json">``."""
    described = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "description": course.summary,
        "url": settings.SITE_URL.rstrip("/") + reverse("exchange:course", args=[course.slug]),
        "inLanguage": course.language,
        "provider": [
            {"@type": "CollegeOrUniversity", "name": part.institution.name}
            for part in course.participations.all()
        ],
        "teaches": [outcome["text"] for outcome in course.outcomes],
        "numberOfCredits": {
            "@type": "StructuredValue",
            "value": float(course.ects),
            "unitText": "ECTS",
        },
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "startDate": course.start_date.isoformat(),
            "endDate": course.end_date.isoformat(),
            "courseWorkload": f"PT{course.workload_hours}H",
        },
    }
    text = json.dumps(described, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 -- JSON with every character of markup escaped above
