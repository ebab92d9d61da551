"""Three rounds of the index: a baseline, a later one with unequal gains, and one that is open now."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from biosint.consortium import api as consortia
from biosint.indicators import api as indicators
from biosint.indicators.api import Base, Indicator, IndicatorKind
from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.api import Entry, Round


@dataclass(frozen=True, slots=True)
class Course:
    """How far a faculty had come, from 0 to 1, at the baseline, a good two years later, and now."""

    baseline: float
    later: float
    now: float
    # The size of what it counts: compulsory units, credits of its programmes, office staff, agreements.
    units: int
    ects: int
    staff: int
    agreements: int


COURSES = {
    "cacak": Course(0.42, 0.80, 0.86, 58, 1080, 64, 21),
    "valjevo": Course(0.36, 0.69, 0.72, 41, 600, 27, 9),
    "zvornik": Course(0.34, 0.57, 0.64, 52, 720, 38, 11),
    # Lost the person who answered for it, and with her what was not written down.
    "trebinje": Course(0.45, 0.36, 0.41, 33, 420, 14, 6),
    "niksic": Course(0.32, 0.48, 0.52, 39, 300, 17, 7),
    "pogradec": Course(0.28, 0.58, 0.61, 37, 480, 19, 8),
    "berat": Course(0.26, 0.41, 0.45, 34, 420, 16, 5),
    "mechelen": Course(0.74, 0.84, 0.85, 63, 1260, 120, 44),
    "deva": Course(0.53, 0.70, 0.71, 44, 540, 31, 15),
}
# Left unanswered at the baseline: nobody had kept the figures.
UNKNOWN_AT_FIRST = {"berat": ("C6", "P5", "Q6"), "pogradec": ("C6",), "niksic": ("P5", "S4")}
NOTES = {
    ("trebinje", "S3"): "The person who answered for it left in the spring. The post is open.",
    ("cacak", "S1"): "Adopted by the council, with a review every autumn.",
    ("pogradec", "U1"): "Written together with the students of the second year.",
    ("mechelen", "Q2"): "A comparison group takes part since the second course.",
    ("valjevo", "P2"): "Two afternoons in the autumn, one day in the spring.",
}


def tell(world: World) -> None:
    """Load the bank, hold two whole rounds, and leave a third one open."""
    consortium = consortia.current_consortium()
    if consortium is None:
        raise RuntimeError("The chapter “consortium” has to come before “index”.")
    bank = indicators.load_bank(source=indicators.supplied_bank("2026"), by=None, at=world.month(1))
    asked = [one for one in indicators.indicators_of(bank) if is_typed(one)]
    # What sets one indicator of a faculty apart from its others stays with it through the rounds.
    # Its own seed keeps the story when an earlier chapter draws more or less.
    chance = random.Random(2026)
    leaning = {key: {one.code: chance.gauss(0, 0.16) for one in asked} for key in COURSES}

    def held(
        title: str, first: datetime, last: date, opened: datetime, *, is_baseline: bool = False
    ) -> Round:
        board = world.quality("cacak")
        drafted = situation.draft_round(
            consortium=consortium,
            title=title,
            period_from=first.date(),
            period_until=last,
            is_baseline=is_baseline,
            bank=bank,
            by=board,
            at=opened - timedelta(days=20),
        )
        return situation.open_round(round_id=drafted.pk, by=board, at=opened - timedelta(days=14))

    def answered(one: Round, key: str, height: float, at: datetime, *, without: tuple[str, ...] = ()) -> None:
        part = situation.participations_of(one).get(institution=world.institution(key))
        situation.fill(
            participation_id=part.pk,
            entries=[
                _entry(world, key, each, min(max(height + leaning[key][each.code], 0.0), 1.0))
                for each in asked
                if each.code not in without
            ],
            by=world.administrator(key),
            at=at,
        )

    closing = world.month(4)
    baseline = held(
        "Baseline",
        world.month(4, day=1) - timedelta(days=365),
        _day_before(world.month(4, day=1)),
        closing,
        is_baseline=True,
    )
    for key, course in COURSES.items():
        answered(baseline, key, course.baseline, closing, without=UNKNOWN_AT_FIRST.get(key, ()))
    situation.close_round(round_id=baseline.pk, by=world.quality("cacak"), at=closing)

    closing = world.month(28)
    later = held("Second round", world.month(16, day=1), _day_before(world.month(28, day=1)), closing)
    for key, course in COURSES.items():
        answered(later, key, course.later, closing)
    situation.close_round(round_id=later.pk, by=world.quality("mechelen"), at=closing)

    running = held(
        "Third round", world.month(28, day=1), _day_before(world.month(37, day=1)), world.month(30)
    )
    answered(running, "mechelen", COURSES["mechelen"].now, world.month(30, day=18))
    own = [each.code for each in asked if each.dimension.code not in {"strategy", "people"}]
    answered(running, "cacak", COURSES["cacak"].now, world.month(30, day=21), without=tuple(own))
    world.kept["index_rounds"] = (baseline, later, running)


def is_typed(indicator: Indicator) -> bool:
    """Whether a person types something for it."""
    return not indicator.is_counted or indicator.counted_base == Base.TYPED


def _day_before(moment: datetime) -> date:
    return moment.date() - timedelta(days=1)


def _entry(world: World, key: str, indicator: Indicator, height: float) -> Entry:
    """One plausible answer of a faculty that has come ``height`` (0 to 1) of the way on this indicator."""
    note = NOTES.get((key, indicator.code), "")
    if indicator.kind == IndicatorKind.YES_NO:
        return Entry(indicator_id=indicator.pk, edition=0, answer=Decimal(int(height > 0.45)), note=note)
    if indicator.kind == IndicatorKind.LEVEL:
        return Entry(indicator_id=indicator.pk, edition=0, answer=Decimal(round(4 * height)), note=note)
    whole = _whole(world, key, indicator.code)
    if indicator.is_counted:
        return Entry(indicator_id=indicator.pk, edition=0, denominator=Decimal(whole), note=note)
    part = round(height * float(indicator.full_points_at) / 100 * whole)
    return Entry(
        indicator_id=indicator.pk,
        edition=0,
        numerator=Decimal(part),
        denominator=Decimal(whole),
        note=note,
    )


def _whole(world: World, key: str, code: str) -> int:
    """What an indicator of a faculty is divided by."""
    place, course = world.institution(key), COURSES[key]
    students, teachers = place.students or 1, place.teachers or 1
    return {
        "S4": students * 95,
        "C1": course.ects,
        "C2": course.units,
        "C6": students // 6,
        "L4": max(course.units // 8, 3),
        "P3": course.staff,
        "P5": teachers // 2,
        "Q6": course.agreements,
    }.get(code, teachers)
