"""Everything `make check` holds, one line each; every check runs, so that one run tells all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: list[tuple[str, list[str | Path]]] = [
    ("Style", [BIN / "ruff", "check", "."]),
    ("Form", [BIN / "ruff", "format", "--check", "."]),
    ("Layers", [BIN / "lint-imports"]),
    ("Migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("Settings of Django", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
    ("Templates", [BIN / "djlint", "src", "--lint", "--quiet"]),
    ("Languages", [PYTHON, "tools/catalogues.py", "check"]),
    ("Page of settings", [PYTHON, "tools/settings_table.py", "check"]),
    ("Types", [BIN / "mypy"]),
]


def main(wanted: list[str]) -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("BIOSINT_")}
        environ = {
            **clean,
            "BIOSINT_DATA_DIR": folder,
            "BIOSINT_SECRET_KEY": "only-for-checks-" + "x" * 40,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        for name, words in CHECKS:
            if wanted and name.lower() not in wanted:
                continue
            begun = time.monotonic()
            done = subprocess.run(
                [str(word) for word in words],
                cwd=ROOT,
                env=environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            print(
                f"{'ok' if done.returncode == 0 else 'FAILED':<7}{name} ({time.monotonic() - begun:.1f} s)",
                flush=True,
            )
            if done.returncode:
                failed.append(name)
                print(done.stdout, flush=True)
    if failed:
        print(f"To be mended: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([word.lower() for word in sys.argv[1:]]))
