"""What others found, what the faculties agree on, and the report that tells it all. The sources are real."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from biosint.consortium import api as consortia
from biosint.consortium.api import Consortium
from biosint.indicators import api as indicators
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.api import (
    Bearing,
    FindingFacts,
    Grade,
    Pairing,
    Reference,
    Side,
    SourceFacts,
    Workshop,
)

LEADER = "cacak"
# Source, then what was found there: words, theme, countries, bearing, the two grades.
READ: tuple[tuple[Reference, str, tuple[tuple[str, str, tuple[str, ...], Bearing, str], ...]], ...] = (
    (
        Reference(
            title="Redefining internationalization at home",
            kind="book",
            authors="Beelen, Jos; Jones, Elspeth",
            year=2015,
            published_in="The European Higher Education Area. Springer",
            doi="10.1007/978-3-319-20877-0_5",
            language="en",
        ),
        "NL",
        (
            (
                "Learning at home is meant for every student, in the formal and in the informal curriculum; courses in English for a few do not make it.",
                "strategy",
                (),
                Bearing.OPPORTUNITY,
                "CB",
            ),
        ),
    ),
    (
        Reference(
            title="Becoming Europeans: the relationship between student exchanges in higher education, European citizenship and a sense of European identity",
            kind="article",
            authors="Van Mol, Christof",
            year=2018,
            published_in="Innovation: The European Journal of Social Science Research",
            doi="10.1080/13511610.2018.1495064",
            language="en",
        ),
        "",
        (
            (
                "Asked before and after and set beside a comparison group (400 people), students who went abroad did not feel more European afterwards. An exchange alone does not change identity.",
                "learning",
                (),
                Bearing.THREAT,
                "BB",
            ),
        ),
    ),
    (
        Reference(
            title="Language, culture and international exchange of virtual patients",
            kind="article",
            authors="Muntean, Valentin; Calinici, Tudor; Tigan, Stefan; Fors, Uno GH",
            year=2013,
            published_in="BMC Medical Education",
            doi="10.1186/1472-6920-13-21",
            language="en",
        ),
        "RO",
        (
            (
                "Medical students solved virtual patients as well in English as in Romanian (136 and 144 students): cases can be shared across borders without translating them first.",
                "learning",
                ("RO",),
                Bearing.OPPORTUNITY,
                "BB",
            ),
        ),
    ),
    (
        Reference(
            title="Frameworks for the assessment of quality in internationalisation",
            kind="report",
            authors="European Consortium for Accreditation",
            year=2015,
            url="https://ecahe.eu",
            language="en",
        ),
        "",
        (
            (
                "Agencies look at a programme and at an institution separately, on four steps from unsatisfactory to excellent. Who keeps evidence by programme is ready for both.",
                "evidence",
                (),
                Bearing.OPPORTUNITY,
                "CC",
            ),
        ),
    ),
)
OWN_STATEMENTS = (
    (Side.STRENGTH, "Faculties of four health professions work in one consortium."),
    (Side.THREAT, "Money for the project ends before habits are formed."),
)
PEOPLE = 23

WORDS = {
    "introduction": (
        "Few students of health professions in the region study abroad: money, family and doubts about recognition keep "
        "them at home. Internationalisation at home promises what mobility gives to a few to all. Whether faculties are "
        "ready for it, and whether anything changes once they begin, has seldom been measured in the same way at "
        "several of them.\n\nWe asked what students, teachers and deans of nine faculties can do, wish and miss, and what two "
        "years of common courses changed."
    ),
    "setting": (
        "Nine faculties of medicine, dentistry, pharmacy and nursing in six countries took part. Every student and every "
        "teacher was invited by a link and by posters; nobody got anything for answering. The ethics board of the "
        "coordinating faculty agreed before the first wave (invented for this demonstration)."
    ),
    "discussion": (
        "Support and language go along with the wish to leave, and the wish to leave goes along with the wish to learn "
        "with others from home: learning at home does not compete with mobility.\n\nStudents who took part changed more than "
        "others, in what they trust themselves to do online and in what they think of it. They chose to take part, so that "
        "something else may have moved both."
    ),
    "conclusions": (
        "Say early which credits count. Offer help with English of the field. Begin with short courses in the evening. "
        "Ask again in two years, with the same questions and the same code."
    ),
    "declarations": "Everything in this report is invented for the demonstration of the platform, except the sources.",
}


def tell(world: World) -> None:
    """Tell this chapter."""
    project = consortia.current_consortium()
    if project is None:
        raise LookupError("The chapter on the consortium comes before the report on the situation.")
    _research(world, project)
    world.kept["workshop"] = workshop = _workshop(world, project)
    _report(world, project, workshop)


def _research(world: World, project: Consortium) -> None:
    writer, second = world.coordinator(LEADER), world.quality("mechelen")
    at = world.month(29, day=2)
    known = {theme.code for theme in situation.themes_of(project)}
    for reference, country, findings in READ:
        facts = SourceFacts(reference, country=country, read_date=at.date())
        source = situation.add_source(consortium=project, facts=facts, by=writer, at=at)
        for text, theme, countries, bearing, grades in findings:
            finding = situation.write_finding(
                source_id=source.pk,
                facts=FindingFacts(
                    text, theme if theme in known else min(known, default=theme), countries, bearing=bearing
                ),
                by=writer,
                at=at,
            )
            for grade, person in zip(grades, (writer, second), strict=True):
                situation.grade(finding_id=finding.pk, grade=Grade(grade), because="", by=person, at=at)
            situation.publish_finding(finding_id=finding.pk, by=writer, at=at)


def _workshop(world: World, project: Consortium) -> Workshop:
    leader, at = world.coordinator(LEADER), world.month(29, day=14)
    workshop = situation.begin_workshop(
        consortium=project,
        institution=None,
        title="Where we stand after two years",
        language="en",
        by=leader,
        at=at,
    )
    situation.propose(workshop_id=workshop.pk, by=leader, at=at)
    taken: dict[str, list[int]] = {side.value: [] for side in Side}
    for statement in workshop.statements.order_by("pk"):
        if len(taken[statement.side]) < 4:
            situation.move_statement(
                statement_id=statement.pk, to=situation.StatementState.KEPT, by=leader, at=at
            )
            taken[statement.side].append(statement.pk)
    for side, text in OWN_STATEMENTS:
        added = situation.add_statement(workshop_id=workshop.pk, side=side, text=text, by=leader, at=at)
        taken[side.value].append(added.pk)
    vote = situation.open_vote(
        workshop_id=workshop.pk, dots=3, most_on_one=2, is_hidden=True, by=leader, at=at + timedelta(hours=1)
    )
    dice = random.Random("workshop 2027")
    for seat in range(PEOPLE):
        dots: dict[int, int] = {}
        for keys in taken.values():
            for key in dice.sample(keys, min(3, len(keys))):
                dots[key] = 1
        situation.cast(vote_id=vote.pk, seat=f"demonstration-{seat}", dots=dots)
    situation.close_vote(vote_id=vote.pk, by=leader, at=at + timedelta(hours=2))
    _options(world, workshop, taken)
    return workshop


def _options(world: World, workshop: Workshop, taken: dict[str, list[int]]) -> None:
    leader, at = world.coordinator(LEADER), world.month(29, day=15)
    pairs = {pairing: (*taken[pairing.value[0]][:2], *taken[pairing.value[1]][:1]) for pairing in Pairing}
    mend = situation.add_option(
        workshop_id=workshop.pk,
        pairing=Pairing.WO,
        text="Bring shared cases into compulsory units first: they need no travel and no translation.",
        statement_ids=pairs[Pairing.WO],
        by=leader,
        at=at,
    )
    situation.add_option(
        workshop_id=workshop.pk,
        pairing=Pairing.ST,
        text="Write joint courses into the study rules of each faculty before the project ends.",
        statement_ids=pairs[Pairing.ST],
        by=leader,
        at=at,
    )
    bank = indicators.current_bank()
    asked = list(indicators.indicators_of(bank)) if bank is not None else []
    situation.add_objective(
        option_id=mend.pk,
        aim=situation.Aim(
            text="Every programme has at least one compulsory unit with an international outcome.",
            target=Decimal(60),
            due_date=world.month(36).date(),
            indicator=next((one for one in asked if one.code == "C2"), None),
            measure="compulsory units with an international outcome",
            unit="%",
        ),
        by=leader,
        at=at,
    )


def _report(world: World, project: Consortium, workshop: Workshop) -> None:
    leader, at = world.coordinator(LEADER), world.month(30, day=3)
    baseline, later, _running = world.kept["index_rounds"]
    # They were closed after that chapter had opened them.
    baseline.refresh_from_db()
    later.refresh_from_db()
    report = situation.begin_report(
        consortium=project,
        institution=None,
        title="Nine faculties learn to be international at home",
        language="en",
        analyses=[world.kept[name] for name in ("student_analysis", "staff_analysis", "later_analysis")],
        of_round=later,
        earlier_round=baseline,
        workshop=workshop,
        by=leader,
        at=at,
    )
    situation.write_report(
        report_id=report.pk,
        title=report.title,
        authors=f"{leader} (Morava Medicine)\n{world.quality('mechelen')} (Dijle Medicine)",
        words=WORDS,
        revision=report.revision,
        by=leader,
        at=at,
    )
    situation.make_paper(report_id=report.pk, by=leader, at=at)
    situation.finalise_report(report_id=report.pk, by=leader, at=world.month(30, day=9))
    world.kept["situation_report"] = situation.publish_report(
        report_id=report.pk, by=leader, at=world.month(30, day=9)
    )
