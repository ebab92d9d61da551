"""The guides of teams: every example of the tutorial is run, and everything that can be asked for is documented."""

from __future__ import annotations

import argparse
import doctest
import re
from pathlib import Path
from typing import Any

from iahcalc.cli import teams
from iahcalc.cli._people import HEADERS
from iahcalc.cli._team_toml import KEYS

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide"


def test_every_example_of_the_tutorial_gives_what_it_shows() -> None:
    text = (GUIDE / "teams-api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF)
    names: dict[str, Any] = {}

    for number, block in enumerate(blocks, start=1):
        test = parser.get_doctest(block, names, f"block {number}", "teams-api.md", 0)
        assert test.examples
        runner.run(test, clear_globs=False)
        names = test.globs

    assert len(blocks) > 10
    assert runner.summarize(verbose=False).failed == 0


def test_every_option_of_every_action_is_in_the_guide() -> None:
    guide = (GUIDE / "teams.md").read_text(encoding="utf-8")
    parser = argparse.ArgumentParser()
    teams.add_arguments(parser)
    (actions,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))

    options = {
        option
        for own in actions.choices.values()
        for action in own._actions
        for option in action.option_strings
    }

    assert {option for option in options if f"`{option}` " not in guide} == {"-h", "--help"}
    assert {name for name in actions.choices if f"biosint teams {name} " not in guide} == {"form"}


def test_every_name_of_a_rules_file_and_of_a_column_is_in_the_guide() -> None:
    guide = (GUIDE / "teams.md").read_text(encoding="utf-8").replace("e-mail", "e mail")
    rules = guide[guide.index("| in the rules file") : guide.index("| kind of wish")]
    columns = guide[guide.index("| column |") : guide.index("Every other column")]

    assert {key for key in KEYS if not re.search(rf"`\[*{key}\b", rules)} == set()
    assert {
        alias
        for aliases in HEADERS.values()
        for alias in aliases
        if not re.search(rf"[| ,]{alias}[ ,]", columns)
    } == set()
