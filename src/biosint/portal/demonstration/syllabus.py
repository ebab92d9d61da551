"""One unit at each faculty, before and after it became international; one version still waits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from biosint.curriculum import api as curriculum
from biosint.curriculum.api import Degree, IocDimension, WrittenOutcome
from biosint.portal.demonstration.world import World

SYSTEMS, LANGUAGES, TEAMWORK = IocDimension.SYSTEMS, IocDimension.LANGUAGES, IocDimension.TEAMWORK
ETHICS, DIGITAL, EVIDENCE = IocDimension.ETHICS, IocDimension.DIGITAL, IocDimension.EVIDENCE
Outcomes = tuple[tuple[str, tuple[IocDimension, ...]], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A unit and its two versions."""

    programme: str
    degree: Degree
    field: str
    code: str
    title: str
    ects: str
    language: str
    summary: str
    before: tuple[str, str, Outcomes]  # international credits, how students learn, outcomes
    after: tuple[str, str, Outcomes]
    month: int  # of the project, in which the second version was approved


UNITS: dict[str, Told] = {
    "cacak": Told(
        "Medicine", Degree.INTEGRATED, "medicine", "MED412", "Infectious diseases", "6", "en",
        "How infections arise, spread and are treated, from the ward to the region.",
        ("0", "Lectures, seminars and work on the ward.", (
            ("describe the common infections of the region", ()),
            ("choose an antimicrobial from the national guideline", ()),
            ("prevent the spread of an infection on a ward", ()),
        )),
        ("2.5", "Lectures and work on the ward; six weeks in a team with students of Dijle Medicine on one patient and two guidelines.", (
            ("describe the common infections of the region and of one other country", (SYSTEMS,)),
            ("choose an antimicrobial and defend the choice against the guideline of another country", (EVIDENCE, SYSTEMS)),
            ("prevent the spread of an infection on a ward", ()),
            ("agree on one treatment plan in a team of two countries", (TEAMWORK, LANGUAGES, DIGITAL)),
        )),
        18,
    ),
    "valjevo": Told(
        "Pharmacy", Degree.INTEGRATED, "pharmacy", "PHA305", "Clinical pharmacy", "5", "sr",
        "Како фармацеут помаже да лек буде прави, сигуран и приступачан.",
        ("0.5", "Предавања и вежбе у апотеци.", (
            ("провери терапију и уочи интеракције", ()),
            ("саветује пацијента о леку", ()),
            ("нађе доказе о леку на енглеском језику", (LANGUAGES,)),
        )),
        ("2", "Предавања, вежбе у апотеци и преглед прописивања у тиму са студентима медицине из Чачка и Мехелена.", (
            ("провери терапију и уочи интеракције", ()),
            ("саветује пацијента о леку, и кад не деле матерњи језик", (LANGUAGES, ETHICS)),
            ("нађе и упореди доказе о леку из више земаља", (EVIDENCE,)),
            ("предложи измену терапије у тиму више струка и земаља", (TEAMWORK, DIGITAL)),
        )),
        20,
    ),
    "zvornik": Told(
        "Medicine", Degree.INTEGRATED, "medicine", "DM318", "Medical ethics", "3", "sr",
        "Odluke u medicini gledane očima pacijenta, porodice, prava i drugih kultura.",
        ("0", "Predavanja i rasprave.", (
            ("objasni osnovna načela etike", ()),
            ("prepozna etički problem na odeljenju", ()),
        )),
        ("1", "Predavanja i rasprave; dve žive rasprave sa studentima iz Albanije i Rumunije.", (
            ("objasni osnovna načela etike i kako ih čitaju u dve druge zemlje", (ETHICS, SYSTEMS)),
            ("prepozna etički problem na odeljenju", ()),
            ("brani mišljenje pred ljudima drugih uverenja", (ETHICS, LANGUAGES)),
        )),
        22,
    ),
    "trebinje": Told(
        "Nursing", Degree.FIRST, "nursing", "NUR204", "Nursing of older people", "6", "sr",
        "Care for older people at home, in the community and in hospital.",
        ("1", "Lectures and practice; a guest from abroad speaks once.", (
            ("assess what an older person can do alone", ()),
            ("plan care together with the family", (ETHICS,)),
        )),
        ("1", "Lectures and practice in three settings.", (
            ("assess what an older person can do alone", ()),
            ("plan care together with the family", (ETHICS,)),
            ("hand over a patient in a clear order", ()),
        )),
        21,
    ),
    "niksic": Told(
        "Dental medicine", Degree.INTEGRATED, "dentistry", "DEN331", "Oral public health", "4", "en",
        "Why some people keep their teeth and others do not, and what a community can do.",
        ("0", "Lectures and a visit to a school.", (
            ("measure the health of teeth in a group", ()),
            ("plan prevention for a school", ()),
        )),
        ("1.5", "Lectures, a visit to a school, and a comparison of data with students in Pogradec.", (
            ("measure the health of teeth in a group and compare it across countries", (EVIDENCE,)),
            ("plan prevention for a school", ()),
            ("explain how three countries pay for dental care", (SYSTEMS,)),
        )),
        23,
    ),
    "pogradec": Told(
        "Dental medicine", Degree.INTEGRATED, "dentistry", "STO402", "Treatment planning", "5", "en",
        "From findings to a plan that a patient understands, wants and can pay for.",
        ("0", "Seminars in small groups.", (
            ("set up a plan from findings and images", ()),
            ("explain a plan to a patient", ()),
        )),
        ("2", "Seminars in small groups; plans are exchanged with Zeta Dentistry and reviewed both ways.", (
            ("set up a plan from findings and images", ()),
            ("explain a plan to a patient of another culture", (ETHICS, LANGUAGES)),
            ("review a plan made under the rules of another country", (SYSTEMS, EVIDENCE)),
            ("work on one record at a distance and keep it safe", (DIGITAL,)),
        )),
        19,
    ),
    "berat": Told(
        "Nursing", Degree.FIRST, "nursing", "INF210", "Community nursing", "6", "sq",
        "Kujdesi për njerëzit aty ku jetojnë: në shtëpi, në shkollë dhe në fshat.",
        ("0", "Leksione dhe praktikë në qendra shëndetësore.", (
            ("vizitojë një familje dhe vlerësojë nevojat", ()),
            ("planifikojë vaksinimin në një fshat", ()),
        )),
        ("1", "Leksione, praktikë dhe një projekt me studentë nga Trebinja.", (
            ("vizitojë një familje dhe vlerësojë nevojat", ()),
            ("planifikojë vaksinimin në një fshat dhe ta krahasojë me një vend tjetër", (EVIDENCE, SYSTEMS)),
            ("punojë në anglisht në një ekip të dy vendeve", (TEAMWORK, LANGUAGES)),
        )),
        31,
    ),
    "mechelen": Told(
        "Medicine", Degree.SECOND, "medicine", "GEN520", "Antimicrobial stewardship", "4", "en",
        "Using antibiotics so that they still work tomorrow.",
        ("2", "Cases in English with exchange students who are here.", (
            ("audit the use of antibiotics on a ward", ()),
            ("compare national guidelines", (EVIDENCE, SYSTEMS)),
        )),
        ("3", "Cases in teams with students at home in Čačak and Valjevo.", (
            ("audit the use of antibiotics on wards of two countries", (EVIDENCE,)),
            ("compare national guidelines and the prices behind them", (EVIDENCE, SYSTEMS)),
            ("lead a team whose members meet only online", (TEAMWORK, DIGITAL)),
        )),
        18,
    ),
    "deva": Told(
        "Pharmacy", Degree.INTEGRATED, "pharmacy", "FAR240", "Pharmaceutical law", "3", "en",
        "The rules that a medicine meets from laboratory to patient.",
        ("0.5", "Lectures on national and European rules.", (
            ("find the rule that applies to a medicine", ()),
            ("explain European rules of approval", (SYSTEMS,)),
        )),
        ("1", "Lectures, and one case of a medicine that crosses a border, solved with students in Valjevo.", (
            ("find the rule that applies to a medicine at home and in one neighbouring country", (SYSTEMS,)),
            ("explain European rules of approval", (SYSTEMS,)),
            ("argue a case with people trained under other rules", (TEAMWORK, ETHICS)),
        )),
        24,
    ),
}  # fmt: skip
# The version that the dean still has to decide on today.
WAITS = "berat"


def tell(world: World) -> None:
    """Write, submit and approve a first version everywhere, then a second one."""
    for key, told in UNITS.items():
        _unit(world, key, told)


def _unit(world: World, key: str, told: Told) -> None:
    teacher, office = world.teacher(key), world.administrator(key)
    at = world.month(5)
    programme = curriculum.start_programme(
        institution=world.institution(key),
        title=told.programme,
        degree=told.degree,
        field=told.field,
        by=office,
        at=at,
    )
    unit = curriculum.add_unit(
        programme=programme,
        code=told.code,
        title=told.title,
        ects=Decimal(told.ects),
        language=told.language,
        teachers=[teacher],
        by=teacher,
        at=at,
    )
    world.kept[f"unit_{key}"] = unit
    for month, (ects, methods, outcomes) in ((6, told.before), (told.month, told.after)):
        at = world.month(month)
        open_version = unit.syllabi.exclude(state=curriculum.SyllabusState.APPROVED).first()
        syllabus = open_version or curriculum.start_version(unit_id=unit.pk, by=teacher, at=at)
        curriculum.write(
            syllabus_id=syllabus.pk,
            edition=syllabus.edition,
            summary=told.summary,
            methods=methods,
            assessment="A written paper and the marks for the work of the term.",
            international_ects=Decimal(ects),
            outcomes=[WrittenOutcome(text, sides) for text, sides in outcomes],
            by=teacher,
            at=at,
        )
        curriculum.submit(syllabus_id=syllabus.pk, by=teacher, at=at)
        if key != WAITS or month == 6:
            curriculum.approve(syllabus_id=syllabus.pk, by=world.dean(key), at=at)
