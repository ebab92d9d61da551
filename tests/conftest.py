"""Fixtures of every test. The environment is settled first, before Django reads its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from settled import settle, settle_django

DATA_DIR = settle()

if TYPE_CHECKING:
    from django.test import Client

    from biosint.people.api import Person


# A test that takes long once, beside other work, has found nothing wrong: time is measured in bench/.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_configure() -> None:
    settle_django(DATA_DIR)


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Rate limits and cached figures of one test do not reach the next."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shared_data() -> Path:
    """Published reference data kept beside the repository; a test that needs it is skipped without."""
    place = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not place.is_dir():
        pytest.skip("The reference data beside the repository is not here.")
    return place


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """Return a browser without scripts in which a person is signed in: ``client_of(teacher).get(…)``."""
    from django.test import Client

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def count_queries(django_assert_num_queries: Any) -> Any:
    """``with count_queries(7): …``: a page's number of queries is part of its contract."""
    return django_assert_num_queries


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Do every job that is due now (mails leave this way too) and return how many there were."""
    from biosint.jobs.api import run_due

    return run_due
