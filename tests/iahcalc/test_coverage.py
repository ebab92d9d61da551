from __future__ import annotations

import pytest

from iahcalc.coverage import Unit, dimension_coverage, ects_change, ects_share, matrix
from iahcalc.faults import Undefined


def test_the_share_of_international_credits_is_counted_before_and_after() -> None:
    before = [Unit("anatomy", 12), Unit("ethics", 4, 1), Unit("latin", 4, 2)]
    after = [Unit("anatomy", 12, 3), Unit("ethics", 4, 1), Unit("global health", 4, 4)]

    found = ects_change(before, after)

    assert (found.before.international, found.before.share) == (3, 0.15)
    assert (found.after.international, found.after.share) == (8, 0.4)
    assert found.gained == 5
    assert found.gained_share == pytest.approx(0.25)
    assert found.risen == ("anatomy", "global health")
    assert found.fallen == ("latin",)


def test_impossible_credits_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot have 5 international ECTS of 4"):
        Unit("ethics", 4, 5)
    with pytest.raises(ValueError, match="Two units"):
        ects_share([Unit("ethics", 4), Unit("ethics", 3)])
    with pytest.raises(Undefined):
        ects_share([Unit("visit", 0)])


def test_the_matrix_names_gaps_thin_outcomes_and_idle_units() -> None:
    found = matrix(
        ["ethics", "teamwork", "language"],
        ["law", "anatomy", "sport"],
        {("ethics", "law"): 3, ("ethics", "anatomy"): 1, ("teamwork", "anatomy"): 2},
    )

    assert found.cells == ((3, 1, 0), (0, 2, 0), (0, 0, 0))
    assert found.gaps == ("language",)
    assert found.thin == ("teamwork",)
    assert found.idle == ("sport",)


def test_wrong_links_are_refused() -> None:
    with pytest.raises(ValueError, match="not in the table"):
        matrix(["ethics"], ["law"], [("ethics", "sport")])
    with pytest.raises(ValueError, match="strength of at least 0"):
        matrix(["ethics"], ["law"], {("ethics", "law"): -1})
    with pytest.raises(ValueError, match="appears twice"):
        matrix(["ethics", "ethics"], ["law"], [])
    with pytest.raises(ValueError, match="not in the programme"):
        dimension_coverage(["ethics"], [Unit("law", 3)], {"law": ["cooking"]})


def test_dimensions_carry_the_credits_of_their_units() -> None:
    units = [Unit("law", 3), Unit("anatomy", 9)]

    ethics, language, digital = dimension_coverage(
        ["ethics", "language", "digital"], units, {"law": ["ethics", "digital"], "anatomy": ["digital"]}
    )

    assert (ethics.units, ethics.ects, ethics.share, ethics.is_gap) == (("law",), 3, 0.25, False)
    assert language.is_gap
    assert digital.share == 1
    assert dimension_coverage(["ethics"], [], {})[0].share == 0
