"""Writes docs/admin/settings.md from ``biosint.config.environment``; ``check`` compares instead."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/admin/settings.md"
sys.path.insert(0, str(ROOT / "src"))

from biosint.config.environment import VARIABLES  # noqa: E402 -- found only after the line above

HEAD = """# Settings

Every setting is an environment variable. A wrong value stops BIOSINT at start, with all faults told together;
`biosint doctor` says what else an installation needs.

A name with `_FILE` at its end gives the path of a file that holds the value, such as a container's secret:
`BIOSINT_SECRET_KEY_FILE=/run/secrets/key`. Values marked “secret” are never shown in messages.

This page is made from the code by `python tools/settings_table.py write`; a test compares the two.

| Variable | Default | Meaning |
|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    rows = []
    for variable in VARIABLES:
        default = f"`{variable.default}`" if variable.default else "(empty)"
        meaning = variable.meaning.replace("|", "\\|") + (" Secret." if variable.secret else "")
        rows.append(f"| `{variable.key}` | {default} | {meaning} |\n")
    return HEAD + "".join(rows)


def main(words: list[str]) -> int:
    if words == ["write"]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if words == ["check"]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print(
            "docs/admin/settings.md does not tell what the code reads. Run: python tools/settings_table.py write"
        )
        return 1
    print("Use: python tools/settings_table.py write|check")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
