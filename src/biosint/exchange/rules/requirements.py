"""What a course asks of those who apply, and whether somebody meets it. Each verdict is a sentence for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from biosint.exchange.states import RequirementKind
from biosint.people.api import LanguageLevel, Profession
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Course, Requirement

LADDER = [level.value for level in LanguageLevel]
MOST_QUESTIONS = 2
NO_REASON = _("Tell in one or two sentences why you should have a place all the same.")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who applies has told of themselves. Empty: not told."""

    level: str = ""
    profession: str = ""
    year: int | None = None
    knows: bool = False
    said: dict[int, str] = field(default_factory=dict)  # number of the question -> answer
    reason: str = ""


def asks(requirement: Requirement, course: Course) -> str:
    """Return what is asked, as a sentence that is shown before anybody applies."""
    sentences = {
        RequirementKind.LANGUAGE: format_lazy(
            _("You understand the language of the course at level {level}."), level=course.level
        ),
        RequirementKind.YEAR: format_lazy(
            _("You are in year {year} of your studies, or later."), year=requirement.text
        ),
        RequirementKind.PROFESSION: format_lazy(
            _("You study or work in: {fields}."), fields=_fields_of(course)
        ),
    }
    return str(sentences.get(RequirementKind(requirement.kind), requirement.text))


def _fields_of(course: Course) -> str:
    return ", ".join(str(Profession(code).label) for code in course.for_professions.split())


def meets(requirement: Requirement, course: Course, told: Told) -> Verdict:
    """Whether what somebody has told meets one requirement of the course."""
    text = requirement.text
    is_met, sentence = {
        RequirementKind.LANGUAGE: lambda: (
            bool(told.level) and LADDER.index(told.level) >= LADDER.index(course.level),
            format_lazy(_("The course needs level {level} of its language."), level=course.level),
        ),
        RequirementKind.YEAR: lambda: (
            told.year is not None and told.year >= int(text),
            format_lazy(_("The course is for year {year} of studies and later."), year=text),
        ),
        RequirementKind.PROFESSION: lambda: (
            not course.for_professions or told.profession in course.for_professions.split(),
            format_lazy(_("The course is for: {fields}."), fields=_fields_of(course)),
        ),
        RequirementKind.KNOWLEDGE: lambda: (
            told.knows,
            format_lazy(_("The course builds on this: {text}"), text=text),
        ),
        RequirementKind.QUESTION: lambda: (
            bool(told.said.get(requirement.number, "").strip()),
            format_lazy(_("This question waits for your answer: {text}"), text=text),
        ),
    }[RequirementKind(requirement.kind)]()
    return ALLOWED if is_met else refused(sentence)


def falls_short(
    requirements: Iterable[Requirement], course: Course, told: Told
) -> list[tuple[Requirement, Verdict]]:
    """Return the requirements that are not met, with the sentence that says so."""
    judged = ((one, meets(one, course, told)) for one in requirements)
    return [(one, verdict) for one, verdict in judged if not verdict]


def may_be_considered(requirements: Iterable[Requirement], course: Course, told: Told) -> Verdict:
    """Whoever falls short of a hard requirement cannot apply; of a soft one, they give a reason."""
    missing = falls_short(requirements, course, told)
    for requirement, verdict in missing:
        if requirement.is_hard:
            return refused(
                format_lazy(_("{what} Look at the other courses in the catalogue."), what=verdict.reason)
            )
    if missing and not told.reason.strip():
        return refused(format_lazy("{what} {why}", what=missing[0][1].reason, why=NO_REASON))
    return ALLOWED


def already_told(requirement: Requirement, told: Told) -> bool:
    """Whether a profile can tell of a requirement before the form is filled in."""
    return (requirement.kind == RequirementKind.LANGUAGE and bool(told.level)) or (
        requirement.kind == RequirementKind.PROFESSION and bool(told.profession)
    )
