"""``biosint teams repair``: late joiners get places, gaps are closed, hardly anybody moves."""

from __future__ import annotations

import argparse

from iahcalc.cli._team_judge import add_before
from iahcalc.cli._team_options import add_output, add_people, add_questions

SUMMARY = "Find places for late joiners and close the gaps of those who left; as few others as possible move."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of repairing teams."""
    add_people(parser)
    add_before(parser)
    add_questions(parser)
    add_output(parser)


def act(arguments: argparse.Namespace) -> str:
    """Repair the teams, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    from iahcalc.cli import _team_run

    return _team_run.repaired_teams(arguments)
