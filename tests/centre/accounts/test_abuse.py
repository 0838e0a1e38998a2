"""Bad intentions at the log-in and on people's pages: cases 19, 20 and 21 of programme-peers 4.3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from namsai_centre.accounts import links
from namsai_centre.accounts.actions.close import close_person
from namsai_centre.accounts.actions.edit import edit_person
from namsai_centre.accounts.models import Device, Person
from namsai_centre.who import Who
from tests.centre.accounts.help import is_in, log_in
from tests.centre.cast import PASSWORD, Cast

NEW = "nam-sai-other-water"


def test_case_19_the_session_gets_a_new_key_at_the_log_in(cast: Cast) -> None:
    thief = Client()
    thief.get("/account/login/")
    session = thief.session
    session["planted"] = True
    session.save()
    planted = session.session_key or ""
    thief.cookies["namsai_session"] = planted
    victim = Client()
    victim.cookies["namsai_session"] = planted
    log_in("owner@example.la", client=victim)
    assert is_in(victim)
    assert victim.cookies["namsai_session"].value != planted
    assert not is_in(thief)


def test_case_19_log_out_ends_the_session_also_for_who_stole_the_cookie(cast: Cast) -> None:
    browser, _ = log_in("owner@example.la")
    thief = Client()
    thief.cookies["namsai_session"] = browser.cookies["namsai_session"].value
    assert is_in(thief)
    browser.post("/account/logout/")
    assert not is_in(thief)
    assert not is_in(browser)


def test_case_19_a_get_does_not_log_out(cast: Cast) -> None:
    browser, _ = log_in("owner@example.la")
    assert browser.get("/account/logout/").status_code == 200
    assert is_in(browser)


def test_case_19_a_new_password_ends_all_other_sessions_at_once(cast: Cast) -> None:
    here, _ = log_in("owner@example.la")
    elsewhere, _ = log_in("owner@example.la")
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert not is_in(elsewhere)
    assert is_in(log_in("owner@example.la", NEW)[0])


def test_case_19_a_reset_by_link_ends_all_sessions_also_in_the_browser_that_does_it(cast: Cast) -> None:
    owner = cast.people["owner"]
    here, _ = log_in("owner@example.la")
    elsewhere, _ = log_in("owner@example.la")
    owner.refresh_from_db()
    form = here.get(links.path_of(owner), follow=True)
    done = here.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    assert not is_in(elsewhere)
    assert not is_in(here)


def test_case_19_closing_an_account_ends_its_sessions_at_once(cast: Cast, who: Callable[[str], Who]) -> None:
    browser, _ = log_in("owner@example.la")
    owner = Person.objects.get(pk=cast.people["owner"].pk)
    close_person(who("director"), owner, owner.version, "left the firm")
    assert not is_in(browser)
    assert not is_in(log_in("owner@example.la")[0])
    assert not Device.objects.filter(person=owner).exists()


def test_case_19_one_ends_the_own_other_sessions_and_not_those_of_others(cast: Cast) -> None:
    here, _ = log_in("owner@example.la")
    there, _ = log_in("owner@example.la")
    member, _ = log_in("member@example.la")
    device = Device.objects.get(session_key=there.cookies["namsai_session"].value)
    assert member.post(f"/people/me/devices/{device.pk}/end/").status_code == 404
    assert is_in(there)
    here.post(f"/people/me/devices/{device.pk}/end/")
    assert not is_in(there)
    third, _ = log_in("owner@example.la")
    here.post("/people/me/devices/end/")
    assert not is_in(third)
    assert is_in(here)
    assert is_in(member)


def test_case_19_grave_pages_ask_for_a_fresh_proof(cast: Cast, browser: Callable[[str], Client]) -> None:
    director = browser("director")  # logged in, but without a proof in this session
    member = cast.people["member"]
    for path in (f"/people/{member.pk}/grant/", f"/people/grants/{cast.records['grant_member'].pk}/end/",
                 f"/people/{member.pk}/factor/", "/people/me/tokens/make/", "/people/me/factor/renew/"):  # fmt: skip
        for answer in (director.get(path), director.post(path, {"role": "director"})):
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/account/reauthenticate/?next=%2Fpeople%2F"), path
    wrong = director.post(f"/account/reauthenticate/?next=/people/{member.pk}/grant/", {"password": "not-it"})
    assert wrong.status_code == 422
    right = director.post(f"/account/reauthenticate/?next=/people/{member.pk}/grant/", {"password": PASSWORD})
    assert right["Location"] == f"/people/{member.pk}/grant/"
    assert director.get(f"/people/{member.pk}/grant/").status_code == 200


def test_case_19_a_proof_is_fresh_for_a_quarter_of_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    director, _ = log_in("director@example.la")
    path = f"/people/{cast.people['member'].pk}/grant/"
    assert director.get(path).status_code == 200
    then = time.time() + 901
    monkeypatch.setattr("namsai_centre.accounts.fresh.time.time", lambda: then)
    assert director.get(path).status_code == 302


def _tries(name: str, count: int, ip: str = "10.0.0.1") -> list[str]:
    said = []
    for n in range(count):
        answer = Client(headers={"accept-language": "en"}, REMOTE_ADDR=ip).post(
            "/account/login/", {"login": name, "password": f"wrong-{n}"}
        )
        said.append(str(answer.context["form"].errors) if answer.context else str(answer.status_code))
    return said


def test_case_20_known_and_unknown_names_get_the_same_answers(cast: Cast) -> None:
    known, unknown = _tries("owner@example.la", 8, "10.0.0.1"), _tries("nobody@example.la", 8, "10.0.0.2")
    assert known == unknown
    assert "Too many" not in known[4]
    assert "Too many" in known[5]


def test_case_20_a_closed_account_answers_like_an_unknown_one(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["owner"].pk).update(is_active=False)
    answer = log_in("owner@example.la")[1]
    other = log_in("nobody@example.la")[1]
    assert answer.status_code == other.status_code == 422
    assert answer.context["form"].errors == other.context["form"].errors


def test_case_20_guessing_is_throttled_whatever_the_spelling_and_wherever_from(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["owner"].pk).update(phone="+8562055501234")
    for n, typed in enumerate(("020 55501234", "+856 20 5550 1234", "2055501234", "8562055501234", "020-5550-1234")):
        _tries(typed, 1, f"10.0.1.{n}")
    browser, answer = log_in("02055501234", client=Client(headers={"accept-language": "en"}, REMOTE_ADDR="10.0.9.9"))
    assert "Too many" in str(answer.context["form"].errors), "even the right password waits"
    assert not is_in(browser)


def test_case_20_spraying_one_password_over_many_names_is_throttled(cast: Cast) -> None:
    for n in range(20):
        _tries(f"person{n}@example.la", 1)
    assert "Too many" in _tries("owner@example.la", 1)[0]


def test_case_20_one_hash_is_computed_for_every_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counting(self: Any, password: str, salt: str) -> str:
        counted.append(password)
        return str(encode(self, password, salt))

    unset = Person.objects.create_user("new@example.la", None, name_en="New")
    Person.objects.filter(pk=unset.pk).update(password=hashers.make_password(None))
    Person.objects.filter(pk=cast.people["rival"].pk).update(is_active=False)
    monkeypatch.setattr(hasher, "encode", counting)
    work = {}
    for name in ("owner", "nobody", "rival", "new"):
        counted.clear()
        log_in(f"{name}@example.la", "wrong-password")
        work[name] = len(counted)
    assert set(work.values()) == {1}, work


def test_case_20_asking_for_a_link_answers_the_same_and_works_in_the_job(cast: Cast) -> None:
    answers = []
    for name in ("owner@example.la", "nobody@example.la", "+856 20 55509999", "rubbish ' OR 1=1"):
        answer = Client().post("/account/password/reset/", {"email": name})
        answers.append((answer.status_code, answer["Location"]))
    assert len(set(answers)) == 1
    assert len(mail.outbox) == 1


def test_case_20_asking_for_links_is_throttled(cast: Cast) -> None:
    codes = [Client().post("/account/password/reset/", {"email": "owner@example.la"}).status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_case_21_a_form_without_its_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.force_login(cast.people["director"])
    person = cast.people["member"]
    for path in (
        f"/people/{person.pk}/close/",
        "/people/invite/",
        "/people/me/edit/",
        "/account/logout/",
        "/account/login/",
    ):
        answer = strict.post(path, {"name_en": "X", "reason": "because", "version": 1})
        assert answer.status_code == 403, path
        assert "form is too old" in answer.content.decode()
    person.refresh_from_db()
    assert person.is_active


def test_case_21_no_page_is_shown_in_a_frame(cast: Cast, browser: Callable[[str], Client]) -> None:
    for client, path in ((browser("stranger"), "/account/login/"), (browser("owner"), "/people/me/")):
        answer = client.get(path)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "where",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"],
)
def test_case_21_nobody_is_led_to_another_site(cast: Cast, where: str) -> None:
    browser = Client()
    answer = browser.post(
        f"/account/login/?next={where}", {"login": "owner@example.la", "password": PASSWORD, "next": where}
    )
    assert answer["Location"] == "/"
    again = browser.post(f"/account/reauthenticate/?next={where}", {"password": PASSWORD, "next": where})
    assert again["Location"] == "/"
    assert browser.post("/language/", {"language": "en", "next": where})["Location"] in ("/", "/account/login/")
    assert "evil" not in browser.post("/account/logout/", {"next": where})["Location"]


def test_case_21_a_name_never_becomes_markup(cast: Cast, browser: Callable[[str], Client]) -> None:
    director = browser("director")
    member = cast.people["member"]
    name = '<script>alert("ນ້ຳ")</script>"\'><img src=x onerror=alert(1)>'
    director.post(f"/people/{member.pk}/edit/", {"name_lo": name, "name_en": name, "language": "lo", "version": 1})
    member.refresh_from_db()
    assert member.name_lo == name
    for path in ("/people/", f"/people/{member.pk}/", f"/people/{member.pk}/edit/", f"/people/?q={name}", "/audit/"):
        text = director.get(path).content.decode()
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def test_case_21_invisible_marks_are_taken_out_of_names(cast: Cast, browser: Callable[[str], Client]) -> None:
    member = cast.people["member"]
    typed = "\u202eນາງ\u200b  ຈັນ\u2066\ufeff"
    browser("director").post(
        f"/people/{member.pk}/edit/", {"name_lo": typed, "name_en": "Jan\u200d", "language": "lo", "version": 1}
    )
    member.refresh_from_db()
    assert (member.name_lo, member.name_en) == ("ນາງ ຈັນ", "Jan")


def test_the_password_never_stands_in_the_audit_log(cast: Cast, who: Callable[[str], Who]) -> None:
    from namsai_centre.audit.models import Entry

    member = cast.people["member"]
    edit_person(who("director"), member, member.version, name_lo="ກ", name_en="K", language="lo")
    close_person(who("director"), member, member.version, "left the firm")
    assert not [e for e in Entry.objects.all() if "password" in f"{e.before}{e.after}"]
