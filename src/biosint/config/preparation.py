"""Makes a data folder ready: migrations, shared cache, demonstration, first administrator."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from biosint.audit import api as audit
from biosint.config.command_line import Stop
from biosint.config.environment import DEMONSTRATION_MARK
from biosint.people.api import EmailTaken, Person, open_account, prove_address

Say = Callable[[str], None]
# Any number that no other program on the same database server is likely to use.
MIGRATION_LOCK = 101_082_863
PATIENCE = 120  # seconds a worker waits for somebody else to prepare the database


def embedded() -> bool:
    """Whether the database is the embedded one, in the data folder."""
    return connection.vendor == "sqlite"


def pending() -> list[str]:
    """Return the migrations that the database still lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one machine at a time migrate a shared database; the embedded one locks itself."""
    if embedded():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def prepare(say: Say, *, upgrade: bool) -> bool:
    """Bring the database up to this version; return whether it was not.

    An empty database is always prepared. One in use only with ``upgrade``; the embedded one is
    copied first, so that a failed upgrade can be undone by putting the copy back.
    """
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        raise Stop(
            f"The database does not answer: {str(fault).strip()}\nCheck BIOSINT_DATABASE_URL."
        ) from fault
    with _alone():
        lacking = pending()
        if not lacking:
            return False
        if "people_person" in connection.introspection.table_names():
            if not upgrade:
                raise Stop("The database belongs to an older version. Make a backup, then run: biosint init")
            if embedded():
                say(f"Copy of the database before the upgrade: {_copy()}")
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", verbosity=0)
        # A platform is whole on its first day: the supplied indicators are in use.
        call_command("load_indicators", verbosity=0)
    return True


def compile_calculations() -> None:
    """Compile the inner loops of this version for this machine, where that has not been done.

    In a process of its own: the server need not carry the compiler. A failure costs the first
    caller some seconds and nobody anything else.
    """
    subprocess.run([sys.executable, "-m", "iahcalc.compiled"], check=False, capture_output=True)


def _copy() -> Path:
    folder = settings.DATA_DIR / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"before-upgrade-{timezone.now():%Y%m%d-%H%M%S}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    return target


def wait_until_prepared(say: Say) -> None:
    """Wait while the server that started beside a worker prepares the database."""
    until = time.monotonic() + PATIENCE
    told = False
    while True:
        try:
            if not pending():
                return
        except OperationalError:
            connection.close()
        if time.monotonic() > until:
            raise Stop("The database is not prepared. Run: biosint init")
        if not told:
            say("Waiting until the database is prepared …")
            told = True
        time.sleep(1)


def has_administrator() -> bool:
    return Person.objects.filter(is_staff=True, is_active=True).exists()


def tell_demonstration(say: Say) -> bool:
    """Build the demonstration in an empty installation; False: real people use it already."""
    from biosint.portal import demonstration

    mark = settings.DATA_DIR / DEMONSTRATION_MARK
    if Person.objects.exists():
        return bool(mark.exists())
    mark.write_text(
        "This folder holds the demonstration: invented people and results. Every page says so while this file stands.\n",
        encoding="utf-8",
    )
    begun = time.monotonic()
    say("Building the demonstration: nine invented faculties and their history …")
    demonstration.build(lambda done, total, step: say(f"  {done} of {total}  {step}"))
    say(f"  done in {time.monotonic() - begun:.0f} s")
    return True


@transaction.atomic
def make_administrator(*, email: str, name: str, password: str) -> Person:
    """Open the account of a site administrator."""
    now = timezone.now()
    try:
        validate_password(password, Person(email=email, name=name))
        person = open_account(email=email, name=name, password=password, at=now, is_staff=True)
        # Whoever runs the command answers for the address; mail may not work yet.
        prove_address(person=person)
    except ValidationError as fault:
        raise Stop("\n".join(fault.messages)) from fault
    except EmailTaken as fault:
        raise Stop(str(fault)) from fault
    audit.record("people.site_administrator.made", person, by=None, at=now)
    return person
