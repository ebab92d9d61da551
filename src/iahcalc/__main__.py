"""``python -m iahcalc analyse …``: the calculations without the platform."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from iahcalc.cli import analyse, teams

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Run the command given by ``words`` (the program's own arguments by default); return its exit code."""
    parser = argparse.ArgumentParser(
        prog="iahcalc", description="Calculations of internationalisation at home."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, command in (("analyse", analyse), ("teams", teams)):
        own = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    words = list(sys.argv[1:] if words is None else words)
    if words[:1] == ["teams"]:
        words[1:] = teams.completed(words[1:])
    arguments = parser.parse_args(words)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
