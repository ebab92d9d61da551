"""A course in the words of schema.org, so that search engines of the web find it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from biosint.exchange.models import Course
from biosint.exchange.states import CourseState
from biosint.shared.blocks import plain_text
from biosint.shared.languages import TAGS
from biosint.shared.subjects import URI, subject_name

# A data block inside HTML must not be able to end its own element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def address_of(course: Course) -> str:
    """Return the full, canonical address of a course."""
    return settings.SITE_URL.rstrip("/") + reverse("exchange:course", args=[course.slug])


def course_json(course: Course) -> SafeString:
    """Return JSON-LD of a published course, safe inside ``<script type="application/ld+json">``.

    Source: schema.org Course, CourseInstance, Offer; the fields that search engines ask of a course list.
    """
    text = json.dumps(described(course), ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 -- JSON with every character of markup escaped above


def described(course: Course) -> dict[str, Any]:
    """Return a course as schema.org describes one; what is not known is left out."""
    address = address_of(course)
    language = TAGS.get(course.language, (course.language,))[0]
    found = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "identifier": str(course.public_id),
        "name": course.title,
        "description": plain_text(course.summary),
        "url": address,
        "inLanguage": language,
        "provider": [
            {"@type": "CollegeOrUniversity", "name": part.institution.name}
            for part in course.participations.all()
        ],
        "teaches": [outcome["text"] for outcome in course.outcomes],
        "keywords": course.keywords,
        "about": _about(course),
        "educationalLevel": "Higher education",
        "educationalCredentialAwarded": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "micro-credential",
        },
        "coursePrerequisites": f"{language} {course.level} (CEFR)",
        "isAccessibleForFree": True,
        "numberOfCredits": {
            "@type": "StructuredValue",
            "value": float(course.ects),
            "unitText": "ECTS",
        },
        "timeRequired": f"PT{course.workload_hours}H",
        "offers": _offer(course, address),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "@id": f"{address}#run",
            "courseMode": "online",
            "startDate": course.start_date.isoformat(),
            "endDate": course.end_date.isoformat(),
            "courseWorkload": f"PT{course.workload_hours}H",
            "inLanguage": language,
            "location": {"@type": "VirtualLocation", "url": address},
            "offers": _offer(course, address),
        },
    }
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _about(course: Course) -> dict[str, str] | None:
    if not course.subject:
        return None
    return {
        "@type": "DefinedTerm",
        "termCode": course.subject,
        "name": subject_name(course.subject),
        "inDefinedTermSet": "ISCED-F 2013",
        "url": URI + course.subject,
    }


def _offer(course: Course, address: str) -> dict[str, Any]:
    is_open = course.state == CourseState.OPEN and timezone.localdate() <= course.apply_until_date
    return {
        "@type": "Offer",
        "category": "Free",
        "price": 0,
        "priceCurrency": "EUR",
        "url": address,
        "availability": f"https://schema.org/{'InStock' if is_open else 'SoldOut'}",
        "validThrough": course.apply_until_date.isoformat(),
    }
