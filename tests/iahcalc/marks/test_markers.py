from __future__ import annotations

import pytest

from iahcalc.faults import TooFewAnswers
from iahcalc.marks import aligned, compare_markers


def test_shift_and_spread_of_the_second_marker() -> None:
    # Differences 4, 4, 10, 2: mean 5, variance 36 / 3 = 12, so the interval reaches 3.1824 * sqrt(12 / 4).
    found = compare_markers([50, 60, 70, 80], [54, 64, 80, 82], threshold=5)

    assert (found.n, found.shift, found.apart) == (4, 5, 1)
    assert found.high - found.shift == pytest.approx(3.182446 * 3**0.5, abs=1e-5)
    # Squares from the means: 500 and 16**2 + 6**2 + 10**2 + 12**2 = 536.
    assert found.spread == pytest.approx((536 / 500) ** 0.5)


def test_full_agreement_has_kappa_one() -> None:
    found = compare_markers([51, 62, 73, 100], [51, 62, 73, 100])

    assert found.kappa is not None
    assert (found.kappa.value, found.shift) == (1, 0)


def test_the_same_band_throughout_leaves_kappa_without_a_value() -> None:
    assert compare_markers([51, 52, 53], [52, 53, 54]).kappa is None


def test_a_marker_who_tells_nothing_apart_has_no_spread() -> None:
    assert compare_markers([60, 60], [50, 70]).spread is None


def test_the_second_markers_points_on_the_scale_of_the_first() -> None:
    found = compare_markers([40, 60], [60, 70])

    # Means 50 and 65, deviations in the ratio 2: 70 is 5 above, so 10 above on the other scale.
    assert aligned(70, found) == pytest.approx(60)
    assert aligned(70, found, with_spread=False) == pytest.approx(55)
    assert aligned(0, found) == 0


def test_two_works_are_needed_and_points_of_a_hundred() -> None:
    with pytest.raises(TooFewAnswers):
        compare_markers([50], [50])
    with pytest.raises(ValueError, match="same works"):
        compare_markers([50, 60], [50])
    with pytest.raises(ValueError, match="0 to 100"):
        compare_markers([50, 101], [50, 60])
