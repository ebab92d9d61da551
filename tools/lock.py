"""Resolves the pinned requirements anew, with the sums of every file; existing pins stay where they can.

``--upgrade`` lets every pin move.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
# The oldest Python that BIOSINT runs on; the pins carry markers for newer ones and other systems.
COMMON = ["--universal", "--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11"]


def resolve(target: str, *words: str) -> None:
    subprocess.run(
        [str(UV), "pip", "compile", *COMMON, *words, "-o", f"requirements/{target}.txt"], cwd=ROOT, check=True
    )
    print(f"requirements/{target}.txt is resolved.")


def main(more: list[str]) -> int:
    resolve("core", "pyproject.toml", "--extra", "postgres", *more)
    resolve("dev", "requirements/dev.in", "-c", "requirements/core.txt", *more)
    resolve("node", "requirements/node.in", *more)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
