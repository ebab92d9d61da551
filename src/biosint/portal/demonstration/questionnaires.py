"""Questionnaires of the everyday, and a campaign that is open now."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from biosint.institutions.api import Institution
from biosint.people.api import Person
from biosint.portal.demonstration import study
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.surveys import api as surveys
from biosint.surveys.api import Version

LEADER = "cacak"


def tell(world: World) -> None:
    """Tell this chapter."""
    # Its own dice: what later chapters throw does not depend on how many answers came.
    dice = random.Random("questionnaires 2026")
    coordinator = world.coordinator(LEADER)
    home = world.institution(LEADER)
    teachers = _published(world, "teachers_2026", home, coordinator, month=2)
    _published(world, "event_evaluation", world.institution("mechelen"), world.quality("mechelen"), month=3)
    _open_campaign(world, dice, teachers, home, coordinator)


def _published(world: World, template: str, home: Institution, by: Person, *, month: int) -> Version:
    questionnaire = surveys.adopt_template(
        template=template, institution=home, by=by, at=world.month(month, day=4)
    )
    return surveys.publish(version_id=questionnaire.versions.get().pk, by=by, at=world.month(month, day=12))


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
        (world.institution(key).pk, study.LANGUAGES[key][0], _teacher(dice), opens.date())
        for key, (_before, _later, staff) in study.TURNOUT.items()
        for _person in range(staff // 6)
    ]
    surveys.add_rows(answer_set=campaign.answer_set, rows=rows)
    world.kept["teacher_campaign"] = campaign


def _chosen(dice: random.Random, shares: dict[str, float]) -> list[str]:
    return [code for code, share in shares.items() if dice.random() < share]


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
