"""Take the pictures of README and guides from the running demonstration.

    python tools/screenshots.py

Prepares a demonstration in a temporary folder, serves it on a free port of 127.0.0.1, and ends it again.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BIOSINT = [sys.executable, "-m", "biosint"]
COURSE = "/courses/antimicrobial-stewardship-across-borders"
DESK = "/courses/the-first-hours-one-emergency-in-nine-hospitals"
# picture, address, who looks (a word of the sign-in card), width and height of the window
WANTED = (
    ("front", "/", "", (1280, 900)),
    ("team", f"{DESK}/teams/#teams", "teacher", (1280, 900)),
    ("index", "/situation/index/", "coordinator", (1280, 900)),
    ("phone", COURSE + "/", "", (390, 800)),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(f"{address}/livez", timeout=2):  # noqa: S310 -- our own server on loopback
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The demonstration did not start.")


def enter(browser: Browser, address: str, role: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    if role:
        page.goto(f"{address}/account/login/")
        page.locator("form.role-card", has_text=role).first.locator("button").click()
        page.wait_for_load_state()
    return page


def main() -> None:
    chromium = (
        os.environ.get("BIOSINT_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "BIOSINT_DATA_DIR": folder, "PYTHONPATH": str(ROOT / "src")}
        server = subprocess.Popen([*BIOSINT, "serve", "--demonstration", "--port", str(port)], env=environ)
        try:
            wait_for(address)
            with sync_playwright() as play:
                browser = play.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
                )
                for name, path, role, size in WANTED:
                    page = enter(browser, address, role, size)
                    page.goto(address + path)
                    page.screenshot(path=PICTURES / f"{name}.png")
                    print(f"docs/pictures/{name}.png")
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
