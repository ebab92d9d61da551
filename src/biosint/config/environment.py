"""Every setting an operator can give, read once, with all faults reported together.

The table in docs/admin/settings.md is generated from ``VARIABLES`` and compared by a test.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import available_timezones

# While this file stands in the data folder, the folder is a demonstration unless a variable says otherwise.
DEMONSTRATION_MARK = "demonstration.txt"


class EnvironmentFault(Exception):
    """One or more settings cannot be used; the text lists every one and what is allowed."""


def _yes_no(text: str) -> bool:
    known = {
        "yes": True,
        "true": True,
        "1": True,
        "on": True,
        "no": False,
        "false": False,
        "0": False,
        "off": False,
    }
    try:
        return known[text.strip().lower()]
    except KeyError:
        raise ValueError("use yes or no") from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("use a full address such as https://iah.example.edu")
    return text.rstrip("/")


def _origin(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("use an address without a path, such as https://packages-of-iah.example.org")
    return text.rstrip("/").lower()


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("use a name such as Europe/Belgrade")
    return text


def _database(text: str) -> str:
    if text and urlsplit(text).scheme not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError(
            "leave it empty for the embedded database, or use postgresql://user:password@host:5432/name"
        )
    return text


def _mail(text: str) -> str:
    if text and urlsplit(text).scheme not in {"smtp", "smtps", "file"}:
        raise ValueError(
            "leave it empty to keep mail in the data folder, or use smtp://user:password@host:587"
        )
    return text


def _translation_url(text: str) -> str:
    if text and (urlsplit(text).scheme != "https" or "{text}" not in text):
        raise ValueError(
            "leave it empty for no links, or use https://translate.example.org/?from={from}&to={to}&text={text}"
        )
    return text


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("use a whole number") from None


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: its name without ``BIOSINT_``, how it is read, and what it means."""

    name: str
    read: Callable[[str], object]
    default: str
    meaning: str
    secret: bool = False

    @property
    def key(self) -> str:
        return f"BIOSINT_{self.name}"


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "DATA_DIR",
        Path,
        "data",
        "Folder of the embedded database, uploaded files, keys and mail that was not sent.",
    ),
    Variable(
        "SITE_URL",
        _site_url,
        "http://127.0.0.1:8000",
        "Address under which people reach the platform; credentials and mails carry it.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        _words,
        "",
        "Further host names that may be used, separated by commas; the host of the site address is always allowed.",
    ),
    Variable(
        "SECRET_KEY",
        str,
        "",
        "Key that signs sessions. Empty: made once and kept in the data folder.",
        secret=True,
    ),
    Variable(
        "DATABASE_URL",
        _database,
        "",
        "Empty: the embedded database (SQLite). A consortium sets postgresql://user:password@host:5432/name.",
        secret=True,
    ),
    Variable(
        "MAIL_URL",
        _mail,
        "",
        "Mail server, smtp://user:password@host:587. Empty: mails are kept as files in the data folder.",
        secret=True,
    ),
    Variable("MAIL_FROM", str, "BIOSINT <biosint@localhost>", "Sender of all mails."),
    Variable(
        "TIME_ZONE", _time_zone, "Europe/Belgrade", "Zone shown to visitors who have not chosen their own."
    ),
    Variable(
        "LANGUAGE", str, "en", "Interface language for visitors whose browser asks for none that is offered."
    ),
    Variable(
        "DEMONSTRATION",
        _yes_no,
        "no",
        "Marks every page as demonstration and offers sign-in cards for the invented people. Never on a real site. "
        "Left out: yes in a data folder that `biosint demo` has filled (its file demonstration.txt says so).",
    ),
    Variable(
        "BEHIND_PROXY", _yes_no, "no", "Trust X-Forwarded-Proto and X-Forwarded-For of one proxy in front."
    ),
    Variable(
        "EMBEDDED_WORKER",
        _yes_no,
        "yes",
        "Run background jobs inside the server process. Turn off where `biosint worker` runs.",
    ),
    Variable(
        "TRANSLATION_URL",
        _translation_url,
        "",
        "Address of the translation aid that passages in other languages link to, with {text}, {from} and {to} in it. "
        "Nothing is sent before somebody follows the link. Empty: no links.",
    ),
    Variable("UPLOAD_MEGABYTES", _whole, "25", "Largest file that may be uploaded."),
    Variable(
        "PACKAGES_ORIGIN",
        _origin,
        "",
        "Address under which foreign packages (H5P, SCORM) are played: another host name that leads to this same "
        "server, with the same scheme as the site's. Empty: on a trial at 127.0.0.1 or localhost the other of the two; "
        "on any other site no package plays.",
    ),
    Variable("PACKAGE_MEGABYTES", _whole, "100", "Largest H5P or SCORM package that may be handed in."),
    Variable(
        "DEBUG", _yes_no, "no", "Developers only: detailed error pages. Never on a site that others reach."
    ),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings, read and checked. One field per entry of ``VARIABLES``, same name in lower case."""

    data_dir: Path
    site_url: str
    allowed_hosts: tuple[str, ...]
    secret_key: str
    database_url: str
    mail_url: str
    mail_from: str
    time_zone: str
    language: str
    demonstration: bool
    behind_proxy: bool
    embedded_worker: bool
    translation_url: str
    upload_megabytes: int
    packages_origin: str
    package_megabytes: int
    debug: bool

    @property
    def https(self) -> bool:
        return self.site_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        host = urlsplit(self.site_url).hostname or "localhost"
        local = ["127.0.0.1", "localhost"] if host in {"127.0.0.1", "localhost"} else []
        packages = [urlsplit(self.packages_origin).hostname or ""] if self.packages_origin else []
        return sorted({host, *local, *packages, *self.allowed_hosts})

    def database(self) -> dict[str, object]:
        """Return Django's ``DATABASES["default"]``.

        SQLite runs only with the settings that were measured to lose nothing under
        concurrent writers (docs/adr/0003): write-ahead log, immediate transactions, 20 s patience.
        """
        parts = urlsplit(self.database_url)
        if parts.scheme in {"postgresql", "postgres"}:
            # As libpq has it, ``?host=`` may name the folder of a socket.
            sockets = parse_qs(parts.query).get("host", [""])[0]
            return {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": sockets or unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": True,
            }
        name = unquote(parts.path) if parts.scheme == "sqlite" else str(self.data_dir / "biosint.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;PRAGMA mmap_size=134217728;",
            },
        }


def _given(variable: Variable, environ: Mapping[str, str]) -> str:
    """Return the text of a setting; ``…_FILE`` names a file that holds it (container secrets)."""
    direct = environ.get(variable.key)
    file = environ.get(f"{variable.key}_FILE")
    if direct is not None and file is not None:
        raise ValueError(f"set {variable.key} or {variable.key}_FILE, not both")
    if file is not None:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ValueError(f"the file {file} cannot be read: {fault.strerror}") from fault
    return variable.default if direct is None else direct


def _kept_secret(data_dir: Path) -> str:
    """Make the signing key on first start and keep it, readable by its owner alone."""
    file = data_dir / "secret.key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = data_dir / f"secret.key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        try:
            os.link(fresh, file)  # fails when another process was first, so both use one key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="utf-8").strip()


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read every setting.

    Raises:
        EnvironmentFault: naming every setting that cannot be used, its value and what is allowed.
    """
    values: dict[str, object] = {}
    faults: list[str] = []
    for variable in VARIABLES:
        try:
            text = _given(variable, environ)
        except ValueError as fault:
            faults.append(f"{variable.key}: {fault}.")
            continue
        try:
            values[variable.name.lower()] = variable.read(text)
        except ValueError as fault:
            shown = "(not shown)" if variable.secret else f"“{text}”"
            faults.append(f"{variable.key} is {shown}: {fault}.")
    known = {variable.key for variable in VARIABLES}
    for key in sorted(environ):
        if key.startswith("BIOSINT_TEST_"):
            continue  # read by the test suite alone (docs/dev/testing.md)
        if key.startswith("BIOSINT_") and key.removesuffix("_FILE") not in known:
            faults.append(f"{key} is not a setting of this version. See docs/admin/settings.md for the list.")
    if faults:
        raise EnvironmentFault("BIOSINT cannot start with these settings:\n  " + "\n  ".join(faults))
    directory = values["data_dir"]
    assert isinstance(directory, Path)  # noqa: S101 -- tells the type checker what the table above says
    if not environ.keys() & {"BIOSINT_DEMONSTRATION", "BIOSINT_DEMONSTRATION_FILE"}:
        values["demonstration"] = (directory / DEMONSTRATION_MARK).exists()
    if not values["secret_key"]:
        values["secret_key"] = _kept_secret(directory)
    return Environment(**values)  # type: ignore[arg-type]  # one field per variable, read by its own function
