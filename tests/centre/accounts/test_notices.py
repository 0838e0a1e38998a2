"""Notices and letters; a mail server that is down breaks nothing (case 23)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from namsai_centre import clock
from namsai_centre.accounts import letters
from namsai_centre.accounts.actions.edit import reach_person
from namsai_centre.accounts.actions.grant import grant_role
from namsai_centre.accounts.actions.notify import notify
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Notice, Person
from namsai_centre.who import Who
from tests.centre.cast import Cast


def test_a_notice_is_read_in_the_language_of_the_day_and_mailed_in_that_of_the_person(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    director = cast.people["director"]
    notify(director, "accounts.told_glass", "/people/glasses/", person=cast.people["expert"],
           firm=cast.records["enterprise"], reason="because")  # fmt: skip
    (letter,) = mail.outbox
    assert "ໂຮງງານຕັດຫຍິບ" in letter.body
    client = browser("director")
    assert "Garment A" in client.get("/people/me/notices/").content.decode()
    client.cookies["django_language"] = "lo"
    assert "ໂຮງງານຕັດຫຍິບ ກ" in client.get("/people/me/notices/").content.decode()


def test_who_did_it_and_on_which_day_are_told_in_the_readers_language(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    director, member = who_is(cast.people["director"]), cast.people["member"]
    reach_person(director, member, member.version, email="new@example.la", phone="")
    grant_role(director, member, "trainer", enterprise=None, starts=date(2026, 3, 9), ends=None)
    client = browser("member")
    page = client.get("/people/me/notices/").content.decode()
    assert "Director changed what you log in with" in page
    assert "9 March 2026" in page
    client.cookies["django_language"] = "lo"
    page = client.get("/people/me/notices/").content.decode()
    assert "ທ່ານ director ໄດ້ປ່ຽນ" in page
    assert "9 ມີນາ 2026" in page


def test_a_notice_leads_where_it_belongs_and_is_then_read(cast: Cast, browser: Callable[[str], Client]) -> None:
    notice = notify(cast.people["officer"], "accounts.told_forgot", "/people/", person=cast.people["member"])
    officer = browser("officer")
    assert officer.get("/people/me/").context["unread"] == 1
    assert officer.post(f"/people/me/notices/{notice.pk}/")["Location"] == "/people/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_the_header_counts_what_is_unread_with_one_question(cast: Cast, browser: Callable[[str], Client]) -> None:
    officer = browser("officer")
    assert 'class="badge warn count"' not in officer.get("/people/me/edit/").content.decode()
    notify(cast.people["officer"], "accounts.msg_logged_out")
    with CaptureQueriesContext(connection) as asked:
        page = officer.get("/people/me/edit/").content.decode()
    assert 'class="badge warn count"' in page
    assert sum("accounts_notice" in q["sql"] for q in asked) == 1


def test_a_notice_leads_to_no_other_site(cast: Cast, browser: Callable[[str], Client]) -> None:
    notice = Notice.objects.create(person=cast.people["officer"], key="accounts.new", url="https://evil.example/")
    assert browser("officer").post(f"/people/me/notices/{notice.pk}/")["Location"] == "/people/me/notices/"


def test_an_unknown_key_fails_for_us_and_not_for_the_reader(cast: Cast, browser: Callable[[str], Client]) -> None:
    with pytest.raises(KeyError):
        notify(cast.people["officer"], "accounts.no_such_text")
    Notice.objects.create(person=cast.people["officer"], key="accounts.no_such_text")
    assert browser("officer").get("/people/me/notices/").status_code == 200


def test_nobody_is_told_of_what_did_not_happen(cast: Cast) -> None:
    with transaction.atomic():
        notify(cast.people["owner"], "accounts.told_forgot", person=cast.people["member"])
        transaction.set_rollback(True)
    assert not cast.people["owner"].notices.filter(key="accounts.told_forgot").exists()


def _down(*args: Any, **kwargs: Any) -> Any:
    raise ConnectionRefusedError("mail server down")


def test_case_23_with_the_mail_server_down_the_action_is_done_and_the_notice_stands(
    cast: Cast, who: Callable[[str], Who], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _down)
    person = cast.people["trainer"]
    grant_role(who("director"), person, "expert", enterprise=None, starts=clock.today(), ends=None)
    assert who_is(person).has("expert")
    assert person.notices.filter(key="accounts.told_role").exists()


def test_case_23_with_the_queue_down_the_action_is_done(
    cast: Cast, who: Callable[[str], Who], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(letters.send_letter), "enqueue", _down)
    person = cast.people["trainer"]
    grant_role(who("director"), person, "expert", enterprise=None, starts=clock.today(), ends=None)
    assert who_is(person).has("expert")


@pytest.mark.django_db
def test_case_23_a_letter_that_fails_is_tried_again_later_and_in_the_end_stands_as_failed(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _down)
    for tries in range(len(letters.WAITS)):
        assert letters.send_letter.call("a@x.la", "s", "b", tries) == "later"
    queued = DBTaskResult.objects.order_by("run_after")
    waits = [round((q.run_after - clock.now()).total_seconds() / 60) for q in queued]
    assert waits == list(letters.WAITS)
    with pytest.raises(ConnectionRefusedError):
        letters.send_letter.call("a@x.la", "s", "b", len(letters.WAITS))


def test_a_letters_subject_has_no_line_break_in_it(db: None) -> None:
    letters.post("a@x.la", "one\r\nBcc: evil@x.la", "body")
    (letter,) = mail.outbox
    assert letter.subject == "one Bcc: evil@x.la"
    assert letter.recipients() == ["a@x.la"]


def test_somebody_without_e_mail_gets_the_notice_only(db: None) -> None:
    person = Person.objects.create_user(None, None, phone="+8562055501234", name_lo="ນາງ")
    notify(person, "accounts.msg_logged_out")
    assert person.notices.count() == 1
    assert not mail.outbox
