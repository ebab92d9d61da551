from pathlib import Path
from typing import Any

import pytest
from django.core import checks

from biosint.config import environment
from biosint.config.checks import safe_sqlite, unsafe


def database(**change: Any) -> dict[str, Any]:
    made = environment.read({"BIOSINT_SECRET_KEY": "x" * 50}).database()
    options = made["OPTIONS"]
    assert isinstance(options, dict)
    return {**made, "OPTIONS": {**options, **change}}


def test_our_own_settings_are_accepted() -> None:
    assert unsafe(database()) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"transaction_mode": "DEFERRED"}, "IMMEDIATE"),
        ({"timeout": 5}, "at least 20"),
        ({"init_command": "PRAGMA synchronous=NORMAL;"}, "journal_mode=WAL"),
        ({"init_command": "PRAGMA journal_mode=WAL;"}, "synchronous=NORMAL"),
    ],
)
def test_settings_that_lose_writes_are_refused(change: dict[str, Any], told: str) -> None:
    (error,) = unsafe(database(**change))

    assert told in str(error.msg)
    assert error.is_serious()


def test_django_runs_the_check_at_start() -> None:
    assert safe_sqlite in checks.registry.registry.get_checks()


def test_a_server_database_needs_no_such_settings() -> None:
    url = "postgresql://iah:secret@db.example.org:5433/iah"
    made = environment.read({"BIOSINT_DATABASE_URL": url, "BIOSINT_SECRET_KEY": "x" * 50}).database()

    assert unsafe(made) == []
    assert (made["HOST"], made["PORT"], made["USER"]) == ("db.example.org", "5433", "iah")


def test_a_server_may_be_reached_by_the_folder_of_its_socket() -> None:
    url = "postgresql://iah@/iah?host=/run/Postgres"
    made = environment.read({"BIOSINT_DATABASE_URL": url, "BIOSINT_SECRET_KEY": "x" * 50}).database()

    assert made["HOST"] == "/run/Postgres"


def test_all_faults_of_settings_are_told_together_and_secrets_are_not_shown() -> None:
    with pytest.raises(environment.EnvironmentFault) as told:
        environment.read(
            {
                "BIOSINT_SITE_URL": "iah.example.org",
                "BIOSINT_TIME_ZONE": "Mars/Base",
                "BIOSINT_DATABASE_URL": "mysql://root:hidden@db",
                "BIOSINT_COLOUR": "teal",
            }
        )

    text = str(told.value)
    assert "BIOSINT_SITE_URL is “iah.example.org”" in text
    assert "Mars/Base" in text
    assert "BIOSINT_COLOUR is not a setting" in text
    assert "hidden" not in text


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n")

    assert environment.read({"BIOSINT_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "from-a-file"


def test_the_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = environment.read({"BIOSINT_DATA_DIR": str(tmp_path)}).secret_key
    second = environment.read({"BIOSINT_DATA_DIR": str(tmp_path)}).secret_key

    assert first == second
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_marked_folder_is_a_demonstration_unless_a_variable_says_otherwise(tmp_path: Path) -> None:
    given = {"BIOSINT_DATA_DIR": str(tmp_path), "BIOSINT_SECRET_KEY": "x" * 50}
    assert not environment.read(given).demonstration

    (tmp_path / environment.DEMONSTRATION_MARK).touch()

    assert environment.read(given).demonstration
    assert not environment.read({**given, "BIOSINT_DEMONSTRATION": "no"}).demonstration
