"""Reads an ELMO file of another institution: which courses it reports. Nothing in the file is trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

NAMESPACE = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
MOST_BYTES = 8 * 1024 * 1024
MOST_COURSES = 200
MOST_ECTS = Decimal(90)


class NotElmo(Exception):
    """The file is no ELMO document, or asks the reader to do more than read."""


@dataclass(frozen=True, slots=True)
class ReportedCourse:
    """One course of a report, as the file says. Texts are plain and cut to what a record holds."""

    number: int
    title: str
    identifier: str = ""
    completed: date | None = None
    ects: Decimal | None = None
    grade: str = ""
    language: str = ""
    is_passed: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    issuer: str
    country: str
    learner: str
    courses: tuple[ReportedCourse, ...] = field(default=())


def read(content: bytes, *, language: str = "en") -> list[Report]:
    """Return the reports of an ELMO file with the courses in them, single parts of a module included.

    Args:
        language: where a name is given in several languages, the one to prefer; English else.

    Raises:
        NotElmo: too large, broken, with entities of its own, or something else.
    """
    from defusedxml.ElementTree import ParseError, fromstring

    if len(content) > MOST_BYTES:
        raise NotElmo("too large")
    try:
        # Entities of its own, and anything fetched from elsewhere, are refused with the whole file.
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as fault:
        raise NotElmo(str(fault)) from fault
    if root.tag != f"{{{NAMESPACE}}}elmo":
        raise NotElmo("another kind of XML")
    learner = " ".join(
        _text(root, f"learner/{part}")
        for part in ("givenNames", "familyName")
        if _text(root, f"learner/{part}")
    )
    reports = []
    number = 0
    for report in root.iterfind(_path("report")):
        courses = []
        for found in report.iter(_path("learningOpportunitySpecification")):
            # A degree or module is told by its parts; what has no credits of its own is a heading.
            credit = _ects(found)
            if credit is None or (
                found.find(_path("hasPart")) is not None and _text(found, "type") != "Course"
            ):
                continue
            number += 1
            if number > MOST_COURSES:
                raise NotElmo("more courses than anybody takes")
            courses.append(_course(found, number, credit, language))
        reports.append(
            Report(
                issuer=_worded(report, "issuer/title", language)[:250],
                country=_text(report, "issuer/country")[:2].upper(),
                learner=learner[:250],
                courses=tuple(courses),
            )
        )
    if not reports:
        raise NotElmo("no report")
    return reports


def _path(path: str) -> str:
    return "/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/"))


def _text(above: Any, path: str) -> str:
    found = above.find(_path(path))
    return " ".join((found.text or "").split()) if found is not None else ""


def _worded(above: Any, path: str, language: str) -> str:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    named = {
        (found.get(lang) or "").split("-")[0]: " ".join((found.text or "").split())
        for found in above.iterfind(_path(path))
    }
    return named.get(language) or named.get("en") or next(iter(named.values()), "")


def _instance(path: str) -> str:
    return f"specifies/learningOpportunityInstance/{path}"


def _ects(found: Any) -> Decimal | None:
    for credit in found.iterfind(_path(_instance("credit"))):
        if _text(credit, "scheme").casefold() != "ects":
            continue
        try:
            value = Decimal(_text(credit, "value"))
        except InvalidOperation:
            continue
        if value.is_finite() and 0 < value <= MOST_ECTS:
            return value.quantize(Decimal("0.1"))
    return None


def _course(found: Any, number: int, ects: Decimal, language: str) -> ReportedCourse:
    return ReportedCourse(
        number=number,
        title=(_worded(found, "title", language) or _text(found, "identifier") or "–")[:250],
        identifier=_text(found, "identifier")[:80],
        completed=_date(_text(found, _instance("date"))),
        ects=ects,
        grade=_text(found, _instance("resultLabel"))[:80],
        language=_text(found, _instance("languageOfInstruction"))[:10],
        is_passed=_text(found, _instance("status")) in {"", "passed"},
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
