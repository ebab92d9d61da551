"""Settles where the tests run (data folder, database) before Django reads its settings.

``BIOSINT_TEST_DATABASE=postgresql`` starts a throwaway server; ``BIOSINT_TEST_POSTGRESQL_URL``
names one that runs already (workers of pytest-xdist get theirs this way).
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path


def settle() -> Path:
    """Set every ``BIOSINT_`` variable for this test run and return its data folder."""
    for key in [
        key for key in os.environ if key.startswith("BIOSINT_") and not key.startswith("BIOSINT_TEST_")
    ]:
        del os.environ[key]
    folder = Path(tempfile.mkdtemp(prefix="biosint-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "biosint.config.settings",
        "BIOSINT_DATA_DIR": str(folder),
        "BIOSINT_SECRET_KEY": "only-for-tests-" + "x" * 40,
        "BIOSINT_EMBEDDED_WORKER": "no",
        "BIOSINT_SITE_URL": "http://localhost",
    }
    database = os.environ.get("BIOSINT_TEST_DATABASE", "sqlite")
    if database == "postgresql":
        if "BIOSINT_TEST_POSTGRESQL_URL" not in os.environ:
            from throwaway_postgresql import start

            os.environ["BIOSINT_TEST_POSTGRESQL_URL"] = start()
        os.environ["BIOSINT_DATABASE_URL"] = os.environ["BIOSINT_TEST_POSTGRESQL_URL"]
    elif database != "sqlite":
        sys.exit(f"BIOSINT_TEST_DATABASE is “{database}”: use sqlite or postgresql.")
    return folder


def settle_django(folder: Path) -> None:
    """Change what tests need otherwise: quick password hashes, no need of a static build."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_DIRS = [
        (prefix, place) for prefix, place in settings.STATICFILES_DIRS if Path(place).is_dir()
    ]
    # A cache in the database would be written outside the transaction of a test.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        # A file, as on real sites: write-ahead log and locks behave otherwise in memory.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "tests.sqlite3")
