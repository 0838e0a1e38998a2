"""What is not sent goes later by itself, also when the page is closed: Background Sync wakes the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.centre.browser.demo import log_in
from tests.centre.browser.phone import Phone, new_phone, pack_of, prepare, until


@pytest.fixture(scope="module")
def desk(chromium: Browser, centre: str) -> Page:
    """The officer at the desk."""
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    log_in(page, centre, "officer")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": centre}])
    return page


@pytest.fixture
def waking(chromium: Browser, centre: str, desk: Page) -> Iterator[Callable[[str], Phone]]:
    """A phone whose browser has Background Sync; one reading is not sent."""
    made: list[Phone] = []

    def make(title: str) -> Phone:
        phone = new_phone(chromium, centre, wakes=True)
        made.append(phone)
        phone.take_along(prepare(desk, centre, 2, 1, title))
        phone.cut()
        phone.meter(0, "1005")
        return phone

    yield make
    for phone in made:
        phone.context.close()


def wake(phone: Phone, page: Page) -> None:
    """Do what the browser does when the network is back (it does so by itself too; harmless)."""
    devtools = phone.context.new_cdp_session(page)
    told: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda e: told.extend(r["registrationId"] for r in e["registrations"] if r["scopeURL"].endswith("/visits/")),
    )
    devtools.send("ServiceWorker.enable")
    while not told:
        page.wait_for_timeout(20)
    sync = {"origin": phone.centre, "registrationId": told[-1], "tag": "namsai-send", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", sync)


def entries_of(desk: Page, phone: Phone, most: int = 20_000) -> list[dict[str, object]]:
    """Wait until the centre has an entry of the visit."""
    for _ in range(most // 50):
        found: list[dict[str, object]] = pack_of(desk, phone.centre, phone.visit)["entries"]
        if found:
            return found
        desk.wait_for_timeout(50)
    return []


def test_what_waits_is_sent_with_the_page_closed(desk: Page, waking: Callable[[str], Phone]) -> None:
    phone = waking("closed")
    until(
        phone.page, "navigator.serviceWorker.ready.then(r => r.sync.getTags()).then(all => all.includes('namsai-send'))"
    )
    phone.page.close()
    elsewhere = phone.context.new_page()
    elsewhere.goto("about:blank")
    assert pack_of(desk, phone.centre, phone.visit)["entries"] == []
    phone.cut(False)
    wake(phone, elsewhere)
    (entry,) = entries_of(desk, phone)
    assert (entry["fields"], entry["version"]) == ({"value": 1005}, 1)
    phone.page = elsewhere
    phone.open()
    until(elsewhere, "localStorage.getItem('namsai.unsent') === '0'")
    assert phone.kept("outbox") == []


def test_page_and_worker_send_at_once_and_each_change_arrives_once(desk: Page, waking: Callable[[str], Phone]) -> None:
    phone = waking("at once")
    phone.meter(1, "2005")
    phone.cut(False)
    wake(phone, phone.page)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_sent()
    assert [e["version"] for e in pack_of(desk, phone.centre, phone.visit)["entries"]] == [1, 1]
    assert phone.kept("outbox") == []


def test_after_a_log_out_or_for_somebody_else_the_worker_sends_nothing(
    desk: Page, waking: Callable[[str], Phone]
) -> None:
    phone = waking("not mine")
    phone.page.close()
    phone.context.clear_cookies()
    page = phone.page = phone.context.new_page()
    page.goto("about:blank")
    phone.cut(False)
    wake(phone, page)
    log_in(page, phone.centre, "officer")  # another person on the same phone: may see the visit, but did not take it
    wake(phone, page)
    phone.open()
    until(page, "document.querySelector('#told')?.innerText.includes('ບຸນມີ')")
    assert len(phone.kept("outbox")) == 1
    assert pack_of(desk, phone.centre, phone.visit)["entries"] == []
