"""Every page each role can reach: it answers, no script error, no sideways scrolling, WCAG 2.2 AA (axe)."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from namsai_centre.demo.people import CAST
from tests.centre.browser.walk import walk

ROLES = [role for role, *_ in CAST]


@pytest.mark.parametrize(("lang", "width"), [("lo", 360), ("en", 1280)])
@pytest.mark.parametrize("role", [*ROLES, "stranger"])
def test_every_page_is_fit_to_use(
    role: str, lang: str, width: int, visit: Callable[..., Page], centre: str, axe: str, tmp_path: Path
) -> None:
    page = visit(role, lang, width)
    seen = list(walk(page, f"{centre}/", axe))
    assert len(seen) >= (2 if role == "stranger" else 4), [s.path for s in seen]
    assert not [f"{s.path}: {p}" for s in seen for p in s.problems]


def test_dark_pages_keep_their_contrast(visit: Callable[..., Page], centre: str, axe: str) -> None:
    page = visit("officer", "lo", 360, dark=True)
    assert not [f"{s.path}: {p}" for s in walk(page, f"{centre}/", axe) for p in s.problems]


@pytest.mark.parametrize("path", ["/", "/account/login/"])
def test_the_first_load_is_at_most_60_kb(path: str, visit: Callable[..., Page], centre: str) -> None:
    page = visit("stranger")
    sizes: dict[str, int] = {}

    def weigh(response: object) -> None:
        body = response.body()  # type: ignore[attr-defined]
        url = response.url  # type: ignore[attr-defined]
        packed = url.endswith((".woff2", ".png"))
        sizes[url] = len(body) if packed else len(gzip.compress(body, 9))

    fresh = page.context.browser.new_context()  # type: ignore[union-attr]
    first = fresh.new_page()
    first.on("response", weigh)
    first.goto(centre + path, wait_until="networkidle")
    fresh.close()
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= 60_000, sizes


def test_pages_work_without_javascript(visit: Callable[..., Page], centre: str) -> None:
    browser = visit("stranger").context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, locale="lo-LA")
    page = context.new_page()
    from namsai_centre.demo.people import PASSWORD

    page.goto(f"{centre}/account/login/")
    page.fill("input[name=login]", "officer@demo.la")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.goto(f"{centre}/enterprises/")
    page.fill("input[name=q]", "ຕັດຫຍິບ")
    page.click("form[role=search] button")
    assert page.get_by_text("ໂຮງງານຕັດຫຍິບ ວຽງຈັນ").count() >= 1
    page.get_by_role("link", name="ໂຮງງານຕັດຫຍິບ ວຽງຈັນ").first.click()
    assert page.locator("h1").inner_text().strip()
    context.close()
