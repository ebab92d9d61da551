"""``biosint teams``: a table of people in, teams with their reasons out.

What can be done is listed in ``ACTIONS``. An action is a module with ``SUMMARY``, ``add_arguments`` and
``act``, which returns what is to be printed; it imports numpy and everything heavy inside functions.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from iahcalc.cli import _team_form, _team_judge, _team_mdgp, _team_repair
from iahcalc.cli.tables import Unreadable

__all__ = ["ACTIONS", "SUMMARY", "add_arguments", "completed", "run"]

SUMMARY = "Form international, multidisciplinary teams from a table of people and explain each team."
USUAL = "form"
STOPPED = 130


class Action(Protocol):
    """One thing that ``biosint teams`` does."""

    SUMMARY: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def act(self, arguments: argparse.Namespace) -> str: ...


ACTIONS: dict[str, Action] = {
    USUAL: cast("Action", _team_form),
    "repair": cast("Action", _team_repair),
    "judge": cast("Action", _team_judge),
    "mdgp": cast("Action", _team_mdgp),
}


def completed(words: Sequence[str]) -> list[str]:
    """Return the words with the usual action put first where they name none: it may be left out."""
    if not words or words[0] in {*ACTIONS, "-h", "--help"}:
        return list(words)
    return [USUAL, *words]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the actions of ``biosint teams`` to its parser."""
    parser.description = f"{SUMMARY} “{USUAL}” may be left out."
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")
    for name, action in ACTIONS.items():
        own = actions.add_parser(name, help=action.SUMMARY, description=action.SUMMARY)
        action.add_arguments(own)
        own.set_defaults(act=action.act)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and print it.

    Returns:
        0; 2 after one sentence on the error stream; 130 when it was stopped from the keyboard.
    """
    act: Callable[[argparse.Namespace], str] = arguments.act
    try:
        print(act(arguments), flush=True)
    except BrokenPipeError:
        # The reader (``| head``) has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Unreadable as fault:
        print(f"biosint teams: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("biosint teams: stopped. No file was left half written.", file=sys.stderr)
        return STOPPED
    return 0
