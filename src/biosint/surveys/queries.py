from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Count, Max, Q, QuerySet

from biosint.surveys import rules
from biosint.surveys.definitions import Definition, parse
from biosint.surveys.instruments import scores
from biosint.surveys.library import Entry, read_entry
from biosint.surveys.models import (
    AnswerSet,
    AskedGroup,
    KeptInstrument,
    Questionnaire,
    Submission,
    Ticket,
    Version,
)
from biosint.surveys.translations import skeleton

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    import numpy.typing as npt

    from biosint.people.models import Person


@lru_cache(maxsize=1)
def supplied_templates() -> dict[str, dict[str, Any]]:
    """Return the questionnaires that come with the platform: name -> content."""
    folder = resources.files("biosint.surveys") / "templates_supplied"
    return {
        entry.name.removesuffix(".yaml"): yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    }


@lru_cache(maxsize=16)
def supplied_definition(template: str) -> Definition:
    return parse(supplied_templates()[template])


@lru_cache(maxsize=1)
def supplied_instruments() -> dict[str, Entry]:
    """Return the instruments that come with the platform: code -> entry of the library."""
    folder = resources.files("biosint.surveys") / "instruments_supplied"
    found = [
        read_entry(yaml.safe_load(entry.read_text(encoding="utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml") and entry.name != "references.yaml"
    ]
    return {entry.instrument.code: entry for entry in found}


@lru_cache(maxsize=1)
def course_frame() -> dict[str, Any]:
    """Return what stands around an instrument when a course asks its learners."""
    file = resources.files("biosint.surveys") / "frames_supplied" / "course.yaml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def published_instruments() -> list[dict[str, Any]]:
    """Return instruments published by others, by name, licence and source alone."""
    references = resources.files("biosint.surveys") / "instruments_supplied" / "references.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(references.read_text(encoding="utf-8"))
    return found


def kept_instruments_for(person: Person) -> QuerySet[KeptInstrument]:
    """Return every version of the instruments that a person's institutions keep."""
    found = KeptInstrument.objects.select_related("institution", "kept_by")
    if person.is_staff:
        return found
    return found.filter(institution__in=person.institutions_as(*rules.COLLEAGUES))


def questionnaires_for(person: Person) -> QuerySet[Questionnaire]:
    """Return the questionnaires a person may see, with how many versions are published."""
    seen = Questionnaire.objects.filter(rules.viewable_by(person)).values("pk")
    return (
        Questionnaire.objects.filter(pk__in=seen)
        .select_related("institution")
        .annotate(published=Count("versions", filter=Q(versions__published_at__isnull=False)))
        .order_by("-created_at", "-pk")
    )


def published_versions_for(person: Person) -> QuerySet[Version]:
    """Return the versions a person may ask people with, the latest of each questionnaire first."""
    return (
        Version.objects.filter(
            published_at__isnull=False, questionnaire__in=questionnaires_for(person).values("pk")
        )
        .select_related("questionnaire")
        .order_by("-questionnaire__created_at", "questionnaire", "-number")
    )


def answer_sets_for(person: Person) -> QuerySet[AnswerSet]:
    """Return the answer sets whose results a person may read."""
    seen = AnswerSet.objects.filter(rules.results_readable_by(person)).values("pk")
    return AnswerSet.objects.filter(pk__in=seen, is_complete=True).select_related("owner", "version")


def collections_to_correct(version: Version, *, at: datetime) -> list[AnswerSet]:
    """Return the collections, open or planned, that ask the same questions in earlier words."""
    if not version.is_published:
        return []
    running = AnswerSet.objects.filter(
        version__questionnaire=version.questionnaire_id,
        version__number__lt=version.number,
        token__isnull=False,
        closes_at__gt=at,
        is_complete=True,
    ).select_related("version", "owner")
    asked = skeleton(version.content)
    return [found for found in running if found.version and skeleton(found.version.content) == asked]


def counts_by_institution(answer_set: AnswerSet) -> dict[int | None, int]:
    """Return how many answers came, per institution (key); None for those without one."""
    rows = (
        Submission.objects.filter(answer_set=answer_set)
        .order_by()
        .values("institution_id")
        .annotate(count=Count("pk"))
    )
    return {row["institution_id"]: row["count"] for row in rows}


def counts_by_group(answer_set: AnswerSet) -> dict[tuple[int | None, int | None], int]:
    """Return how many answers came, per institution and target group (keys)."""
    rows = (
        Submission.objects.filter(answer_set=answer_set)
        .order_by()
        .values_list("institution_id", "group_id")
        .annotate(count=Count("pk"))
    )
    return {(institution, group): count for institution, group, count in rows}


def counts_by_day(answer_set: AnswerSet) -> list[tuple[date, int]]:
    """Return how many answers came on each day that had any, in order."""
    rows = Submission.objects.filter(answer_set=answer_set).order_by("received_date")
    return list(rows.values_list("received_date").annotate(count=Count("pk")))


def tickets_by_group(answer_set: AnswerSet) -> dict[tuple[int, int | None], int]:
    """Return how many tickets were given out, per institution and target group (keys)."""
    rows = (
        Ticket.objects.filter(asked__answer_set=answer_set)
        .order_by()
        .values_list("asked__institution_id", "group_id")
        .annotate(count=Count("pk"))
    )
    return {(institution, group): count for institution, group, count in rows}


def state_of_answers(answer_set: AnswerSet) -> tuple[int, int]:
    """Return number and last key of a set's answers; submissions never change, so both tell any change."""
    found = answer_set.submissions.aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0


def groups_of(answer_set: AnswerSet) -> list[AskedGroup]:
    """Return the target groups of every institution asked, in the order of the page.

    In results the group of an answer is a column like ``institution``, under the reserved code
    ``group``; groups of several institutions that share a code are one answer of that column.
    """
    return list(
        AskedGroup.objects.filter(asked__answer_set=answer_set)
        .select_related("asked__institution")
        .order_by("place", "asked__institution__name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who answered both times, as far as the codes tell: positions of rows that belong together.

    ``before[i]`` and ``after[i]`` are the same person; positions count the submissions of a set by key,
    as the columns of results do. Codes that several people share are never guessed at: their rows
    are counted as doubled and pair with nobody.
    """

    before: npt.NDArray[np.intp]
    after: npt.NDArray[np.intp]
    unmatched_before: int  # a code of their own, but no answer after
    unmatched_after: int
    doubled_before: int  # rows whose code stands in the set more than once
    doubled_after: int
    without_before: int  # no code
    without_after: int


def pairs_between(before_set: AnswerSet, after_set: AnswerSet) -> Pairs:
    """Match the answers of two sets by the pairing codes of the people, unique on both sides only.

    Sets of two consortia never match: their codes are fingerprinted apart.
    """
    import numpy as np

    def codes_of(answer_set: AnswerSet) -> npt.NDArray[np.str_]:
        rows = Submission.objects.filter(answer_set=answer_set).order_by("pk")
        return np.array(list(rows.values_list("pairing", flat=True)), dtype="U64")

    def read(codes: npt.NDArray[np.str_]) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.intp], int, int]:
        """Return the codes that stand once, their rows, and how many rows are doubled and without a code."""
        words, first, count = np.unique(codes, return_index=True, return_counts=True)
        once = (count == 1) & (words != "")
        doubled = int(count[(count > 1) & (words != "")].sum())
        return words[once], first[once], doubled, int((codes == "").sum())

    first_codes, first_rows, doubled_before, without_before = read(codes_of(before_set))
    later_codes, later_rows, doubled_after, without_after = read(codes_of(after_set))
    _both, in_first, in_later = np.intersect1d(
        first_codes, later_codes, assume_unique=True, return_indices=True
    )
    return Pairs(
        before=first_rows[in_first],
        after=later_rows[in_later],
        unmatched_before=len(first_rows) - len(in_first),
        unmatched_after=len(later_rows) - len(in_later),
        doubled_before=doubled_before,
        doubled_after=doubled_after,
        without_before=without_before,
        without_after=without_after,
    )


def scores_of(answer_set: AnswerSet) -> dict[str, npt.NDArray[np.float64]]:
    """Return every score of every person who answered: score code -> shape ``(people,)``, by key of the answer.

    Points of the instrument; ``nan`` where a person answered too few of its items.
    """
    import numpy as np

    rows = list(
        Submission.objects.filter(answer_set=answer_set).order_by("pk").values_list("answers", flat=True)
    )
    found: dict[str, npt.NDArray[np.float64]] = {}
    for instrument in answer_set.instruments:
        points = {
            item: np.array([row.get(item, np.nan) for row in rows], dtype=np.float64)
            for item in instrument.items
        }
        found |= scores(instrument, points)
    return found
