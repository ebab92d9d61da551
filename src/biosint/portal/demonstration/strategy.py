"""Two faculties write their strategy; one adopts it twice, one still discusses."""

from __future__ import annotations

from datetime import datetime, timedelta

from biosint.portal.demonstration.world import World
from biosint.strategies import api as strategies
from biosint.strategies.api import DocumentKind, DocumentState

FIRST_FIGURES = {
    "[years]": "four years",
    "[date]": "the first project spring",
    "[number] students": "312 students",
    "[number] staff": "41 staff",
    "- [finding, with its figure]\n- [finding, with its figure]": (
        "- Most students want an international experience, but only one in six expects to travel.\n"
        "- Teachers name workload, not language, as the first obstacle."
    ),
    "[figure]": "38",
    "[dimension]": "teaching with partners",
    "By [year], every programme has at least [number] ECTS": "By the end of the project, every programme has at least 6 ECTS",
    "By [year], every student": "By the end of the project, every student",
    "By [year], credit": "From the next academic year, credit",
    "[number] syllabi": "four syllabi",
    "[number] courses": "two courses",
    "[number] teachers": "ten teachers",
    "Hours of teachers and facilitators: [number] a year. Money: [amount] a year. Source: [budget line].": (
        "About 320 hours of teachers and facilitators a year, counted in their workload. No travel money is needed."
    ),
    "[month]": "October",
}


def _filled(text: str) -> str:
    for gap, words in FIRST_FIGURES.items():
        text = text.replace(gap, words)
    return text


def tell(world: World) -> None:
    _adopted_twice(world)
    _before_the_council(world)
    _protocol(world)


def _adopted_twice(world: World) -> None:
    institution, writer, dean = world.institution("cacak"), world.coordinator("cacak"), world.dean("cacak")
    at = world.month(9)
    template = strategies.supplied_text("iah-strategy", "en")
    document = strategies.begin(
        institution=institution,
        kind=DocumentKind.STRATEGY,
        title="Strategy for internationalisation at home",
        language="en",
        text=template,
        by=writer,
        at=at,
    )
    first = _filled(template)
    strategies.write_version(
        document_id=document.pk,
        text=first,
        what_changed="Figures of our situation analysis entered.",
        based_on=1,
        by=writer,
        at=at + timedelta(days=12),
    )
    _decide(document.pk, "02-114/7", world, "cacak", at + timedelta(days=40))
    second = first.replace("two courses a year", "four courses a year").replace(
        "- **Students.** Each international student and each guest in a course has a buddy.",
        "- **Students.** Each international student and each guest in a course has a buddy. "
        "Buddies get one elective ECTS for a full term.\n"
        "- **Clinics.** Each course has one clinical case that no country’s guideline solves alone.",
    )
    strategies.write_version(
        document_id=document.pk,
        text=second,
        what_changed="After two years: more courses, credit for buddies, clinical cases.",
        based_on=2,
        by=dean,
        at=world.month(27),
    )
    _decide(document.pk, "02-208/3", world, "cacak", world.month(28))
    world.kept["strategy"] = document


def _decide(document_id: int, reference: str, world: World, key: str, at: datetime) -> None:
    strategies.move(document_id=document_id, to=DocumentState.REVIEW, by=world.coordinator(key), at=at)
    strategies.adopt(
        document_id=document_id,
        body="Teaching and Scientific Council",
        reference=reference,
        decided_date=at.date(),
        by=world.dean(key),
        at=at + timedelta(hours=3),
    )


def _before_the_council(world: World) -> None:
    document = strategies.begin(
        institution=world.institution("zvornik"),
        kind=DocumentKind.STRATEGY,
        title="Стратегија интернационализације код куће",
        language="sr",
        text=strategies.supplied_text("iah-strategy", "sr"),
        by=world.coordinator("zvornik"),
        at=world.month(30),
    )
    strategies.move(
        document_id=document.pk,
        to=DocumentState.REVIEW,
        by=world.coordinator("zvornik"),
        at=world.month(30, day=20),
    )


def _protocol(world: World) -> None:
    at = world.month(14)
    for key, reference in (("pogradec", "17/2"), ("mechelen", "FR-31")):
        text = strategies.supplied_text("guest-protocol", "en").replace(
            "[number] working days", "five working days"
        )
        document = strategies.begin(
            institution=world.institution(key),
            kind=DocumentKind.PROTOCOL,
            title="Protocol for guests in courses run from home",
            language="en",
            text=text.replace("[number] years", "five years"),
            by=world.administrator(key),
            at=at,
        )
        _decide(document.pk, reference, world, key, at + timedelta(days=20))
