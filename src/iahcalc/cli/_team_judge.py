"""``biosint teams judge``: teams that exist already, formed by hand or by another program."""

from __future__ import annotations

import argparse
from pathlib import Path

from iahcalc.cli._team_options import add_output, add_people, add_questions

SUMMARY = "Judge and explain teams that exist already, without forming any."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of judging teams."""
    add_people(parser)
    add_before(parser)
    add_questions(parser)
    add_output(parser)


def add_before(parser: argparse.ArgumentParser) -> None:
    """Add where the teams are found."""
    parser.add_argument(
        "--before",
        type=Path,
        metavar="FILE",
        help="teams there are, as --out wrote them (without it: the column “team” of the people)",
    )


def act(arguments: argparse.Namespace) -> str:
    """Judge the teams, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    from iahcalc.cli import _team_run

    return _team_run.judged(arguments)
