"""A whole visit without network, from start to end, in Lao, then sent by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Dialog, Page

from namsai_centre.fieldwork.plan import read_lines
from tests.centre.browser.demo import log_in
from tests.centre.browser.phone import Phone, new_phone, pack_of, picture, prepare, until, values

READINGS, STREAMS, PHOTOS = 40, 10, 6


@pytest.fixture(scope="module")
def desk(chromium: Browser, centre: str) -> Page:
    """The officer at the desk."""
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    log_in(page, centre, "officer")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": centre}])
    return page


def test_a_visit_of_40_readings_10_streams_6_photos_and_two_checklists_without_network(
    chromium: Browser, centre: str, desk: Page
) -> None:
    visit = prepare(desk, centre, READINGS, STREAMS, "big")
    phone = new_phone(chromium, centre)
    page = phone.page
    phone.take_along(visit)
    phone.cut()
    asked: list[str] = []
    page.on("requestfinished", lambda r: asked.append(r.url) if "/entries/" in r.url or "/photos/" in r.url else None)
    page.goto(f"{centre}/visits/phone/#/visit/{visit}")  # from the worker: the network is cut
    page.reload()
    page.wait_for_selector("body[data-ready=lo]")
    pictures = [picture(page, 2400, 1800, n + 1) for n in range(PHOTOS)]
    for name in ("walk", "water"):
        phone.go(f"/check/{name}")
        rows = page.locator("ol.questions > li")
        rows.first.wait_for()
        for n in range(8):
            rows.nth(n).locator("input[type=radio]").nth(n % 4).check()
        until(page, "document.querySelector('#done').textContent.startsWith('8 ')")
    for n in range(READINGS):
        phone.meter(n, str(1000 * (n + 1) + 55))
    for n in range(STREAMS):
        phone.go(f"/streams/{n}")
        page.fill("input[name=amount]", f"{n + 1}2,5")
        page.locator("[data-name=how]").nth(n % 3).check()
        page.fill("input[name=uncertainty]", "໑໐")
        phone.save()
    phone.go("/notes")
    for n, content in enumerate(pictures):
        page.set_input_files("input[capture]", {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": content})
        until(page, "n => document.querySelectorAll('.thumbs canvas').length === n", arg=n + 1)
    assert phone.unsent() == 16 + READINGS + STREAMS + PHOTOS
    phone.go("/meters/new")  # one that was on no list
    page.fill("input[name=name]", "ໝໍ້ ທີ່ພົບ")
    page.click("button[value=stay]")
    page.wait_for_selector("input[name=value]")
    page.fill("input[name=value]", "77")
    phone.save()
    assert asked == [], "nothing went over the network"
    assert "ບໍ່ມີເນັດ" in page.inner_text("#unsent")
    phone.cut(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_sent()
    pack = pack_of(page, centre, visit)
    readings = values(pack, "reading")
    subject = read_lines("ໝໍ້ ທີ່ພົບ; kWh", "meters")[0]["id"]
    assert readings.pop(f"meter:{subject}") == {"name": "ໝໍ້ ທີ່ພົບ", "unit": "kWh", "value": 77}, "as the desk calls it"
    assert len(readings) == READINGS
    assert sorted(f["value"] for f in readings.values()) == [1000 * n + 55 for n in range(1, READINGS + 1)]
    streams = values(pack, "stream")
    assert sorted(f["amount"] for f in streams.values()) == [10 * n + 2.5 for n in range(1, STREAMS + 1)]
    assert {f["uncertainty"] for f in streams.values()} == {10}
    checks = values(pack, "check")
    assert len(checks) == 16
    assert {f["answer"] for f in checks.values()} == {"yes", "partly", "no", "unseen"}
    assert not [e for e in pack["entries"] if e["mark"] or e["time_mark"]]
    desk.goto(f"{centre}/visits/{visit}/")
    links = desk.eval_on_selector_all("a[href*='/photos/']", "all => all.map(a => a.href)")
    assert len(links) == PHOTOS
    size = desk.evaluate(
        "async url => { const b = await createImageBitmap(await (await fetch(url)).blob());"
        " return [b.width, b.height]; }",
        links[0],
    )
    assert size == [1600, 1200], "photos were made small on the phone"
    phone.context.close()


def test_it_speaks_lao_first_and_english_by_a_switch_without_network(
    chromium: Browser, centre: str, desk: Page
) -> None:
    phone = new_phone(chromium, centre)
    phone.take_along(prepare(desk, centre, 1, 1, "words"))
    phone.cut()
    phone.page.reload()
    phone.page.wait_for_selector("body[data-ready=lo]")
    assert "ໝໍ້ວັດແທກ" in phone.page.inner_text("main")
    phone.page.get_by_role("button", name="English").click()
    until(phone.page, "document.querySelector('main').innerText.includes('Meters')")
    phone.page.reload()
    phone.page.wait_for_selector("body[data-ready=en]")
    phone.context.close()


def test_a_desk_page_without_network_leads_to_the_phones_page(chromium: Browser, centre: str, desk: Page) -> None:
    phone = new_phone(chromium, centre)
    phone.take_along(prepare(desk, centre, 1, 1, "away"))
    phone.cut()
    phone.page.goto(f"{centre}/visits/")
    phone.page.wait_for_selector("body[data-ready]")
    assert "ການລົງຢ້ຽມ" in phone.page.inner_text("h1")
    phone.context.close()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("999", "below"),
        ("1045", None),
        ("1002", "below_usual"),
        ("1.050", None),
        ("1000000", "above_usual"),
        ("-4", "below_zero"),
    ],
)
def test_a_reading_says_at_once_whether_it_is_plausible(
    value: str, problem: str | None, chromium: Browser, centre: str, desk: Page, plausible: Callable[[], Phone]
) -> None:
    phone = plausible()
    page = phone.page
    phone.go("/meters")
    phone.go("/meters/0")
    page.wait_for_selector("input[name=value]")
    page.fill("input[name=value]", value)
    if value == "1.050":
        assert page.locator(".ask").count() == 1
        page.get_by_role("button", name="1050", exact=True).click()
    shown = page.eval_on_selector_all("[data-problem]", "all => all.map(p => p.dataset.problem)")
    assert (problem in shown) if problem else shown == []
    if problem and problem != "below_usual":
        page.click("button[value=stay]")
        assert "ກວດຄືນ" in page.inner_text("#told")
        assert phone.unsent() == 0
    page.evaluate("localStorage.removeItem(Object.keys(localStorage).find(k => k.startsWith('namsai.draft')))")


@pytest.fixture(scope="module")
def plausible(chromium: Browser, centre: str, desk: Page) -> Callable[[], Phone]:
    """A phone with one meter that uses 10 kWh a day, without network."""
    desk.goto(f"{centre}/visits/new/")
    visit = prepare(desk, centre, 1, 1, "rules")
    desk.goto(f"{centre}/visits/{visit}/sheets/")
    from datetime import date, timedelta

    last = date.today() - timedelta(days=5)
    desk.fill("textarea[name=added_meters]", f"ໝໍ້ r; kWh; 1000; {last}; 10; 5000")
    desk.click("main form button")
    phone = new_phone(chromium, centre)
    phone.take_along(visit)
    phone.cut()
    return lambda: phone


def test_a_visit_is_taken_off_the_phone_only_with_network_and_when_sure(
    chromium: Browser, centre: str, desk: Page
) -> None:
    phone = new_phone(chromium, centre)
    phone.take_along(prepare(desk, centre, 1, 1, "off"))
    page = phone.page
    asked: list[str] = []

    def answer(question: Dialog) -> None:
        asked.append(question.message)
        question.accept() if len(asked) > 1 else question.dismiss()

    page.on("dialog", answer)
    phone.cut()
    page.click("main button.danger")
    page.wait_for_selector("#told .error")
    assert not asked
    phone.cut(False)
    page.click("main button.danger")
    assert page.evaluate("location.hash") == f"#/visit/{phone.visit}", "not sure: it stays"
    page.click("main button.danger")
    until(page, "location.hash === '#/'")
    assert len(asked) == 2
