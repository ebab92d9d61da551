"""Several people at the same moment, each with a database connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do the deeds at the same moment; return what each gave, or the exception it ended with."""
    outcome: list[object] = [None] * len(deeds)
    together = threading.Barrier(len(deeds))

    def run(number: int, deed: Callable[[], object]) -> None:
        try:
            together.wait(timeout=20)
            outcome[number] = deed()
        except Exception as fault:  # noqa: BLE001 -- handed to the test
            outcome[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcome
