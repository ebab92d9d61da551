from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from iahcalc.parameters import NAMES, load


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_unit_year_and_source(name: str) -> None:
    found = load(name)

    assert found.title
    assert found.words
    assert isinstance(found.valid_from, date)
    for parameter in found.parameters:
        assert parameter.unit
        assert 1900 <= parameter.year <= found.valid_from.year
        assert len(parameter.source) > 10
        assert parameter.low <= parameter.value <= parameter.high
    codes = [parameter.code for parameter in found.parameters]
    assert len(set(codes)) == len(codes)


def test_every_file_of_parameters_is_listed() -> None:
    files = {
        file.name for file in resources.files("iahcalc.parameters").iterdir() if file.name.endswith(".yaml")
    }

    assert files == {f"{name}.yaml" for name in NAMES}


def test_an_unknown_set_or_parameter_is_named() -> None:
    with pytest.raises(KeyError, match="iah_costs_1999"):
        load("iah_costs_1999")
    with pytest.raises(KeyError, match="bicycle"):
        load("iah_costs_2026")["bicycle"]


def test_a_parameter_without_source_or_outside_its_ends_is_refused() -> None:
    from iahcalc.parameters._loading import _parameter

    with pytest.raises(ValueError, match="needs a unit, a year and a source"):
        _parameter({"code": "x", "value": 1, "unit": "EUR", "year": 2026})
    with pytest.raises(ValueError, match="outside its own ends"):
        _parameter({"code": "x", "value": 1, "low": 2, "unit": "EUR", "year": 2026, "source": "somewhere"})
