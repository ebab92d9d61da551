from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import iahcalc

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(iahcalc.__path__, prefix="iahcalc.")
    if not module.name.endswith("__main__")
)
PACKAGES = [name for name in MODULES if name.count(".") == 1 and name != "iahcalc.faults"]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_in_a_docstring_holds(name: str) -> None:
    failures, _ = doctest.testmod(importlib.import_module(name))

    assert failures == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_exists(name: str) -> None:
    module = importlib.import_module(name)

    for public in getattr(module, "__all__", ()):
        assert hasattr(module, public)
