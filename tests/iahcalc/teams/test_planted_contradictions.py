"""Contradictions planted one by one: each is recognised, with the people it is about and what to do."""

from __future__ import annotations

import pytest

from classes_of_people import person
from iahcalc.teams import Facilitator, Person, Rules, Shared, conflicts, form_teams

MORNING, EVENING = frozenset(range(32, 40)), frozenset(range(68, 76))


def serbs(*keys: str) -> list[Person]:
    return [person(key, country="Serbia") for key in keys]


ABC = serbs("ana", "besa", "carlo")
ABCD = [*ABC, *serbs("drita")]
ITALIANS = [person("ida", country="Italy"), person("ugo", country="Italy")]
LANGUAGES = (Shared(attribute="languages", level=3),)


@pytest.mark.parametrize(
    ("people", "rules", "expected"),
    [
        pytest.param(
            ABCD,
            Rules(teams=2, together=(("ana", "besa", "carlo"),)),
            (
                ("together",),
                ("ana", "besa", "carlo"),
                (
                    "Ana, Besa and Carlo are to share a team (3 people), and no team has more than 2 places; "
                    "allow teams of 3, or release 1 of them."
                ),
            ),
            id="group larger than a team",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, locked={"ana": 1, "besa": 1, "drita": 1}),
            (
                ("locked",),
                ("ana", "besa", "drita"),
                (
                    "Ana, Besa and Drita are locked into one team (3 people), and no team has more than 2 places; "
                    "allow teams of 3, or release 1 of them."
                ),
            ),
            id="locks larger than a team",
        ),
        pytest.param(
            [*ABCD, *ITALIANS],
            Rules(teams=2, together=(("ana", "besa"), ("besa", "carlo")), apart=(("ana", "carlo"),)),
            (
                ("together", "apart"),
                ("ana", "besa", "carlo"),
                (
                    "Ana and Carlo are to be in different teams, and yet are to share a team through Besa; "
                    "take one of the two rules back."
                ),
            ),
            id="together and apart through a chain",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, together=(("ana", "besa"),), not_again=(("besa", "ana", "gone"),)),
            (
                ("together", "not_again"),
                ("ana", "besa"),
                (
                    "Ana and Besa were in one team last time and are not to meet again, and yet are to share a team; "
                    "take one of the two rules back."
                ),
            ),
            id="together and met last time",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, locked={"ana": 1, "besa": 1}, apart=(("ana", "besa"),)),
            (
                ("locked", "apart"),
                ("ana", "besa"),
                (
                    "Ana and Besa are to be in different teams, and yet are locked into one team; "
                    "take one of the two rules back."
                ),
            ),
            id="locked together and apart",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, locked={"ana": 1, "besa": 2}, together=(("ana", "besa"),)),
            (
                ("locked", "together"),
                ("ana", "besa"),
                (
                    "Ana and Besa are to share a team, and are locked into the teams 1 and 2; "
                    "release all locks but those of one team."
                ),
            ),
            id="locks split a group",
        ),
        pytest.param(
            [*ABCD, *serbs("emir")],
            Rules(
                teams=2,
                locked={"ana": 1, "besa": 1, "carlo": 1, "drita": 2, "emir": 2},
                together=(("carlo", "ana"),),
                apart=(("carlo", "emir"), ("besa", "ana")),
            ),
            (
                ("locked", "apart"),
                ("ana", "besa"),
                (
                    "Ana and Besa are to be in different teams, and yet are locked into one team; "
                    "take one of the two rules back."
                ),
            ),
            id="the right pair of many",
        ),
        pytest.param(
            [*serbs("ana", "besa", "carlo", "drita", "emir")],
            Rules(teams=2, together=(("ana", "besa"), ("carlo", "drita")), apart=(("ana", "carlo", "emir"),)),
            (
                ("apart",),
                ("ana", "carlo", "emir"),
                (
                    "Under “who are in different teams”, Ana, Carlo and Emir (3 people) need as many teams, and there "
                    "are 2; form 3 teams, or let two of them meet."
                ),
            ),
            id="more apart than teams",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, apart=(("ana", "besa"),), not_again=(("besa", "carlo"), ("ana", "carlo"))),
            (
                ("apart", "not_again"),
                ("ana", "besa", "carlo"),
                (
                    "Under “who are in different teams” and “not the same team-mates as last time”, Ana, Besa and Carlo "
                    "(3 people) need as many teams, and there are 2; form 3 teams, or let two of them meet."
                ),
            ),
            id="three rules make a ring",
        ),
        pytest.param(
            ABCD,
            Rules(teams=1, not_again=(("ana", "besa"), ("carlo", "drita"))),
            (
                ("not_again",),
                (),
                (
                    "Under “not the same team-mates as last time”, no more than 2 people can be in one team, and a "
                    "team has 4; form smaller teams, or let some meet again."
                ),
            ),
            id="too few teams last time",
        ),
        pytest.param(
            [*serbs(*"abcdefgh"), *ITALIANS],
            Rules(teams=5, at_least_different={"country": 2}),
            (
                ("at_least_different",),
                ("ida", "ugo"),
                (
                    "At least 2 countries in each of 5 teams makes 10, and no more than 7 can be had: each country "
                    "(people) reaches so many teams: Serbia (8) 5, Italy (2) 2; ask for fewer in a team, or form "
                    "fewer teams."
                ),
            ),
            id="too few of another country",
        ),
        pytest.param(
            [*serbs(*"abcdef"), *ITALIANS],
            Rules(teams=2, at_least_different={"country": 2}, at_least_two_of=("country",)),
            (
                ("at_least_different", "at_least_two_of"),
                ("ida", "ugo"),
                (
                    "As nobody may be the only one, at least 2 countries in each of 2 teams makes 4, and no more than "
                    "3 can be had: each country (people) reaches so many teams: Serbia (6) 2, Italy (2) 1; ask for "
                    "fewer in a team, or form fewer teams."
                ),
            ),
            id="two people of a country are in one team at most when nobody is alone",
        ),
        pytest.param(
            [*serbs("ana", "besa", "carlo"), *ITALIANS, person("ulf", country="Italy")],
            Rules(teams=2, at_least_different={"country": 2}, at_least_two_of=("country",)),
            (
                ("at_least_different", "at_least_two_of"),
                ("ana", "besa", "carlo", "ida", "ugo", "ulf"),
                (
                    "As nobody may be the only one, at least 2 countries in each of 2 teams makes 4, and no more than "
                    "2 can be had: each country (people) reaches so many teams: Italy (3) 1, Serbia (3) 1; ask for "
                    "fewer in a team, or form fewer teams."
                ),
            ),
            id="three people of a country are in one team at most too",
        ),
        pytest.param(
            [
                *serbs("ana", "besa", "carlo", "dan"),
                *ITALIANS,
                person("ulf", country="Italy"),
                person("uwe", country="Italy"),
            ],
            Rules(size_low=2, size_high=3, at_least_different={"country": 2}, at_least_two_of=("country",)),
            (
                ("at_least_different", "at_least_two_of"),
                ("ana", "besa", "carlo", "dan", "ida", "ugo", "ulf", "uwe"),
                (
                    "As nobody may be the only one, at least 2 countries in each of 3 teams makes 6, and no more than "
                    "4 can be had: each country (people) reaches so many teams: Italy (4) 2, Serbia (4) 2; ask for "
                    "fewer in a team, or form fewer teams."
                ),
            ),
            id="four people of a country are in two teams at most",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, at_least_different={"country": 2}),
            (
                ("at_least_different",),
                (),
                "At least 2 countries are wanted in each team, and the whole list has 1; ask for 1.",
            ),
            id="fewer values than wanted",
        ),
        pytest.param(
            [person(key, country=key) for key in "abcd"],
            Rules(teams=2, at_least_different={"country": 3}),
            (
                ("at_least_different",),
                (),
                (
                    "At least 3 countries are wanted in each team, and a team of 2 has at most 2; ask for 2, or form "
                    "larger teams."
                ),
            ),
            id="smaller teams than values wanted",
        ),
        pytest.param(
            [person(key, country=key) for key in "abcd"],
            Rules(teams=2, at_most_different={"country": 1}),
            (
                ("at_most_different",),
                (),
                (
                    "At most 1 country in each of 2 teams makes 2, and the countries of the list need 4; allow more in "
                    "a team, or form more teams."
                ),
            ),
            id="more values than teams can hold",
        ),
        pytest.param(
            [person(key, country=key) for key in "abcd"],
            Rules(teams=1, at_most_different={"country": 1}, at_least_different={"country": 2}),
            (
                ("at_most_different", "at_least_different"),
                (),
                "At least 2 countries and at most 1 are asked for; change one of the two.",
            ),
            id="limits that cross",
        ),
        pytest.param(
            [person("ana", skills=("video", "writing")), *serbs("besa")],
            Rules(teams=1, at_most_different={"skills": 1}),
            (
                ("at_most_different",),
                ("ana",),
                "Ana alone has 2 skills, at most 1 allowed in a team; allow 2.",
            ),
            id="one person with too many values",
        ),
        pytest.param(
            [*serbs("ana"), *ITALIANS, *serbs("besa")],
            Rules(teams=2, together=(("ana", "ida"),), at_most_different={"country": 1}),
            (
                ("together", "at_most_different"),
                ("ana", "ida"),
                (
                    "Ana and Ida are to share a team, and have 2 countries, at most 1 allowed; allow 2, or release some "
                    "of them."
                ),
            ),
            id="a group of too many institutions",
        ),
        pytest.param(
            [*ABC, *ITALIANS, person("ulf", country="Italy")],
            Rules(teams=2, together=(("ana", "besa", "carlo"),), at_least_different={"country": 2}),
            (
                ("together", "at_least_different"),
                ("ana", "besa", "carlo"),
                (
                    "Ana, Besa and Carlo are to share a team, and with all who still fit in the team has at most "
                    "1 country, at least 2 wanted; ask for 1, or release one of them."
                ),
            ),
            id="a group of one country fills a team",
        ),
        pytest.param(
            [*serbs("ana", "besa"), *ITALIANS],
            Rules(teams=2, together=(("ana", "ida"),), at_least_two_of=("country",)),
            (
                ("together", "at_least_two_of"),
                ("ana", "ida"),
                (
                    "Ana and Ida are to share a team and fill it, and Ana is the only one among them with the country "
                    "Serbia; release one of them, or allow somebody to be the only one."
                ),
            ),
            id="a group that fills a team leaves somebody alone",
        ),
        pytest.param(
            [*serbs("ana", "besa", "carlo", "drita"), *ITALIANS],
            Rules(teams=2, apart=(("ida", "ugo"),), at_least_two_of=("country",)),
            (
                ("at_least_two_of", "apart"),
                ("ida", "ugo"),
                (
                    "Ida is the only one with the country Italy in any team: under “who are in different teams”, Ugo "
                    "cannot join; loosen one of these rules, or allow somebody to be the only one."
                ),
            ),
            id="the only two of a country are kept apart",
        ),
        pytest.param(
            ABC,
            Rules(teams=3, at_least_two_of=("country",)),
            (
                ("at_least_two_of", "sizes"),
                (),
                "3 teams of one person: whoever is in it is the only one with their country; form larger teams.",
            ),
            id="teams of one",
        ),
        pytest.param(
            [person("ana", free=EVENING), *(person(key, free=MORNING) for key in ("besa", "carlo", "drita"))],
            Rules(teams=2, minimum_common_hours=2),
            (
                ("minimum_common_hours",),
                ("ana",),
                (
                    "Ana can be in a team with at most 0 others under “the minimum of common hours”, and the smallest "
                    "team needs 1; give up the minimum, or ask Ana for more free hours."
                ),
            ),
            id="nobody is free when one is",
        ),
        pytest.param(
            [
                person("ana", free=frozenset(range(36, 44))),
                *(person(key, free=MORNING) for key in ("besa", "carlo", "drita")),
            ],
            Rules(teams=2, minimum_common_hours=2),
            (
                ("minimum_common_hours",),
                ("ana",),
                (
                    "Ana can be in a team with at most 0 others under “the minimum of common hours”, and the smallest "
                    "team needs 1; lower the minimum to 1 hour, or ask Ana for more free hours."
                ),
            ),
            id="the minimum that would do is told",
        ),
        pytest.param(
            [person("ana", free=frozenset(range(4))), *ABC[1:]],
            Rules(teams=1, minimum_common_hours=2),
            (
                ("minimum_common_hours",),
                ("ana",),
                (
                    "Ana is free for 1 hour a week, the minimum of common hours is 2; lower the minimum to 1 hour, or "
                    "ask Ana for more free hours."
                ),
            ),
            id="one person is free too little",
        ),
        pytest.param(
            [
                *(person(key, free=MORNING) for key in ("ana", "besa", "carlo")),
                *(person(key, free=EVENING) for key in ("drita", "emir", "fatos", "goran", "hana", "ivo")),
                *(person(key, free=EVENING) for key in ("jana", "kosta", "luka")),
            ],
            Rules(teams=6, minimum_common_hours=1),
            (
                ("minimum_common_hours",),
                ("ana", "besa", "carlo"),
                (
                    "Under “the minimum of common hours”, Ana, Besa and Carlo can only be in teams of their own, and "
                    "3 people do not fill teams of these sizes; loosen one of these rules, or form teams of other "
                    "sizes."
                ),
            ),
            id="three early birds in teams of two",
        ),
        pytest.param(
            [person("ana", free=MORNING), person("besa", free=EVENING), *serbs("carlo", "drita")],
            Rules(teams=2, together=(("ana", "besa"),), minimum_common_hours=1),
            (
                ("together", "minimum_common_hours"),
                ("ana", "besa"),
                (
                    "Ana and Besa are to share a team, and have 0 common hours a week, the minimum is 1; give up the "
                    "minimum, or release one of them."
                ),
            ),
            id="a group without common hours",
        ),
        pytest.param(
            [
                person("ana", languages={"Serbian": 6}),
                *(person(key, languages={"English": 4}) for key in "bcd"),
            ],
            Rules(teams=2, shared=LANGUAGES),
            (
                ("shared",),
                ("ana",),
                (
                    "Ana can be in a team with at most 0 others under “the shared word”, and the smallest team needs "
                    "1; loosen one of these rules, or form smaller teams."
                ),
            ),
            id="nobody speaks what one speaks",
        ),
        pytest.param(
            [
                person("ana", languages={"English": 2}),
                *(person(key, languages={"English": 4}) for key in "bcd"),
            ],
            Rules(teams=2, shared=LANGUAGES),
            (
                ("shared",),
                ("ana",),
                "Ana has no language at level 3 or above; lower the level, or ask Ana again.",
            ),
            id="one speaks too little",
        ),
        pytest.param(
            [
                person("ana", languages={"Serbian": 6}),
                person("besa", languages={"English": 6}),
                *serbs("carlo", "drita"),
            ],
            Rules(teams=2, together=(("ana", "besa"),), shared=LANGUAGES),
            (
                ("together", "shared"),
                ("ana", "besa"),
                (
                    "Ana and Besa are to share a team, and have no language in common at level 3 or above; lower the "
                    "level, or release one of them."
                ),
            ),
            id="a group without a language",
        ),
        pytest.param(
            ABCD,
            Rules(teams=3, together=(("ana", "besa"), ("carlo", "drita"))),
            (
                ("together",),
                ("ana", "besa", "carlo", "drita"),
                (
                    "2 groups of 2 or more are to share a team each, and the teams have room for 1 of them; split a "
                    "group, or form larger teams."
                ),
            ),
            id="groups that fit one by one",
        ),
        pytest.param(
            [*ABCD, *serbs("emir")],
            Rules(
                teams=2,
                locked={"ana": 1, "besa": 1, "carlo": 1, "drita": 2, "emir": 2},
                together=(("emir", "drita"),),
            ),
            None,
            id="nothing is in the way",
        ),
        pytest.param(
            ABCD,
            Rules(teams=2, facilitators=(Facilitator(key="x", name="X", teams=1),)),
            (
                ("facilitators",),
                (),
                "The facilitators can accompany 1 team, and there are 2; find room for 1 more, or form fewer teams.",
            ),
            id="too few facilitators",
        ),
    ],
)
def test_a_planted_contradiction_is_recognised(
    people: list[Person], rules: Rules, expected: tuple[tuple[str, ...], tuple[str, ...], str] | None
) -> None:
    found = [
        (one.rules, one.people, one.english)
        for one in conflicts(form_teams(people, rules=rules), trials=0)
        if one.proved
    ]

    assert found == [] if expected is None else expected in found
