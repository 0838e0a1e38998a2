"""What a person with a phone does: log in, take a visit along, go where there is no network, tap."""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.centre.browser.demo import log_in


def until(page: Page, told: str, arg: object = None, timeout: float = 20_000) -> None:
    """Wait until an expression (or function of `arg`) is true; asked from outside, so that the page's CSP stays."""
    end = time.monotonic() + timeout / 1000
    while not page.evaluate(told, arg):
        assert time.monotonic() < end, f"never: {told} {arg}"
        page.wait_for_timeout(30)


def prepare(desk: Page, centre: str, meters: int, streams: int, title: str, firm: str = "Xaythany") -> str:
    """Prepare a visit through the desk's pages; return its id."""
    desk.goto(f"{centre}/visits/new/")
    desk.get_by_role("link", name=firm).first.click()
    desk.fill("input[name=title]", title)
    desk.click("main form button")
    desk.wait_for_url(re.compile("/sheets/"))
    desk.eval_on_selector_all(
        "main input[type=checkbox]", "all => all.forEach(i => { i.checked = ['walk', 'water'].includes(i.value); })"
    )
    desk.fill(
        "textarea[name=added_meters]",
        "\n".join(f"ໝໍ້ {title} {n}; kWh; {1000 * n}; 2026-01-01" for n in range(1, meters + 1)),
    )
    desk.fill("textarea[name=added_streams]", "\n".join(f"ກະແສ {n}; kg" for n in range(1, streams + 1)))
    desk.click("main form button")
    desk.wait_for_url(re.compile(r"/visits/[0-9a-f-]{36}/$"))
    return desk.url.rstrip("/").rsplit("/", 1)[1]


@dataclass
class Phone:
    """A phone (its own browser storage) on which a visit is worked."""

    context: BrowserContext
    page: Page
    centre: str
    visit: str = ""

    def open(self) -> None:
        """Open the phone's page."""
        self.page.goto(f"{self.centre}/visits/phone/")
        self.page.wait_for_selector("body[data-ready]")

    def take_along(self, visit: str) -> None:
        """Fetch a visit while there is network, and wait until the page is kept too."""
        self.visit = visit
        self.open()
        self.page.wait_for_selector("#offered button")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        title = self.page.evaluate(
            "async ([base, id]) => { const all = await (await fetch(`${base}/visits/state.json`)).json();"
            " return all.visits.find(v => v.id === id).title; }",
            [self.centre, visit],
        )
        self.page.locator("#offered li", has_text=title).locator("button").click()
        self.page.wait_for_url(re.compile(rf"#/visit/{visit}$"))

    def cut(self, off: bool = True) -> None:
        """Cut the network, or bring it back."""
        self.context.set_offline(off)

    def go(self, where: str) -> None:
        """Open a screen of the visit."""
        self.page.evaluate("where => { location.hash = where; }", f"#/visit/{self.visit}{where}")
        until(self.page, "where => document.body.dataset.screen === where", f"#/visit/{self.visit}{where}")

    def meter(self, number: int, value: str, sure: bool = False) -> None:
        """Read a meter and save."""
        self.go(f"/meters/{number}")
        field = self.page.locator("form:has(input[name=value])")
        field.locator("input[name=value]").fill(value)
        if sure:
            self.page.check("input[name=sure]")
        self.save()

    def save(self) -> None:
        """Press save and wait until it is kept on the phone."""
        before = self.unsent()
        self.page.evaluate("document.querySelector('#told').replaceChildren()")
        self.page.click("button[value=stay]")
        until(
            self.page,
            "n => Number(localStorage.getItem('namsai.unsent')) > n || document.querySelector('#told .success')",
            arg=before,
        )

    def unsent(self) -> int:
        """Return how much is not sent."""
        return int(self.page.evaluate("Number(localStorage.getItem('namsai.unsent') || 0)"))

    def wait_sent(self) -> None:
        """Wait until everything is sent by itself."""
        until(self.page, "localStorage.getItem('namsai.unsent') === '0'", timeout=60_000)

    def kept(self, store: str) -> list[dict[str, Any]]:
        """Return what stands in a store of the phone's database (without blobs)."""
        found = self.page.evaluate(
            """store => new Promise(yes => { const o = indexedDB.open('namsai-fieldwork');
            o.onsuccess = () => { o.result.transaction(store).objectStore(store).getAll().onsuccess = e => {
            const all = JSON.stringify(e.target.result); o.result.close(); yes(all); }; }; })""",
            store,
        )
        return list(json.loads(found))


NO_SYNC = "delete ServiceWorkerRegistration.prototype.sync;"


def new_phone(
    chromium: Browser, centre: str, role: str = "expert", script: str = "", width: int = 360, wakes: bool = False
) -> Phone:
    """Return a phone on which somebody is logged in (Lao); `wakes`: its browser has Background Sync."""
    context = chromium.new_context(
        viewport={"width": width, "height": 740}, locale="lo-LA", timezone_id="Asia/Vientiane", has_touch=True
    )
    context.add_init_script(script if wakes else script + NO_SYNC)
    page = context.new_page()
    page.set_default_timeout(20_000)
    log_in(page, centre, role)
    return Phone(context, page, centre)


def pack_of(page: Page, centre: str, visit: str) -> dict[str, Any]:
    """Ask the server how the visit stands."""
    found: dict[str, Any] = page.request.get(f"{centre}/visits/{visit}/pack.json").json()
    return found


def values(pack: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Return the fields of all entries of a kind by subject."""
    return {e["subject"]: e["fields"] for e in pack["entries"] if e["kind"] == kind}


def picture(page: Page, wide: int, high: int, seed: int) -> bytes:
    """Draw a picture as a camera would give it."""
    code = """([w, h, seed]) => {
    const c = document.createElement('canvas'); c.width = w; c.height = h; const p = c.getContext('2d');
    for (let i = 0; i < 400; i += 1) { p.fillStyle = `hsl(${(i * 37 * seed) % 360} 60% 50%)`;
      p.fillRect((i * 97 * seed) % w, (i * 61) % h, 200, 160); }
    return c.toDataURL('image/jpeg', 0.9).split(',')[1]; }"""
    return base64.b64decode(page.evaluate(code, [wide, high, seed]))
