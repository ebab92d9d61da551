"""``biosint teams mdgp``: the pure problem, a table of distances in a file of MDGPLIB."""

from __future__ import annotations

import argparse
import json
import math

from iahcalc.cli.tables import Unreadable

__all__ = ["SUMMARY", "act", "add_arguments"]

SUMMARY = "Split the elements of an MDGPLIB file into groups that are as diverse as possible."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this action takes."""
    parser.add_argument("file", metavar="FILE", help="an instance of the maximally diverse grouping problem")
    parser.add_argument(
        "--seconds", type=_seconds, default=1.0, metavar="T", help="search time on one core (1)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another seed finds other groups (1)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the objective and the group of each element"
    )


def act(arguments: argparse.Namespace) -> str:
    """Read the file, search, and return what is to be printed.

    Raises:
        Unreadable: a file that cannot be used.
    """
    from iahcalc import mdgp

    if arguments.seed < 0:
        raise Unreadable(f"The seed must be 0 or more, not {arguments.seed}.")
    try:
        instance = mdgp.read(arguments.file)
    except (OSError, mdgp.MdgpFault) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else ""
        raise Unreadable(f"{arguments.file} cannot be read: {reason}." if reason else str(fault)) from fault
    found = mdgp.solve(instance, seconds=arguments.seconds, seed=arguments.seed)
    objective = int(found.objective) if found.objective.is_integer() else round(found.objective, 6)
    if arguments.json:
        return json.dumps({"objective": objective, "groups": found.groups.tolist()})
    lines = [
        f"Objective {objective} in {found.seconds:.1f} s, {found.tried / 1e6:.0f} million exchanges weighed."
    ]
    for group in range(len(instance.low)):
        members = [str(element) for element in range(len(found.groups)) if found.groups[element] == group]
        lines.append(f"Group {group} ({len(members)}): {' '.join(members)}")
    return "\n".join(lines)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"“{text}” is not a time above 0 and up to 86400 seconds")
    return seconds
