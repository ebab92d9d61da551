"""Machine code: kept beside the source, loaded by a new process, and listed where set-up looks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import iahcalc
from iahcalc.compiled import compile_all

SOURCE = Path(iahcalc.__file__).parent


def test_set_up_reaches_every_module_with_compiled_functions() -> None:
    found = {
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for path in SOURCE.rglob("*.py")
        if "\n@compiled(" in path.read_text(encoding="utf-8")
    }
    assert found
    compile_all()
    assert found <= set(sys.modules)


def test_numba_is_named_in_one_place() -> None:
    naming = [
        path.name for path in SOURCE.rglob("*.py") if "import numba" in path.read_text(encoding="utf-8")
    ]
    assert naming == ["compiled.py"]


def test_a_new_process_compiles_nothing_again() -> None:
    script = (
        "import sys, importlib; from iahcalc.compiled import KERNELS, compile_all; compile_all()\n"
        "from numba.core.dispatcher import Dispatcher\n"
        "for name in KERNELS:\n"
        "    for made in vars(importlib.import_module(name)).values():\n"
        "        if isinstance(made, Dispatcher) and made.stats.cache_misses:\n"
        "            print(name, made, made.stats)\n"
    )
    subprocess.run([sys.executable, "-m", "iahcalc.compiled"], check=True, capture_output=True)
    again = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert again.stdout == ""


def test_the_platform_starts_without_the_compiler() -> None:
    script = "import sys, iahcalc.teams, iahcalc.mdgp, iahcalc.cli.teams; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
