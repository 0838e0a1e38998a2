"""The first person of a new centre is made on the server, once, and sets the password by a link."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person
from namsai_centre.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_the_first_director_is_made_once_and_logs_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_director", "Boss@Example.la", "--name", "ວຽງ")
    path = capsys.readouterr().out.split()[-1]
    assert who_is(Person.objects.get()).director
    assert {e.action for e in Entry.objects.all()} == {"accounts.invite", "accounts.grant"}
    browser = Client()
    form = browser.get(path, follow=True)
    assert form.status_code == 200
    secret = {"password1": "nam-sai-and-clear", "password2": "nam-sai-and-clear"}
    browser.post(form.redirect_chain[-1][0], secret)
    assert Client().login(email="boss@example.la", password="nam-sai-and-clear")
    with pytest.raises(CommandError):
        call_command("first_director", "other@example.la")
    assert Person.objects.count() == 1


def test_what_is_no_address_makes_nobody() -> None:
    with pytest.raises(CommandError):
        call_command("first_director", "boss")
    assert not Person.objects.exists()
