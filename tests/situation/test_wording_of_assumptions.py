from __future__ import annotations

import re

import pytest

from biosint.situation import wording
from iahcalc.samples import ASSUMPTION_SENTENCES, EffectName, Method


@pytest.mark.parametrize("code", sorted(ASSUMPTION_SENTENCES))
def test_every_assumption_is_worded_for_readers_with_figures_it_has(code: str) -> None:
    known = set(re.findall(r"{(\w+)", ASSUMPTION_SENTENCES[code]))

    used = set(re.findall(r"%\((\w+)\)s", str(wording.ASSUMPTIONS[code])))

    assert used <= known


def test_every_test_and_effect_size_has_a_name_for_readers() -> None:
    assert set(wording.METHODS) == {method.code for method in Method}
    assert set(wording.EFFECTS) == {effect.code for effect in EffectName}
