"""``biosint doctor``: looks at everything an installation needs and says what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.utils import timezone

from biosint.audit.api import Line
from biosint.config import preparation
from biosint.jobs import api as jobs
from biosint.packages import origins

ROOMY = 1024**3
WORKER_SILENCE = timedelta(minutes=1)
QUEUE_AGE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; ``advice`` is empty where all is well. Only a fault makes the command fail."""

    subject: str
    state: str
    advice: str = ""
    fault: bool = False


def _folder() -> Iterator[Finding]:
    folder: Path = settings.DATA_DIR
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    yield Finding(
        "Data folder",
        str(folder),
        "" if writable else "Make it writable for the account that runs BIOSINT.",
        fault=not writable,
    )
    free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free
    yield Finding(
        "Free disk", f"{free / ROOMY:.1f} GiB", "" if free > ROOMY else "Less than 1 GiB is free: make room."
    )
    key = folder / "secret.key"
    if key.exists() and os.name == "posix" and key.stat().st_mode & 0o077:
        yield Finding("Secret key", "others can read it", f"Run: chmod 600 {key}")


def _settings() -> Iterator[Finding]:
    found = [message for message in checks.run_checks() if message.level >= checks.WARNING]
    for message in found:
        yield Finding(
            "Settings",
            str(message.msg),
            str(message.hint or "See the documentation."),
            fault=message.is_serious(),
        )
    if not found:
        yield Finding("Settings", "accepted")
    local = settings.SITE_URL.startswith(("http://127.0.0.1", "http://localhost"))
    if not settings.SITE_URL.startswith("https://") and not local:
        yield Finding("Site address", settings.SITE_URL, "Use https, so that nobody on the way reads along.")
    else:
        yield Finding("Site address", settings.SITE_URL)
    hinders = origins.fault()
    yield Finding(
        "Packages (H5P, SCORM)",
        "cannot be played"
        if hinders
        else f"played at {settings.PACKAGES_ORIGIN or 'the twin of a local address'}",
        hinders,
        # A site without packages runs; one that would play them on its own origin must not.
        fault=bool(hinders and settings.PACKAGES_ORIGIN),
    )
    if "filebased" in settings.EMAIL_BACKEND:
        yield Finding("Mail", f"kept in {settings.EMAIL_FILE_PATH}", "Set BIOSINT_MAIL_URL to send it.")
    else:
        yield Finding("Mail", "sent by the mail server")


def _database() -> Iterator[Finding]:
    try:
        pending = preparation.pending()
    except DatabaseError as fault:
        yield Finding(
            "Database", str(fault).strip(), "Check BIOSINT_DATABASE_URL and the server.", fault=True
        )
        return
    yield Finding("Database", connection.vendor)
    if pending:
        yield Finding("Migrations", f"{len(pending)} are missing", "Run: biosint init", fault=True)
        return
    yield Finding("Migrations", "complete")
    if preparation.has_administrator():
        yield Finding("Administrator", "there is one")
    else:
        yield Finding("Administrator", "there is none", "Run: biosint createadmin")
    yield from _clock()
    yield from _workers()


def _clock() -> Iterator[Finding]:
    now = timezone.now()
    newest = Line.objects.values_list("at", flat=True).first()
    backwards = newest is not None and newest > now + timedelta(minutes=5)
    yield Finding(
        "Clock",
        f"{now:%Y-%m-%d %H:%M} UTC",
        f"The trail knows {newest:%Y-%m-%d %H:%M}: set the clock of this machine." if backwards else "",
    )


def _workers() -> Iterator[Finding]:
    now = timezone.now()
    alive = jobs.workers_seen_since(now - WORKER_SILENCE).count()
    advice = "" if alive else "Start it: biosint serve does jobs itself, or run biosint worker."
    yield Finding("Workers", f"{alive} alive", advice)
    oldest = jobs.oldest_due(at=now)
    if oldest is not None and now - oldest > QUEUE_AGE:
        yield Finding("Jobs", f"the oldest is due since {oldest:%Y-%m-%d %H:%M} UTC", "Start a worker.")


def _built() -> Iterator[Finding]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield Finding(
        "Static files",
        "built" if manifest.exists() else "missing",
        "" if manifest.exists() else "Run: make setup (in a clone), or install the wheel again.",
        fault=not manifest.exists(),
    )
    folder = Path(settings.LOCALE_PATHS[0])
    lacking = [
        locale
        for locale in ("bs", "cnr", "hr", "nl", "ro", "sq", "sr", "sr_Latn")
        if not (folder / locale / "LC_MESSAGES/django.mo").exists()
    ]
    yield Finding(
        "Languages",
        f"missing: {', '.join(lacking)}" if lacking else "complete",
        "Run: make setup (in a clone), or install the wheel again." if lacking else "",
    )


def examine(say: Callable[[str], None]) -> int:
    """Print every finding with its advice and return 1 when something must be mended first."""
    findings = [finding for look in (_folder, _settings, _database, _built) for finding in look()]
    for finding in findings:
        mark = "fault" if finding.fault else "note" if finding.advice else "ok"
        say(f"{mark:<6}{finding.subject}: {finding.state}")
        if finding.advice:
            say(f"      {finding.advice}")
    faults = sum(finding.fault for finding in findings)
    say("BIOSINT cannot run like this." if faults else "BIOSINT can run.")
    return 1 if faults else 0
