"""Log in and out, by e-mail or phone, in the person's language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from namsai_centre.accounts.models import Device, Notice, Person
from namsai_centre.audit.models import Entry
from tests.centre.accounts.help import is_in, log_in
from tests.centre.cast import PASSWORD, Cast

NEW = "ນ້ຳໃສ ແລະ ສະອາດ 2026"


@pytest.fixture
def phone_only(cast: Cast) -> Person:
    return Person.objects.create_user(None, PASSWORD, phone="+8562055501234", name_lo="ນາງ ຈັນ", language="lo")


@pytest.mark.parametrize("typed", ["020 5550 1234", "+856 20 55501234", "8562055501234", "໐໒໐ ໕໕໕໐ ໑໒໓໔"])
def test_somebody_with_only_a_phone_logs_in_however_the_number_is_typed(phone_only: Person, typed: str) -> None:
    browser, answer = log_in(typed)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert is_in(browser)


def test_e_mail_logs_in_in_any_case(cast: Cast) -> None:
    assert is_in(log_in(" Owner@Example.LA ")[0])


def test_the_language_of_the_person_is_taken_at_the_log_in(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["owner"].pk).update(language="lo")
    browser, _ = log_in("owner@example.la")
    assert browser.cookies["django_language"].value == "lo"
    assert 'lang="lo"' in browser.get("/people/me/").content.decode()


def test_a_language_switched_to_is_kept_for_the_next_log_in(cast: Cast) -> None:
    browser, _ = log_in("owner@example.la")
    browser.post("/language/", {"language": "en", "next": "/"})
    assert Person.objects.get(pk=cast.people["owner"].pk).language == "en"
    again, _ = log_in("owner@example.la")
    assert again.cookies["django_language"].value == "en"
    browser.post("/language/", {"language": "xx", "next": "/"})
    assert Person.objects.get(pk=cast.people["owner"].pk).language == "en"


def test_a_forgotten_password_is_set_by_a_link_in_the_persons_language(cast: Cast) -> None:
    browser = Client()
    browser.post("/account/password/reset/", {"email": "Owner@example.la"})
    (letter,) = mail.outbox
    assert "ລະຫັດຜ່ານ" in letter.subject
    path = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert path is not None
    form = browser.get(path[1], follow=True)
    done = browser.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    again = Client().get(path[1])
    assert again.status_code == 200
    assert again.context["token_fail"], "the link works once, also before the next log-in"
    assert is_in(log_in("owner@example.la", NEW)[0])


def test_somebody_without_e_mail_who_forgot_is_shown_to_the_staff_once_a_day(cast: Cast, phone_only: Person) -> None:
    for _ in range(2):
        Client().post("/account/password/reset/", {"email": "020 55501234"})
    told = Notice.objects.filter(key="accounts.told_forgot")
    assert {n.person for n in told} == {cast.people["director"], cast.people["officer"]}
    assert told.count() == 2
    assert all(phone_only.name_lo not in m.body or m.to != [phone_only.email] for m in mail.outbox)


def test_without_a_mail_server_no_link_lands_in_the_log_and_the_staff_are_told(cast: Cast, settings: Any) -> None:
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    Client().post("/account/password/reset/", {"email": "owner@example.la"})
    assert Notice.objects.filter(key="accounts.told_forgot", person=cast.people["director"]).exists()


def test_nobody_signs_up(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/account/signup/")
    assert "Accounts are given by the centre" in page.content.decode()
    made = Client().post("/account/signup/", {"email": "x@example.la", "password1": NEW})
    assert made.status_code == 200
    assert not Person.objects.exists()


def test_a_password_change_tells_the_person_and_stands_in_the_audit_log(cast: Cast) -> None:
    browser, _ = log_in("owner@example.la")
    sent = browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert sent.status_code == 302
    assert Notice.objects.filter(person=cast.people["owner"], key="accounts.told_password_changed").exists()
    entry = Entry.objects.get(action="accounts.password")
    assert NEW not in f"{entry.before}{entry.after}"
    assert "argon2" not in f"{entry.before}{entry.after}"
    assert not Device.objects.filter(person=cast.people["owner"]).exclude(session_key="0" * 32).exists()


@pytest.mark.parametrize("password", ["short-1", "1234567890123", "password1234", "ນ້ຳ"])
def test_a_weak_password_is_refused(cast: Cast, password: str) -> None:
    browser, _ = log_in("owner@example.la")
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert Person.objects.get(pk=cast.people["owner"].pk).check_password(PASSWORD)


def test_pages_of_the_log_in_say_the_same_in_lao_without_english(db: None) -> None:
    for path in ("login", "password/reset", "password/reset/done", "signup", "inactive", "password/reset/key/abc-123"):
        text = Client(headers={"accept-language": "lo"}).get(f"/account/{path}/").content.decode()
        body = re.sub(r"<[^>]+>", " ", text.split('<main id="main">')[1].split("</main>")[0])
        assert re.search("[\u0e80-\u0eff]", body), path
        assert not re.search(r"[A-Za-z]{3,}", body), (path, body)
