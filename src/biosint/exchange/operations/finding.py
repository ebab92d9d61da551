"""The words under which courses are found. They follow from the course and are never edited."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation

from biosint.exchange.models import Course, SearchWord
from biosint.shared.blocks import plain_text
from biosint.shared.folding import folded_words
from biosint.shared.subjects import subject_name

MOST_WORDS = 600


def words_of(course: Course) -> list[str]:
    """Return the folded words of title, keywords, subject (in every language), institutions, outcomes, summary."""
    parts = [course.title, *course.keywords, *_names_of(course.subject)]
    for part in course.participations.select_related("institution"):
        parts += [part.institution.name, part.institution.short_name, part.institution.city]
    parts += [str(outcome.get("text", "")) for outcome in course.outcomes]
    parts.append(plain_text(course.summary))
    for words in course.wordings.all():
        parts += [words.title, *(str(outcome) for outcome in words.outcomes), plain_text(words.summary)]
    return folded_words(" ".join(parts))[:MOST_WORDS]


def _names_of(subject: str) -> list[str]:
    names = []
    for code, _name in settings.LANGUAGES if subject else ():
        with translation.override(code):
            names.append(subject_name(subject))
    return names


@transaction.atomic
def index_words(course: Course) -> bool:
    """Bring the words of a course up to date; called by every operation that changes what it is. True: they changed."""
    wanted = set(words_of(course))
    known = set(course.search_words.values_list("word", flat=True))
    course.search_words.filter(word__in=known - wanted).delete()
    # Two who edit at once want the same word: it stands once.
    SearchWord.objects.bulk_create(
        [SearchWord(course=course, stem=word[:3], word=word) for word in sorted(wanted - known)],
        ignore_conflicts=True,
    )
    return wanted != known


def index_all() -> int:
    """Bring the words of all courses up to date, one by one, and return how many changed.

    Names of institutions, and of subjects in a new catalogue of translations, change without the course.
    """
    return sum(index_words(course) for course in Course.objects.order_by("pk").iterator(chunk_size=200))
