"""A real browser on the real demo: `namsai serve --demo` in its own process, people logged in by the form."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
HEIGHT = 800


def _need(there: object, what: str) -> None:
    if there:
        return
    if os.environ.get("NAMSAI_REQUIRE_ALL"):
        pytest.fail(f"{what} is required in CI")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo centre that is served by the command itself."""
    _need(CHROMIUM, "Chromium")
    folder = tmp_path_factory.mktemp("centre")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NAMSAI", "DJANGO"))}
    log = (folder / "log").open("w+")
    code = "import sys; from namsai.cli.main import main; sys.argv = ['namsai', *sys.argv[1:]]; main()"
    told = [sys.executable, "-u", "-c", code, "serve", "--demo", "--port", "0", "--data", str(folder / "data")]
    server = subprocess.Popen(told, env=kept, stdout=subprocess.PIPE, stderr=log, text=True)
    assert server.stdout is not None
    address = ""
    for line in server.stdout:
        if "http://" in line:
            address = line[line.index("http://") :].split()[0].rstrip("/")
            break
    if not address:
        log.seek(0)
        pytest.fail(f"the demo did not start: {log.read()[-2000:]}")
    yield address
    server.terminate()
    server.wait(30)
    server.stdout.close()
    log.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium(centre: str) -> Iterator[Browser]:
    """Debian's Chromium, without network of its own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, centre: str) -> Iterator[Callable[..., Page]]:
    """`visit("owner", "lo", 360)`: a page on which that person of the demo is logged in ("stranger": nobody)."""
    opened = []

    def as_person(role: str, lang: str = "lo", width: int = 1280, dark: bool = False) -> Page:
        locale = {"lo": "lo-LA", "en": "en-GB"}[lang]
        size = {"width": width, "height": HEIGHT}
        context = chromium.new_context(viewport=size, locale=locale, color_scheme="dark" if dark else "light")  # type: ignore[arg-type]
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if role != "stranger":
            from namsai_centre.demo.people import CAST, PASSWORD

            login = next(login for name, login, *_ in CAST if name == role)
            page.goto(f"{centre}/account/login/")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", PASSWORD)
            page.click("main form button")
            page.wait_for_url(lambda url: "/login" not in url)
        context.add_cookies([{"name": "django_language", "value": lang, "url": centre}])
        page.goto(f"{centre}/")
        return page

    yield as_person
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
