"""``python -m iahcalc analyse …``: the calculations without the platform."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from iahcalc.cli import analyse

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Run the command given by ``words`` (the program's own arguments by default); return its exit code."""
    parser = argparse.ArgumentParser(
        prog="iahcalc", description="Calculations of internationalisation at home."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    analyse.add_arguments(commands.add_parser("analyse", help=analyse.SUMMARY, description=analyse.SUMMARY))
    return analyse.run(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
