"""Runs the server and the worker (docs/adr/0011): pages in processes of their own, jobs beside them."""

from __future__ import annotations

import http.client
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from biosint.config.command_line import Stop
from biosint.jobs.api import EmbeddedWorker, work_until

Say = Callable[[str], None]
# One process calculates one page at a time; further threads only wait for the disk or a slow sender.
THREADS = 4
GRACE = 10  # seconds that pages and jobs have to end in order


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as fault:
        raise Stop(
            f"The address {host} cannot be used: {fault.strerror}. Choose another with --host."
        ) from fault
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as fault:
            raise Stop(
                f"Port {port} at {host} cannot be used: {fault.strerror}. End the other program, or choose "
                f"another port with --port."
            ) from fault


def _tell_when_ready(host: str, port: int, say: Say) -> None:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    for _attempt in range(600):
        try:
            probe = http.client.HTTPConnection(reachable, port, timeout=5)
            probe.request("GET", "/livez")
            alive = probe.getresponse().status == http.HTTPStatus.OK
            probe.close()
        except OSError:
            alive = False
        if alive:
            local = settings.SITE_URL.startswith(("http://127.0.0.1", "http://localhost"))
            say(f"BIOSINT is ready at {f'http://{reachable}:{port}' if local else settings.SITE_URL}/")
            return
        time.sleep(0.1)


def serve(*, host: str, port: int, workers: int, say: Say) -> int:
    """Serve pages until the process is told to end, and do jobs beside them when settings say so."""
    if workers > 1 and connection.vendor == "sqlite":
        raise Stop(
            "Several processes need a shared database. Set BIOSINT_DATABASE_URL to a PostgreSQL server, or "
            "leave --workers out."
        )
    _check_port(host, port)
    # Started anew instead of forked: this process has threads and open files of its own.
    multiprocessing.set_start_method("spawn", force=True)
    connections.close_all()
    server = Server(
        "biosint.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        websockets=False,
    )
    jobs = EmbeddedWorker() if settings.EMBEDDED_WORKER else None
    if jobs is not None:
        jobs.start()
    threading.Thread(target=_tell_when_ready, args=(host, port, say), daemon=True).start()
    try:
        server.serve()
    finally:
        if jobs is not None:
            jobs.end(patience=GRACE)
    return 0


def work(say: Say) -> int:
    """Do jobs until the process is told to end; the running one is handed back."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_words: stop.set())
    say("The worker is ready.")
    work_until(stop)
    return 0
