"""What courses and activities say in the language of who reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import translation

from biosint.exchange.models import Activity, ActivityWords, Course
from biosint.shared.words import NEAR, Words, in_language

LANGUAGES = ("en", "sr", "bs", "cnr", "hr", "sq", "ro", "nl")
"""Languages into which the texts of a course may be translated. Serbian is written once, for both scripts."""


@dataclass(frozen=True)
class Said:
    """An activity in one language.

    Attributes:
        languages: codes in which it can be read, its own first.
    """

    title: Words
    text: Words
    languages: tuple[str, ...]


@dataclass(frozen=True)
class CourseSaid:
    """A course in one language; ``outcomes`` in the order of the course's own."""

    title: Words
    summary: Words
    outcomes: tuple[Words, ...]
    languages: tuple[str, ...]


def plain(code: str) -> str:
    """Return the code under which texts are kept: Serbian in either script is one language."""
    return "sr" if code.lower().startswith("sr") else code.lower()


def is_read_as_written(course: Course, code: str | None = None) -> bool:
    """Whether the course's own texts are what the reader wants, so that no translation is looked for."""
    return plain(code or translation.get_language() or "en") == plain(course.language)


def _said(own: str, language: str, others: Iterable[tuple[str, str]], code: str | None) -> Words:
    """Return a text in the reader's language, else in one they understand, else as it was written."""
    code = (code or translation.get_language() or "en").lower()
    known = dict(others) | {plain(language): own}
    for near in (code, *NEAR.get(plain(code), ()), language):
        if text := known.get(plain(near)):
            found = in_language({plain(near): text}, near)
            return Words(found.text, found.lang, is_fallback=near != code)
    return in_language({plain(language): own}, language)


def rows_of(course: Course) -> Iterable[tuple[int, str, int]]:
    """Return what is translated: key of the activity, language, version that was translated."""
    return ActivityWords.objects.filter(activity__course=course).values_list(
        "activity_id", "language", "of_version"
    )


def said_of(activity: Activity, code: str | None = None) -> Said:
    """Return title and text of an activity for a reader (one query)."""
    language = activity.course.language
    rows = list(activity.wordings.all())
    return Said(
        title=_said(activity.title, language, ((row.language, row.title) for row in rows), code),
        text=_said(activity.text, language, ((row.language, row.text) for row in rows), code),
        languages=(plain(language), *(row.language for row in rows)),
    )


def titles_of(course: Course, code: str | None = None) -> Mapping[int, Words]:
    """Return the titles of activities for a reader, by key; one that is missing reads as it was written.

    One query, and none for who reads the course's own language.
    """
    if is_read_as_written(course, code):
        return {}
    rows: dict[int, list[tuple[str, str]]] = {}
    found = ActivityWords.objects.filter(activity__course=course).order_by("activity")
    for key, language, title in found.values_list("activity_id", "language", "title"):
        rows.setdefault(key, []).append((language, title))
    said = {key: _said("", course.language, titles, code) for key, titles in rows.items()}
    return {key: words for key, words in said.items() if words.text}


def course_said(course: Course, code: str | None = None) -> CourseSaid:
    """Return title, summary and outcomes of a course for a reader (one query)."""
    rows = list(course.wordings.all())
    return CourseSaid(
        title=_said(course.title, course.language, ((row.language, row.title) for row in rows), code),
        summary=_said(course.summary, course.language, ((row.language, row.summary) for row in rows), code),
        outcomes=tuple(
            _said(
                outcome["text"],
                course.language,
                ((row.language, row.outcomes[at]) for row in rows if at < len(row.outcomes)),
                code,
            )
            for at, outcome in enumerate(course.outcomes)
        ),
        languages=(plain(course.language), *(row.language for row in rows)),
    )
