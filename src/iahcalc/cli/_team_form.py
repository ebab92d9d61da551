"""``biosint teams form``, which may be called without “form”."""

from __future__ import annotations

import argparse

from iahcalc.cli._team_options import add_output, add_people, add_questions

SUMMARY = "Form teams from a table of people and explain each team."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of forming teams."""
    add_people(parser)
    add_questions(parser)
    add_output(parser)


def act(arguments: argparse.Namespace) -> str:
    """Form teams, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    from iahcalc.cli import _team_run

    return _team_run.formed(arguments)
