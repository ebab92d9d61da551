"""Pages a second, p95, processor time, memory, weight and start of the running demonstration.

    make bench            (or: python bench/pages.py [--seconds 8] [--connections 8])

Serves the demonstration twice, on the embedded default and on PostgreSQL with two page processes, and asks
the same pages of both in a closed loop from one client process on the same machine. Only ratios inside one
run can be compared. Writes bench/results/pages.md.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import multiprocessing
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]
RESULT = ROOT / "bench" / "results" / "pages.md"
TICKS = os.sysconf("SC_CLK_TCK")

# name on the table, address, who asks (a word of the sign-in card)
PAGES = (
    ("front page, visitor", "/", ""),
    ("course catalogue, visitor", "/courses/", ""),
    ("course page, visitor", "/courses/antimicrobial-stewardship-across-borders/", ""),
    ("course page, teacher signed in", "/courses/antimicrobial-stewardship-across-borders/", "teacher"),
    ("learner's home, signed in", "/", "student"),
    ("index page, signed in", "/situation/index/", "coordinator"),
    ("work plan, signed in", "/project/biosint-demonstration-consortium/", "coordinator"),
    ("list of evidence, visitor", "/evidence/", ""),
)


@dataclass(frozen=True)
class Row:
    page: str
    per_second: float
    p50: float
    p95: float
    processor: float  # milliseconds of all server processes per request
    wire: int  # bytes as sent, compressed


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    port: int
    seconds_to_ready: float

    def family(self) -> list[int]:
        """Return the server's process and all below it."""
        known, found = [self.process.pid], [self.process.pid]
        while known:
            children = Path(f"/proc/{known.pop()}/task")
            with contextlib.suppress(OSError):
                for task in children.iterdir():
                    for child in (task / "children").read_text().split():
                        known.append(int(child))
                        found.append(int(child))
        return found

    def processor_seconds(self) -> float:
        total = 0.0
        for pid in self.family():
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += (int(words[11]) + int(words[12])) / TICKS
        return total

    def megabytes(self) -> float:
        """Return the proportional memory of the family."""
        total = 0
        for pid in self.family():
            with contextlib.suppress(OSError):
                found = re.search(
                    r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
                )
                total += int(found.group(1)) if found else 0
        return total / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(folder: Path, *words: str, **settings: str) -> Iterator[Served]:
    port = free_port()
    environ = {**os.environ, "BIOSINT_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src"), **settings}
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "biosint", "serve", "--demonstration", "--port", str(port), *words],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.monotonic() - begun < 300:
            with contextlib.suppress(OSError):
                probe = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                probe.request("GET", "/livez")
                if probe.getresponse().status == http.HTTPStatus.OK:
                    break
            if process.poll() is not None:
                sys.exit(f"The server ended with {process.returncode}.")
            time.sleep(0.05)
        yield Served(process, port, time.monotonic() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def signed_in(port: int, role: str) -> str:
    """Return the cookies of a person of the demonstration, as the sign-in card gives them."""
    if not role:
        return ""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/account/login/")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=([^;]+)", str(answer.getheader("Set-Cookie")))
    cards = re.findall(r'<form[^>]*class="[^"]*role-card[^"]*".*?</form>', page, re.DOTALL)
    card = next(each for each in cards if role in each)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', card))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={cookie.group(1) if cookie else ''}",
        "Referer": f"http://127.0.0.1:{port}/account/login/",
    }
    action = re.search(r'action="([^"]+)"', card)
    connection.request("POST", action.group(1) if action else "", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    session = re.search(r"sessionid=([^;]+)", "; ".join(answer.headers.get_all("Set-Cookie") or []))
    if session is None:
        sys.exit(f"Nobody could sign in as {role}: {answer.status}.")
    return f"sessionid={session.group(1)}"


def _load(
    port: int,
    path: str,
    cookie: str,
    seconds: float,
    connections: int,
    out: multiprocessing.Queue[tuple[list[float], int]],
) -> None:
    times: list[float] = []
    sizes: list[int] = []
    until = time.monotonic() + seconds
    headers = {"Accept-Encoding": "gzip", "Cookie": cookie}

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            begun = time.monotonic()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != http.HTTPStatus.OK:
                os._exit(3)
            times.append(time.monotonic() - begun)
            sizes.append(len(body))

    threads = [threading.Thread(target=ask) for _number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put((times, max(sizes)))


def measure(served: Served, name: str, path: str, role: str, seconds: float, connections: int) -> Row:
    cookie = signed_in(served.port, role)
    context = multiprocessing.get_context("spawn")
    for length in (1.0, seconds):  # the first pass warms templates and caches
        out = context.Queue()
        before = served.processor_seconds()
        client = context.Process(target=_load, args=(served.port, path, cookie, length, connections, out))
        client.start()
        times, size = out.get(timeout=seconds + 90)
        client.join()
    times.sort()
    return Row(
        name,
        len(times) / seconds,
        1000 * statistics.median(times),
        1000 * times[int(0.95 * len(times))],
        1000 * (served.processor_seconds() - before) / len(times),
        size,
    )


def weight(port: int, path: str) -> tuple[int, int]:
    """Return the bytes on the wire of a first and of a second visit, as a browser counts them."""
    from playwright.sync_api import sync_playwright

    chromium = (
        os.environ.get("BIOSINT_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_context().new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        seen: list[float] = []
        session.on("Network.loadingFinished", lambda event: seen.append(event["encodedDataLength"]))
        counts = []
        for _visit in range(2):
            seen.clear()
            page.goto(f"http://127.0.0.1:{port}{path}")
            page.wait_for_load_state("networkidle")
            counts.append(round(sum(seen)))
        browser.close()
    return counts[0], counts[1]


def table(rows: list[Row]) -> str:
    lines = [
        "| page | requests a second | p50 ms | p95 ms | processor ms a request | bytes on the wire |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.page} | {row.per_second:.0f} | {row.p50:.0f} | {row.p95:.0f} | {row.processor:.1f} | {row.wire:,} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--connections", type=int, default=8)
    asked = parser.parse_args()
    parts = [
        "# Pages",
        "",
        "Written by `bench/pages.py`. Closed loop, load from the same machine: compare only figures of one run.",
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {asked.connections} connections, "
        f"{asked.seconds:.0f} s a page after 1 s of warming, {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serve(folder) as served:
            first = served.seconds_to_ready
        with serve(folder) as served:
            second = served.seconds_to_ready
            rest = served.megabytes()
            rows = [measure(served, *page, asked.seconds, asked.connections) for page in PAGES]
            loaded = served.megabytes()
            weights = [(page, *weight(served.port, path)) for page, path, role in PAGES if not role]
        parts += [
            "",
            "## Embedded default: SQLite, one page process",
            f"First start, with building the demonstration: {first:.1f} s. Second start: {second:.1f} s. "
            f"Memory of all processes (proportional): {rest:.0f} MB at rest, {loaded:.0f} MB after this load.",
            "",
            table(rows),
            "",
            "## Weight in a browser",
            "| page | first visit, bytes | second visit, bytes |",
            "|---|---|---|",
            *[f"| {page} | {cold:,} | {warm:,} |" for page, cold, warm in weights],
        ]
    import throwaway_postgresql

    address = throwaway_postgresql.start()
    with tempfile.TemporaryDirectory() as name:
        with serve(Path(name), "--workers", "2", BIOSINT_DATABASE_URL=address) as served:
            rest = served.megabytes()
            rows = [measure(served, *page, asked.seconds, asked.connections) for page in PAGES]
        parts += [
            "",
            "## Grown: PostgreSQL, two page processes",
            f"Memory of all our processes (proportional, without PostgreSQL): {rest:.0f} MB at rest.",
            "",
            table(rows),
        ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
