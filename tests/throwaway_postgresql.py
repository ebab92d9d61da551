"""A PostgreSQL server for one test run: the machine's own binaries, else those of the pgserver wheel.

It listens on a socket in its own folder only, writes without waiting for the disk, and is
removed when the test run ends.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def _binaries() -> Path:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    if installed:
        return installed[0].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    try:
        import pgserver
    except ImportError:
        sys.exit(
            "No PostgreSQL was found. Install it (Debian: apt-get install postgresql), or pip install pgserver."
        )
    return Path(pgserver.__file__).parent / "pginstall" / "bin"


def _unprivileged() -> tuple[list[str], int, int]:
    """PostgreSQL refuses to run as root: return the words that run it as somebody else."""
    if os.geteuid() != 0:
        return [], os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        words = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        return words, account.pw_uid, account.pw_gid
    sys.exit("PostgreSQL does not run as root, and neither “postgres” nor “nobody” exists on this machine.")


def start() -> str:
    """Start the server and return its address as ``BIOSINT_DATABASE_URL`` takes it."""
    binaries = _binaries()
    prefix, user, group = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="biosint-postgresql-"))
    os.chown(home, user, group)
    cluster = home / "cluster"
    environ = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def run(*words: str) -> None:
        done = subprocess.run(
            [*prefix, *words], cwd=home, env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"PostgreSQL for the tests does not start:\n{done.stdout}\n{done.stderr}")

    def stop() -> None:
        subprocess.run(
            [*prefix, str(binaries / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "stop"],
            cwd=home,
            env=environ,
            capture_output=True,
            check=False,
        )
        shutil.rmtree(home, ignore_errors=True)

    run(
        str(binaries / "initdb"),
        "-D",
        str(cluster),
        "-U",
        "biosint",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    )
    atexit.register(stop)
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    )
    log = str(home / "log")
    run(str(binaries / "pg_ctl"), "-D", str(cluster), "-w", "-t", "60", "-l", log, "-o", options, "start")
    return f"postgresql://biosint@/postgres?host={home}"
