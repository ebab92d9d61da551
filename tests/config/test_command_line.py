"""The command as people start it: real processes on a folder of their own."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from biosint.config import command_line

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("BIOSINT_", "DJANGO_"))}
    return {
        **clean,
        "PYTHONPATH": str(SOURCE),
        "BIOSINT_DATA_DIR": str(tmp_path / "data"),
        "BIOSINT_DEBUG": "yes",
    }


def biosint(
    *words: str, environ: dict[str, str], given: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "biosint", *words],
        env=environ,
        input=given,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(environ: dict[str, str]) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A server on an empty folder, ready."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "biosint", "serve", "--port", str(port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "is ready at" in line:
            break
    else:
        pytest.fail("The server ended: " + "".join(lines))
    yield server, port
    if server.poll() is None:
        server.kill()
    server.wait(10)
    server.stdout.close()


def status(port: int, path: str) -> int:
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    page.request("GET", path)
    answer = page.getresponse()
    answer.read()
    page.close()
    return answer.status


def test_serve_prepares_an_empty_folder_does_jobs_and_ends_in_order(
    served: tuple["subprocess.Popen[str]", int], environ: dict[str, str]
) -> None:
    server, port = served

    assert status(port, "/readyz") == 200
    assert status(port, "/account/login/") == 200
    told = biosint("serve", "--port", str(port), environ=environ)
    assert told.returncode == 1
    assert f"Port {port} at 127.0.0.1 cannot be used" in told.stderr
    assert "Workers: 1 alive" in biosint("doctor", environ=environ).stdout

    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    with sqlite3.connect(Path(environ["BIOSINT_DATA_DIR"]) / "biosint.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM jobs_worker").fetchone() == (0,)
    database.close()


def test_several_processes_on_the_embedded_database_are_refused(environ: dict[str, str]) -> None:
    told = biosint("serve", "--workers", "2", environ=environ)

    assert told.returncode == 1
    assert "PostgreSQL" in told.stderr


def test_init_and_createadmin_make_an_installation_that_the_doctor_accepts(environ: dict[str, str]) -> None:
    assert "createadmin" in biosint("init", environ=environ, given="").stdout

    weak = biosint(
        "createadmin",
        "--email",
        "a@example.org",
        "--name",
        "Ana",
        "--password-stdin",
        environ=environ,
        given="short\n",
    )
    assert weak.returncode == 1
    made = biosint(
        "createadmin",
        "--email",
        "a@example.org",
        "--name",
        "Ana",
        "--password-stdin",
        environ=environ,
        given="sedam belih golubova\n",
    )
    assert made.returncode == 0, made.stderr

    told = biosint("doctor", environ=environ).stdout
    assert "ok    Administrator: there is one" in told
    assert "ok    Migrations: complete" in told


def test_an_older_database_is_copied_before_it_is_upgraded(environ: dict[str, str]) -> None:
    biosint("init", environ=environ, given="")
    assert biosint("manage", "migrate", "jobs", "zero", environ=environ).returncode == 0
    assert biosint("doctor", environ=environ).returncode == 1

    told = biosint("init", environ=environ, given="").stdout

    assert "Copy of the database before the upgrade" in told
    (copy,) = (Path(environ["BIOSINT_DATA_DIR"]) / "backups").iterdir()
    with sqlite3.connect(copy) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_settings_that_cannot_be_used_are_told_in_one_paragraph(environ: dict[str, str]) -> None:
    told = biosint("serve", environ={**environ, "BIOSINT_SITE_URL": "nowhere"})

    assert told.returncode == 2
    assert "BIOSINT_SITE_URL is “nowhere”: use a full address" in told.stderr
    assert "Traceback" not in told.stderr


def test_calculations_start_without_the_platform(environ: dict[str, str]) -> None:
    loads = "import sys; from biosint.config.command_line import main\n"
    loads += "try: main(['analyse', '--help'])\nexcept SystemExit: pass\n"
    loads += "sys.exit('django' in sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", loads], env=environ, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stderr
    assert "biosint analyse" in told.stdout


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["--help"])

    told = capsys.readouterr().out
    for command in ("serve", "init", "demo", "doctor", "worker", "createadmin", "analyse", "teams", "manage"):
        assert f"\n    {command}" in told
