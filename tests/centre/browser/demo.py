"""The demo centre in a process of its own, and people who log in to it by the form."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from namsai_centre.demo.people import CAST, PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
HEIGHT = 800
LOCALES = {"lo": "lo-LA", "en": "en-GB"}


@contextmanager
def demo_centre(folder: Path) -> Iterator[str]:
    """Serve the demo by its own command; yield its address."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NAMSAI", "DJANGO"))}
    code = "import sys; from namsai.cli.main import main; sys.argv = ['namsai', *sys.argv[1:]]; main()"
    told = [sys.executable, "-u", "-c", code, "serve", "--demo", "--port", "0", "--data", str(folder / "data")]
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(told, env=kept, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield _address(server) or _fail(log)
        finally:
            server.terminate()
            server.wait(30)
            if server.stdout:
                server.stdout.close()


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        if "http://" in line:
            return line[line.index("http://") :].split()[0].rstrip("/")
    return ""


def _fail(log: Any) -> str:
    log.seek(0)
    raise RuntimeError(f"the demo did not start: {log.read()[-2000:]}")


def log_in(page: Page, centre: str, role: str) -> None:
    """Log in by the form."""
    page.goto(f"{centre}/account/login/")
    page.fill("input[name=login]", next(login for name, login, *_ in CAST if name == role))
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda url: "/login" not in url)


def as_person(browser: Browser, centre: str, role: str, lang: str, width: int, dark: bool = False) -> BrowserContext:
    """Return a browser window in which that person of the demo is logged in ("stranger": nobody)."""
    size: Any = {"width": width, "height": HEIGHT}
    context = browser.new_context(viewport=size, locale=LOCALES[lang], color_scheme="dark" if dark else "light")
    context.set_default_timeout(20_000)
    if role != "stranger":
        page = context.new_page()
        log_in(page, centre, role)
        page.close()
    context.add_cookies([{"name": "django_language", "value": lang, "url": centre}])
    return context
