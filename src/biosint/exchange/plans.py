"""What teachers ask of the teams of a course: wishes with weights, rules, and ready-made sets of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from iahcalc import teams

if TYPE_CHECKING:
    from biosint.shared.verdicts import Sentence

WEIGHTS = 5
LARGE_COURSE = 120
"""From this many learners on the large course is what a new page proposes."""

# What a learner's record honestly holds, in the order of the page.
ATTRIBUTES = ("country", "profession", "institution", "first_language", "english")
# Attributes in which nobody should be the only one of a team.
LONELY = ("country", "institution", "profession", "first_language", "gender")
# Used to form teams, never shown: it would tell what somebody wrote about themselves.
UNSPOKEN = frozenset({"gender"})
# Told to teachers, never to team-mates.
CONFIDED = UNSPOKEN | {"first_language", "languages"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One wish: how much it counts (0 to ``WEIGHTS``) and which way."""

    kind: teams.Kind
    weight: int


NOTHING_ASKED = Asked(kind="mix", weight=0)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that decides which teams come out, apart from the learners themselves.

    Attributes:
        preset: the ready-made set it began as; a key of ``PRESETS``.
        size_low, size_high: people in a team. Where the learners cannot be shared out within these limits,
            teams come as near to them as they can.
        wishes: attribute (of ``ATTRIBUTES``) -> what is asked of it.
        common_hours: hours a week in which a whole team is free, at least.
        nobody_alone: attributes (of ``LONELY``).
        institutions_at_most: different institutions in a team; None for any number.
        two_countries: whether every team holds at least two countries.
        shared_level: all of a team share one language at this level, A1 to C2; empty: no such rule.
        not_again: key of an earlier course whose team-mates should not meet again; None: no such rule.
        facilitators: key of a teacher -> how many teams at most.
    """

    preset: str = "coil"
    size_low: int = 5
    size_high: int = 5
    wishes: Mapping[str, Asked] = field(default_factory=dict)
    common_hours: float = 2
    nobody_alone: tuple[str, ...] = ("institution", "gender")
    institutions_at_most: int | None = None
    two_countries: bool = True
    shared_level: str = ""
    not_again: int | None = None
    facilitators: Mapping[int, int] = field(default_factory=dict)

    def asked_of(self, attribute: str) -> Asked:
        """Return the wish about one attribute; one that is not asked weighs nothing."""
        return self.wishes.get(attribute, NOTHING_ASKED)

    def as_json(self) -> dict[str, Any]:
        """Return plain values that ``plan_from`` reads."""
        return {**asdict(self), "nobody_alone": list(self.nobody_alone)}


def plan_from(stored: Mapping[str, Any]) -> Plan:
    """Return the plan of stored plain values; what a later version has added is at its default."""
    given = {name: stored[name] for name in Plan.__dataclass_fields__ if name in stored}
    given["wishes"] = {name: Asked(**asked) for name, asked in given.get("wishes", {}).items()}
    given["facilitators"] = {int(key): number for key, number in given.get("facilitators", {}).items()}
    given["nobody_alone"] = tuple(given.get("nobody_alone", ()))
    return Plan(**given)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A ready-made plan, its name, and one sentence that says for whom it is."""

    name: Sentence
    meaning: Sentence
    plan: Plan


def _mixed(**weights: int) -> dict[str, Asked]:
    return {name: Asked(kind="mix", weight=weight) for name, weight in weights.items()}


_EVEN_ENGLISH = {"english": Asked(kind="balance", weight=2)}

PRESETS: dict[str, Preset] = {
    "coil": Preset(
        name=_("Small joint course"),
        meaning=_(
            "Teams of 5 that mix countries and fields of study, where nobody is alone and all share 2 hours a week."
        ),
        plan=Plan(preset="coil", wishes=_mixed(country=4, profession=4, institution=2) | _EVEN_ENGLISH),
    ),
    "large": Preset(
        name=_("Large course"),
        meaning=_("Teams of 6 to 8 that are all alike: each is a small picture of the whole course."),
        plan=Plan(
            preset="large",
            size_low=6,
            size_high=8,
            wishes={
                "country": Asked(kind="balance", weight=4),
                "profession": Asked(kind="balance", weight=3),
                "institution": Asked(kind="balance", weight=2),
                **_EVEN_ENGLISH,
            },
            common_hours=1,
        ),
    ),
    "cases": Preset(
        name=_("Case room"),
        meaning=_(
            "Teams of 4 to 6 with as many fields of study as there are, so that a case is seen from all sides."
        ),
        plan=Plan(
            preset="cases",
            size_low=4,
            size_high=6,
            wishes={"profession": Asked(kind="cover", weight=5), **_mixed(country=2), **_EVEN_ENGLISH},
            nobody_alone=("gender",),
            common_hours=1,
        ),
    ),
    "buddies": Preset(
        name=_("Buddy pairs"),
        meaning=_("Two people of different countries who are free at the same time."),
        plan=Plan(
            preset="buddies",
            size_low=2,
            size_high=2,
            wishes=_mixed(country=5, profession=1),
            nobody_alone=(),
            common_hours=2,
        ),
    ),
}


def proposed(learners: int) -> Plan:
    """Return what a new page proposes for a number of learners."""
    return PRESETS["large" if learners >= LARGE_COURSE else "coil"].plan


def teams_of(size: int, *, common_hours: float = 2) -> Plan:
    """Return the plan of a small joint course with teams of another size."""
    return replace(PRESETS["coil"].plan, size_low=size, size_high=size, common_hours=common_hours)


def number_of_teams(people: int, plan: Plan) -> int:
    """Return into how many teams people are split: as near to the middle of the limits as can be, never a team of one.

    >>> [number_of_teams(people, teams_of(5)) for people in (2, 7, 8, 23, 40)]
    [1, 1, 2, 5, 8]
    """
    middle = (plan.size_low + plan.size_high) / 2
    return max(1, min(round(people / middle), people // 2))
