"""The study of the situation: students, teachers and deans before anything changes, and students again later.

It repeats the design of a published study (2,927 students, 308 staff, 7 deans) on invented people. Some answer
twice and leave a pairing code; two faculties begin late and serve as the comparison group.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from biosint.consortium import api as consortia
from biosint.portal.demonstration import study_coding, study_findings, study_words
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.surveys import api as surveys
from biosint.surveys.api import Row, Version

LEADER = "cacak"
# How many answered at each faculty: students before, students later, teachers and staff before.
TURNOUT = {
    "cacak": (520, 331, 62),
    "valjevo": (270, 168, 25),
    "zvornik": (372, 229, 41),
    "trebinje": (196, 127, 15),
    "niksic": (178, 113, 17),
    "pogradec": (256, 161, 19),
    "berat": (241, 149, 16),
    "mechelen": (598, 372, 84),
    "deva": (296, 182, 29),
}
DEANS = ("cacak", "valjevo", "zvornik", "trebinje", "niksic", "pogradec", "mechelen")
# Nothing had begun there when students were asked again.
LATE = ("trebinje", "berat")
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
    "zvornik": ("sr", "sr", "bs"),
    "trebinje": ("sr", "sr", "bs"),
    "niksic": ("cnr",),
    "pogradec": ("sq",),
    "berat": ("sq",),
    "mechelen": ("nl", "nl", "en"),
    "deva": ("ro", "ro", "en"),
}
HOMES = {"cacak": "RS", "valjevo": "RS", "zvornik": "BA", "trebinje": "BA", "niksic": "ME", "pogradec": "AL"}
HOMES |= {"berat": "AL", "mechelen": "BE", "deva": "RO"}
FIRST_LANGUAGE = {"RS": "sr", "BA": "sr", "ME": "cnr", "AL": "sq", "BE": "nl", "RO": "ro"}
LADDER = ("A1", "A2", "B1", "B2", "C1", "C2")
PRIORITIES = ("partners", "units", "language", "training", "recognition", "equipment", "time", "information")


@dataclass(slots=True)
class Student:
    """An invented student: what does not change between the two times of asking."""

    key: str
    code: str  # what the pairing code is made of; empty for those who leave it out
    language: str
    gender: str | None
    year: int
    english: int
    skill: float
    openness: float
    eagerness: float
    texts: bool


def tell(world: World) -> None:
    """Tell this chapter."""
    # Its own dice: what later chapters throw does not depend on how many answers came.
    dice = random.Random("study 2027")
    everybody = [_student(dice, key, number) for key in TURNOUT for number in range(TURNOUT[key][0])]
    versions = {name: _published(world, name) for name in ("students_2027", "teachers_2027", "deans_2027")}
    before = _campaign(
        world, versions["students_2027"], study_words.STUDENTS_BEFORE, 3, surveys.Pairing.OPTIONAL
    )
    _answered(world, dice, before, [_row(world, dice, one, before, later=False) for one in everybody], 3)
    staff = _campaign(world, versions["teachers_2027"], study_words.STAFF_BEFORE, 3)
    _answered(world, dice, staff, list(_staff(world, dice, staff)), 3)
    deans = _campaign(world, versions["deans_2027"], study_words.DEANS_BEFORE, 3)
    _answered(world, dice, deans, [_dean(world, dice, key, deans) for key in DEANS], 3)
    later = _campaign(
        world, versions["students_2027"], study_words.STUDENTS_LATER, 28, surveys.Pairing.OPTIONAL
    )
    again = list(_again(dice, everybody))
    _answered(world, dice, later, [_row(world, dice, one, later, later=True) for one in again], 28)
    world.kept |= {
        "student_campaign": before,
        "staff_campaign": staff,
        "dean_campaign": deans,
        "later_campaign": later,
    }
    study_coding.tell(world)
    study_findings.tell(world)


def _published(world: World, template: str) -> Version:
    coordinator = world.coordinator(LEADER)
    questionnaire = surveys.adopt_template(
        template=template, institution=world.institution(LEADER), by=coordinator, at=world.month(2, day=4)
    )
    return surveys.publish(
        version_id=questionnaire.versions.get().pk, by=coordinator, at=world.month(2, day=12)
    )


def _campaign(
    world: World,
    version: Version,
    words: tuple[str, str],
    month: int,
    pairing: surveys.Pairing = surveys.Pairing.OFF,
) -> situation.Campaign:
    title, purpose = words
    return situation.start_campaign(
        version=version,
        title=title,
        purpose=purpose,
        owner=world.institution(LEADER),
        institutions=world.institutions.values(),
        opens_at=world.month(month, day=5),
        closes_at=world.month(month, day=26),
        by=world.coordinator(LEADER),
        at=world.month(month, day=1),
        terms=situation.Terms(pairing=pairing),
    )


def _answered(
    world: World, dice: random.Random, campaign: situation.Campaign, rows: list[Row], month: int
) -> None:
    # Nobody can tell from the order of the rows who came from where first.
    dice.shuffle(rows)
    surveys.add_rows(answer_set=campaign.answer_set, rows=rows)
    situation.close_campaign(
        campaign_id=campaign.pk, by=world.coordinator(LEADER), at=world.month(month, day=26)
    )


def _day(dice: random.Random, campaign: situation.Campaign) -> datetime:
    """Most answer in the first days."""
    opens = campaign.answer_set.opens_at
    assert opens is not None  # noqa: S101 -- a campaign opens
    return opens + timedelta(days=min(int(dice.expovariate(0.25)), 20))


def _student(dice: random.Random, key: str, number: int) -> Student:
    english = min(5, max(0, round(dice.gauss(2.3 + ENGLISH.get(key, 0), 0.9))))
    return Student(
        key=key,
        code=f"{key}|{number}" if dice.random() < 0.62 else "",
        language=dice.choice(LANGUAGES[key]),
        gender=dice.choices(("woman", "man", "other"), (66, 32, 2))[0] if dice.random() < 0.95 else None,
        year=dice.randint(1, 6 if FIELDS[key] in {"medicine", "dentistry"} else 4),
        english=english,
        skill=dice.gauss(3.1 + 0.12 * english, 0.65),
        openness=dice.gauss(3.4, 0.6),
        eagerness=dice.gauss(0.25 * english, 0.9),
        texts=dice.random() < 0.1,
    )


def _again(dice: random.Random, everybody: list[Student]) -> Iterator[Student]:
    """Those who answer later: half of them answered before, the others began to study meanwhile."""
    for key, (_first, wanted, _staff) in TURNOUT.items():
        known = [one for one in everybody if one.key == key and one.year <= 4]
        stayed = dice.sample(known, min(len(known), wanted // 2))
        yield from stayed
        for number in range(wanted - len(stayed)):
            yield _student(dice, key, 10_000 + number)


def _point(dice: random.Random, height: float) -> int:
    return min(5, max(1, round(dice.gauss(height, 0.7))))


def _chosen(dice: random.Random, shares: dict[str, float]) -> list[str]:
    return [code for code, share in shares.items() if dice.random() < share]


def _ranked(dice: random.Random, first: str) -> list[str]:
    others = [code for code in PRIORITIES if code != first]
    dice.shuffle(others)
    return [first, *others]


def _row(
    world: World, dice: random.Random, one: Student, campaign: situation.Campaign, *, later: bool
) -> Row:
    changed = later and one.key not in LATE
    met = dice.random() < (0.46 if changed else 0.11)
    lift = 0.45 if met and later else 0.12 if changed else 0.0
    support = min(3, max(0, round(dice.gauss(SUPPORT.get(one.key, 0.8) + (0.6 if changed else 0.05), 0.75))))
    eager = one.eagerness + 0.35 * support + dice.gauss(0, 0.5)
    skill, openness = one.skill + lift, one.openness + lift
    abroad = dice.random() < 0.05 + 0.03 * support
    home = HOMES[one.key]
    answers: dict[str, Any] = {
        "field": FIELDS[one.key] if dice.random() < 0.96 else "other",
        "year": min(one.year + (2 if later and one.year <= 4 else 0), 6),
        "school_country": home if dice.random() < 0.93 else dice.choice(("RS", "BA", "ME", "HR", "DE", "IT")),
        "first_languages": [FIRST_LANGUAGE[home]],
        "english": LADDER[one.english],
        "can_read": _able(dice, one.english, 0.6),
        "can_lecture": _able(dice, one.english, 0.0),
        "can_team": _able(dice, one.english, -0.3 + (0.5 if met else 0)),
        "can_patient": _able(dice, one.english, -1.0),
        "can_write": _able(dice, one.english, -0.6),
        "mobility": "yes" if eager > 1.0 else "maybe" if eager > 0.3 else "no",
        "been_abroad": "yes" if abroad else "no",
        "from_home": "yes" if eager > 0.5 - lift else "maybe" if eager > -0.2 else "no",
        "met_home": "yes" if met else "no",
        "att_equal": _point(dice, openness - 0.3),
        "att_all": _point(dice, openness),
        "att_patients": _point(dice, openness + 0.2),
        "att_contact": _point(dice, openness),
        "att_time": _point(dice, 6 - openness),
        "att_afraid": _point(dice, 6 - openness - 0.1 * one.english),
        "support": ("none", "little", "some", "much")[support],
        "digital_tools": _point(dice, skill),
        "digital_team": _point(dice, skill),
        "digital_talk": _point(dice, skill),
        "digital_lost": _point(dice, 6 - skill),
        "digital_sources": _point(dice, skill - 0.1),
        "digital_privacy": _point(dice, skill - 0.2),
        "hours": min(20, max(0, round(dice.gauss(4.5, 2)))),
    }
    if abroad:
        answers["stay_country"] = dice.choice(("DE", "IT", "AT", "SI", "ES", "PL"))
        answers["stay_began"] = f"{world.today.year - dice.randint(1, 4)}-{dice.randint(1, 12):02}-01"
    if met:
        for item in ("field", "systems", "language", "contact"):
            answers[f"gain_{item}"] = _point(dice, openness + 0.2)
        answers |= {
            f"done_{what}": dice.choice(("never", "once", "more"))
            for what in ("guest", "unit", "course", "team", "case")
        }
    if one.gender is not None:
        answers["gender"] = one.gender
    answers |= _may_be_missing(dice, one, support)
    if one.texts:
        answers |= study_words.swot(dice, one.language)
    return Row(
        world.institution(one.key).pk,
        one.language,
        answers,
        _day(dice, campaign).date(),
        _fingerprint(world, one.code),
    )


def _able(dice: random.Random, english: int, shift: float) -> str:
    height = dice.gauss(english - 2.5 + shift, 0.8)
    return "alone" if height > 0.5 else "help" if height > -0.8 else "no"


def _may_be_missing(dice: random.Random, one: Student, support: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if dice.random() < 0.93:
        hindered = {"money": 0.62, "family": 0.24, "work": 0.18, "language": 0.42 - 0.06 * one.english}
        more = {"recognition": 0.38, "visa": 0.2, "information": 0.3}
        answers["obstacles"] = _chosen(dice, {**hindered, **more}) or ["nothing"]
    if dice.random() < 0.9:
        answers["languages"] = _chosen(dice, {"de": 0.2, "fr": 0.08, "it": 0.16, "es": 0.07})
        answers["recognition"] = dice.choices(("yes", "unsure", "no"), (20 + 8 * support, 55, 25))[0]
        answers["device"] = dice.choices(("computer", "shared", "phone"), (61, 11, 28))[0]
        answers["line"] = dice.choices(("good", "mostly", "weak"), (52, 34, 14))[0]
    if dice.random() < 0.8:
        answers["priority"] = _ranked(dice, dice.choices(PRIORITIES, (9, 8, 22, 6, 26, 5, 4, 20))[0])
        for what in ("office", "buddy", "units", "rooms", "rules", "training"):
            answers[f"offer_{what}"] = dice.choices(("yes", "no", "unknown"), (10 + 12 * support, 30, 45))[0]
    return {code: answer for code, answer in answers.items() if answer}


def _fingerprint(world: World, code: str) -> str:
    if not code:
        return ""
    if "consortium_of_study" not in world.kept:
        world.kept["consortium_of_study"] = consortia.current_consortium()
    return surveys.fingerprint(code, consortium=world.kept["consortium_of_study"].public_id)


def _staff(world: World, dice: random.Random, campaign: situation.Campaign) -> Iterator[Row]:
    for key, (_before, _later, number) in TURNOUT.items():
        for _each in range(number):
            yield Row(
                world.institution(key).pk,
                dice.choice(LANGUAGES[key]),
                _staff_answers(dice, key),
                _day(dice, campaign).date(),
            )


def _staff_answers(dice: random.Random, key: str) -> dict[str, Any]:
    teaches = dice.random() < 0.84
    english = min(5, max(0, round(dice.gauss(2.9 + ENGLISH.get(key, 0), 0.9))))
    support = min(3, max(0, round(dice.gauss(SUPPORT.get(key, 0.8) + 0.3, 0.75))))
    eager = dice.gauss(0.2 * english + 0.15 * support, 0.9)
    skill, openness = dice.gauss(3.3, 0.7), dice.gauss(3.5, 0.6)
    answers: dict[str, Any] = {
        "role": dice.choice(("teacher", "teacher", "clinical", "assistant")) if teaches else "staff",
        "years": min(40, max(0, round(dice.gauss(14, 8)))),
        "gender": dice.choice(("woman", "woman", "man")),
        "first_languages": [FIRST_LANGUAGE[HOMES[key]]],
        "english": LADDER[english],
        **{
            f"can_{what}": _able(dice, english, 0) for what in ("read", "lecture", "team", "patient", "write")
        },
        "mobility": "yes" if eager > 1.0 else "maybe" if eager > 0.3 else "no",
        "been_abroad": dice.choices(("yes", "no"), (31, 69))[0],
        "from_home": "yes" if eager > 0.4 else "maybe" if eager > -0.3 else "no",
        "met_home": dice.choices(("yes", "no"), (14, 86))[0],
        "support": ("none", "little", "some", "much")[support],
        "recognition": dice.choices(("yes", "unsure", "no"), (30 + 8 * support, 50, 20))[0],
        "counts": dice.choices(("yes", "no", "unknown"), (22, 48, 30))[0],
        "priority": _ranked(dice, dice.choices(PRIORITIES, (14, 8, 14, 12, 18, 6, 22, 6))[0]),
        "trained": dice.choices(("yes", "no"), (44, 56))[0],
        "hours": min(20, max(0, round(dice.gauss(3.5, 2)))),
        **{f"att_{what}": _point(dice, openness) for what in ("equal", "all", "patients", "contact")},
        **{f"att_{what}": _point(dice, 6 - openness) for what in ("time", "afraid")},
        **{
            f"digital_{what}": _point(dice, skill) for what in ("tools", "team", "talk", "sources", "privacy")
        },
        "digital_lost": _point(dice, 6 - skill),
    }
    if teaches:
        answers |= {
            "field": FIELDS[key],
            "teach_english": dice.choices(("do", "could", "help", "no"), (22, 34, 31, 13))[0],
            "partner": dice.choices(("yes", "before", "no"), (18, 14, 68))[0],
            "would": dice.choices(("yes", "maybe", "no"), (58, 31, 11))[0],
            **{f"digital_{what}": _point(dice, skill) for what in ("plan", "active", "groups", "assess")},
            "digital_avoid": _point(dice, 6 - skill),
        }
        if answers["would"] != "no":
            needs = {"time": 0.7, "partner": 0.4, "training": 0.35, "technical": 0.2, "rules": 0.45}
            answers["needs"] = _chosen(dice, needs) or ["time"]
    else:
        answers["office"] = dice.choice(("students", "international", "quality", "technical", "other"))
    if dice.random() < 0.2:
        answers |= study_words.swot(dice, LANGUAGES[key][0])
    return answers


def _dean(world: World, dice: random.Random, key: str, campaign: situation.Campaign) -> Row:
    place = world.institution(key)
    support = min(3, max(0, round(SUPPORT.get(key, 0.8) + 0.5)))
    answers: dict[str, Any] = {
        "field": FIELDS[key],
        "students_n": place.students,
        "teachers_n": place.teachers,
        "foreign_students_n": round((place.students or 0) * dice.uniform(0.01, 0.08)),
        "foreign_programmes_n": 1 if key in {"mechelen", "cacak"} else 0,
        "agreements_n": dice.randint(2, 24),
        "main_country": dice.choice(("DE", "IT", "AT", "SI")),
        "strategy": "part" if key == "mechelen" else "none",
        "budget": "own" if key == "mechelen" else "projects",
        "teachers_b2": round((place.teachers or 0) * dice.uniform(0.2, 0.5)),
        "guess_mobility": dice.choice((20, 25, 30, 40)),
        "guess_home": dice.choice((15, 20, 30, 35)),
        "obstacles": ["money", "recognition", "language"],
        "support": ("none", "little", "some", "much")[support],
        "recognition": dice.choice(("yes", "unsure", "unsure")),
        "priority": _ranked(dice, dice.choice(("equipment", "language", "recognition"))),
        **{f"ready_{what}": dice.randint(1, 4) for what in ("people", "rules", "technology", "money", "partners", "clinics")},
        **{f"att_{what}": dice.randint(3, 5) for what in ("equal", "all", "patients", "contact")},
        **{f"att_{what}": dice.randint(1, 3) for what in ("time", "afraid")},
        **{f"offer_{what}": dice.choice(("yes", "no")) for what in ("office", "buddy", "units", "rooms", "rules", "training")},
    }  # fmt: skip
    return Row(place.pk, LANGUAGES[key][0], answers, _day(dice, campaign).date())
