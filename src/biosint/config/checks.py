"""System checks: what must hold before the platform may run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

LEAST_TIMEOUT = 20


def safe_sqlite(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:  # noqa: ARG001 -- Django's signature
    """Refuse SQLite settings under which concurrent writers were seen to fail (docs/adr/0003)."""
    return unsafe(settings.DATABASES["default"])


def unsafe(database: Mapping[str, Any]) -> list[CheckMessage]:
    """Return what is wrong with one entry of ``DATABASES``."""
    if "sqlite" not in database["ENGINE"]:
        return []
    options = database.get("OPTIONS", {})
    commands = str(options.get("init_command", "")).replace(" ", "").upper()
    wrong = [
        sentence
        for sentence, holds in (
            (
                'OPTIONS["transaction_mode"] must be "IMMEDIATE"',
                options.get("transaction_mode") == "IMMEDIATE",
            ),
            (
                f'OPTIONS["timeout"] must be at least {LEAST_TIMEOUT}',
                options.get("timeout", 5) >= LEAST_TIMEOUT,
            ),
            ('OPTIONS["init_command"] must set journal_mode=WAL', "JOURNAL_MODE=WAL" in commands),
            ('OPTIONS["init_command"] must set synchronous=NORMAL', "SYNCHRONOUS=NORMAL" in commands),
        )
        if not holds
    ]
    return [
        Error(
            f"The embedded database would lose writes: {sentence}.",
            hint="See docs/adr/0003-sqlite-settings.md for the measurements.",
            id="biosint.E001",
        )
        for sentence in wrong
    ]
