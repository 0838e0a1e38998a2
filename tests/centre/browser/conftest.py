"""A real browser on the real demo: `namsai serve --demo` in its own process, people logged in by the form."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.centre.browser.demo import CHROMIUM, FLAGS, as_person, demo_centre


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
    with demo_centre(folder) as address:
        yield address
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

    def at_home(role: str, lang: str = "lo", width: int = 1280, dark: bool = False) -> Page:
        context = as_person(chromium, centre, role, lang, width, dark)
        opened.append(context)
        page = context.new_page()
        page.goto(f"{centre}/")
        return page

    yield at_home
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
