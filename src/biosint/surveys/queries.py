from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Count, Max, Q, QuerySet

from biosint.surveys import rules
from biosint.surveys.definitions import Definition, parse
from biosint.surveys.models import AnswerSet, AskedGroup, Questionnaire, Submission, Version

if TYPE_CHECKING:
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


def counts_by_institution(answer_set: AnswerSet) -> dict[int | None, int]:
    """Return how many answers came, per institution (key); None for those without one."""
    rows = (
        Submission.objects.filter(answer_set=answer_set)
        .order_by()
        .values("institution_id")
        .annotate(count=Count("pk"))
    )
    return {row["institution_id"]: row["count"] for row in rows}


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
