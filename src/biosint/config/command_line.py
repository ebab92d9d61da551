"""The ``biosint`` command. Commands that calculate start without the platform, so they answer at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from biosint.config.environment import DEMONSTRATION_MARK, EnvironmentFault, read

CALCULATIONS = {
    "analyse": (
        "iahcalc.cli.analyse",
        "analyse a file of answers: tables, comparisons, changes, scales, whole reports",
    ),
    "teams": ("iahcalc.cli.teams", "form international teams from a file of people"),
}


class Stop(Exception):
    """The command cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def _load_platform() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biosint.config.settings")
    import django

    django.setup()


def _serve(given: argparse.Namespace) -> int:
    if given.demonstration:
        _mean_demonstration()
    if given.host in {"127.0.0.1", "localhost"}:
        # Links that leave the page (letters, QR codes, certificates) lead back to this very server.
        os.environ.setdefault("BIOSINT_SITE_URL", f"http://{given.host}:{given.port}")
    _load_platform()
    from biosint.config import preparation, server

    if preparation.prepare(say, upgrade=preparation.embedded()):
        preparation.compile_calculations()
    if given.demonstration:
        preparation.tell_demonstration(say)
    return server.serve(host=given.host, port=given.port, workers=given.workers, say=say)


def _mean_demonstration() -> None:
    """Let settings of this process say “demonstration” before the folder is marked as one."""
    if os.environ.get("BIOSINT_DEMONSTRATION", "yes").lower() in {"no", "false", "0", "off"}:
        raise Stop("BIOSINT_DEMONSTRATION says “no”. Unset it to build the demonstration.")
    folder = read().data_dir
    if not (folder / "biosint.sqlite3").exists() or (folder / DEMONSTRATION_MARK).exists():
        os.environ["BIOSINT_DEMONSTRATION"] = "yes"


def _init(given: argparse.Namespace) -> int:
    _load_platform()
    from biosint.config import preparation

    preparation.prepare(say, upgrade=True)
    preparation.compile_calculations()
    if preparation.has_administrator():
        say("The installation is ready. Start it with: biosint serve")
    elif sys.stdin.isatty():
        say("Now the first account: the administrator of this site.")
        _createadmin(given)
    else:
        say("The installation is ready. Make its first administrator with: biosint createadmin")
    return 0


def _demo(_given: argparse.Namespace) -> int:
    _mean_demonstration()
    _load_platform()
    from biosint.config import preparation

    preparation.prepare(say, upgrade=True)
    if not preparation.tell_demonstration(say):
        raise Stop(
            "People use this installation already; invented history must not mix with theirs. Name an empty "
            "folder in BIOSINT_DATA_DIR."
        )
    return 0


def _createadmin(given: argparse.Namespace) -> int:
    import getpass

    _load_platform()
    from biosint.config import preparation

    email = getattr(given, "email", None) or input("E-mail address: ").strip()
    name = getattr(given, "name", None) or input("Name: ").strip()
    if getattr(given, "password_stdin", False):
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Password again: ") != password:
            raise Stop("The two passwords differ. Nothing was made; try again.")
    preparation.make_administrator(email=email, name=name, password=password)
    say(f"{email} administers this site. Start it with: biosint serve")
    return 0


def _doctor(_given: argparse.Namespace) -> int:
    _load_platform()
    from biosint.config import doctor

    return doctor.examine(say)


def _worker(_given: argparse.Namespace) -> int:
    _load_platform()
    from biosint.config import preparation, server

    preparation.wait_until_prepared(say)
    return server.work(say)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="biosint",
        description="The platform for internationalisation at home. Settings are BIOSINT_… environment variables.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, meaning: str, call: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=meaning, description=meaning.capitalize() + ".")
        command.set_defaults(call=call)
        return command

    serve = add("serve", "serve the platform; an empty data folder is prepared first", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen at (default: %(default)s)")
    serve.add_argument(
        "--workers",
        type=int,
        default=1,
        help="processes that serve pages; more than one needs PostgreSQL (default: %(default)s)",
    )
    serve.add_argument(
        "--demonstration", action="store_true", help="fill an empty data folder with the demonstration"
    )
    for command in (
        add("init", "prepare an empty data folder, or bring an older one up to date", _init),
        add("createadmin", "open the account of a site administrator", _createadmin),
    ):
        command.add_argument("--email", help="address to sign in with (asked for when left out)")
        command.add_argument("--name", help="name of the person (asked for when left out)")
        command.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )
    add("demo", "fill an empty data folder with the demonstration consortium", _demo)
    add("doctor", "examine the installation and say what to do", _doctor)
    add("worker", "do background jobs in a process of its own", _worker)
    for name, (_module, meaning) in CALCULATIONS.items():
        add(name, meaning, lambda _given: 2)
    add("manage", "Django's own commands, for developers", lambda _given: 2)
    return parser


def _calculate(name: str, words: Sequence[str]) -> int:
    module = import_module(CALCULATIONS[name][0])
    parser = argparse.ArgumentParser(prog=f"biosint {name}", description=module.SUMMARY)
    module.add_arguments(parser)
    # Some commands have a usual action whose name may be left out.
    completed = getattr(module, "completed", list)
    return int(module.run(parser.parse_args(completed(words))))


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 1 for a failure, 2 for settings or words that cannot be used."""
    words = sys.argv[1:] if words is None else list(words)
    if words and words[0] in CALCULATIONS:
        return _calculate(words[0], words[1:])
    try:
        if words and words[0] == "manage":
            _load_platform()
            from django.core.management import execute_from_command_line

            execute_from_command_line(["biosint manage", *words[1:]])
            return 0
        given = _parser().parse_args(words)
        return int(given.call(given))
    except EnvironmentFault as fault:
        print(fault, file=sys.stderr)
        return 2
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
