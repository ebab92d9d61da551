"""Questionnaires, a student campaign at all nine faculties, its published analysis, and one that is open."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from biosint.institutions.api import Institution
from biosint.people.api import Person
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.api import Question
from biosint.surveys import api as surveys
from biosint.surveys.api import Version

LEADER = "cacak"
# How many of each faculty's students answered, and how things stand there.
TURNOUT = {
    "cacak": 214,
    "valjevo": 131,
    "zvornik": 158,
    "trebinje": 96,
    "niksic": 124,
    "pogradec": 142,
    "berat": 109,
    "mechelen": 137,
    "deva": 103,
}
FIELDS = {
    "cacak": "medicine",
    "valjevo": "pharmacy",
    "zvornik": "medicine",
    "trebinje": "nursing",
    "niksic": "dentistry",
    "pogradec": "dentistry",
    "berat": "nursing",
    "mechelen": "medicine",
    "deva": "pharmacy",
}
SUPPORT = {"mechelen": 2.2, "deva": 1.7, "cacak": 1.4, "valjevo": 1.2}
ENGLISH = {"mechelen": 1.2, "deva": 0.7, "cacak": 0.3, "pogradec": 0.2, "trebinje": -0.5, "berat": -0.4}
LANGUAGES = {
    "cacak": ("sr", "sr-latn", "sr-latn"),
    "valjevo": ("sr", "sr-latn"),
    "zvornik": ("sr", "sr", "sr-latn"),
    "trebinje": ("sr", "sr", "sr-latn"),
    "niksic": ("sr-latn",),
    "pogradec": ("sq",),
    "berat": ("sq",),
    "mechelen": ("en",),
    "deva": ("en",),
}
WISHES = {
    "en": (
        "More courses together with students of other countries.",
        "Tell us early which credits will count.",
        "Lectures in the evening, please: many of us work.",
        "Help with speaking English in front of patients.",
    ),
    "sr": (
        "Више заједничких предмета са студентима других земаља.",
        "Да унапред знамо који се бодови признају.",
        "Помоћ са стручним енглеским.",
        "Бољи интернет у студентском дому.",
    ),
    "sr-latn": (
        "Više vežbi na engleskom, u malim grupama.",
        "Da se zna ko nam pomaže oko priznavanja bodova.",
        "Predavanja gostiju iz inostranstva preko interneta.",
    ),
    "sq": (
        "Më shumë kurse bashkë me studentë të vendeve të tjera.",
        "Të dimë që në fillim cilat kredite njihen.",
        "Ndihmë me anglishten mjekësore.",
    ),
}
LADDER = ("A1", "A2", "B1", "B2", "C1", "C2")


def tell(world: World) -> None:
    """Tell this chapter."""
    # Its own dice: what later chapters throw does not depend on how many answers came.
    dice = random.Random("questionnaires 2026")
    coordinator = world.coordinator(LEADER)
    home = world.institution(LEADER)
    students = _published(world, "students_2026", home, coordinator, month=2)
    teachers = _published(world, "teachers_2026", home, coordinator, month=2)
    _published(world, "event_evaluation", world.institution("mechelen"), world.quality("mechelen"), month=3)
    _closed_campaign(world, dice, students, home, coordinator)
    _open_campaign(world, dice, teachers, home, coordinator)


def _published(world: World, template: str, home: Institution, by: Person, *, month: int) -> Version:
    questionnaire = surveys.adopt_template(
        template=template, institution=home, by=by, at=world.month(month, day=4)
    )
    return surveys.publish(version_id=questionnaire.versions.get().pk, by=by, at=world.month(month, day=12))


def _closed_campaign(
    world: World, dice: random.Random, version: Version, home: Institution, by: Person
) -> None:
    opens, closes = world.month(3, day=5), world.month(3, day=26)
    campaign = situation.start_campaign(
        version=version,
        title="Where do our students stand? Before we begin",
        purpose="Baseline of the project: what students can do, wish and miss before anything changes.",
        owner=home,
        institutions=world.institutions.values(),
        opens_at=opens,
        closes_at=closes,
        by=by,
        at=world.month(3, day=1),
    )
    rows = [
        (
            world.institution(key).pk,
            language,
            _student(dice, key, language),
            (opens + timedelta(days=min(int(dice.expovariate(0.25)), 20))).date(),
        )
        for key, turnout in TURNOUT.items()
        for _person in range(turnout)
        for language in (dice.choice(LANGUAGES[key]),)
    ]
    # Nobody can tell from the order of the rows who came from where first.
    dice.shuffle(rows)
    surveys.add_rows(answer_set=campaign.answer_set, rows=rows)
    campaign = situation.close_campaign(campaign_id=campaign.pk, by=by, at=closes)
    world.kept["student_campaign"] = campaign
    _analysis(world, campaign, by)


def _chosen(dice: random.Random, shares: dict[str, float]) -> list[str]:
    return [code for code, share in shares.items() if dice.random() < share]


def _student(dice: random.Random, key: str, language: str) -> dict[str, Any]:
    """One invented student: support at the faculty moves the wish to go abroad, gender moves nothing."""
    english = min(5, max(0, round(dice.gauss(2.3 + ENGLISH.get(key, 0), 0.9))))
    support = min(3, max(0, round(dice.gauss(SUPPORT.get(key, 0.8), 0.75))))
    eager = dice.gauss(0.25 * english + 0.35 * support, 0.9)
    skill = dice.gauss(3.2 + 0.12 * english, 0.7)
    points = [min(5, max(1, round(dice.gauss(skill, 0.7)))) for _item in range(5)]
    answers: dict[str, Any] = {
        "field": FIELDS[key] if dice.random() < 0.96 else "other",
        "year": dice.randint(1, 6 if FIELDS[key] in {"medicine", "dentistry"} else 4),
        "english": LADDER[english],
        "lecture": ("no", "no", "help", "help", "yes", "yes")[english],
        "mobility": "yes" if eager > 1.0 else "maybe" if eager > 0.3 else "no",
        "been_abroad": "yes" if dice.random() < 0.05 + 0.03 * support else "no",
        "from_home": "yes" if eager > 0.6 else "maybe" if eager > -0.2 else "no",
        "support": ("none", "little", "some", "much")[support],
        "digital_tools": points[0],
        "digital_team": points[1],
        "digital_talk": points[2],
        "digital_lost": min(5, max(1, round(dice.gauss(6 - skill, 0.8)))),
        "digital_sources": points[3],
        "digital_privacy": points[4],
        "hours": min(20, max(0, round(dice.gauss(4.5, 2)))),
    }
    if dice.random() < 0.95:
        answers["gender"] = dice.choices(("woman", "man", "other"), (66, 32, 2))[0]
    if dice.random() < 0.93:
        hindered = {
            "money": 0.62,
            "family": 0.24,
            "work": 0.18,
            "language": 0.42 - 0.06 * english,
            "visa": 0.2,
        }
        answers["obstacles"] = _chosen(dice, {**hindered, "recognition": 0.38, "information": 0.3}) or [
            "nothing"
        ]
        known = {
            "office": 0.25 + 0.18 * support,
            "buddy": 0.08 * support,
            "english_courses": 0.12,
            "guests": 0.3,
        }
        answers["known"] = _chosen(dice, known) or ["none"]
    if dice.random() < 0.9:
        answers["languages"] = _chosen(dice, {"de": 0.2, "fr": 0.08, "it": 0.16, "es": 0.07}) or ["none"]
        answers["recognition"] = dice.choices(("yes", "unsure", "no"), (20 + 8 * support, 55, 25))[0]
        answers["device"] = dice.choices(("computer", "shared", "phone"), (61, 11, 28))[0]
    if dice.random() < 0.12:
        answers["wish"] = dice.choice(WISHES[language])
    return answers


def _analysis(world: World, campaign: situation.Campaign, by: Person) -> None:
    answer_set = campaign.answer_set
    at = world.month(4, day=8)
    analysis = situation.begin_analysis(
        answer_set=answer_set, title="What our students can do, wish and miss", by=by, at=at
    )
    digital = tuple(f"digital_{word}" for word in ("tools", "team", "talk", "lost", "sources", "privacy"))
    for question, remark in (
        (
            Question(kind="crosstab", rows="support", columns="mobility"),
            "Where a faculty helps, more students wish to go. This does not prove that help is the cause.",
        ),
        (
            Question(kind="crosstab", rows="mobility", columns="from_home"),
            "Some of those who cannot or will not travel would join a course from home.",
        ),
        (
            Question(kind="reliability", items=digital, reversed=("digital_lost",), low="1", high="5"),
            "The statements on working online may be read as one score.",
        ),
        (
            Question(kind="compare", outcome="scale:digital", by="english"),
            "Who knows more English feels surer online.",
        ),
        (
            Question(kind="compare", outcome="hours", by="gender"),
            "We looked for a difference here and found none.",
        ),
    ):
        situation.keep_result(analysis_id=analysis.pk, question=question, remark=remark, by=by, at=at)
    situation.describe_analysis(
        analysis_id=analysis.pk,
        title=analysis.title,
        summary=(
            "Students of nine faculties answered before the project changed anything. Most would join a course "
            "with students of other countries from home, also many who will not travel. Money and doubts about "
            "recognition stand in the way most often.\n\nThree things follow for the strategies: say early which "
            "credits count, offer help with English of the field, and begin with short courses in the evening."
        ),
        by=by,
        at=at,
    )
    world.kept["student_analysis"] = situation.publish_analysis(
        analysis_id=analysis.pk, by=by, at=world.month(4, day=12)
    )


def _open_campaign(
    world: World, dice: random.Random, version: Version, home: Institution, by: Person
) -> None:
    opens = world.today - timedelta(days=9)
    campaign = situation.start_campaign(
        version=version,
        title="Teaching from home: what teachers need now",
        purpose="To see what changed for teachers since the strategies were adopted.",
        owner=home,
        institutions=world.institutions.values(),
        opens_at=opens,
        closes_at=world.today + timedelta(days=6),
        by=by,
        at=opens - timedelta(days=1),
    )
    rows = [
        (world.institution(key).pk, LANGUAGES[key][0], _teacher(dice), opens.date())
        for key, turnout in TURNOUT.items()
        for _person in range(turnout // 20)
    ]
    surveys.add_rows(answer_set=campaign.answer_set, rows=rows)
    world.kept["teacher_campaign"] = campaign


def _teacher(dice: random.Random) -> dict[str, Any]:
    skill = dice.gauss(3.4, 0.7)
    points = [min(5, max(1, round(dice.gauss(skill, 0.7)))) for _item in range(4)]
    return {
        "field": dice.choice(("preclinical", "clinical", "dentistry", "pharmacy", "nursing")),
        "years": min(40, max(0, round(dice.gauss(14, 8)))),
        "english": dice.choices(("do", "could", "help", "no"), (22, 34, 31, 13))[0],
        "partner": dice.choices(("yes", "before", "no"), (31, 14, 55))[0],
        "would": dice.choices(("yes", "maybe", "no"), (58, 31, 11))[0],
        "needs": _chosen(dice, {"time": 0.7, "partner": 0.4, "training": 0.35, "rules": 0.45}) or ["time"],
        "support": dice.choices(("none", "little", "some", "much"), (12, 34, 38, 16))[0],
        "digital_plan": points[0],
        "digital_active": points[1],
        "digital_groups": points[2],
        "digital_avoid": min(5, max(1, round(dice.gauss(6 - skill, 0.8)))),
        "digital_assess": points[3],
        "trained": dice.choice(("yes", "yes", "no")),
    }
