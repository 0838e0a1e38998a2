"""Two devices, reversed order, cleared storage, full phone, wrong clock, killed tab, log-out: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.centre.browser.demo import log_in
from tests.centre.browser.phone import Phone, new_phone, pack_of, picture, prepare, until, values

CLOCK = """(() => { const Real = Date; const off = -3 * 365 * 86400000;
class Wrong extends Real {
  constructor(...a) { if (a.length) super(...a); else super(Real.now() + off); }
  static now() { return Real.now() + off; }
}
window.Date = Wrong; })();"""
FILL = """async () => { // other data of the same site take all the room that is left
const db = await new Promise(yes => { const o = indexedDB.open('filler', 1);
  o.onupgradeneeded = () => o.result.createObjectStore('s', { autoIncrement: true });
  o.onsuccess = () => yes(o.result); });
const put = n => new Promise(yes => { const t = db.transaction('s', 'readwrite');
  t.objectStore('s').add(crypto.getRandomValues(new Uint8Array(n)));
  t.oncomplete = () => yes(''); t.onabort = () => yes(t.error?.name); });
let why = ''; for (const n of [60000, 6000, 600, 60, 6]) while (!(why = await put(n)));
db.close(); return why; }"""


@pytest.fixture(scope="module")
def desk(chromium: Browser, centre: str) -> Page:
    """The officer at the desk."""
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    log_in(page, centre, "officer")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": centre}])
    return page


@pytest.fixture
def phone_of(chromium: Browser, centre: str) -> Iterator[Callable[..., Phone]]:
    """Make phones; they are put away at the end."""
    made: list[Phone] = []

    def make(visit: str, role: str = "expert", script: str = "") -> Phone:
        phone = new_phone(chromium, centre, role, script)
        made.append(phone)
        phone.take_along(visit)
        return phone

    yield make
    for phone in made:
        phone.context.close()


def back(phone: Phone) -> None:
    phone.cut(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_sent()


def test_case_13_two_phones_read_the_same_meter_and_send_in_reversed_order(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    visit = prepare(desk, centre, 2, 1, "two phones")
    first, second = phone_of(visit), phone_of(visit, "officer")
    for phone, value in ((first, "1100"), (second, "1190")):
        phone.cut()
        phone.meter(0, value)
    first.meter(1, "2050")
    back(second)  # who read later sends first
    back(first)
    pack = pack_of(desk, centre, visit)
    mark = {e["subject"]: (e["mark"], e["fields"]["value"]) for e in pack["entries"]}
    assert sorted(mark.values()) == [("", 2050), ("conflict", 1190)]
    assert "ອີກເຄື່ອງ" in first.page.inner_text("#told"), "the phone says that a person decides"
    desk.goto(f"{centre}/visits/{visit}/review/")
    page = desk.inner_text("main")
    assert "1,190 kWh" in page
    assert "1,100 kWh" in page
    desk.get_by_label("1,100 kWh").check()
    desk.get_by_role("button", name="Use the chosen value").click()
    desk.wait_for_load_state()
    pack = pack_of(desk, centre, visit)
    assert {(e["mark"], e["fields"]["value"]) for e in pack["entries"]} == {("", 1100), ("", 2050)}


def test_case_13_changes_of_one_phone_that_arrive_in_reversed_order(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    """The network delivers the correction before the first value: the server holds it until that one is there."""
    visit = prepare(desk, centre, 1, 1, "reversed")
    phone = phone_of(visit)
    phone.cut()
    phone.meter(0, "1100")
    phone.meter(0, "1110")
    changes = phone.kept("outbox")
    assert [c["fields"] for c in changes] == [{"value": 1100}, {"value": 1110}]
    phone.context.route("**/entries/**", lambda r: r.abort())  # the page itself waits
    phone.cut(False)
    csrf = phone.page.request.get(f"{centre}/visits/state.json").json()["csrf"]
    for c, status in zip(reversed(changes), (202, 200), strict=True):
        body = {k: v for k, v in c.items() if k not in ("seq", "visit", "entry", "person", "state")}
        answer = phone.page.request.put(
            f"{centre}/visits/{visit}/entries/{c['entry']}/", data=body | {"sent_time": body["device_time"]},
            headers={"X-CSRFToken": csrf, "Referer": centre},
        )  # fmt: skip
        assert answer.status == status
    phone.context.unroute("**/entries/**")
    back(phone)  # the page sends both again: harmless
    (entry,) = pack_of(desk, centre, visit)["entries"]
    assert (entry["fields"]["value"], entry["version"]) == (1110, 2)


def test_case_15_storage_cleared_after_an_export_is_read_back_in_the_page_and_at_the_desk(
    desk: Page, centre: str, phone_of: Callable[..., Phone], tmp_path: Path
) -> None:
    visit = prepare(desk, centre, 3, 1, "cleared")
    phone = phone_of(visit)
    page = phone.page
    phone.cut()
    phone.meter(0, "1001")
    phone.meter(1, "2002")
    phone.go("/notes")
    page.set_input_files(
        "input[capture]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(page, 800, 600, 3)}
    )
    until(page, "document.querySelectorAll('.thumbs canvas').length === 1")
    page.evaluate("location.hash = '#/send'")
    with page.expect_download() as download:
        page.get_by_role("button", name="ສົ່ງອອກຂໍ້ມູນ").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.evaluate(
        "new Promise(y => { localStorage.clear(); const d = indexedDB.deleteDatabase('namsai-fieldwork');"
        " d.onsuccess = y; d.onblocked = y; })"
    )
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert phone.unsent() == 0
    page.evaluate("location.hash = '#/send'")
    page.set_input_files("input[accept='.json']", file)
    until(page, "localStorage.getItem('namsai.unsent') === '3'")
    back(phone)
    pack = pack_of(desk, centre, visit)
    assert sorted(f["value"] for f in values(pack, "reading").values()) == [1001, 2002]
    # the same file at the desk: everything is known already
    desk.goto(f"{centre}/visits/import/")
    desk.set_input_files("input[name=file]", file)
    desk.click("main form button")
    desk.wait_for_load_state()
    assert "1,001" not in desk.inner_text("main h2")
    assert len(pack_of(desk, centre, visit)["entries"]) == 2


def test_case_15_a_full_phone_says_so_keeps_the_form_exports_and_makes_room(
    desk: Page, centre: str, chromium: Browser, tmp_path: Path
) -> None:
    """The browser itself refuses (the quota of the site is set low before anything is kept): no write is stubbed."""
    visit = prepare(desk, centre, 2, 1, "full")
    phone = new_phone(chromium, centre)
    page = phone.page
    devtools = phone.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": centre, "quotaSize": 2_000_000})
    phone.take_along(visit)
    phone.go("/notes")
    page.set_input_files(
        "input[capture]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(page, 1600, 1200, 3)}
    )
    until(page, "document.querySelectorAll('.thumbs canvas').length === 1")
    phone.wait_sent()
    phone.cut()
    phone.meter(0, "1001")
    assert page.evaluate(FILL) == "QuotaExceededError"
    phone.go("/meters/1")
    page.fill("input[name=value]", "2002")
    page.click("button[value=stay]")
    page.wait_for_selector("#told .error")
    assert "ໂທລະສັບເຕັມ" in page.inner_text("#told")
    assert page.input_value("input[name=value]") == "2002"
    assert phone.unsent() == 1
    assert [c["fields"] for c in phone.kept("outbox")] == [{"value": 1001}]
    with page.expect_download() as download:
        page.locator("#told").get_by_role("button", name="ສົ່ງອອກຂໍ້ມູນ").click()
    assert '"value":1001' in Path(download.value.path()).read_text(encoding="utf-8")
    page.click("button[value=stay]")
    page.wait_for_selector("#told .error")
    page.locator("#told").get_by_role("button", name="ລຶບ 1 ຮູບ").click()  # the centre has it
    page.wait_for_selector("#told .success")
    page.click("button[value=stay]")
    until(page, "localStorage.getItem('namsai.unsent') === '2'")
    back(phone)
    pack = pack_of(desk, centre, visit)
    assert sorted(f["value"] for f in values(pack, "reading").values()) == [1001, 2002]
    phone.context.close()


def test_case_14_a_clock_three_years_wrong_is_flagged_and_nothing_is_dropped(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    visit = prepare(desk, centre, 1, 1, "clock")
    phone = phone_of(visit, script=CLOCK)
    phone.cut()
    phone.meter(0, "1080")
    back(phone)
    (entry,) = pack_of(desk, centre, visit)["entries"]
    assert (entry["fields"]["value"], entry["time_mark"]) == (1080, "clock")
    until(phone.page, "document.querySelector('#told').innerText.includes('ໂມງ')")
    desk.goto(f"{centre}/visits/{visit}/review/")
    assert "The device's clock was wrong" in desk.inner_text("main")


def test_a_killed_tab_in_the_middle_of_an_entry_leaves_the_draft(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    visit = prepare(desk, centre, 1, 1, "killed")
    phone = phone_of(visit)
    phone.cut()
    phone.go("/streams/0")
    phone.page.fill("input[name=amount]", "12,5")
    phone.page.locator("[data-name=how]").nth(2).check()
    phone.page.close(run_before_unload=False)
    phone.page = phone.context.new_page()
    phone.page.goto(f"{centre}/visits/phone/#/visit/{visit}/streams/0")
    phone.page.wait_for_selector("input[name=amount]")
    assert phone.page.input_value("input[name=amount]") == "12,5"
    assert phone.page.locator("[data-name=how]").nth(2).is_checked()
    phone.save()
    back(phone)
    assert next(iter(values(pack_of(desk, centre, visit), "stream").values()))["amount"] == 12.5


def test_log_out_is_refused_while_something_is_unsent_unless_exported(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    visit = prepare(desk, centre, 1, 1, "logout")
    phone = phone_of(visit)
    page = phone.page
    phone.cut()
    phone.meter(0, "1005")
    page.context.route("**/entries/**", lambda r: r.abort())  # the network is back, but sending does not work
    phone.cut(False)
    page.goto(f"{centre}/")
    page.click("details.menu summary")
    page.click("form[action='/account/logout/'] button")
    page.wait_for_url("**/visits/phone/#/logout")
    page.wait_for_selector("main .message.error")
    assert "ກ່ອນອອກຈາກລະບົບ" in page.inner_text("main")
    page.click("a[data-logout]")
    page.wait_for_url("**/visits/phone/#/logout")
    with page.expect_download():
        page.get_by_role("button", name="ສົ່ງອອກຂໍ້ມູນ").click()
    page.goto(f"{centre}/")
    page.click("details.menu summary")
    page.click("form[action='/account/logout/'] button")
    page.wait_for_url(lambda url: "/login" in url)
    assert phone.unsent() == 1, "an export alone takes nothing off the phone"
    assert len(phone.kept("outbox")) == 1


def test_after_a_log_out_sending_waits_for_the_log_in_and_for_the_same_person(
    desk: Page, centre: str, phone_of: Callable[..., Phone]
) -> None:
    visit = prepare(desk, centre, 1, 1, "login")
    phone = phone_of(visit)
    page = phone.page
    phone.cut()
    phone.meter(0, "1005")
    phone.context.clear_cookies()
    phone.cut(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#told a[href^='/account/login/']")
    log_in(page, centre, "officer")
    phone.open()
    until(page, "document.querySelector('#told')?.innerText.includes('ບຸນມີ')")
    assert phone.unsent() == 1
    phone.context.clear_cookies()
    log_in(page, centre, "expert")
    phone.open()
    phone.wait_sent()
    assert len(pack_of(desk, centre, visit)["entries"]) == 1


def test_a_visit_not_given_any_more_is_refused_kept_on_the_phone_and_brought_by_staff(
    desk: Page, centre: str, phone_of: Callable[..., Phone], tmp_path: Path
) -> None:
    visit = prepare(desk, centre, 1, 1, "ended")
    phone = phone_of(visit)
    page = phone.page
    phone.cut()
    phone.meter(0, "1005")
    # stands for an assignment that ended: the server's own answer to it (proven in tests/centre/fieldwork)
    page.context.route("**/entries/**", lambda r: r.fulfill(status=404, body="not found"))
    phone.cut(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#told .error")
    assert len(phone.kept("outbox")) == 1
    with page.expect_download() as download:
        page.locator("#told").get_by_role("button").click()
    file = tmp_path / "x.json"
    download.value.save_as(file)
    desk.goto(f"{centre}/visits/import/")
    desk.set_input_files("input[name=file]", file)
    desk.click("main form button")
    desk.wait_for_selector("table")
    assert "Taken" in desk.inner_text("table")
    assert len(pack_of(desk, centre, visit)["entries"]) == 1


def test_several_visits_are_on_one_phone_at_once(desk: Page, centre: str, phone_of: Callable[..., Phone]) -> None:
    one, two = (prepare(desk, centre, 1, 1, name) for name in ("several 1", "several 2"))
    phone = phone_of(one)
    phone.take_along(two)
    phone.cut()
    phone.meter(0, "1005")
    phone.visit = one
    phone.meter(0, "1007")
    back(phone)
    assert [pack_of(desk, centre, v)["entries"][0]["fields"]["value"] for v in (one, two)] == [1007, 1005]
